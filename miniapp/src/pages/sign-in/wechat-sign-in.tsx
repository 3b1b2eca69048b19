import { View } from '@tarojs/components';
import { Button } from '@/components';
import { spoken } from '@/platform';
import { api, signInWithWechat, useAction } from '@/request';
import type { WayToSignIn } from './way';

/** One tap: WeChat vouches for who holds the phone. */
export function WechatSignIn({ afterAgreeing, onSignedIn }: WayToSignIn) {
  const signIn = useAction(() => signInWithWechat(api), {
    onDone: (answer) => {
      if (answer !== null) onSignedIn(answer);
    },
  });
  return (
    <View className="stack stack--2">
      <Button
        block
        busy={signIn.busy}
        busyText="正在登录"
        onTap={() => {
          afterAgreeing(() => void signIn.run());
        }}
      >
        微信一键登录
      </Button>
      {signIn.error !== null && (
        <View className="t-second t-bad" {...spoken({ role: 'alert' })}>
          {signIn.error.message}
        </View>
      )}
    </View>
  );
}
