import { Text, View } from '@tarojs/components';
import {
  CANDIDATE_RESULT_LABELS,
  CANDIDATE_STATE_LABELS,
  ELECTION_KIND_LABELS,
  ELECTION_LIMITS,
  ELECTION_STATE_LABELS,
  type ElectionCandidate,
  type ElectionDetail,
} from '@linli/shared/assembly';
import { formatSqm } from '@linli/shared/kernel';
import {
  Button,
  Card,
  Chip,
  ConfirmButton,
  Deadline,
  Fact,
  Field,
  PageShell,
  SectionHead,
  SkeletonList,
  TextArea,
  useNow,
} from '@/components';
import { navigate, useRouteParams } from '@/navigate';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { electionActions, useElection } from '../../election-api';
import { DateSpan } from '../../components/date-span';

/** One election: who stands, until when one may object, and who was elected. */
export default function ElectionPage() {
  const { electionId } = useRouteParams('election');
  const election = useElection(electionId);
  return (
    <PageShell
      route="election"
      resource={election}
      skeleton={<SkeletonList />}
      kept="您写的内容还在这台设备上"
    >
      {(detail) => (
        <View className="stack stack--4">
          <Head election={detail} />
          {detail.sentence !== null && (
            <Card tone="brand" title="选举结果">
              {detail.sentence}
            </Card>
          )}
          <WhatNext election={detail} />
          <Candidates election={detail} />
          <Card title="候选人条件">{detail.conditions}</Card>
        </View>
      )}
    </PageShell>
  );
}

function Head({ election }: { readonly election: ElectionDetail }) {
  return (
    <Card
      title={ELECTION_KIND_LABELS[election.kind]}
      extra={<Chip tone="info">{ELECTION_STATE_LABELS[election.state]}</Chip>}
    >
      <View className="stack stack--2">
        <Fact label="名额">{`${election.seats} 人`}</Fact>
        <Fact label="任期">
          <DateSpan from={election.startsOn} to={election.endsOn} />
        </Fact>
        <View className="t-second t-muted">
          参加投票的业主里，户数和面积都过半数同意才能当选；过半数的人比名额多，按户数、再按面积排；末位相同就重新投票，不抽签。
        </View>
      </View>
    </Card>
  );
}

function WhatNext({ election }: { readonly election: ElectionDetail }) {
  const { state, nominationsUntil, objectionsUntil, assemblyId } = election;
  if (state === 'NOMINATING')
    return (
      <View className="stack stack--3">
        <Deadline at={nominationsUntil} what="提名截止" />
        {election.mayNominateMyself && <Nominate electionId={election.id} />}
      </View>
    );
  if (state === 'LISTED') return <Deadline at={objectionsUntil} what="候选人异议截止" />;
  if (assemblyId === null) return null;
  return (
    <Button
      block
      kind={state === 'COUNTED' ? 'plain' : 'primary'}
      onTap={() => {
        navigate(state === 'COUNTED' ? 'assemblyResult' : 'assemblyDetail', { assemblyId });
      }}
    >
      {state === 'COUNTED' ? '看每名候选人的得票' : '去看业主大会'}
    </Button>
  );
}

function Nominate({ electionId }: { readonly electionId: string }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { value: statement, set: setStatement, discard } = useDraft(`candidacy/${electionId}`, '');
  const send = useAction(
    (key) => electionActions(estateId).nominate(electionId, key, { statement: statement.trim() }),
    {
      name: `nominate/${electionId}`,
      onDone: () => {
        discard();
        toast('已报名，名单公示前可以退出', 'good');
      },
    },
  );
  return (
    <Card title="我要参选">
      <View className="stack stack--3">
        <Field label="介绍自己" error={send.error?.field('statement') ?? send.error?.message}>
          <TextArea
            value={statement}
            maxLength={ELECTION_LIMITS.statementLength.max}
            placeholder="做什么工作，想为小区做什么"
            onChange={setStatement}
          />
        </Field>
        <Button
          block
          busy={send.busy}
          disabled={statement.trim().length < ELECTION_LIMITS.statementLength.min}
          onTap={() => send.run()}
        >
          报名参选
        </Button>
      </View>
    </Card>
  );
}

function Candidates({ election }: { readonly election: ElectionDetail }) {
  const { candidates } = election;
  const title = candidates.length === 0 ? '候选人' : `候选人 ${candidates.length} 名`;
  return (
    <View>
      <SectionHead title={title} />
      <View className="stack stack--3">
        {candidates.length === 0 && <View className="t-muted">提名截止以后公布名单。</View>}
        {candidates.map((candidate, index) => (
          <Candidate key={candidate.id} election={election} candidate={candidate} place={index + 1} />
        ))}
      </View>
    </View>
  );
}

interface CandidateProps {
  readonly election: ElectionDetail;
  readonly candidate: ElectionCandidate;
  readonly place: number;
}

function Candidate({ election, candidate, place }: CandidateProps) {
  const { result, inFavour, isMe } = candidate;
  const canObject = election.state === 'LISTED' && !isMe;
  return (
    <Card>
      <View className="stack stack--2">
        <View className="row row--between row--top">
          <View className="t-title grow">{`${place}号 ${candidate.name}${isMe ? '（我）' : ''}`}</View>
          <StandingChip candidate={candidate} posted={election.state !== 'NOMINATING'} />
        </View>
        <View>{candidate.statement}</View>
        {result !== null && inFavour !== null && (
          <View className="t-second t-muted">
            <Text className="t-whole">{`同意 ${inFavour.heads} 户、`}</Text>
            <Text className="t-whole">{formatSqm(inFavour.areaCentiSqm)}</Text>
          </View>
        )}
        {candidate.refusal !== null && <View className="t-bad">{candidate.refusal}</View>}
        {isMe && election.state === 'NOMINATING' && (
          <Consent electionId={election.id} candidate={candidate} />
        )}
        {canObject && (
          <ObjectTo electionId={election.id} candidate={candidate} until={election.objectionsUntil} />
        )}
      </View>
    </Card>
  );
}

const RESULT_TONES = { ELECTED: 'good', ALTERNATE: 'info', TIED: 'urgent', NOT_ELECTED: 'plain' } as const;

function StandingChip({
  candidate: { result, state },
  posted,
}: {
  readonly candidate: ElectionCandidate;
  readonly posted: boolean;
}) {
  if (result !== null) return <Chip tone={RESULT_TONES[result]}>{CANDIDATE_RESULT_LABELS[result]}</Chip>;
  if (posted && state === 'CONSENTED') return null;
  return (
    <Chip tone={state === 'CONSENTED' ? 'good' : state === 'NOMINATED' ? 'urgent' : 'plain'}>
      {CANDIDATE_STATE_LABELS[state]}
    </Chip>
  );
}

function Consent({
  electionId,
  candidate,
}: {
  readonly electionId: string;
  readonly candidate: ElectionCandidate;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const answer = useAction(
    (_, consents: boolean) => electionActions(estateId).answer(electionId, candidate.id, consents),
    { onDone: () => toast('已记下', 'good') },
  );
  const stands = candidate.state === 'CONSENTED';
  if (candidate.state === 'REFUSED') return null;
  return (
    <View className="row row--wrap gap-3">
      {!stands && (
        <Button busy={answer.busy} onTap={() => answer.run(true)}>
          同意参选
        </Button>
      )}
      {candidate.state !== 'DECLINED' && (
        <Button kind="plain" busy={answer.busy} onTap={() => answer.run(false)}>
          {stands ? '退出参选' : '不参选'}
        </Button>
      )}
    </View>
  );
}

function ObjectTo({
  electionId,
  candidate,
  until,
}: {
  readonly electionId: string;
  readonly candidate: ElectionCandidate;
  readonly until: number;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const now = useNow();
  const { value: reason, set: setReason, discard } = useDraft(`candidate-objection/${candidate.id}`, '');
  if (now > until) return null;
  return (
    <ConfirmButton
      kind="quiet"
      size="small"
      text="提异议"
      label={`对${candidate.name}提异议`}
      ask={{
        title: `对${candidate.name}提异议`,
        sentence: '由社区或街道核实后答复您；不会公开是谁提的。',
        doLabel: '提交异议',
      }}
      field="reason"
      perform={() => electionActions(estateId).object(electionId, candidate.id, reason.trim())}
      onDone={() => {
        discard();
        toast('已提交，由社区或街道核实', 'good');
      }}
    >
      <Field label="哪里不符合条件">
        <TextArea value={reason} maxLength={ELECTION_LIMITS.reasonLength.max} onChange={setReason} />
      </Field>
    </ConfirmButton>
  );
}
