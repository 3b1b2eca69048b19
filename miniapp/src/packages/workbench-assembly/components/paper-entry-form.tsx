import { View } from '@tarojs/components';
import {
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
import { toast, useSession } from '@/stores';
import { paperActions } from '../paper-api';
import { READ_LABELS } from './paper-readings';

interface Props {
  readonly assemblyId: string;
  readonly paper: PaperReturnDetail;
}

/** What one person reads on the paper: signatures and a mark for each motion, or a fault of the whole. */
export function PaperEntryForm({ assemblyId, paper }: Props) {
  const { voters, motions } = paper;
  const [fault, setFault] = useState<PaperFault | 'NONE' | null>(voters.length === 0 ? null : 'NONE');
  const [signers, setSigners] = useState<readonly string[]>([]);
  const [marks, setMarks] = useState<Readonly<Record<string, Mark>>>({});
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
        <FaultPicker hasOwner={voters.length > 0} value={fault} onChange={setFault} />
        {counts && <Signers voters={voters} value={signers} onChange={setSigners} />}
        {counts &&
          motions.map(({ id, title }, index) => (
            <View key={id} className="stack stack--2 paper-motion">
              <View className="t-strong">{`${index + 1}. ${title}`}</View>
              <FilterChips<Mark | 'NONE'>
                label={title}
                value={marks[id] ?? 'NONE'}
                options={MARKS.map((mark) => ({ value: mark, label: READ_LABELS[mark] }))}
                onChange={(mark) => {
                  if (mark !== 'NONE') setMarks({ ...marks, [id]: mark });
                }}
              />
            </View>
          ))}
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
            onClose={() => {
              setAsking(false);
            }}
          />
        )}
      </View>
    </Card>
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
  readonly voters: PaperReturnDetail['voters'];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

function Signers({ voters, value, onChange }: SignersProps) {
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
              onChange(on ? value.filter((signer) => signer !== id) : [...value, id]);
            }}
          >
            {`${name} 签了名`}
          </Check>
        );
      })}
    </View>
  );
}

interface ConfirmProps extends Props {
  readonly request: EnterPaperRequest;
  readonly onClose: () => void;
}

const AFTERWARDS: Readonly<Partial<Record<PaperReturnDetail['state'], string>>> = {
  ONCE: '已录入，等另一个人独立录入',
  MISMATCH: '和前面录的不一样，请第三个人核对',
  COUNTED: '两人录得一样，已计入',
  REFUSED: '两人录得一样，不计入',
};

function Confirm({ assemblyId, paper, request, onClose }: ConfirmProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const enter = useAction((key) => paperActions(estateId, assemblyId).enter(key, paper.id, request), {
    onDone: ({ state }) => {
      toast(AFTERWARDS[state] ?? '已录入', state === 'MISMATCH' ? 'bad' : 'good');
      onClose();
    },
  });
  const titles = new Map(paper.motions.map(({ id, title }) => [id, title]));
  const names = paper.voters.filter(({ id }) => request.signers.includes(id)).map(({ name }) => name);
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
      {request.marks.map(({ motionId, mark }, index) => (
        <View key={motionId} className="row row--between row--top">
          <View className="grow">{`${index + 1}. ${titles.get(motionId) ?? ''}`}</View>
          <View className="t-strong t-nowrap paper-readings__mark">{READ_LABELS[mark]}</View>
        </View>
      ))}
    </ConfirmSheet>
  );
}
