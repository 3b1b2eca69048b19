import { View } from '@tarojs/components';
import {
  DECISION_LIMITS,
  MATTERS,
  type MatterNumber,
  type RegisterDecisionRequest,
  VOTE_CLASS_LABELS,
  type VoteClass,
} from '@linli/shared/assembly';
import { parseYuan, shanghaiDate } from '@linli/shared/kernel';
import { Button, DatePicker, Field, Picker, TextArea, TextInput, useNow } from '@/components';
import { spoken } from '@/platform';
import { type Action, useAction, useDocumentUpload } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { registerDecision } from '../api';

interface Form {
  readonly number: string;
  readonly decidedOn: string | null;
  readonly matter: MatterNumber | null;
  readonly voteClass: VoteClass | null;
  readonly title: string;
  readonly purpose: string;
  readonly amount: string;
  readonly scan: { readonly id: string; readonly name: string } | null;
}

const EMPTY: Form = {
  number: '',
  decidedOn: null,
  matter: null,
  voteClass: null,
  title: '',
  purpose: '',
  amount: '',
  scan: null,
};

const DRAFT = 'decision/new';
const CLASSES = (['ORDINARY', 'SPECIAL'] as const).map((value) => ({
  value,
  label: VOTE_CLASS_LABELS[value],
}));
const MATTER_OPTIONS = MATTERS.map(({ number, text }) => ({
  value: String(number),
  label: `${number}. ${text}`,
}));

/** 登记以前的决定: what the paper says, and its scan. */
export function DecisionForm({ onDone }: { readonly onDone: () => void }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const form = useDraft<Form>(DRAFT, EMPTY);
  const choose = useDocumentUpload('DECISION_SCAN', (scan) => {
    form.merge({ scan });
  });
  const request = requestOf(form.value);
  const send = useAction(
    async (key) => {
      if (request !== null) await registerDecision(key, estateId, request);
    },
    {
      name: DRAFT,
      onDone: () => {
        form.discard();
        toast('已登记，等另一位成员复核', 'good');
        onDone();
      },
    },
  );
  const part: PartProps = {
    value: form.value,
    merge: form.merge,
    fault: (path) => send.error?.field(path),
  };
  return (
    <View className="stack stack--3">
      <Kind {...part} />
      <Content {...part} />
      <Scan {...part} choose={choose} />
      {send.error !== null && (
        <View className="t-bad" {...spoken({ role: 'alert' })}>
          {send.error.message}
        </View>
      )}
      <Button block disabled={request === null} busy={send.busy} busyText="正在登记" onTap={() => send.run()}>
        登记
      </Button>
    </View>
  );
}

/** What the server is sent; null while something is missing. */
function requestOf(form: Form): RegisterDecisionRequest | null {
  const { number, decidedOn, matter, voteClass, title, purpose, amount, scan } = form;
  if (decidedOn === null || matter === null || voteClass === null || scan === null) return null;
  return {
    number,
    decidedOn,
    matter,
    voteClass,
    title,
    purpose,
    amountLimitFen: amount.trim() === '' ? null : parseYuan(amount),
    scanFileId: scan.id,
  };
}

interface PartProps {
  readonly value: Form;
  readonly merge: (part: Partial<Form>) => void;
  /** What the server said about a field. */
  readonly fault: (path: string) => string | undefined;
}

/** Which decision it is, and by which majority. */
function Kind({ value: { number, decidedOn, matter, voteClass }, merge, fault }: PartProps) {
  const today = shanghaiDate(useNow());
  return (
    <>
      <Field label="决定编号" error={fault('number')} hint="照原件填写，例如 业主大会2024-1-3">
        <TextInput value={number} maxLength={40} onChange={(text) => merge({ number: text })} />
      </Field>
      <Field label="决定日期" error={fault('decidedOn')}>
        <DatePicker value={decidedOn} to={today} onChange={(date) => merge({ decidedOn: date })} />
      </Field>
      <Field label="属于哪一类事项" error={fault('matter')}>
        <Picker
          value={matter === null ? null : String(matter)}
          options={MATTER_OPTIONS}
          onChange={(chosen) => merge({ matter: Number(chosen) as MatterNumber })}
        />
      </Field>
      <Field label="表决类别" error={fault('voteClass')}>
        <Picker value={voteClass} options={CLASSES} onChange={(chosen) => merge({ voteClass: chosen })} />
      </Field>
    </>
  );
}

/** What was decided. */
function Content({ value: { title, purpose, amount }, merge, fault }: PartProps) {
  return (
    <>
      <Field label="名称" error={fault('title')}>
        <TextInput value={title} maxLength={80} onChange={(text) => merge({ title: text })} />
      </Field>
      <Field label="决定了什么" error={fault('purpose')}>
        <TextArea
          value={purpose}
          maxLength={DECISION_LIMITS.purposeLength.max}
          onChange={(text) => merge({ purpose: text })}
        />
      </Field>
      <Field label="最多支出（元）" optional error={fault('amountLimitFen')}>
        <TextInput keyboard="decimal" value={amount} onChange={(text) => merge({ amount: text })} />
      </Field>
    </>
  );
}

function Scan({ value: { scan }, fault, choose }: PartProps & { readonly choose: Action<[]> }) {
  return (
    <Field label="扫描件" error={fault('scanFileId') ?? choose.error?.message}>
      <View className="row row--between">
        <View className="grow">{scan?.name ?? 'PDF 或图片'}</View>
        <Button size="small" kind="plain" icon="clip" busy={choose.busy} onTap={() => choose.run()}>
          选择文件
        </Button>
      </View>
    </Field>
  );
}
