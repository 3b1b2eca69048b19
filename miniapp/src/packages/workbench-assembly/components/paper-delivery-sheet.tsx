import { View } from '@tarojs/components';
import {
  DELIVERY_METHOD_LABELS,
  DELIVERY_METHODS,
  type DeliveryMethod,
  PAPER_LIMITS,
  type PaperSlip,
} from '@linli/shared/assembly';
import type { FileRef } from '@linli/shared/files';
import { endOfDay, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Choices, ConfirmButton, DatePicker, Field, Sheet, TextArea, useNow } from '@/components';
import { AttachmentPicker } from '@/components/staff';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { paperActions } from '../paper-api';

const DETAILS: Readonly<Record<DeliveryMethod, string>> = {
  HANDED: '交到本人或同住家人手里',
  POSTED: '联系不上的，在小区里张贴；要附照片',
  MAILED: '写明单号',
  REFUSED: '写明经过和见证人',
};

interface Props {
  readonly assemblyId: string;
  readonly slips: readonly PaperSlip[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** How and when the chosen papers were delivered, or a new number for one that was lost. */
export function DeliverySheet({ assemblyId, slips, onClose, onDone }: Props) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const now = useNow();
  const today = shanghaiDate(now);
  const [method, setMethod] = useState<DeliveryMethod>('HANDED');
  const [day, setDay] = useState<string>(today);
  const [note, setNote] = useState('');
  const [files, setFiles] = useState<readonly FileRef[]>([]);
  const record = useAction(
    (key) =>
      paperActions(estateId, assemblyId).deliver(key, {
        slipIds: slips.map(({ id }) => id),
        method,
        // Of a day that is over, its end: the hour is not known.
        deliveredAt: Math.min(endOfDay(day), now),
        note,
        fileIds: files.map(({ id }) => id),
      }),
    {
      onDone: () => {
        toast(`已登记 ${slips.length} 张`, 'good');
        onDone();
      },
    },
  );
  const [only] = slips;
  return (
    <Sheet open title={`登记送达（${slips.length} 张）`} onClose={onClose}>
      <View className="stack stack--3">
        <View className="t-second t-muted">{slips.map(({ label }) => label).join('、')}</View>
        <Methods value={method} onChange={setMethod} />
        <Field label="哪一天">
          <DatePicker value={day} to={today} onChange={setDay} />
        </Field>
        <Field label="说明" optional={method === 'HANDED' || method === 'POSTED'}>
          <TextArea value={note} onChange={setNote} maxLength={PAPER_LIMITS.noteLength.max} rows={2} />
        </Field>
        {method !== 'HANDED' && <Photos optional={method !== 'POSTED'} files={files} onChange={setFiles} />}
        {record.error !== null && <View className="t-bad">{record.error.message}</View>}
        <Button block busy={record.busy} onTap={() => record.run()}>
          登记送达
        </Button>
        {slips.length === 1 && only !== undefined && only.returned === null && (
          <Replace assemblyId={assemblyId} slip={only} onDone={onDone} />
        )}
      </View>
    </Sheet>
  );
}

interface MethodsProps {
  readonly value: DeliveryMethod;
  readonly onChange: (value: DeliveryMethod) => void;
}

function Methods({ value: chosen, onChange }: MethodsProps) {
  return (
    <Choices<DeliveryMethod>
      label="怎样送达"
      value={chosen}
      onChange={onChange}
      options={DELIVERY_METHODS.map((value) => ({
        value,
        label: DELIVERY_METHOD_LABELS[value],
        detail: DETAILS[value],
      }))}
    />
  );
}

interface PhotosProps {
  readonly optional: boolean;
  readonly files: readonly FileRef[];
  /** Several may arrive before the next drawing. */
  readonly onChange: (change: (known: readonly FileRef[]) => readonly FileRef[]) => void;
}

function Photos({ optional, files, onChange }: PhotosProps) {
  return (
    <Field label="照片" optional={optional}>
      <AttachmentPicker
        purpose="MATERIAL"
        files={files}
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

interface ReplaceProps {
  readonly assemblyId: string;
  readonly slip: PaperSlip;
  readonly onDone: () => void;
}

function Replace({ assemblyId, slip, onDone }: ReplaceProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  return (
    <ConfirmButton
      kind="quiet"
      text="票丢了或写坏了，补发一张"
      ask={{
        title: '补发一张',
        sentence: `${slip.label} 的 ${slip.numberText} 作废，换一个新编号。交回旧票的，不能计入。`,
        doLabel: '作废并补发',
        danger: true,
      }}
      perform={() => paperActions(estateId, assemblyId).replace(slip.id)}
      onDone={({ numberText }) => {
        toast(`新编号 ${numberText}，请到“印票”打印`, 'good');
        onDone();
      }}
    />
  );
}
