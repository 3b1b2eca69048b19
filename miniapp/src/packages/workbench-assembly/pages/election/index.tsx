import { View } from '@tarojs/components';
import {
  CANDIDATE_RESULT_LABELS,
  CANDIDATE_STATE_LABELS,
  type CandidateObjection,
  ELECTION_KIND_LABELS,
  ELECTION_LIMITS,
  ELECTION_STATE_LABELS,
  type ElectionCandidate,
  type ElectionDetail,
} from '@linli/shared/assembly';
import { formatFullDate, formatSqm } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Chip,
  Deadline,
  Fact,
  Field,
  PageContent,
  SectionHead,
  Sheet,
  TextArea,
  TextInput,
} from '@/components';
import { type Column, DataTable, WorkbenchShell } from '@/components/staff';
import { navigate, useRouteParams } from '@/navigate';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { ReasonSheet } from '../../components/reason-sheet';
import { electionDeskActions, useCandidateObjections, useElection } from '../../election-api';

/** One election for those who run it: nominations, the list, objections, the meeting, the offices. */
export default function ElectionDeskPage() {
  const { electionId } = useRouteParams('electionDesk');
  const election = useElection(electionId);
  return (
    <WorkbenchShell route="electionDesk" active="elections" title="选举办理" resource={election}>
      {(detail) => (
        <View className="stack stack--4">
          <Head election={detail} />
          <Candidates election={detail} />
          {detail.state !== 'NOMINATING' && <Objections election={detail} />}
        </View>
      )}
    </WorkbenchShell>
  );
}

function Head({ election }: { readonly election: ElectionDetail }) {
  const { state, sentence } = election;
  return (
    <Card
      title={ELECTION_KIND_LABELS[election.kind]}
      extra={<Chip tone={state === 'COUNTED' ? 'good' : 'info'}>{ELECTION_STATE_LABELS[state]}</Chip>}
    >
      <View className="stack stack--2">
        <Fact label="名额">{`${election.seats} 人，候选人至少 ${election.leastCandidates} 名`}</Fact>
        <Fact label="任期">{`${formatFullDate(election.startsOn)} 到 ${formatFullDate(election.endsOn)}`}</Fact>
        {state === 'NOMINATING' && <Deadline at={election.nominationsUntil} what="提名截止" />}
        {state === 'LISTED' && <Deadline at={election.objectionsUntil} what="候选人异议截止" />}
        {sentence !== null && <View className="t-strong">{sentence}</View>}
        <NextStep election={election} />
      </View>
    </Card>
  );
}

function NextStep({ election }: { readonly election: ElectionDetail }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const actions = electionDeskActions(estateId);
  const list = useAction(() => actions.list(election.id), { onDone: () => toast('名单已公示', 'good') });
  const assemble = useAction(() => actions.assemble(election.id), {
    onDone: ({ assemblyId }) => {
      navigate('convene', { assemblyId });
    },
  });
  const offices = useAction(() => actions.offices(election.id), {
    onDone: () => toast('已提交任职，请另一位工作人员确认', 'good'),
  });
  const error = list.error ?? assemble.error ?? offices.error;
  const { state, outcome, assemblyId } = election;
  const isStanding = outcome === 'COMPLETE' || outcome === 'PARTIAL' || outcome === 'RUN_OFF';
  return (
    <View className="stack stack--2">
      {error !== null && <View className="t-bad">{error.fields[0]?.message ?? error.message}</View>}
      <View className="row row--wrap gap-3">
        {state === 'NOMINATING' && (
          <Button busy={list.busy} onTap={() => list.run()}>
            公示候选人名单
          </Button>
        )}
        {state === 'LISTED' && (
          <Button busy={assemble.busy} busyText="正在起草" onTap={() => assemble.run()}>
            起草业主大会
          </Button>
        )}
        {state === 'VOTING' && assemblyId !== null && (
          <Button
            kind="plain"
            onTap={() => {
              navigate('convene', { assemblyId });
            }}
          >
            去业主大会
          </Button>
        )}
        {state === 'COUNTED' && isStanding && !election.officesProposed && (
          <Button busy={offices.busy} onTap={() => offices.run()}>
            提交当选委员的任职
          </Button>
        )}
        {election.officesProposed && (
          <Button
            kind="plain"
            onTap={() => {
              navigate('officesDesk');
            }}
          >
            去确认任职
          </Button>
        )}
      </View>
    </View>
  );
}

function Candidates({ election }: { readonly election: ElectionDetail }) {
  const [refusing, setRefusing] = useState<ElectionCandidate | null>(null);
  const [nominating, setNominating] = useState(false);
  const isNominating = election.state === 'NOMINATING';
  const close = () => {
    setRefusing(null);
    setNominating(false);
  };
  const recommend = {
    more: '推荐业主',
    onMore: () => {
      setNominating(true);
    },
  };
  return (
    <View>
      <SectionHead title={`候选人 ${election.candidates.length} 名`} {...(isNominating ? recommend : {})} />
      <DataTable
        caption="候选人"
        rows={election.candidates}
        columns={COLUMNS}
        rowKey={({ id }) => id}
        rowLabel={({ name, state }) => `${name}，${CANDIDATE_STATE_LABELS[state]}`}
        card={(candidate) => (
          <View className="stack stack--1">
            <View className="t-strong">{candidate.name}</View>
            <View className="t-second t-muted">{candidate.statement}</View>
            <StateChip candidate={candidate} />
          </View>
        )}
        {...(isNominating ? { onOpen: setRefusing } : {})}
        keyboard={false}
      />
      {refusing !== null && <Refuse electionId={election.id} candidate={refusing} onClose={close} />}
      <Sheet open={nominating} title="推荐业主参选" onClose={close}>
        {nominating && <Nominate electionId={election.id} onDone={close} />}
      </Sheet>
    </View>
  );
}

function Refuse({
  electionId,
  candidate,
  onClose,
}: {
  readonly electionId: string;
  readonly candidate: ElectionCandidate;
  readonly onClose: () => void;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { value: reason, set: setReason, discard } = useDraft(`candidate-refusal/${candidate.id}`, '');
  const refuse = useAction(
    () => electionDeskActions(estateId).refuse(electionId, candidate.id, reason.trim()),
    {
      onDone: () => {
        discard();
        onClose();
      },
    },
  );
  return (
    <ReasonSheet
      open
      title={`${candidate.name}不符合条件`}
      sentence="不列入名单，并把原因告诉本人。"
      doLabel="不列入名单"
      safeLabel="返回"
      reasonLabel="原因"
      reason={reason}
      onReason={setReason}
      action={refuse}
      onConfirm={() => refuse.run()}
      onClose={onClose}
    />
  );
}

const COLUMNS: readonly Column<ElectionCandidate>[] = [
  { key: 'name', title: '姓名', width: '140px', cell: ({ name }) => name },
  { key: 'statement', title: '介绍', cell: ({ statement }) => statement },
  {
    key: 'favour',
    title: '同意',
    width: '200px',
    cell: ({ inFavour }) =>
      inFavour === null ? '' : `${inFavour.heads} 户、${formatSqm(inFavour.areaCentiSqm)}`,
  },
  { key: 'state', title: '状态', width: '140px', cell: (candidate) => <StateChip candidate={candidate} /> },
];

function StateChip({ candidate: { state, result } }: { readonly candidate: ElectionCandidate }) {
  if (result !== null)
    return <Chip tone={result === 'ELECTED' ? 'good' : 'plain'}>{CANDIDATE_RESULT_LABELS[result]}</Chip>;
  const tone = state === 'CONSENTED' ? 'good' : state === 'NOMINATED' ? 'urgent' : 'plain';
  return <Chip tone={tone}>{CANDIDATE_STATE_LABELS[state]}</Chip>;
}

function Nominate({ electionId, onDone }: { readonly electionId: string; readonly onDone: () => void }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const draft = useDraft(`nomination/${electionId}`, { phone: '', statement: '' });
  const { phone, statement } = draft.value;
  const send = useAction(
    (key) => electionDeskActions(estateId).nominate(electionId, key, phone, statement.trim()),
    {
      onDone: () => {
        draft.discard();
        toast('已推荐，等本人同意', 'good');
        onDone();
      },
    },
  );
  return (
    <View className="stack stack--3">
      <Field label="业主的手机号" error={send.error?.field('phone')}>
        <TextInput
          value={phone}
          keyboard="phone"
          maxLength={11}
          onChange={(typed) => draft.merge({ phone: typed })}
        />
      </Field>
      <Field label="介绍" error={send.error?.field('statement')}>
        <TextArea
          value={statement}
          maxLength={ELECTION_LIMITS.statementLength.max}
          onChange={(typed) => draft.merge({ statement: typed })}
        />
      </Field>
      {send.error !== null && <View className="t-bad">{send.error.message}</View>}
      <Button block busy={send.busy} onTap={() => send.run()}>
        推荐
      </Button>
    </View>
  );
}

function Objections({ election }: { readonly election: ElectionDetail }) {
  const objections = useCandidateObjections(election.id);
  return (
    <View>
      <SectionHead title="候选人异议" />
      <PageContent resource={objections}>
        {(items) =>
          items.length === 0 ? (
            <Card>没有收到异议。</Card>
          ) : (
            <View className="stack stack--3">
              {items.map((objection) => (
                <Objection key={objection.id} electionId={election.id} objection={objection} />
              ))}
            </View>
          )
        }
      </PageContent>
    </View>
  );
}

function Objection({
  electionId,
  objection,
}: {
  readonly electionId: string;
  readonly objection: CandidateObjection;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const {
    value: answer,
    set: setAnswer,
    discard,
  } = useDraft(`candidate-objection-answer/${objection.id}`, '');
  const decide = useAction(
    (_, upheld: boolean) =>
      electionDeskActions(estateId).decide(electionId, objection.id, upheld, answer.trim()),
    {
      onDone: () => {
        discard();
        toast('已答复', 'good');
      },
    },
  );
  return (
    <Card title={`对${objection.candidateName}的异议`}>
      <View className="stack stack--2">
        <View>{objection.text}</View>
        {objection.answer !== null ? (
          <View className="t-muted">{`${objection.upheld === true ? '成立' : '不成立'}：${objection.answer}`}</View>
        ) : (
          <>
            <Field label="核实情况（由社区或街道答复）">
              <TextArea value={answer} maxLength={ELECTION_LIMITS.reasonLength.max} onChange={setAnswer} />
            </Field>
            {decide.error !== null && <View className="t-bad">{decide.error.message}</View>}
            <View className="row row--wrap gap-3">
              <Button kind="plain" busy={decide.busy} onTap={() => decide.run(false)}>
                不成立
              </Button>
              <Button kind="danger" busy={decide.busy} onTap={() => decide.run(true)}>
                成立，取消候选资格
              </Button>
            </View>
          </>
        )}
      </View>
    </Card>
  );
}
