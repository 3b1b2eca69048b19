import { View } from '@tarojs/components';
import {
  askedSteps,
  type EnterPaperRequest,
  type Mark,
  MARKS,
  PAPER_FAULTS,
  PAPER_REFUSAL_LABELS,
  type PaperFault,
  type PaperReturnDetail,
} from '@linli/shared/assembly';
import { useState } from 'react';
import { Button, Card, Check, ConfirmSheet, Picker } from '@/components';
import { FilterChips } from '@/components/staff';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { paperActions } from '../paper-api';
import { READ_LABELS, readLines } from '../paper-marks';
import { PaperElection } from './paper-election';

interface Props {
  readonly assemblyId: string;
  readonly paper: PaperReturnDetail;
}

/** As far as the paper has been read. */
interface Read {
  readonly fault: PaperFault | 'NONE' | null;
  readonly signers: readonly string[];
  readonly marks: Readonly<Record<string, Mark>>;
}

/** What one person reads on the paper: signatures and a mark for each motion, or a fault of the whole. */
export function PaperEntryForm({ assemblyId, paper }: Props) {
  const { voters, motions } = paper;
  // Of one reader alone: the second one reads without knowing what the first one saw.
  const reader = useSession((state) => state.me?.id) ?? '';
  const draft = useDraft<Read>(`paper-entry/${reader}/${paper.id}`, {
    fault: voters.length === 0 ? null : 'NONE',
    signers: [],
    marks: {},
  });
  const { fault, signers, marks } = draft.value;
  const [asking, setAsking] = useState(false);
  const counts = fault === 'NONE';
  const isComplete = counts
    ? signers.length > 0 && motions.every(({ id }) => marks[id] !== undefined)
    : fault !== null;
  const request: EnterPaperRequest = {
    reason: fault === 'NONE' ? null : fault,
    signers: counts ? signers : [],
    marks: counts ? motions.map(({ id }) => ({ motionId: id, mark: marks[id] ?? 'BLANK' })) : [],
  };
  return (
    <Card title="照着原票录入">
      <View className="stack stack--4">
        <FaultPicker
          hasOwner={voters.length > 0}
          value={fault}
          onChange={(read) => draft.merge({ fault: read })}
        />
        {counts && (
          <Signers paper={paper} value={signers} onChange={(read) => draft.merge({ signers: read })} />
        )}
        {counts && (
          <Marks motions={motions} value={marks} onChange={(read) => draft.merge({ marks: read })} />
        )}
        <Button
          disabled={!isComplete}
          onTap={() => {
            setAsking(true);
          }}
        >
          核对后提交
        </Button>
        {asking && (
          <Confirm
            assemblyId={assemblyId}
            paper={paper}
            request={request}
            onEntered={draft.discard}
            onClose={() => {
              setAsking(false);
            }}
          />
        )}
      </View>
    </Card>
  );
}

interface MarksProps {
  readonly motions: PaperReturnDetail['motions'];
  readonly value: Readonly<Record<string, Mark>>;
  readonly onChange: (value: Readonly<Record<string, Mark>>) => void;
}

function Marks({ motions, value, onChange }: MarksProps) {
  return askedSteps(motions).map((step, index) =>
    step.kind === 'ELECTION' ? (
      <PaperElection
        key={step.candidates[0]?.id}
        step={step}
        place={index + 1}
        marks={value}
        onChange={onChange}
      />
    ) : (
      <MotionMark
        key={step.motion.id}
        motion={step.motion}
        place={index + 1}
        value={value[step.motion.id] ?? null}
        onChange={(mark) => {
          onChange({ ...value, [step.motion.id]: mark });
        }}
      />
    ),
  );
}

interface MotionProps {
  readonly motion: PaperReturnDetail['motions'][number];
  readonly place: number;
  readonly value: Mark | null;
  readonly onChange: (mark: Mark) => void;
}

function MotionMark({ motion: { title }, place, value, onChange }: MotionProps) {
  return (
    <View className="stack stack--2 paper-motion">
      <View className="t-strong">{`${place}. ${title}`}</View>
      <FilterChips<Mark | 'NONE'>
        label={title}
        value={value ?? 'NONE'}
        options={MARKS.map((mark) => ({ value: mark, label: READ_LABELS[mark] }))}
        onChange={(mark) => {
          if (mark !== 'NONE') onChange(mark);
        }}
      />
    </View>
  );
}

interface FaultProps {
  readonly hasOwner: boolean;
  readonly value: PaperFault | 'NONE' | null;
  readonly onChange: (value: PaperFault | 'NONE') => void;
}

function FaultPicker({ hasOwner, value, onChange }: FaultProps) {
  const fine = hasOwner ? [{ value: 'NONE' as const, label: '正常，可以计入' }] : [];
  return (
    <Picker<PaperFault | 'NONE'>
      label="这张票"
      value={value}
      placeholder="请选择不计入的原因"
      onChange={onChange}
      options={[
        ...fine,
        ...PAPER_FAULTS.map((fault) => ({ value: fault, label: `不计入：${PAPER_REFUSAL_LABELS[fault]}` })),
      ]}
    />
  );
}

interface SignersProps {
  readonly paper: PaperReturnDetail;
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** Owners, together or one of them; or the agent alone, whose signature is worth what the mandate says. */
function Signers({ paper: { voters, agent, motions }, value, onChange }: SignersProps) {
  const owners = value.filter((id) => id !== agent?.id);
  return (
    <View className="stack stack--2">
      <View className="t-strong">谁签了名</View>
      {voters.map(({ id, name }) => {
        const on = value.includes(id);
        return (
          <Check
            key={id}
            label={`${name} 签了名`}
            on={on}
            onChange={() => {
              onChange(on ? owners.filter((signer) => signer !== id) : [...owners, id]);
            }}
          >
            {`${name} 签了名`}
          </Check>
        );
      })}
      {agent !== null && (
        <Check
          label={`代理人 ${agent.name} 签了名`}
          on={value.includes(agent.id)}
          onChange={() => {
            onChange(value.includes(agent.id) ? [] : [agent.id]);
          }}
        >
          {`代理人 ${agent.name} 签了名（受 ${agent.forWhom} 委托，${reachOf(agent, motions)}）`}
        </Check>
      )}
    </View>
  );
}

function reachOf(
  { motionIds }: NonNullable<PaperReturnDetail['agent']>,
  motions: PaperReturnDetail['motions'],
): string {
  if (motionIds === null) return '全部议题';
  const titles = motions.filter(({ id }) => motionIds.includes(id)).map(({ title }) => `“${title}”`);
  return `只限 ${titles.join('、')}`;
}

interface ConfirmProps extends Props {
  readonly request: EnterPaperRequest;
  readonly onEntered: () => void;
  readonly onClose: () => void;
}

const AFTERWARDS: Readonly<Partial<Record<PaperReturnDetail['state'], string>>> = {
  ONCE: '已录入，等另一个人独立录入',
  MISMATCH: '和前面录的不一样，请第三个人核对',
  COUNTED: '两人录得一样，已计入',
  REFUSED: '两人录得一样，不计入',
};

function Confirm({ assemblyId, paper, request, onEntered, onClose }: ConfirmProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const enter = useAction((key) => paperActions(estateId, assemblyId).enter(key, paper.id, request), {
    onDone: ({ state }) => {
      onEntered();
      toast(AFTERWARDS[state] ?? '已录入', state === 'MISMATCH' ? 'bad' : 'good');
      onClose();
    },
  });
  const marks = Object.fromEntries(request.marks.map(({ motionId, mark }) => [motionId, mark] as const));
  const { agent } = paper;
  const names = [...paper.voters, ...(agent === null ? [] : [{ ...agent, name: `代理人 ${agent.name} ` }])]
    .filter(({ id }) => request.signers.includes(id))
    .map(({ name }) => name);
  return (
    <ConfirmSheet
      open
      title="请核对"
      sentence={
        request.reason === null
          ? `${paper.label}，${names.join('、')}签名。提交后您不能再改，要由另一个人录得一样才计入。`
          : `${paper.label} 这张票不计入：${PAPER_REFUSAL_LABELS[request.reason]}。要由另一个人也这样认定才算。`
      }
      doLabel="提交录入"
      safeLabel="再看看"
      busy={enter.busy}
      error={enter.error?.message}
      onConfirm={() => enter.run()}
      onClose={onClose}
    >
      {request.reason === null &&
        readLines(paper.motions, marks).map(({ key, what, said }) => (
          <View key={key} className="row row--between row--top">
            <View className="grow">{what}</View>
            <View className="t-strong paper-readings__mark">{said}</View>
          </View>
        ))}
    </ConfirmSheet>
  );
}
