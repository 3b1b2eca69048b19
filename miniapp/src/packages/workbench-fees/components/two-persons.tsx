import { View } from '@tarojs/components';
import {
  REFUND_LIMITS,
  PROPOSAL_OUTCOME_LABELS,
  type OpenProposal,
  type ProposalOutcome,
} from '@linli/shared/refunds';
import { formatInstant } from '@linli/shared/kernel';
import { type ReactNode } from 'react';
import { Button, Chip, ConfirmSheet, Fact, Field, TextArea, useNow } from '@/components';
import { useAction } from '@/request';
import { toast, useDraft } from '@/stores';
import { useMoneyActions } from '../money-api';

/** Asks for something that another person has to agree to, with a reason. */
export function AskSheet({
  title,
  sentence,
  doLabel,
  keptAs,
  ask,
  onClose,
  onDone,
  children,
}: {
  readonly title: string;
  readonly sentence: string;
  readonly doLabel: string;
  /** The name of the draft in which the reason is kept until it is sent. */
  readonly keptAs: string;
  readonly ask: (key: string, reason: string) => Promise<unknown>;
  readonly onClose: () => void;
  readonly onDone: () => void;
  readonly children?: ReactNode;
}) {
  const { value: reason, set: setReason, discard } = useDraft(keptAs, '');
  const asking = useAction((key) => ask(key, reason), {
    onDone: () => {
      discard();
      toast('已提出，等另一位同事审批', 'good');
      onDone();
    },
  });
  return (
    <ConfirmSheet
      open
      title={title}
      sentence={sentence}
      doLabel={doLabel}
      busy={asking.busy}
      error={asking.error?.message}
      onConfirm={() => asking.run()}
      onClose={onClose}
    >
      {children}
      <Field label="原因">
        <TextArea value={reason} onChange={setReason} maxLength={REFUND_LIMITS.reasonMax} rows={2} />
      </Field>
    </ConfirmSheet>
  );
}

/** Agree or not: never on what one asked oneself. */
export function Decide({
  mine,
  keptAs,
  decide,
  onDone,
}: {
  readonly mine: boolean;
  readonly keptAs: string;
  readonly decide: (approve: boolean, note: string) => Promise<unknown>;
  readonly onDone: () => void;
}) {
  const { value: note, set: setNote, discard } = useDraft(keptAs, '');
  const deciding = useAction((_key, approve: boolean) => decide(approve, note), {
    onDone: () => {
      discard();
      toast('已记下', 'good');
      onDone();
    },
  });
  if (mine) return <View className="t-second t-muted">是您提出的，要另一位同事来审批。</View>;
  return (
    <View className="stack stack--3">
      <Field label="不同意的理由" optional>
        <TextArea value={note} onChange={setNote} maxLength={REFUND_LIMITS.reasonMax} rows={2} />
      </Field>
      {deciding.error !== null && <View className="t-bad">{deciding.error.message}</View>}
      <View className="row gap-2">
        <Button kind="plain" busy={deciding.busy} onTap={() => deciding.run(false)}>
          不同意
        </Button>
        <Button busy={deciding.busy} onTap={() => deciding.run(true)}>
          同意
        </Button>
      </View>
    </View>
  );
}

/** What waits for a second person, and the second person's buttons. */
export function ProposalPart({
  proposal,
  onDone,
}: {
  readonly proposal: OpenProposal;
  readonly onDone: () => void;
}) {
  const now = useNow();
  const actions = useMoneyActions();
  return (
    <View className="stack stack--3">
      <View className="stack stack--2">
        <Fact label="处理意见">{PROPOSAL_OUTCOME_LABELS[proposal.outcome]}</Fact>
        <Fact label="原因">{proposal.reason}</Fact>
        <Fact label="提出">{`${proposal.askedBy}，${formatInstant(proposal.askedAt, now)}`}</Fact>
      </View>
      <Decide
        mine={proposal.mine}
        keptAs={`proposal-answer/${proposal.id}`}
        decide={(approve, note) => actions.agree(proposal.id, { approve, note })}
        onDone={onDone}
      />
    </View>
  );
}

export const WaitsForSecond = ({ proposal }: { readonly proposal: OpenProposal }) => (
  <Chip tone="urgent">{proposal.mine ? '等同事审批' : '等您审批'}</Chip>
);

/** What may be proposed. */
export function OutcomeButtons({
  outcomes,
  onChoose,
}: {
  readonly outcomes: readonly ProposalOutcome[];
  readonly onChoose: (outcome: ProposalOutcome) => void;
}) {
  return (
    <>
      {outcomes.map((outcome) => (
        <Button
          key={outcome}
          kind="plain"
          block
          onTap={() => {
            onChoose(outcome);
          }}
        >
          {PROPOSAL_OUTCOME_LABELS[outcome]}
        </Button>
      ))}
    </>
  );
}
