import { View } from '@tarojs/components';
import {
  IDENTITY_LIMITS,
  ROLE_NAMES,
  type GuestKind,
  type Invitation,
  type OpenInvitation,
} from '@linli/shared/identity';
import { addDays, endOfDay, formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Cell,
  Choices,
  DatePicker,
  Field,
  InstantText,
  PageContent,
  Sheet,
  SkeletonCard,
  useNow,
} from '@/components';
import { copyText, spoken } from '@/platform';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { forgetHome, invite, revokeInvitation, useInvitations } from '../api';
import './invitations.css';

interface InvitationsProps {
  readonly unitId: string;
  readonly unitName: string;
}

/** Codes for family and tenants: made, read out, taken back. */
export function Invitations({ unitId, unitName }: InvitationsProps) {
  const invitations = useInvitations(unitId);
  const [inviting, setInviting] = useState(false);
  const revoke = useAction((_key, id: string) => revokeInvitation(unitId, id), {
    onDone: () => {
      forgetHome(unitId);
      toast('邀请码已作废', 'good');
    },
    onError: (error) => {
      toast(error.message, 'bad');
    },
  });
  return (
    <Card title="邀请家人和租户">
      <View className="stack stack--3">
        <View className="t-muted">
          {`生成一个邀请码，念给对方或发给对方。只能用一次，${IDENTITY_LIMITS.invitationDays} 天内有效。`}
        </View>
        <Button
          block
          icon="plus"
          onTap={() => {
            setInviting(true);
          }}
        >
          邀请
        </Button>
        <PageContent resource={invitations} skeleton={<SkeletonCard lines={2} />}>
          {(list) => (
            <View>
              {list.map((invitation) => (
                <OpenCell
                  key={invitation.id}
                  invitation={invitation}
                  onRevoke={() => revoke.run(invitation.id)}
                />
              ))}
            </View>
          )}
        </PageContent>
        <InviteSheet
          open={inviting}
          unitId={unitId}
          unitName={unitName}
          onClose={() => {
            setInviting(false);
            forgetHome(unitId);
          }}
        />
      </View>
    </Card>
  );
}

function OpenCell({
  invitation,
  onRevoke,
}: {
  readonly invitation: OpenInvitation;
  readonly onRevoke: () => Promise<void>;
}) {
  return (
    <Cell
      icon="clock"
      title={`给${ROLE_NAMES[invitation.kind]}的邀请，还没有用`}
      detail={
        <View>
          <InstantText at={invitation.expiresAt} /> 前有效
        </View>
      }
      value={
        <Button
          kind="plain"
          size="small"
          label={`作废给${ROLE_NAMES[invitation.kind]}的邀请`}
          onTap={onRevoke}
        >
          作废
        </Button>
      }
    />
  );
}

/** First whom, then the code. The code is shown once: it is stored where nobody can read it. */
function InviteSheet({
  open,
  unitId,
  unitName,
  onClose,
}: InvitationsProps & { readonly open: boolean; readonly onClose: () => void }) {
  const [made, setMade] = useState<Invitation | null>(null);
  const close = () => {
    setMade(null);
    onClose();
  };
  return (
    <Sheet open={open} title={made === null ? '邀请谁' : '邀请码'} onClose={close}>
      {made === null ? (
        <InviteForm unitId={unitId} onMade={setMade} />
      ) : (
        <Code made={made} unitName={unitName} onClose={close} />
      )}
    </Sheet>
  );
}

function InviteForm({
  unitId,
  onMade,
}: {
  readonly unitId: string;
  readonly onMade: (made: Invitation) => void;
}) {
  const [kind, setKind] = useState<GuestKind>('FAMILY');
  const [leaseEnds, setLeaseEnds] = useState<string | null>(null);
  const make = useAction(
    (key) =>
      invite(key, unitId, {
        kind,
        endsAt: kind === 'TENANT' && leaseEnds !== null ? endOfDay(leaseEnds) : null,
      }),
    { onDone: onMade },
  );
  const tomorrow = addDays(shanghaiDate(useNow()), 1);
  return (
    <View className="stack stack--4">
      <Choices
        label="邀请谁"
        value={kind}
        options={[
          { value: 'FAMILY', label: '家人', detail: '一直有效，您可以随时移除' },
          { value: 'TENANT', label: '租户', detail: '租约到期自动失效' },
        ]}
        onChange={setKind}
      />
      {kind === 'TENANT' && (
        <Field label="租约到哪天" hint="过了这天，对方就看不到这里的内容了">
          <DatePicker value={leaseEnds} from={tomorrow} onChange={setLeaseEnds} />
        </Field>
      )}
      {make.error !== null && (
        <View className="t-bad" {...spoken({ role: 'alert' })}>
          {make.error.message}
        </View>
      )}
      <Button
        block
        busy={make.busy}
        busyText="正在生成"
        disabled={kind === 'TENANT' && leaseEnds === null}
        onTap={() => make.run()}
      >
        生成邀请码
      </Button>
    </View>
  );
}

function Code({
  made,
  unitName,
  onClose,
}: {
  readonly made: Invitation;
  readonly unitName: string;
  readonly onClose: () => void;
}) {
  const halves = `${made.code.slice(0, 4)} ${made.code.slice(4)}`;
  const until = formatFullDate(shanghaiDate(made.expiresAt));
  return (
    <View className="stack stack--4">
      <View
        className="invitation-code"
        {...spoken({ role: 'status', label: `邀请码 ${Array.from(made.code).join(' ')}` })}
      >
        {halves}
      </View>
      <View className="t-muted">
        {`${until} 前有效，只能用一次。对方登录后，在“我的 → 我的房屋 → 我有邀请码”里输入。关掉就不再显示，忘了可以再生成一个。`}
      </View>
      <Button
        block
        icon="copy"
        onTap={async () => {
          const text = `${unitName}的业主邀请您加入邻里公开，邀请码 ${made.code}，${until} 前有效。`;
          toast((await copyText(text)) ? '已复制，可以发给对方' : '没有复制成功，请念给对方');
        }}
      >
        复制邀请
      </Button>
      <Button kind="plain" block onTap={onClose}>
        好了
      </Button>
    </View>
  );
}
