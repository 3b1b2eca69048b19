import { View } from '@tarojs/components';
import {
  IDENTITY_LIMITS,
  ROLE_NAMES,
  tidyInvitationCode,
  type InvitationOffer,
} from '@linli/shared/identity';
import { formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, ConfirmSheet, Field, PageShell, TextInput } from '@/components';
import { replace, useRouteParams } from '@/navigate';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { acceptInvitation, lookAtInvitation } from '../../api';

/** 使用邀请码: type it, read whose home it is, accept. */
export default function InvitationPage() {
  const { code: given } = useRouteParams('invitation');
  const [typed, setTyped] = useState(given ?? '');
  const [offer, setOffer] = useState<InvitationOffer | null>(null);
  const code = tidyInvitationCode(typed);
  const look = useAction((_key) => lookAtInvitation(code), { onDone: setOffer });
  const accept = useAction((key) => acceptInvitation(key, code), {
    name: `invitation/${code}`,
    onDone: () => {
      toast('已绑定，您现在能看到这里的内容了', 'good');
      replace('homes');
    },
  });
  return (
    <PageShell route="invitation">
      <Card>
        <View className="stack stack--4">
          <CodeField
            value={typed}
            error={look.error?.fields[0]?.message ?? look.error?.message}
            onChange={(value) => {
              look.clearError();
              setTyped(value);
            }}
            onEnter={() => {
              void look.run();
            }}
          />
          <Button
            block
            busy={look.busy}
            busyText="正在核对"
            disabled={code.length !== IDENTITY_LIMITS.invitationCodeChars}
            onTap={() => look.run()}
          >
            看看是哪套房屋
          </Button>
        </View>
      </Card>
      <ConfirmSheet
        open={offer !== null}
        title="接受邀请"
        sentence={offer === null ? '' : sentenceOf(offer)}
        doLabel="接受邀请"
        safeLabel="不是我家"
        busy={accept.busy}
        busyText="正在绑定"
        error={accept.error?.message}
        onConfirm={() => accept.run()}
        onClose={() => {
          setOffer(null);
        }}
      />
    </PageShell>
  );
}

interface CodeFieldProps {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}

function CodeField({ value, error, onChange, onEnter }: CodeFieldProps) {
  return (
    <Field label="邀请码" hint="业主给您的 8 位字母和数字，大小写都可以" error={error}>
      <TextInput
        value={value}
        placeholder="例如 ABCD 2345"
        maxLength={12}
        onChange={onChange}
        onEnter={onEnter}
      />
    </Field>
  );
}

function sentenceOf({ invitedByMasked, estateName, unitName, kind, endsAt }: InvitationOffer): string {
  const until = endsAt === null ? '' : `，到 ${formatFullDate(shanghaiDate(endsAt))} 为止`;
  return `业主 ${invitedByMasked} 邀请您以${ROLE_NAMES[kind]}的身份绑定 ${estateName} ${unitName}${until}。业主能看到您的姓名，也可以随时移除您。`;
}
