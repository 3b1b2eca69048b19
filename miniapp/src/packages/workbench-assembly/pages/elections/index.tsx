import { View } from '@tarojs/components';
import {
  ELECTION_KIND_LABELS,
  ELECTION_STATE_LABELS,
  type ElectionSummary,
  type PetitionSummary,
} from '@linli/shared/assembly';
import { formatDay, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Chip, Empty, MorePages, PageContent, SectionHead, Sheet, useNow } from '@/components';
import { type Column, DataTable, WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { useSession } from '@/stores';
import { PetitionDuty } from '../../components/petition-duty';
import { StartElection } from '../../components/start-election';
import { TermCard } from '../../components/term-card';
import { useElections, usePetitions } from '../../election-api';

/** 选举和联名: the term's clock, elections, and petitions with whose turn it is. */
export default function ElectionsDeskPage() {
  const elections = useElections();
  const [starting, setStarting] = useState(false);
  const isConvener = useConvener();
  const close = () => {
    setStarting(false);
  };
  return (
    <WorkbenchShell
      route="electionsDesk"
      active="elections"
      title="选举和联名"
      resource={elections}
      actions={
        isConvener ? (
          <Button
            icon="plus"
            onTap={() => {
              setStarting(true);
            }}
          >
            启动选举
          </Button>
        ) : undefined
      }
    >
      {({ items }) => (
        <View className="stack stack--4">
          <TermCard />
          <View>
            <SectionHead title="选举" />
            {items.length === 0 ? (
              <Empty title="还没有选举" text="启动以后业主可以报名，名单公示后提交业主大会。" />
            ) : (
              <Elections rows={items} keyboard={!starting} />
            )}
            <MorePages more={elections.more} />
          </View>
          <Petitions />
          <Sheet open={starting} title="启动选举" onClose={close}>
            {starting && <StartElection onDone={close} />}
          </Sheet>
        </View>
      )}
    </WorkbenchShell>
  );
}

/** The committee, and 街道 in its place, convene; 社区 decides on objections. */
function useConvener(): boolean {
  const estateId = useSession((state) => state.estateId);
  return useSession((state) =>
    (state.me?.memberships ?? []).some(
      ({ role, estates }) =>
        (role.startsWith('COMMITTEE_') || role === 'STREET_OFFICER') &&
        estates.some(({ id }) => id === estateId),
    ),
  );
}

function Elections({
  rows,
  keyboard,
}: {
  readonly rows: readonly ElectionSummary[];
  readonly keyboard: boolean;
}) {
  const now = useNow();
  const columns: readonly Column<ElectionSummary>[] = [
    { key: 'kind', title: '选举', cell: ({ kind }) => ELECTION_KIND_LABELS[kind] },
    { key: 'seats', title: '名额', width: '100px', cell: ({ seats }) => `${seats} 人` },
    {
      key: 'until',
      title: '提名截止',
      width: '200px',
      cell: ({ nominationsUntil }) => formatDay(shanghaiDate(nominationsUntil), now),
    },
    {
      key: 'state',
      title: '状态',
      width: '200px',
      cell: ({ state }) => (
        <Chip tone={state === 'COUNTED' ? 'good' : 'info'}>{ELECTION_STATE_LABELS[state]}</Chip>
      ),
    },
  ];
  return (
    <DataTable
      caption="业委会选举"
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowLabel={({ kind, state }) => `${ELECTION_KIND_LABELS[kind]}，${ELECTION_STATE_LABELS[state]}`}
      card={({ kind, state, seats }) => (
        <View className="stack stack--1">
          <View className="t-strong">{`${ELECTION_KIND_LABELS[kind]} · 选 ${seats} 人`}</View>
          <View className="t-second t-muted">{ELECTION_STATE_LABELS[state]}</View>
        </View>
      )}
      onOpen={({ id }) => {
        navigate('electionDesk', { electionId: id });
      }}
      keyboard={keyboard}
    />
  );
}

function Petitions() {
  const petitions = usePetitions();
  const [open, setOpen] = useState<PetitionSummary | null>(null);
  return (
    <View>
      <SectionHead title="业主联名" />
      <PageContent resource={petitions}>
        {({ items }) =>
          items.length === 0 ? (
            <Card>还没有业主联名。</Card>
          ) : (
            <DataTable
              caption="业主联名"
              rows={items}
              columns={PETITION_COLUMNS}
              rowKey={({ id }) => id}
              rowLabel={({ title }) => title}
              card={(petition) => (
                <View className="stack stack--1">
                  <View className="t-strong">{petition.title}</View>
                  <View className="t-second t-muted">{turnWords(petition)}</View>
                </View>
              )}
              onOpen={setOpen}
              openKey={open?.id ?? null}
              keyboard={false}
            />
          )
        }
      </PageContent>
      <MorePages more={petitions.more} />
      <Sheet
        open={open !== null}
        title={open?.title ?? ''}
        onClose={() => {
          setOpen(null);
        }}
      >
        {open !== null && <PetitionDuty petitionId={open.id} />}
      </Sheet>
    </View>
  );
}

const turnWords = ({ state, progress, duty }: PetitionSummary) =>
  state === 'OPEN' ? progress.sentence : duty.sentence;

const PETITION_COLUMNS: readonly Column<PetitionSummary>[] = [
  { key: 'title', title: '要求', cell: ({ title }) => title },
  {
    key: 'signed',
    title: '已签',
    width: '140px',
    cell: ({ progress: { heads } }) => `${heads.have} / ${heads.needed} 户`,
  },
  {
    key: 'turn',
    title: '进展',
    width: '420px',
    cell: (petition) => (
      <View className={petition.duty.overdueDays > 0 ? 't-bad' : ''}>{turnWords(petition)}</View>
    ),
  },
];
