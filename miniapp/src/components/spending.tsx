import { View } from '@tarojs/components';
import { SPEND_CATEGORIES } from '@linli/shared/income';
import { formatFullDate, formatInstant } from '@linli/shared/kernel';
import {
  APPLICANT_BODY_LABELS,
  basisText,
  SPENDING_STATE_LABELS,
  SPENDING_STEP_LABELS,
  type SpendingRequest,
  type SpendingState,
} from '@linli/shared/spending';
import { Attachments } from './attachments';
import { Chip, type Tone } from './chip';
import { DecisionLink } from './decision-link';
import { Fact, Money } from './numbers';
import { useNow } from './use-now';

/** Pieces of a spend that owners and desks both see. */

const TONES: Readonly<Partial<Record<SpendingState, Tone>>> = {
  APPLIED: 'urgent',
  COMMITTEE_CONFIRMED: 'urgent',
  STREET_FILED: 'info',
  PAID: 'good',
  RECONCILED: 'good',
  REJECTED: 'bad',
};

export function SpendingChip({ state }: Pick<SpendingRequest, 'state'>) {
  return <Chip tone={TONES[state] ?? 'plain'}>{SPENDING_STATE_LABELS[state]}</Chip>;
}

/** One line of a list: what for, how much, and what allowed it. */
export function SpendingLine({ request }: { readonly request: SpendingRequest }) {
  return (
    <View className="stack stack--1">
      <View className="row row--between row--top gap-2">
        <View className="t-strong grow">{request.text}</View>
        <Money fen={request.amountFen} />
      </View>
      <View className="t-second t-muted">{`付给 ${request.payee}`}</View>
      <View className="t-second">{`准许依据：${basisText(request)}`}</View>
      <View className="row">
        <SpendingChip state={request.state} />
      </View>
    </View>
  );
}

/** Everything of it: the papers, and who took each step. */
export function SpendingFacts({ request }: { readonly request: SpendingRequest }) {
  const now = useNow();
  const { steps, files, receipt, paidOn, bankLineNo, reason } = request;
  return (
    <View className="stack stack--2">
      <Money fen={request.amountFen} size="money" />
      <View>{request.text}</View>
      <Fact label="进展">
        <SpendingChip state={request.state} />
      </Fact>
      {request.basis?.kind === 'DECISION' ? (
        <DecisionLink number={request.basis.number}>{basisText(request)}</DecisionLink>
      ) : (
        <Fact label="准许依据">{basisText(request)}</Fact>
      )}
      <Fact label="类别">{SPEND_CATEGORIES[request.category].label}</Fact>
      <Fact label="收款单位">{request.payee}</Fact>
      <Fact label="申请方">{APPLICANT_BODY_LABELS[request.appliedAs]}</Fact>
      {steps.map(({ event, by, at }) => (
        <Fact key={event} label={SPENDING_STEP_LABELS[event]}>{`${by}，${formatInstant(at, now)}`}</Fact>
      ))}
      {reason !== '' && <Fact label="原因">{reason}</Fact>}
      {paidOn !== null && <Fact label="付款日期">{formatFullDate(paidOn)}</Fact>}
      {bankLineNo !== null && <Fact label="银行流水号">{bankLineNo}</Fact>}
      <Attachments files={receipt === null ? files : [...files, receipt]} />
    </View>
  );
}
