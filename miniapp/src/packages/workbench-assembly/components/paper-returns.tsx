import { View } from '@tarojs/components';
import {
  type PaperDesk,
  type PaperReturn,
  PAPER_LIMITS,
  PAPER_REFUSAL_LABELS,
  parsePaperNumber,
  type ReceivePaperRequest,
  RETURN_STATE_LABELS,
  RETURN_STATES,
  type ReturnState,
} from '@linli/shared/assembly';
import type { FileRef } from '@linli/shared/files';
import { formatInstant } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Chip,
  Empty,
  Field,
  MorePages,
  PageContent,
  TextArea,
  TextInput,
  type Tone,
  useNow,
} from '@/components';
import { AttachmentPicker, DataTable, FilterBar, FilterChips } from '@/components/staff';
import { navigate } from '@/navigate';
import { canScan, scanCode } from '@/platform';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { paperActions, useReturns } from '../paper-api';

interface Props {
  readonly assemblyId: string;
  readonly desk: PaperDesk;
}

/** 收票录入: takes papers in by their number, and lists what waits to be read. */
export function PaperReturns({ assemblyId, desk }: Props) {
  const [state, setState] = useState<ReturnState | 'ALL'>('ALL');
  const returns = useReturns(assemblyId, state === 'ALL' ? undefined : state);
  const now = useNow();
  return (
    <View className="stack stack--3">
      {now >= desk.opensAt && <Receive assemblyId={assemblyId} isLate={now > desk.closesAt} />}
      <FilterBar>
        <FilterChips<ReturnState | 'ALL'>
          label="看哪些"
          value={state}
          onChange={setState}
          options={[
            { value: 'ALL' as const, label: '全部' },
            ...RETURN_STATES.map((value) => ({
              value,
              label: RETURN_STATE_LABELS[value],
              count: desk.returns[value],
            })),
          ]}
        />
      </FilterBar>
      <PageContent
        resource={returns}
        empty={({ items }) =>
          items.length > 0 ? null : <Empty title="没有这样的票" text="收到纸质票，先在上面按编号登记。" />
        }
      >
        {({ items }) => (
          <>
            <Returns assemblyId={assemblyId} rows={items} />
            <MorePages more={returns.more} />
          </>
        )}
      </PageContent>
    </View>
  );
}

/** A number is typed, or scanned; one without a number is described. */
function Receive({ assemblyId, isLate }: { readonly assemblyId: string; readonly isLate: boolean }) {
  const [number, setNumber] = useState('');
  const [note, setNote] = useState('');
  const [unnumbered, setUnnumbered] = useState(false);
  const [scans, setScans] = useState<readonly FileRef[]>([]);
  const receive = useReceive(assemblyId, () => {
    setNumber('');
    setNote('');
    setScans([]);
  });
  const fileIds = scans.map(({ id }) => id);
  const take = (text: string) => receive.run({ number: unnumbered ? null : text, note, fileIds });
  const scan = async () => {
    const text = await scanCode();
    if (text === null) return;
    setNumber(text);
    await take(text);
  };
  const isReady = unnumbered ? note.trim() !== '' : parsePaperNumber(number) !== null;
  return (
    <Card title="收票">
      <View className="stack stack--3">
        <WhatCounts isLate={isLate} />
        {unnumbered ? (
          <NoteField value={note} onChange={setNote} />
        ) : (
          <NumberField
            value={number}
            onChange={setNumber}
            onEnter={() => {
              if (isReady) void take(number);
            }}
          />
        )}
        <ScanField files={scans} onChange={setScans} />
        {receive.error !== null && <View className="t-bad">{receive.error.message}</View>}
        <View className="row row--wrap gap-3">
          <Button disabled={!isReady} busy={receive.busy} onTap={() => take(number)}>
            登记收到
          </Button>
          {canScan && !unnumbered && (
            <Button kind="plain" onTap={scan}>
              扫码
            </Button>
          )}
          <Button
            kind="quiet"
            onTap={() => {
              setUnnumbered(!unnumbered);
              receive.clearError();
            }}
          >
            {unnumbered ? '有编号' : '没有编号或同号'}
          </Button>
        </View>
      </View>
    </Card>
  );
}

function WhatCounts({ isLate }: { readonly isLate: boolean }) {
  return (
    <View className="t-second t-muted">
      {isLate
        ? '投票已经截止，现在收到的只登记为逾期，不计入。'
        : '收到一张就登记一张，登记的时间就是收到的时间；截止前登记的，截止后再录入也算数。'}
    </View>
  );
}

function useReceive(assemblyId: string, onDone: () => void) {
  const estateId = useSession((state) => state.estateId) ?? '';
  return useAction(
    (key, request: ReceivePaperRequest) => paperActions(estateId, assemblyId).receive(key, request),
    {
      onDone: ({ label, state }) => {
        const isLate = state === 'REFUSED';
        toast(isLate ? `${label}：已过截止，不计入` : `${label}：已收`, isLate ? 'bad' : 'good');
        onDone();
      },
    },
  );
}

interface TextProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function NoteField({ value, onChange }: TextProps) {
  return (
    <Field label="这张票的样子" hint="没有编号、编号作废或同号的第二张；写明谁交来的">
      <TextArea value={value} onChange={onChange} maxLength={PAPER_LIMITS.noteLength.max} rows={2} />
    </Field>
  );
}

interface ScanProps {
  readonly files: readonly FileRef[];
  /** Several may arrive before the next drawing. */
  readonly onChange: (change: (known: readonly FileRef[]) => readonly FileRef[]) => void;
}

/** The second person reads from it where the paper itself is not at hand. */
function ScanField({ files, onChange }: ScanProps) {
  return (
    <Field label="原票的照片或扫描件" optional>
      <AttachmentPicker
        purpose="MATERIAL"
        files={files}
        limit={PAPER_LIMITS.scans.max}
        onAdd={(file) => {
          onChange((known) => [...known, file]);
        }}
        onRemove={(id) => {
          onChange((known) => known.filter((file) => file.id !== id));
        }}
      />
    </Field>
  );
}

/** A scanner types the whole address of the code and then Enter. */
function NumberField({ value, onChange, onEnter }: TextProps & { readonly onEnter: () => void }) {
  return (
    <Field label="编号" hint="用扫码枪扫票上的二维码，或者照着输入，例如 0042-K7QF">
      <TextInput value={value} onChange={onChange} maxLength={300} onEnter={onEnter} />
    </Field>
  );
}

function Returns({
  assemblyId,
  rows,
}: {
  readonly assemblyId: string;
  readonly rows: readonly PaperReturn[];
}) {
  const now = useNow();
  const readers = ({ entries }: PaperReturn) =>
    entries.length === 0 ? '—' : entries.map(({ by, isMe }) => (isMe ? `${by}（您）` : by)).join('、');
  const received = ({ receivedAt, receivedBy }: PaperReturn) =>
    `${formatInstant(receivedAt, now)} · ${receivedBy}`;
  return (
    <DataTable<PaperReturn>
      rows={rows}
      caption="收到的票"
      rowKey={({ id }) => id}
      rowLabel={(paper) =>
        `${paper.numberText ?? '无编号'}，${paper.label}，${RETURN_STATE_LABELS[paper.state]}`
      }
      onOpen={({ id }) => {
        navigate('paperEntry', { assemblyId, returnId: id });
      }}
      columns={[
        { key: 'number', title: '编号', cell: ({ numberText }) => numberText ?? '无', width: '13%' },
        { key: 'label', title: '房屋', cell: ({ label }) => label },
        { key: 'received', title: '收到', cell: received, width: '26%' },
        { key: 'readers', title: '录入的人', cell: readers, width: '20%' },
        { key: 'state', title: '现在', cell: (paper) => <ReturnChip paper={paper} />, width: '20%' },
      ]}
      card={(paper) => (
        <View className="stack stack--1">
          <View className="row row--between row--top">
            <View className="t-strong grow">{paper.label}</View>
            <ReturnChip paper={paper} />
          </View>
          <View className="t-second t-muted">{`${paper.numberText ?? '无编号'} · ${received(paper)}`}</View>
          <View className="t-second">{`录入：${readers(paper)}`}</View>
        </View>
      )}
    />
  );
}

export const RETURN_TONES: Readonly<Record<ReturnState, Tone>> = {
  WAITING: 'urgent',
  ONCE: 'info',
  MISMATCH: 'bad',
  COUNTED: 'good',
  REFUSED: 'plain',
};

export function ReturnChip({ paper }: { readonly paper: PaperReturn }) {
  const { state, reason, objection } = paper;
  if (objection !== null && objection.decision === null) return <Chip tone="urgent">业主有异议</Chip>;
  const text = reason === null ? RETURN_STATE_LABELS[state] : PAPER_REFUSAL_LABELS[reason];
  return <Chip tone={RETURN_TONES[state]}>{text}</Chip>;
}
