import { View } from '@tarojs/components';
import { IDENTITY_LIMITS } from '@linli/shared/identity';
import { SECOND_MS, isMobile, parsePhone } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Field, TextInput, useNow } from '@/components';
import { spoken } from '@/platform';
import { useAction } from '@/request';
import { sendCode, verifyCode } from './api';
import type { WayToSignIn } from './way';

const CODE = new RegExp(`^\\d{${IDENTITY_LIMITS.smsCodeDigits}}$`);

/** Phone and code: for browsers, which have no WeChat to vouch. */
export function SmsForm({ afterAgreeing, onSignedIn }: WayToSignIn) {
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<{ readonly phone?: string; readonly code?: string }>({});
  const { send, wait, sent } = useCodeBySms();
  const verify = useAction(
    (_key, number: string, digits: string) => verifyCode({ phone: number, code: digits }),
    {
      onDone: onSignedIn,
    },
  );

  const askForCode = () => {
    const number = mobileNumber(phone);
    setProblem(number === null ? { phone: PHONE_PROBLEM } : {});
    if (number !== null) void send.run(number);
  };
  const submit = () => {
    const number = mobileNumber(phone);
    const found = {
      ...(number === null ? { phone: PHONE_PROBLEM } : {}),
      ...(CODE.test(code) ? {} : { code: `请填短信里的 ${IDENTITY_LIMITS.smsCodeDigits} 位数字` }),
    };
    setProblem(found);
    if (number !== null && found.code === undefined) void verify.run(number, code);
  };
  const submitAgreed = () => {
    afterAgreeing(submit);
  };

  return (
    <View>
      <Field label="手机号" error={problem.phone ?? send.error?.field('phone') ?? send.error?.message}>
        <PhoneInput value={phone} onChange={setPhone} />
      </Field>
      <Field label="短信验证码" error={problem.code ?? verify.error?.message}>
        <View className="sign-in__code">
          <CodeInput value={code} onChange={setCode} onEnter={submitAgreed} />
          <AskButton
            busy={send.busy}
            wait={wait}
            sent={sent}
            onTap={() => {
              afterAgreeing(askForCode);
            }}
          />
        </View>
      </Field>
      {wait > 0 && (
        <View className="field__hint" {...spoken({ role: 'status' })}>
          验证码已发到您的手机，几分钟内有效。
        </View>
      )}
      <View className="sign-in__submit">
        <Button block busy={verify.busy} busyText="正在登录" onTap={submitAgreed}>
          登录
        </Button>
      </View>
    </View>
  );
}

/** Sends a code, and counts the seconds until another may be asked for. */
function useCodeBySms() {
  const [resendAt, setResendAt] = useState<number | null>(null);
  const now = useNow(SECOND_MS);
  const send = useAction((_key, number: string) => sendCode({ phone: number }), {
    onDone: (answer) => {
      setResendAt(answer.resendAt);
    },
  });
  const wait = resendAt === null ? 0 : Math.max(0, Math.ceil((resendAt - now) / SECOND_MS));
  return { send, wait, sent: resendAt !== null };
}

interface AskButtonProps {
  readonly busy: boolean;
  /** Seconds until another code may be asked for. */
  readonly wait: number;
  readonly sent: boolean;
  readonly onTap: () => void;
}

function AskButton({ busy, wait, sent, onTap }: AskButtonProps) {
  return (
    <Button kind="plain" busy={busy} busyText="发送中" disabled={wait > 0} onTap={onTap}>
      {wait > 0 ? `${wait} 秒后重发` : sent ? '重新获取' : '获取验证码'}
    </Button>
  );
}

function PhoneInput({ value, onChange }: Pick<CodeInputProps, 'value' | 'onChange'>) {
  return (
    <TextInput
      value={value}
      onChange={onChange}
      keyboard="phone"
      autoComplete="tel"
      maxLength={20}
      placeholder="登记在业主名册上的手机号"
    />
  );
}

interface CodeInputProps {
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly onEnter: () => void;
}

function CodeInput({ value, onChange, onEnter }: CodeInputProps) {
  return (
    <TextInput
      value={value}
      onChange={(text) => {
        onChange(text.replace(/\D/g, ''));
      }}
      keyboard="number"
      autoComplete="one-time-code"
      maxLength={IDENTITY_LIMITS.smsCodeDigits}
      placeholder={`${IDENTITY_LIMITS.smsCodeDigits} 位数字`}
      onEnter={onEnter}
    />
  );
}

const PHONE_PROBLEM = '请填 11 位手机号';

function mobileNumber(text: string): string | null {
  return isMobile(text) ? (parsePhone(text)?.number ?? null) : null;
}
