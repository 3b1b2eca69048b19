import { Text, View } from '@tarojs/components';
import { PRIVACY_VERSION, type SignInOptions, type SignInResponse } from '@linli/shared/identity';
import { useState } from 'react';
import { Check, Link, PageShell, SkeletonCard, WechatButton } from '@/components';
import { navigate, returnTo, useRouteParams } from '@/navigate';
import { isWeapp, spoken } from '@/platform';
import { ApiError, api, becomeSignedIn, useAction } from '@/request';
import { toast, usePreferences, useSession } from '@/stores';
import { bindWechatPhone, useSignInOptions } from './api';
import { DemoRoles } from './demo-roles';
import { SmsForm } from './sms-form';
import { WechatSignIn } from './wechat-sign-in';
import './index.css';

export default function SignInPage() {
  const options = useSignInOptions();
  return (
    <PageShell route="signIn" resource={options} skeleton={<SkeletonCard lines={5} />}>
      {(data) => <SignIn options={data} />}
    </PageShell>
  );
}

function SignIn({ options }: { readonly options: SignInOptions }) {
  const { back } = useRouteParams('signIn');
  const agreed = usePreferences((state) => state.agreedVersion === PRIVACY_VERSION);
  const [reminded, setReminded] = useState(false);
  const [wantsPhone, setWantsPhone] = useState(false);

  /** Nothing is sent before the person has agreed. */
  const afterAgreeing = (go: () => void) => {
    if (agreed) go();
    else {
      setReminded(true);
      toast('请先阅读并同意隐私政策', 'bad');
    }
  };
  const finish = () => {
    const { view } = useSession.getState();
    returnTo(back, view === 'STAFF' ? 'desk' : 'home');
  };
  const onSignedIn = (answer: SignInResponse) => {
    becomeSignedIn(answer);
    rememberAgreement(answer);
    if (isWeapp && answer.me.phoneMasked === null) setWantsPhone(true);
    else finish();
  };

  if (wantsPhone) return <BindPhone onDone={finish} />;
  return (
    <View className="stack stack--5">
      <View className="sign-in__head">
        <View className="sign-in__name">邻里公开</View>
        <View className="t-muted">自家小区的账看得见，事说得上，一起定。</View>
      </View>
      <Agreement agreed={agreed} reminded={reminded && !agreed} />
      {isWeapp && options.wechat && <WechatSignIn afterAgreeing={afterAgreeing} onSignedIn={onSignedIn} />}
      {!isWeapp && options.smsLogin && <SmsForm afterAgreeing={afterAgreeing} onSignedIn={onSignedIn} />}
      {options.demo && <DemoRoles afterAgreeing={afterAgreeing} onSignedIn={onSignedIn} />}
    </View>
  );
}

function Agreement({ agreed, reminded }: { readonly agreed: boolean; readonly reminded: boolean }) {
  const { agree, withdrawAgreement } = usePreferences();
  return (
    <View className={reminded ? 'sign-in__agree sign-in__agree--missing' : 'sign-in__agree'}>
      <Check
        on={agreed}
        label="我已阅读并同意隐私政策"
        onChange={(on) => {
          if (on) agree(PRIVACY_VERSION);
          else withdrawAgreement();
        }}
      >
        <Text>我已阅读并同意</Text>
        <Link
          onTap={() => {
            navigate('agreement');
          }}
        >
          《隐私政策》
        </Link>
        <View className="t-second t-muted">只用手机号和名册核对您是哪一户，不读通讯录和位置。</View>
      </Check>
      {reminded && (
        <View className="t-second t-bad sign-in__reminder" {...spoken({ role: 'alert' })}>
          勾选后才能登录
        </View>
      )}
    </View>
  );
}

/** The server keeps which version was agreed to; where that fails it is asked again next time. */
function rememberAgreement({ me }: SignInResponse): void {
  if (me.privacyAcceptedVersion === PRIVACY_VERSION) return;
  api.put('/api/me/privacy', { version: PRIVACY_VERSION }).catch((cause: unknown) => {
    if (!(cause instanceof ApiError)) throw cause;
  });
}

/** WeChat knows who it is but not yet the number that stands on the roll. */
function BindPhone({ onDone }: { readonly onDone: () => void }) {
  const bind = useAction((_key, code: string) => bindWechatPhone({ code }), { onDone });
  return (
    <View className="stack stack--4">
      <View className="sign-in__head">
        <View className="t-page">绑定手机号</View>
        <View className="t-muted">号码和业主名册上的一致，就自动绑定您的房屋。</View>
      </View>
      <WechatButton
        openType="getPhoneNumber"
        disabled={bind.busy}
        onPhoneNumber={(code) => {
          if (code === null) toast('没有授权手机号，可以稍后在“我的”里绑定');
          else void bind.run(code);
        }}
      >
        使用微信手机号
      </WechatButton>
      {bind.error !== null && (
        <View className="t-bad" {...spoken({ role: 'alert' })}>
          {bind.error.message}
        </View>
      )}
      <View className="sign-in__later">
        <Link onTap={onDone}>先看看，以后再绑定</Link>
      </View>
    </View>
  );
}
