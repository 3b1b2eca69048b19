import { View } from '@tarojs/components';
import {
  ANNULMENT_LABELS,
  DECISION_BODY_LABELS,
  DECISION_EVENT_LABELS,
  type DecisionEvent,
  FOLLOW_UP_LABELS,
  type FollowUp,
  type FollowUpState,
  SPEND_PURPOSES,
} from '@linli/shared/assembly';
import { formatFullDate, formatYuan } from '@linli/shared/kernel';
import { Attachments } from './attachments';
import { Card } from './card';
import { Chip } from './chip';
import { Fact } from './numbers';
import { Timeline, type TimelineItem } from './timeline';

const TONES = {
  UNPLANNED: 'urgent',
  OPEN: 'info',
  OVERDUE: 'bad',
  DONE: 'good',
  STOPPED: 'plain',
  ANNULLED: 'bad',
} as const satisfies Record<FollowUpState, string>;

/** Where a decision stands, in a word and a colour. */
export function FollowUpChip({ state }: { readonly state: FollowUpState }) {
  return <Chip tone={TONES[state]}>{FOLLOW_UP_LABELS[state]}</Chip>;
}

/** 落实情况: who sees to it and by when, what it cost, and every step so far. */
export function FollowUpView({ followUp }: { readonly followUp: FollowUp }) {
  const { annulment, dueOn, firstDueOn, purposes, amountLimitFen, events } = followUp;
  return (
    <View className="stack stack--3">
      {annulment !== null && (
        <Card tone="urgent" title={ANNULMENT_LABELS[annulment.kind]}>
          <View className="stack stack--2">
            <View>{annulment.reason}</View>
            <Fact label="文书">{`${annulment.documentNo}，${formatFullDate(annulment.documentOn)}`}</Fact>
            {annulment.file !== null && <Attachments files={[annulment.file]} />}
            <View className="t-second t-muted">原来的决定保留在这里，不再有效。</View>
          </View>
        </Card>
      )}
      <View className="row row--between row--top">
        <View className="t-strong grow">落实情况</View>
        <FollowUpChip state={followUp.state} />
      </View>
      <Fact label="负责落实">{`${DECISION_BODY_LABELS[followUp.body]}${followUp.bodyName === DECISION_BODY_LABELS[followUp.body] ? '' : ` · ${followUp.bodyName}`}`}</Fact>
      {dueOn !== null && (
        <Fact label="完成期限">
          {`${formatFullDate(dueOn)}${firstDueOn === null || firstDueOn >= dueOn ? '' : `（最初是 ${formatFullDate(firstDueOn)}）`}`}
        </Fact>
      )}
      {amountLimitFen !== null && (
        <Fact label="已支出">{`${formatYuan(followUp.spentFen)}，最多 ${formatYuan(amountLimitFen)}，还剩 ${formatYuan(followUp.leftFen)}`}</Fact>
      )}
      {purposes.length > 0 && (
        <Fact label="可用于">{purposes.map((purpose) => SPEND_PURPOSES[purpose]).join('、')}</Fact>
      )}
      {followUp.budgetYear !== null && (
        <Fact label="年度预算">{`${followUp.budgetYear} 年，小额支出记在这里，不用单独表决`}</Fact>
      )}
      {followUp.expiresOn !== null && (
        <Fact label="支出有效期">{`到 ${formatFullDate(followUp.expiresOn)}`}</Fact>
      )}
      {events.length === 0 ? (
        <View className="t-second t-muted">还没有办理记录。</View>
      ) : (
        <Timeline items={[...events].reverse().map(toItem)} />
      )}
    </View>
  );
}

function toItem(event: DecisionEvent): TimelineItem {
  const { kind, amountFen, dueFrom, dueTo, files } = event;
  const pictures = files.filter(({ thumbUrl }) => thumbUrl !== null);
  const amount = amountFen === null ? '' : ` ${formatYuan(amountFen)}`;
  const moved =
    dueFrom !== null && dueTo !== null && dueFrom !== dueTo
      ? `期限从 ${formatFullDate(dueFrom)}改到 ${formatFullDate(dueTo)}`
      : '';
  const documents = files.filter(({ thumbUrl }) => thumbUrl === null).map(({ name }) => name);
  return {
    id: event.id,
    at: event.at,
    who: event.by ?? '系统',
    what: `${DECISION_EVENT_LABELS[kind]}${amount}`,
    text: event.text,
    photos: pictures.map(({ url }) => url),
    thumbs: pictures.map(({ thumbUrl, url }) => thumbUrl ?? url),
    note: [moved, ...documents].filter((text) => text !== '').join('；'),
    tone: kind === 'DONE' ? 'good' : kind === 'ANNULLED' || kind === 'STOPPED' ? 'bad' : 'plain',
  };
}
