import { Text, View } from '@tarojs/components';
import {
  CLAIM_STATUS_NAMES,
  IDENTITY_LIMITS,
  ROLE_NAMES,
  type ClaimFile,
  type ClaimOwner,
} from '@linli/shared/identity';
import { formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Chip,
  Choices,
  ConfirmSheet,
  Fact,
  Field,
  InstantText,
  PageContent,
  Photos,
  SkeletonCard,
  TextArea,
} from '@/components';
import { spoken } from '@/platform';
import { useAction } from '@/request';
import { type DraftHandle, toast, useDraft } from '@/stores';
import { decideClaim, useClaimFile } from '../api';

interface ClaimFilePanelProps {
  readonly estateId: string;
  readonly claimId: string;
  readonly onDone: () => void;
}

/** One claim, opened: who, with what proof, whom the roll names, and the decision. */
export function ClaimFilePanel({ estateId, claimId, onDone }: ClaimFilePanelProps) {
  const file = useClaimFile(estateId, claimId);
  return (
    <PageContent resource={file} skeleton={<SkeletonCard lines={6} />}>
      {(claim) => (
        <View className="stack stack--3">
          <Facts claim={claim} />
          {claim.kind === 'OWNER' && <OnRoll claim={claim} />}
          {claim.status === 'PENDING' && claim.own && (
            <Card tone="urgent">这是您自己的认领，要由另一位工作人员核实。</Card>
          )}
          {claim.status === 'PENDING' && !claim.own && <Decision claim={claim} onDone={onDone} />}
          {claim.status !== 'PENDING' && <Outcome claim={claim} />}
        </View>
      )}
    </PageContent>
  );
}

function Facts({ claim }: { readonly claim: ClaimFile }) {
  return (
    <Card title={claim.unitName}>
      <View className="stack stack--2">
        <Fact label="小区">{claim.estateName}</Fact>
        <Fact label="申请人">{claim.claimantName}</Fact>
        <Fact label="手机号">{claim.phoneMasked ?? '没有绑定'}</Fact>
        <Fact label="申请身份">{ROLE_NAMES[claim.kind]}</Fact>
        {claim.endsAt !== null && <Fact label="租约到">{formatFullDate(shanghaiDate(claim.endsAt))}</Fact>}
        <Fact label="提交于">
          <InstantText at={claim.createdAt} />
        </Fact>
        {claim.note !== '' && <View>{claim.note}</View>}
        {claim.evidence.length > 0 ? (
          <Photos urls={claim.evidence.map(({ url }) => url)} />
        ) : (
          <View className="t-second t-muted">证明照片已按规定删除。</View>
        )}
      </View>
    </Card>
  );
}

/** Whom the roll names: a claim of an owner is always tied to one of them. */
function OnRoll({ claim }: { readonly claim: ClaimFile }) {
  return (
    <Card title="名册上的业主">
      <View className="stack stack--2">
        {claim.owners.length === 0 && <View>名册上这套房屋没有业主，请先更新名册。</View>}
        {claim.owners.map((owner) => (
          <View key={owner.ownerId} className="row row--between row--wrap gap-2">
            <Text className="grow">{`${owner.name}　${owner.phonesMasked.join('、')}`}</Text>
            <OwnerChip owner={owner} />
          </View>
        ))}
      </View>
    </Card>
  );
}

function OwnerChip({ owner }: { readonly owner: ClaimOwner }) {
  if (owner.taken) return <Chip tone="bad">已绑定别的账号</Chip>;
  return owner.sameName ? (
    <Chip tone="good" icon="check">
      姓名一致
    </Chip>
  ) : (
    <Chip>姓名不同</Chip>
  );
}

function Decision({ claim, onDone }: { readonly claim: ClaimFile; readonly onDone: () => void }) {
  const free = claim.owners.filter(({ taken }) => !taken);
  const same = free.filter(({ sameName }) => sameName);
  const [ownerId, setOwnerId] = useState<string | null>(
    same.length === 1 ? (same[0]?.ownerId ?? null) : null,
  );
  /** One owner on the roll, of that very name: nothing to choose. */
  const obvious = free.length === 1 && same.length === 1;
  const [asking, setAsking] = useState<'APPROVE' | 'REFUSE' | null>(null);
  const reason = useDraft<string>(`claim-reason/${claim.id}`, '');
  const decide = useDecision(claim, ownerId, reason, () => {
    setAsking(null);
    onDone();
  });
  const ask = (step: 'APPROVE' | 'REFUSE') => {
    decide.clearError();
    setAsking(step);
  };
  return (
    <Card title="核实结果">
      <View className="stack stack--4">
        {claim.kind === 'OWNER' && !obvious && free.length > 0 && (
          <OwnerChoice owners={free} ownerId={ownerId} onChange={setOwnerId} />
        )}
        <ApproveButton
          needsOwner={claim.kind === 'OWNER' && ownerId === null}
          free={free.length}
          onTap={() => {
            ask('APPROVE');
          }}
        />
        <Refusal
          reason={reason}
          onRefuse={() => {
            ask('REFUSE');
          }}
        />
      </View>
      <ConfirmSheet
        open={asking !== null}
        title={asking === 'APPROVE' ? '通过认领' : '退回认领'}
        sentence={
          asking === 'APPROVE'
            ? approvalSentence(claim, ownerId)
            : `${claim.unitName} 的认领会退回给 ${claim.claimantName}，原因：${reason.value.trim()}`
        }
        doLabel={asking === 'APPROVE' ? '通过' : '退回'}
        danger={asking === 'REFUSE'}
        busy={decide.busy}
        error={decide.error?.message}
        onConfirm={() => decide.run(asking === 'APPROVE')}
        onClose={() => {
          setAsking(null);
        }}
      />
    </Card>
  );
}

function useDecision(
  claim: ClaimFile,
  ownerId: string | null,
  reason: DraftHandle<string>,
  onDone: () => void,
) {
  return useAction(
    (_key, approve: boolean) =>
      decideClaim(claim, {
        approve,
        reason: approve ? '' : reason.value.trim(),
        ...(approve && ownerId !== null ? { ownerId } : {}),
      }),
    {
      onDone: ({ status }) => {
        reason.discard();
        toast(status === 'APPROVED' ? '已通过，对方会收到消息' : '已退回，对方会看到原因', 'good');
        onDone();
      },
    },
  );
}

interface OwnerChoiceProps {
  readonly owners: readonly ClaimOwner[];
  readonly ownerId: string | null;
  readonly onChange: (ownerId: string) => void;
}

function OwnerChoice({ owners, ownerId, onChange }: OwnerChoiceProps) {
  return (
    <Field label="申请人是名册上的哪位业主">
      <Choices
        label="名册上的业主"
        value={ownerId}
        options={owners.map(({ ownerId: value, name }) => ({ value, label: name }))}
        onChange={onChange}
      />
    </Field>
  );
}

interface ApproveButtonProps {
  readonly needsOwner: boolean;
  /** How many owners of the roll have no account yet. */
  readonly free: number;
  readonly onTap: () => void;
}

function ApproveButton({ needsOwner, free, onTap }: ApproveButtonProps) {
  return (
    <Button block disabled={needsOwner} onTap={onTap}>
      {needsOwner ? (free === 0 ? '名册上没有可绑定的业主' : '请先选名册上的业主') : '通过'}
    </Button>
  );
}

interface RefusalProps {
  readonly reason: DraftHandle<string>;
  readonly onRefuse: () => void;
}

function Refusal({ reason, onRefuse }: RefusalProps) {
  return (
    <>
      <Field label="不通过的原因" hint="对方会看到，写清楚缺什么">
        <TextArea
          value={reason.value}
          maxLength={IDENTITY_LIMITS.decisionReasonChars}
          rows={2}
          onChange={reason.set}
        />
      </Field>
      <Button kind="danger" block disabled={reason.value.trim() === ''} onTap={onRefuse}>
        不通过
      </Button>
    </>
  );
}

function approvalSentence(claim: ClaimFile, ownerId: string | null): string {
  const owner = claim.owners.find((candidate) => candidate.ownerId === ownerId);
  const as =
    owner === undefined || owner.sameName ? '' : `（名册上的 ${owner.name}，姓名不同，请确认是同一个人）`;
  return `${claim.claimantName}${as} 将以${ROLE_NAMES[claim.kind]}的身份绑定 ${claim.unitName}，马上生效。${claim.kind === 'OWNER' ? '业主能投票、能看账。' : ''}`;
}

function Outcome({ claim }: { readonly claim: ClaimFile }) {
  return (
    <Card title={CLAIM_STATUS_NAMES[claim.status]}>
      <View className="stack stack--2" {...spoken({ role: 'status' })}>
        {claim.decidedByName !== null && <Fact label="办理人">{claim.decidedByName}</Fact>}
        {claim.decidedAt !== null && (
          <Fact label="时间">
            <InstantText at={claim.decidedAt} />
          </Fact>
        )}
        {claim.reason !== null && <View>{claim.reason}</View>}
      </View>
    </Card>
  );
}
