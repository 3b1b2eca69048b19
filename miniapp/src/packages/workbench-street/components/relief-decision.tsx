import { View } from '@tarojs/components';
import { addDays, formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import {
  FUNDER_KINDS,
  FUNDER_LABELS,
  RELIEF_LIMITS,
  latestUntil,
  type DecideReliefRequest,
  type FunderKind,
  type ReliefFile,
} from '@linli/shared/relief';
import { useState } from 'react';
import {
  Button,
  Card,
  ConfirmSheet,
  DatePicker,
  Field,
  Picker,
  TextArea,
  TextInput,
  useNow,
} from '@/components';
import { useAction } from '@/request';
import { type DraftHandle, toast, useDraft } from '@/stores';
import { decideRelief } from '../relief-api';

interface DecisionDraft {
  readonly percent: string;
  readonly funderKind: FunderKind;
  readonly funderName: string;
  readonly until: string | null;
  readonly note: string;
}

/** 街道审批: how much and who bears it, or until when. */
export function ReliefDecision({
  relief,
  onDone,
}: {
  readonly relief: ReliefFile;
  readonly onDone: () => void;
}) {
  const draft = useDraft<DecisionDraft>(`relief-decision/${relief.id}`, {
    percent: '50',
    funderKind: 'CIVIL_AFFAIRS',
    funderName: '',
    until: relief.wishedUntil,
    note: '',
  });
  const { value } = draft;
  const [asking, setAsking] = useState<boolean | null>(null);
  const decide = useAction(
    (_key, approve: boolean) => decideRelief(relief, requestOf(relief, value, approve)),
    {
      onDone: ({ state }) => {
        draft.discard();
        setAsking(null);
        toast(state === 'REJECTED' ? '没有批准，申请人会看到原因' : '已批准，马上记到账单上', 'good');
        onDone();
      },
    },
  );
  return (
    <Card title="街道审批">
      <View className="stack stack--4">
        {relief.kind === 'REDUCTION' ? <Reduction draft={draft} /> : <Deferral draft={draft} />}
        <Verdict draft={draft} missing={missingIn(relief, value)} onAsk={setAsking} />
      </View>
      <ConfirmSheet
        open={asking !== null}
        title={asking === false ? '不批准' : '批准'}
        sentence={sentenceOf(relief, value, asking !== false)}
        doLabel={asking === false ? '不批准' : '批准'}
        danger={asking === false}
        busy={decide.busy}
        error={decide.error?.message}
        onConfirm={() => decide.run(asking !== false)}
        onClose={() => {
          setAsking(null);
        }}
      />
    </Card>
  );
}

interface VerdictProps {
  readonly draft: DraftHandle<DecisionDraft>;
  readonly missing: string | null;
  readonly onAsk: (approve: boolean) => void;
}

function Verdict({ draft: { value, merge }, missing, onAsk }: VerdictProps) {
  return (
    <>
      <Field label="审批意见" hint="不批准时要写原因，申请人会看到">
        <TextArea
          value={value.note}
          maxLength={RELIEF_LIMITS.noteMax}
          rows={2}
          onChange={(note) => {
            merge({ note });
          }}
        />
      </Field>
      <Button
        block
        disabled={missing !== null}
        onTap={() => {
          onAsk(true);
        }}
      >
        {missing ?? '批准'}
      </Button>
      <Button
        kind="danger"
        block
        disabled={value.note.trim() === ''}
        onTap={() => {
          onAsk(false);
        }}
      >
        不批准
      </Button>
    </>
  );
}

function Reduction({ draft: { value, merge } }: { readonly draft: DraftHandle<DecisionDraft> }) {
  return (
    <>
      <Field label="减免比例（%）" hint="按未缴部分计算，1 到 100">
        <TextInput
          value={value.percent}
          maxLength={3}
          keyboard="number"
          onChange={(percent) => {
            merge({ percent });
          }}
        />
      </Field>
      <Field label="由谁承担">
        <Picker
          value={value.funderKind}
          options={FUNDER_KINDS.map((kind) => ({ value: kind, label: FUNDER_LABELS[kind] }))}
          onChange={(funderKind) => {
            merge({ funderKind });
          }}
        />
      </Field>
      <Field label="承担单位全称" hint="不写不能批准">
        <TextInput
          value={value.funderName}
          maxLength={RELIEF_LIMITS.funderNameMax}
          onChange={(funderName) => {
            merge({ funderName });
          }}
        />
      </Field>
    </>
  );
}

function Deferral({ draft: { value, merge } }: { readonly draft: DraftHandle<DecisionDraft> }) {
  const today = shanghaiDate(useNow());
  return (
    <Field label="缓缴到" hint="从提交那天起不算违约金">
      <DatePicker
        value={value.until}
        from={addDays(today, 1)}
        to={latestUntil(today)}
        onChange={(until) => {
          merge({ until });
        }}
      />
    </Field>
  );
}

function missingIn(relief: ReliefFile, value: DecisionDraft): string | null {
  if (relief.kind === 'DEFERRAL') return value.until === null ? '请选缓缴到哪天' : null;
  if (!/^(?:[1-9]\d?|100)$/.test(value.percent)) return '请填 1 到 100 的比例';
  return value.funderName.trim() === '' ? '请写由谁承担' : null;
}

function requestOf(relief: ReliefFile, value: DecisionDraft, approve: boolean): DecideReliefRequest {
  const reduces = approve && relief.kind === 'REDUCTION';
  return {
    approve,
    note: value.note.trim(),
    percent: reduces ? Number(value.percent) : null,
    funder: reduces ? { kind: value.funderKind, name: value.funderName.trim() } : null,
    until: approve && relief.kind === 'DEFERRAL' ? value.until : null,
  };
}

function sentenceOf(relief: ReliefFile, value: DecisionDraft, approve: boolean): string {
  const whose = `${relief.unitName} ${relief.applicantName}`;
  if (!approve) return `不批准 ${whose} 的申请，原因：${value.note.trim()}`;
  return relief.kind === 'REDUCTION'
    ? `批准 ${whose} 减免未缴部分的 ${value.percent}%，由${FUNDER_LABELS[value.funderKind]}（${value.funderName.trim()}）承担。记账后不能撤回。`
    : `批准 ${whose} 缓缴到 ${value.until === null ? '' : formatFullDate(value.until)}，期间不算违约金、不催缴。`;
}
