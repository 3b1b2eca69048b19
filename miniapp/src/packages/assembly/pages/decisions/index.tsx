import { View } from '@tarojs/components';
import {
  type Decision,
  DECISION_BODY_LABELS,
  MATTERS,
  tidyDecisionNumber,
  VOTE_CLASS_LABELS,
} from '@linli/shared/assembly';
import { formatFullDate, formatYuan } from '@linli/shared/kernel';
import { useEffect, useState } from 'react';
import {
  Attachments,
  Card,
  Empty,
  Fact,
  FollowUpChip,
  FollowUpView,
  MorePages,
  PageContent,
  PageShell,
  Sheet,
  SkeletonList,
  TextInput,
} from '@/components';
import { DecisionCostView } from '@/components/decision-cost';
import { useRouteParams } from '@/navigate';
import { useDecision, useDecisions, useFollowUp } from '../../api';

/** 业主大会的决定: what contracts and spending cite. */
export default function DecisionsPage() {
  const decisions = useDecisions();
  // Whoever comes from a line that cites a decision sees that one first.
  const { number: cited } = useRouteParams('decisions');
  const [search, setSearch] = useState(tidyDecisionNumber(cited ?? ''));
  const [tapped, setTapped] = useState<Decision | 'NONE' | null>(null);
  const openOf = (items: readonly Decision[]): Decision | null => {
    if (tapped === 'NONE' || cited === undefined) return tapped === 'NONE' ? null : tapped;
    return tapped ?? items.find(({ number }) => number === tidyDecisionNumber(cited)) ?? null;
  };
  const { more } = decisions;
  const searching = search.trim() !== '' && more.error === null;
  // What is looked for may stand on a page that nobody has scrolled to.
  useEffect(() => {
    if (searching) void more.load();
  }, [searching, more]);
  return (
    <PageShell
      route="decisions"
      resource={decisions}
      skeleton={<SkeletonList />}
      empty={({ items }) =>
        items.length > 0 ? null : (
          <Empty title="还没有登记的决定" text="业主大会通过的事项会自动记在这里；以前的决定由业委会登记。" />
        )
      }
    >
      {({ items }) => (
        <View className="stack stack--3">
          <TextInput
            label="按编号或名称查找"
            placeholder="按编号或名称查找"
            value={search}
            onChange={setSearch}
          />
          {items
            .filter(({ status }) => status === 'IN_FORCE' || status === 'ANNULLED')
            .filter(({ number, title }) => `${number}${title}`.includes(search.trim()))
            .map((decision) => (
              <Card
                key={decision.id}
                label={`${decision.number}，${decision.title}`}
                onTap={() => {
                  setTapped(decision);
                }}
              >
                <DecisionRow decision={decision} />
              </Card>
            ))}
          <MorePages more={more} />
          <DecisionSheet
            decision={openOf(items)}
            onClose={() => {
              setTapped('NONE');
            }}
          />
        </View>
      )}
    </PageShell>
  );
}

function DecisionSheet({
  decision,
  onClose,
}: {
  readonly decision: Decision | null;
  readonly onClose: () => void;
}) {
  return (
    <Sheet open={decision !== null} title={decision?.number ?? ''} onClose={onClose}>
      {decision !== null && <Whole key={decision.id} decision={decision} />}
    </Sheet>
  );
}

function DecisionRow({ decision }: { readonly decision: Decision }) {
  const { title, number, decidedOn, followUp } = decision;
  return (
    <View className="stack stack--1">
      <View className="row row--between row--top">
        <View className="t-strong grow">{title}</View>
        {followUp !== null && <FollowUpChip state={followUp.state} />}
      </View>
      <View className="t-second t-muted t-words">{`${number} · ${formatFullDate(decidedOn)}`}</View>
      <View className="t-second t-muted t-words">{standing(decision)}</View>
    </View>
  );
}

/** Who sees to it, by when, and what it has cost. */
function standing({ followUp, amountLimitFen }: Decision): string {
  if (followUp === null) return '';
  const { body, dueOn, spentFen } = followUp;
  const due = dueOn === null ? '' : `，${formatFullDate(dueOn)}前完成`;
  const cost =
    amountLimitFen === null ? '' : `；已支出 ${formatYuan(spentFen)}，最多 ${formatYuan(amountLimitFen)}`;
  return `${DECISION_BODY_LABELS[body]}负责${due}${cost}`;
}

function Whole({ decision }: { readonly decision: Decision }) {
  const detail = useDecision(decision.id);
  const followUp = useFollowUp(decision.id);
  const matter = MATTERS.find(({ number }) => number === decision.matter);
  return (
    <View className="stack stack--3">
      <View className="t-title">{decision.title}</View>
      <View>{decision.purpose}</View>
      <Fact label="日期">{formatFullDate(decision.decidedOn)}</Fact>
      <Fact label="事项">{matter?.text ?? ''}</Fact>
      <Fact label="类别">{VOTE_CLASS_LABELS[decision.voteClass]}</Fact>
      {decision.amountLimitFen !== null && (
        <Fact label="最多支出">{formatYuan(decision.amountLimitFen)}</Fact>
      )}
      <Fact label="来源">
        {decision.origin === 'ASSEMBLY' ? '在这里投票产生' : '以前的决定，由业委会登记'}
      </Fact>
      <PageContent resource={followUp}>{(known) => <FollowUpView followUp={known} />}</PageContent>
      <DecisionCostView decisionId={decision.id} />
      <PageContent resource={detail}>
        {({ scan, registeredBy, confirmedBy }) => (
          <View className="stack stack--2">
            {confirmedBy !== null && (
              <Fact label="登记和复核">{`${registeredBy}登记，${confirmedBy}复核`}</Fact>
            )}
            {scan !== null && <Attachments files={[scan]} />}
          </View>
        )}
      </PageContent>
    </View>
  );
}
