import { View } from '@tarojs/components';
import { Card, Chip, PageContent, SectionHead, SkeletonCard, Tap } from '@/components';
import { spoken } from '@/platform';
import { useAction } from '@/request';
import { signInAsDemo, useDemoRoles } from './api';
import type { WayToSignIn } from './way';

/** Only where the server says it is a demonstration: one tap to be any of its people. */
export function DemoRoles({ afterAgreeing, onSignedIn }: WayToSignIn) {
  const roles = useDemoRoles();
  const signIn = useAction((_key, roleKey: string) => signInAsDemo({ roleKey }), { onDone: onSignedIn });
  return (
    <View>
      <SectionHead title="演示：选一个身份" />
      <View className="t-second t-muted sign-in__demo-note">这里的小区和人都是虚构的，不用验证码。</View>
      {signIn.error !== null && (
        <View className="t-bad sign-in__demo-note" {...spoken({ role: 'alert' })}>
          {signIn.error.message}
        </View>
      )}
      <PageContent resource={roles} skeleton={<SkeletonCard lines={4} />}>
        {(list) => (
          <Card flush>
            {list.map((role) => (
              <Tap
                key={role.key}
                className="sign-in__role"
                disabled={signIn.busy}
                label={`以${role.label}${role.personName}的身份登录，${role.story}`}
                onTap={() => {
                  afterAgreeing(() => void signIn.run(role.key));
                }}
              >
                <View className="row row--wrap">
                  <View className="t-strong sign-in__person">{role.personName}</View>
                  <Chip tone="brand">{role.label}</Chip>
                </View>
                <View className="t-second t-muted">{role.story}</View>
              </Tap>
            ))}
          </Card>
        )}
      </PageContent>
    </View>
  );
}
