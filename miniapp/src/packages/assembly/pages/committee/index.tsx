import { View } from '@tarojs/components';
import {
  type CommitteeTerm,
  ELECTION_KIND_LABELS,
  ELECTION_STATE_LABELS,
  type ElectionSummary,
  type PetitionSummary,
} from '@linli/shared/assembly';
import { formatFullDate } from '@linli/shared/kernel';
import {
  Button,
  Card,
  Cell,
  Chip,
  Fact,
  MorePages,
  PageContent,
  PageShell,
  SectionHead,
  SkeletonList,
} from '@/components';
import { navigate } from '@/navigate';
import { useElections, usePetitions, useTerm } from '../../election-api';
import { HandoverList } from '../../components/handover-list';
import { DateSpan } from '../../components/date-span';
import { petitionWords } from '../../election-words';

/** 业委会: its term and what it owes, elections, and petitions of the owners. */
export default function CommitteePage() {
  const term = useTerm();
  return (
    <PageShell route="committee" resource={term} skeleton={<SkeletonList />}>
      {({ term: current }) => (
        <View className="stack stack--4">
          {current === null ? (
            <Card title="本届业委会">还没有登记任期。社区或街道登记后，这里会显示换届的时间。</Card>
          ) : (
            <Term term={current} />
          )}
          <Elections />
          <Petitions />
        </View>
      )}
    </PageShell>
  );
}

function Term({ term }: { readonly term: CommitteeTerm }) {
  const { clock, handover, vacancy } = term;
  const late = clock.phase !== 'RUNNING' || (vacancy?.overdueDays ?? 0) > 0;
  return (
    <Card
      title="本届业委会"
      tone={late ? 'urgent' : 'plain'}
      extra={late ? <Chip tone="bad">{lateWords(term)}</Chip> : <Chip tone="good">任期内</Chip>}
    >
      <View className="stack stack--2">
        <View>{clock.sentence}</View>
        {vacancy !== null && (
          <View className={vacancy.overdueDays > 0 ? 't-bad t-strong' : 't-strong'}>{vacancy.sentence}</View>
        )}
        <Fact label="任期">
          <DateSpan from={term.startsOn} to={term.endsOn} />
        </Fact>
        <Fact label="委员">{`${term.seats} 名`}</Fact>
        <Duty label="备案" by={term.fileBy} on={term.filedOn} />
        <Duty label="首次会议" by={term.firstMeetingBy} on={term.firstMeetingOn} />
        {handover !== null && (
          <>
            <Fact label="移交">{`${handover.all} 项，已签收 ${handover.done} 项${handover.missing > 0 ? `，缺失 ${handover.missing} 项` : ''}`}</Fact>
            <HandoverList termId={term.id} />
          </>
        )}
      </View>
    </Card>
  );
}

function lateWords({ clock, vacancy }: CommitteeTerm): string {
  if (clock.phase === 'RUNNING') return `补选逾期 ${vacancy?.overdueDays ?? 0} 天`;
  return clock.overdueDays > 0 ? `逾期 ${clock.overdueDays} 天` : '该换届了';
}

function Duty({
  label,
  by,
  on,
}: {
  readonly label: string;
  readonly by: string | null;
  readonly on: string | null;
}) {
  if (by === null) return null;
  return <Fact label={label}>{on === null ? `应在 ${formatFullDate(by)}前` : formatFullDate(on)}</Fact>;
}

function Elections() {
  const elections = useElections();
  return (
    <View>
      <SectionHead title="选举" />
      <PageContent resource={elections}>
        {({ items }) =>
          items.length === 0 ? (
            <View className="t-muted">还没有选举。</View>
          ) : (
            <Card flush>
              {items.map((election) => (
                <Cell
                  key={election.id}
                  icon="ballot"
                  title={ELECTION_KIND_LABELS[election.kind]}
                  detail={electionDetail(election)}
                  onTap={() => {
                    navigate('election', { electionId: election.id });
                  }}
                />
              ))}
            </Card>
          )
        }
      </PageContent>
      <MorePages more={elections.more} />
    </View>
  );
}

const electionDetail = ({ state, seats }: ElectionSummary) =>
  `${ELECTION_STATE_LABELS[state]} · 选 ${seats} 人`;

function Petitions() {
  const petitions = usePetitions();
  return (
    <View>
      <SectionHead title="业主联名" />
      <View className="stack stack--3">
        <View className="t-muted">
          五分之一以上的业主联名，业委会就必须召集会议；不召集的，由街道召集。谁签了名不公开。
        </View>
        <PageContent resource={petitions}>
          {({ items }) =>
            items.length === 0 ? null : (
              <Card flush>
                {items.map((petition) => (
                  <PetitionCell key={petition.id} petition={petition} />
                ))}
              </Card>
            )
          }
        </PageContent>
        <MorePages more={petitions.more} />
        <Button
          kind="plain"
          block
          icon="edit"
          onTap={() => {
            navigate('petitionNew');
          }}
        >
          发起联名
        </Button>
      </View>
    </View>
  );
}

function PetitionCell({ petition }: { readonly petition: PetitionSummary }) {
  return (
    <Cell
      icon="people"
      title={petition.title}
      detail={petitionWords(petition)}
      mark={petition.signedByMe ? <Chip tone="good">已签名</Chip> : undefined}
      onTap={() => {
        navigate('petition', { petitionId: petition.id });
      }}
    />
  );
}
