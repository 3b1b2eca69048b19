import { View } from '@tarojs/components';
import {
  AUDIT_OPINION_LABELS,
  AUDIT_PARTY_LABELS,
  type AuditOverview,
  type AuditOpinion,
  commitmentText,
  FINDING_EVENT_LABELS,
  FINDING_STATE_LABELS,
  type FindingState,
  type FindingView,
  type OwedAudit,
} from '@linli/shared/income-audit';
import { PUBLISHING_BODY_LABELS } from '@linli/shared/income';
import { formatDay, formatFullDate, formatYuan } from '@linli/shared/kernel';
import { Attachments } from './attachments';
import { Card, Cell } from './card';
import { Chip, PostingChip, type Tone } from './chip';
import { DecisionLink } from './decision-link';
import { Fact, InstantText } from './numbers';
import { useNow } from './use-now';

/** Pieces of the yearly audit that owners and desks both see. */

const STATE_TONES: Readonly<Record<FindingState, Tone>> = {
  OPEN: 'info',
  ANSWERED: 'info',
  SENT_BACK: 'urgent',
  ACCEPTED: 'good',
};
const OPINION_TONES: Readonly<Record<AuditOpinion, Tone>> = {
  UNQUALIFIED: 'good',
  QUALIFIED: 'urgent',
  ADVERSE: 'bad',
  DISCLAIMER: 'bad',
};

export function OpinionChip({ opinion }: { readonly opinion: AuditOpinion }) {
  return <Chip tone={OPINION_TONES[opinion]}>{AUDIT_OPINION_LABELS[opinion]}</Chip>;
}

/** Where it stands, and for how long somebody has owed the next step. */
export function FindingChips({ state, duty }: Pick<FindingView, 'state' | 'duty'>) {
  return (
    <View className="row row--wrap gap-2">
      <Chip tone={STATE_TONES[state]}>{FINDING_STATE_LABELS[state]}</Chip>
      {duty !== null && duty.overdueDays > 0 && (
        <Chip tone="bad" icon="clock">{`逾期 ${duty.overdueDays} 天`}</Chip>
      )}
    </View>
  );
}

/** 应由物业企业在 11月9日 周一前答复 */
export function dutyText({ state, duty }: Pick<FindingView, 'state' | 'duty'>, now: number): string {
  if (duty === null) return '';
  const what = state === 'ANSWERED' ? '核实' : state === 'SENT_BACK' ? '重新答复' : '答复';
  return `应由${AUDIT_PARTY_LABELS[duty.by]}在 ${formatDay(duty.dueOn, now)}前${what}`;
}

/** What was found, what was answered and by whom, the oldest first. */
export function FindingDetails({
  finding,
  onConcern,
}: {
  readonly finding: FindingView;
  /** Opens the statement that it concerns. */
  readonly onConcern?: (statementId: string) => void;
}) {
  const now = useNow();
  const { no, text, amountFen, concern, dueOn } = finding;
  const statementId = concern?.kind === 'STATEMENT' ? concern.statementId : null;
  return (
    <View className="stack stack--3">
      <View className="stack stack--2">
        <FindingChips {...finding} />
        <View className="t-strong">{`第 ${no} 条　${text}`}</View>
      </View>
      {amountFen !== null && <Fact label="涉及金额">{formatYuan(amountFen)}</Fact>}
      <Fact label="由谁答复">{AUDIT_PARTY_LABELS[finding.responsible]}</Fact>
      <Fact label="答复期限">{formatFullDate(dueOn)}</Fact>
      {concern !== null && (
        <Cell
          icon="wallet"
          title="涉及的账目"
          detail={concern.text}
          label={`涉及的账目，${concern.text}`}
          onTap={
            statementId === null || onConcern === undefined
              ? undefined
              : () => {
                  onConcern(statementId);
                }
          }
        />
      )}
      {finding.events.map((event) => (
        <View key={event.seq} className="stack stack--1">
          <View className="t-strong">{`${AUDIT_PARTY_LABELS[event.as]}${FINDING_EVENT_LABELS[event.event]}`}</View>
          <View className="t-second t-muted">
            {`${event.by}，`}
            <InstantText at={event.at} />
          </View>
          {event.text !== '' && <View>{event.text}</View>}
          {event.files.length > 0 && <Attachments files={event.files} />}
        </View>
      ))}
      {finding.duty !== null && <View className="t-second t-strong">{dutyText(finding, now)}</View>}
    </View>
  );
}

/** Years that are over and have no report, with whose duty it is. */
export function OwedAudits({ owed }: { readonly owed: readonly OwedAudit[] }) {
  const now = useNow();
  return (
    <>
      {owed.map(({ year, dueOn, overdueDays, owedBy }) => {
        const body = PUBLISHING_BODY_LABELS[owedBy];
        const by = `${formatDay(dueOn, now)}前公示`;
        return (
          <Card key={year} tone={overdueDays > 0 ? 'urgent' : 'plain'}>
            <View className="stack stack--1">
              <View className="t-strong">{`${year} 年度审计报告还没有公示`}</View>
              {overdueDays > 0 && (
                <PostingChip state={{ status: 'OVERDUE', days: overdueDays }} duty={body} />
              )}
              <View className="t-second">{overdueDays > 0 ? `应在 ${by}` : `${body}应在 ${by}`}</View>
            </View>
          </Card>
        );
      })}
    </>
  );
}

/** Who asks for the yearly audit: the region, and what the owners decided, in turn. */
export function DutyWords({ duty, decided }: Pick<AuditOverview, 'duty' | 'decided'>) {
  return (
    <View className="stack stack--2">
      {duty?.by === 'REGION' && (
        <View className="t-second t-muted">{`本地规定公共收益从 ${duty.sinceYear} 年度起每年审计一次。`}</View>
      )}
      {decided.map((one) => (
        <DecisionLink key={one.decisionNumber} as="谁要求审计" number={one.decisionNumber}>
          {commitmentText(one)}
        </DecisionLink>
      ))}
    </View>
  );
}
