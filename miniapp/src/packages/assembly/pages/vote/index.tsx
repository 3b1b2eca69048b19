import { View } from '@tarojs/components';
import {
  askedSteps,
  type AssemblyDetail,
  type BallotReceipt,
  candidateName,
  type CastVote,
  CHOICE_LABELS,
  type Choice,
  CHOICES,
  type MotionDetail,
  type MyPrincipal,
} from '@linli/shared/assembly';
import { useState } from 'react';
import {
  Button,
  Card,
  classNames,
  ConfirmSheet,
  Deadline,
  Icon,
  InstantText,
  PageShell,
  SkeletonCard,
  StateBlock,
  Tap,
} from '@/components';
import { goBack, useRouteParams } from '@/navigate';
import { scrollToTop, spoken } from '@/platform';
import { useAction } from '@/request';
import { type DraftHandle, useDraft, useSession } from '@/stores';
import { assemblyActions, type Seat, seatOf, useAssembly } from '../../api';
import { BallotProof } from '../../components/ballot-proof';
import { AdvisoryBanner } from '../../components/banner';
import { LogAlarm } from '../../components/log-alarm';
import { MotionFacts } from '../../components/motion-facts';
import { ElectionBallot } from '../../components/election-ballot';
import { isAnswered, readBack, votable, voterWords, weightOf } from '../../model';
import './index.css';

type Choices = Readonly<Record<string, Choice>>;

/** One motion a page, three large choices, then the read-back, then 已计入. */
export default function AssemblyVotePage() {
  const { assemblyId, principalId, as } = useRouteParams('assemblyVote');
  const seat = seatOf(as);
  const assembly = useAssembly(assemblyId, seat);
  return (
    <PageShell
      route="assemblyVote"
      resource={assembly}
      skeleton={<SkeletonCard lines={6} />}
      kept="您选过的还在这台设备上"
    >
      {(detail) => {
        const principal = detail.mine.find((mine) => mine.principalId === principalId);
        if (principal === undefined)
          return (
            <StateBlock
              icon="people"
              title="您不在这次投票的名册里"
              text="只有通知时名册上的业主能投票，家人和租户不能代投。如有疑问请联系业委会。"
              next={{ label: '返回', onTap: () => goBack('assembly') }}
            />
          );
        return (
          <View className="stack stack--4">
            <LogAlarm assemblyId={detail.id} asks seat={seat} />
            <Voting key={principal.principalId} assembly={detail} principal={principal} seat={seat} />
          </View>
        );
      }}
    </PageShell>
  );
}

interface Props {
  readonly assembly: AssemblyDetail;
  readonly principal: MyPrincipal;
  readonly seat: Seat;
}

function Voting({ assembly, principal, seat }: Props) {
  const choices = useDraft<Choices>(nameOf(assembly, principal), standingChoices(principal));
  const [asking, setAsking] = useState(false);
  const [receipt, setReceipt] = useState<BallotReceipt | null>(null);
  const motions = votable(assembly.motions, principal);
  const cast = useCast({ assembly, principal, seat }, votesOf(motions, choices.value), (given) => {
    setAsking(false);
    choices.discard();
    setReceipt(given);
  });
  if (receipt !== null) return <Counted at={assembly} seat={seat} receipt={receipt} motions={motions} />;
  if (!principal.canVote || motions.length === 0)
    return (
      <StateBlock
        icon="ballot"
        title="现在不能投票"
        text={principal.whyNot ?? `没有需要${voterWords(principal)}表决的议题。`}
        next={{ label: '返回', onTap: () => goBack('assembly') }}
      />
    );
  return (
    <View className="stack stack--4">
      <MotionPages
        assembly={assembly}
        principal={principal}
        motions={motions}
        choices={choices}
        onLast={() => {
          setAsking(true);
        }}
      />
      <ConfirmSheet
        open={asking}
        title="请核对"
        sentence={readBack(motions, choices.value, principal)}
        doLabel="确认投票"
        busyText="正在提交"
        safeLabel="再想想"
        busy={cast.busy}
        error={cast.error?.message}
        onConfirm={() => cast.run()}
        onClose={() => {
          setAsking(false);
          cast.clearError();
        }}
      >
        <View className="stack stack--2">
          {motions.map((each, index) => (
            <ReadLine key={each.id} index={index} motion={each} choice={choices.value[each.id]} />
          ))}
        </View>
      </ConfirmSheet>
    </View>
  );
}

/** What is kept on the phone of a ballot, the choices and the key it is sent with. */
function nameOf(assembly: AssemblyDetail, { principalId }: MyPrincipal): string {
  return `ballot/${assembly.id}/${principalId}`;
}

function votesOf(motions: readonly MotionDetail[], choices: Choices): CastVote[] {
  return motions.flatMap(({ id }) => {
    const choice = choices[id];
    return choice === undefined ? [] : [{ motionId: id, choice }];
  });
}

function useCast(
  { assembly, principal, seat }: Props,
  votes: readonly CastVote[],
  onDone: (receipt: BallotReceipt) => void,
) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { principalId } = principal;
  return useAction(
    (key) => assemblyActions(estateId, assembly.id, seat).cast(key, { principalId, votes, confirmed: true }),
    { name: nameOf(assembly, principal), onDone },
  );
}

interface MotionPagesProps extends Omit<Props, 'seat'> {
  readonly motions: readonly MotionDetail[];
  readonly choices: DraftHandle<Choices>;
  readonly onLast: () => void;
}

/** One motion, or one election, at a time; the last one ends in the read-back. */
function MotionPages({ assembly, principal, motions, choices, onLast }: MotionPagesProps) {
  const [turned, setPage] = useState(0);
  const steps = askedSteps(motions);
  // A motion may be withdrawn while one reads.
  const page = Math.min(turned, steps.length - 1);
  const turnTo = (next: number) => {
    setPage(next);
    scrollToTop();
  };
  const step = steps[page];
  if (step === undefined) return null;
  const isLast = page === steps.length - 1;
  return (
    <>
      <AdvisoryBanner text={assembly.banner} />
      <View>
        <View
          className="t-strong"
          {...spoken({ role: 'status' })}
        >{`第 ${page + 1} 项，共 ${steps.length} 项`}</View>
        <View className="t-second t-muted">{`${voterWords(principal)} ${weightOf(principal)}`}</View>
      </View>
      {assembly.closesAt !== null && <Deadline at={assembly.closesAt} what="投票截止" />}
      {step.kind === 'ELECTION' ? (
        <ElectionBallot step={step} choices={choices} />
      ) : (
        <>
          <MotionCard motion={step.motion} />
          <Ballot
            chosen={choices.value[step.motion.id]}
            onChoose={(choice) => {
              choices.set({ ...choices.value, [step.motion.id]: choice });
            }}
          />
        </>
      )}
      <Button
        block
        disabled={!isAnswered(step, choices.value)}
        onTap={() => {
          if (isLast) onLast();
          else turnTo(page + 1);
        }}
      >
        {isLast ? '核对我的选择' : '下一项'}
      </Button>
      {page > 0 && (
        <Button
          kind="plain"
          block
          onTap={() => {
            turnTo(page - 1);
          }}
        >
          上一项
        </Button>
      )}
    </>
  );
}

function MotionCard({ motion }: { readonly motion: MotionDetail }) {
  return (
    <Card>
      <View className="stack stack--3">
        <View className="t-page">{motion.title}</View>
        <View>{motion.text}</View>
        <MotionFacts motion={motion} />
      </View>
    </Card>
  );
}

/** Where the person has voted already, the page begins with what they chose; for an owner, with what the owner wants. */
function standingChoices({ ballot, acting }: MyPrincipal): Choices {
  const votes = ballot?.castByMe === true ? ballot.votes : [];
  const wished = acting?.instructions ?? [];
  return Object.fromEntries([
    ...wished.map(({ motionId, choice }) => [motionId, choice] as const),
    ...votes.flatMap(({ motionId, mark }) => (isChoice(mark) ? [[motionId, mark] as const] : [])),
  ]);
}

function isChoice(mark: string): mark is Choice {
  return (CHOICES as readonly string[]).includes(mark);
}

const ICONS = { FOR: 'check', AGAINST: 'close', ABSTAIN: 'empty' } as const;

function Ballot({
  chosen,
  onChoose,
}: {
  readonly chosen: Choice | undefined;
  readonly onChoose: (choice: Choice) => void;
}) {
  return (
    <View className="stack stack--3" {...spoken({ role: 'radiogroup', label: '您的选择' })}>
      {CHOICES.map((choice) => (
        <Tap
          key={choice}
          role="radio"
          selected={choice === chosen}
          className={classNames('ballot-choice', choice === chosen && 'ballot-choice--on')}
          label={`${CHOICE_LABELS[choice]}${choice === chosen ? '，已选中' : ''}`}
          onTap={() => {
            onChoose(choice);
          }}
        >
          <Icon name={ICONS[choice]} />
          <View className="ballot-choice__word">{CHOICE_LABELS[choice]}</View>
          {choice === chosen && <View className="ballot-choice__mark">已选</View>}
        </Tap>
      ))}
    </View>
  );
}

function ReadLine({
  index,
  motion,
  choice,
}: {
  readonly index: number;
  readonly motion: MotionDetail;
  readonly choice: Choice | undefined;
}) {
  return (
    <View className="row row--between row--top">
      <View className="grow">
        {motion.electionId === null ? `${index + 1}. ${motion.title}` : candidateName(motion)}
      </View>
      <View className="t-strong t-nowrap ballot-read">{choiceWords(motion, choice)}</View>
    </View>
  );
}

function choiceWords({ electionId }: MotionDetail, choice: Choice | undefined): string {
  if (electionId !== null) return choice === 'FOR' ? '选' : '不选';
  return choice === undefined ? '未选' : CHOICE_LABELS[choice];
}

function Counted({
  at,
  receipt,
  motions,
  seat,
}: {
  readonly at: AssemblyDetail;
  readonly receipt: BallotReceipt;
  readonly motions: readonly MotionDetail[];
  readonly seat: Seat;
}) {
  return (
    <View className="stack stack--4">
      <View className="counted" {...spoken({ role: 'status' })}>
        <View className="counted__mark">
          <Icon name="check" size="large" />
        </View>
        <View className="t-page">已计入</View>
        <View className="t-muted">
          <InstantText at={receipt.receivedAt} />
        </View>
      </View>
      <Card title="您投的票">
        <View className="stack stack--2">
          {motions.map((motion, index) => {
            const mark = receipt.votes.find((vote) => vote.motionId === motion.id)?.mark;
            return (
              <ReadLine
                key={motion.id}
                index={index}
                motion={motion}
                choice={mark !== undefined && isChoice(mark) ? mark : undefined}
              />
            );
          })}
        </View>
      </Card>
      {receipt.hasReceipt && (
        <Card title="您的回执">
          <BallotProof
            assemblyId={at.id}
            ballotId={receipt.ballotId}
            seat={seat}
            which={seat === undefined ? '您的票' : '您代投的票'}
            open
          />
        </Card>
      )}
      <View className="t-second t-muted">
        截止前可以修改，以最后一次为准。结果在截止并计票后公布，公布前谁也看不到大家选了什么。
      </View>
      <Button block onTap={() => goBack('assembly')}>
        完成
      </Button>
    </View>
  );
}
