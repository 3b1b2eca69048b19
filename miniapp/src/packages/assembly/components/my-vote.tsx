import { View } from '@tarojs/components';
import {
  candidateName,
  type AssemblyDetail,
  type BallotReceipt,
  type CoOwner,
  type Mark,
  type MotionDetail,
  type MyPrincipal,
  type MyRollEntry,
} from '@linli/shared/assembly';
import { useState } from 'react';
import { Button, Card, Chip, Choices, ConfirmSheet, InstantText, useNow } from '@/components';
import { navigate } from '@/navigate';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { assemblyActions, type Seat } from '../api';
import { entryDetail, MARK_LABELS, weightOf } from '../model';
import { BallotProof } from './ballot-proof';
import { MandateOf } from './mandate';
import { MyPaperLine } from './my-paper';
import './my-vote.css';

interface Props {
  readonly assembly: AssemblyDetail;
  readonly principal: MyPrincipal;
  readonly seat?: Seat;
}

/** My units and area as they were frozen, the ballot that stands, and who votes where several own. */
export function MyVote({ assembly, principal, seat }: Props) {
  const { ballot, whyNot, canVote } = principal;
  const open = assembly.state === 'NOTICED' || assembly.state === 'VOTING';
  return (
    <Card
      title={titleOf(principal)}
      extra={
        ballot === null ? null : (
          <Chip tone="good" icon="check">
            已计入
          </Chip>
        )
      }
    >
      <View className="stack stack--3">
        <View className="t-strong">{weightOf(principal)}</View>
        <Units assembly={assembly} principal={principal} />
        {open && principal.coOwners.length > 1 && <CoOwners assembly={assembly} principal={principal} />}
        {seat === undefined || principal.acting !== null ? (
          <MandateOf assembly={assembly} principal={principal} />
        ) : null}
        {ballot !== null && <Standing assembly={assembly} principal={principal} ballot={ballot} />}
        {ballot?.hasReceipt === true && (
          <BallotProof
            assemblyId={assembly.id}
            ballotId={ballot.ballotId}
            seat={seat}
            which={whichBallot(principal, ballot)}
          />
        )}
        {assembly.noticedOn !== null && seat === undefined && principal.kind === 'OWNERS' && (
          <MyPaperLine
            assemblyId={assembly.id}
            principalId={principal.principalId}
            standing={ballot?.ballotId ?? null}
          />
        )}
        {assembly.state === 'VOTING' && whyNot !== null && <View className="t-muted">{whyNot}</View>}
        {canVote && ballot !== null && (
          <Button
            kind="plain"
            block
            onTap={() => {
              navigate('assemblyVote', {
                assemblyId: assembly.id,
                principalId: principal.principalId,
                as: seat,
              });
            }}
          >
            修改我的投票
          </Button>
        )}
      </View>
    </Card>
  );
}

function titleOf({ kind, acting }: MyPrincipal): string {
  if (acting !== null) return acting.as === 'GUARDIAN' ? '被监护人的票' : '代投的票';
  return kind === 'DEVELOPER' ? '建设单位的票' : '我的票';
}

/** Of whom the receipt speaks. */
function whichBallot({ acting, kind }: MyPrincipal, { castByMe, channel }: BallotReceipt): string {
  const how = channel === 'PAPER' ? '纸质票' : '票';
  if (castByMe && acting === null && kind === 'OWNERS') return `您的${how}`;
  if (castByMe) return `您代投的${how}`;
  return channel === 'PAPER' ? '您家的纸质票' : '代理人投的票';
}

/** A developer may hold dozens. */
const UNITS_AT_FIRST = 3;

function Units({ assembly, principal: { kind, units } }: Props) {
  const [all, setAll] = useState(false);
  const shown = all || units.length <= UNITS_AT_FIRST + 1 ? units : units.slice(0, UNITS_AT_FIRST);
  return (
    <>
      {shown.map((unit) => (
        <UnitRow key={unit.unitId} unit={unit} assembly={assembly} mayObject={kind === 'OWNERS'} />
      ))}
      {shown.length < units.length && (
        <Button
          kind="quiet"
          size="small"
          onTap={() => {
            setAll(true);
          }}
        >
          {`看全部 ${units.length} 处`}
        </Button>
      )}
    </>
  );
}

function UnitRow({
  unit,
  assembly,
  mayObject,
}: {
  readonly unit: MyRollEntry;
  readonly assembly: AssemblyDetail;
  readonly mayObject: boolean;
}) {
  const now = useNow();
  const open =
    mayObject &&
    assembly.state === 'NOTICED' &&
    assembly.objectionsUntil !== null &&
    now <= assembly.objectionsUntil &&
    unit.objection?.state !== 'OPEN';
  return (
    <View className="stack stack--1">
      <View>{unit.label}</View>
      <View className="t-second t-muted">{entryDetail(unit)}</View>
      {unit.objection !== null && <Objection objection={unit.objection} />}
      {open && (
        <Button
          kind="quiet"
          size="small"
          label={`${unit.label} 不对？提出异议`}
          onTap={() => {
            navigate('assemblyObjection', { assemblyId: assembly.id, unitId: unit.unitId });
          }}
        >
          不对？提出异议
        </Button>
      )}
    </View>
  );
}

function Objection({ objection }: { readonly objection: NonNullable<MyRollEntry['objection']> }) {
  if (objection.state === 'OPEN')
    return (
      <View className="row">
        <Chip tone="urgent">异议处理中</Chip>
      </View>
    );
  const upheld = objection.state === 'UPHELD';
  return (
    <View className="t-second t-muted">{`异议${upheld ? '成立，已更正' : '不成立'}：${objection.answer ?? ''}`}</View>
  );
}

function Standing({
  assembly,
  principal,
  ballot,
}: Props & {
  readonly ballot: BallotReceipt;
}) {
  const byAgent = (principal.mandate?.casts ?? 0) > 0;
  const others = principal.kind === 'DEVELOPER' ? '前一位代表' : byAgent ? '代理人' : '共有人';
  const markOf = (motionId: string) =>
    ballot.votes.find((vote) => vote.motionId === motionId)?.mark ?? 'BLANK';
  return (
    <View className="stack stack--2">
      <View className="t-second t-muted">
        {`${ballot.castByMe ? '您' : others}${ballot.channel === 'PAPER' ? '用纸质票' : ''}投于 `}
        <InstantText at={ballot.receivedAt} />
      </View>
      {assembly.motions.map((motion) => (
        <View key={motion.id} className="row row--between row--top">
          <View className="grow">
            {motion.electionId === null ? `${motion.position}. ${motion.title}` : candidateName(motion)}
          </View>
          <View className="t-strong t-nowrap my-mark">{standingWords(motion, markOf(motion.id))}</View>
        </View>
      ))}
    </View>
  );
}

/** A candidate is chosen or not; nobody is voted against. */
function standingWords({ electionId }: MotionDetail, mark: Mark): string {
  if (electionId === null) return MARK_LABELS[mark];
  return mark === 'FOR' ? '选' : '不选';
}

/** Several own it together: who votes for all. */
function CoOwners({ assembly, principal }: Props) {
  const [asking, setAsking] = useState(false);
  const me = principal.coOwners.find(({ isMe }) => isMe);
  const [chosen, setChosen] = useState<string | null>(me?.chosenOwnerId ?? null);
  const estateId = useSession((state) => state.estateId) ?? '';
  const choose = useAction(
    (_key, ownerId: string) =>
      assemblyActions(estateId, assembly.id).choose({ principalId: principal.principalId, ownerId }),
    {
      onDone: () => {
        setAsking(false);
        toast('已记下您的推选', 'good');
      },
    },
  );
  const { representative, coOwners } = principal;
  return (
    <View className="stack stack--2">
      <View>{`${coOwners.length} 人共有：${coOwners.map(nameOf).join('、')}`}</View>
      <View className="t-second t-muted">
        {representative === null
          ? '共有一票。各人投得不一样，这一票就无效；可以先推选一人来投，都选同一人才生效。'
          : `共有人已推选${representative.isMe ? '您' : ` ${representative.name} `}投票。`}
      </View>
      <Button
        kind="plain"
        size="small"
        onTap={() => {
          setAsking(true);
        }}
      >
        推选由谁投票
      </Button>
      <ConfirmSheet
        open={asking}
        title="推选由谁投票"
        sentence="请选一位共有人。所有共有人都选同一人后，只有这个人能投这一票。"
        doLabel="就选这个人"
        busy={choose.busy}
        error={choose.error?.message}
        onConfirm={() => (chosen === null ? undefined : choose.run(chosen))}
        onClose={() => {
          setAsking(false);
        }}
      >
        <Choices
          label="共有人"
          value={chosen}
          options={coOwners.map((owner) => ({
            value: owner.ownerId,
            label: nameOf(owner),
            detail: `${supporters(coOwners, owner)} 人选了`,
          }))}
          onChange={setChosen}
        />
      </ConfirmSheet>
    </View>
  );
}

const nameOf = ({ name, isMe }: CoOwner) => (isMe ? `${name}（您）` : name);
const supporters = (all: readonly CoOwner[], { ownerId }: CoOwner) =>
  all.filter(({ chosenOwnerId }) => chosenOwnerId === ownerId).length;
