import { View } from '@tarojs/components';
import {
  ANNULMENT_KINDS,
  ANNULMENT_LABELS,
  type AnnulmentKind,
  type Decision,
  DECISION_BODIES,
  DECISION_BODY_LABELS,
  DECISION_EVENT_LABELS,
  DECISION_STEPS,
  type DecisionBody,
  type DecisionStep,
  FOLLOW_UP_LIMITS,
  type FollowUp,
  purposesFor,
  SPEND_PURPOSES,
  type SpendPurpose,
} from '@linli/shared/assembly';
import type { FileRef } from '@linli/shared/files';
import { shanghaiDate, yearOf } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Check,
  DatePicker,
  Field,
  FollowUpView,
  PageContent,
  Picker,
  TextArea,
  TextInput,
  useNow,
} from '@/components';
import { DecisionCostView } from '@/components/decision-cost';
import { AttachmentPicker } from '@/components/staff';
import { type ApiError, useAction } from '@/request';
import { type DraftHandle, toast, useDraft, useSession } from '@/stores';
import { followUpActions, useFollowUp } from '../api';

type Part = 'PLAN' | 'REPORT' | 'ANNUL';

/** 落实: the desk sees what owners see, and does what is its to do. */
export function FollowUpDesk({ decision }: { readonly decision: Decision }) {
  const followUp = useFollowUp(decision.id);
  const [part, setPart] = useState<Part | null>(null);
  const close = () => {
    setPart(null);
  };
  return (
    <PageContent resource={followUp}>
      {(known) => (
        <View className="stack stack--3">
          <FollowUpView followUp={known} />
          <DecisionCostView decisionId={decision.id} />
          {part === null && <Doors known={known} onOpen={setPart} />}
          {part === 'PLAN' && <Plan decision={decision} known={known} onDone={close} />}
          {part === 'REPORT' && <Report decision={decision} onDone={close} />}
          {part === 'ANNUL' && <Annul decision={decision} onDone={close} />}
        </View>
      )}
    </PageContent>
  );
}

function Doors({ known, onOpen }: { readonly known: FollowUp; readonly onOpen: (part: Part) => void }) {
  return (
    <View className="row row--wrap gap-3">
      {known.canPlan && (
        <Button size="small" kind="plain" onTap={() => onOpen('PLAN')}>
          安排落实
        </Button>
      )}
      {known.canReport && (
        <Button size="small" onTap={() => onOpen('REPORT')}>
          记办理情况
        </Button>
      )}
      {known.canAnnul && (
        <Button size="small" kind="danger" onTap={() => onOpen('ANNUL')}>
          登记撤销
        </Button>
      )}
    </View>
  );
}

interface FormProps {
  readonly decision: Decision;
  readonly onDone: () => void;
}

const BODIES = DECISION_BODIES.map((value) => ({ value, label: DECISION_BODY_LABELS[value] }));

function Plan({ decision, known, onDone }: FormProps & { readonly known: FollowUp }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const today = shanghaiDate(useNow());
  const [body, setBody] = useState<DecisionBody>(known.body);
  const [bodyName, setBodyName] = useState(known.bodyName);
  const [dueOn, setDueOn] = useState<string | null>(known.dueOn);
  const [expiresOn, setExpiresOn] = useState<string | null>(known.expiresOn);
  const [purposes, setPurposes] = useState<readonly SpendPurpose[]>(known.purposes);
  const [budgetYear, setBudgetYear] = useState<number | null>(known.budgetYear);
  const [reason, setReason] = useState('');
  const plan = useAction(
    () =>
      followUpActions(estateId, decision.id).plan({
        body,
        bodyName,
        dueOn: dueOn ?? '',
        expiresOn,
        purposes,
        budgetYear,
        reason,
      }),
    {
      onDone: () => {
        toast('已安排，业主能看到', 'good');
        onDone();
      },
    },
  );
  return (
    <View className="stack stack--3">
      <Field label="由谁落实">
        <Picker value={body} options={BODIES} onChange={setBody} />
      </Field>
      <Field label="负责的人或岗位" error={plan.error?.field('bodyName')}>
        <TextInput value={bodyName} maxLength={FOLLOW_UP_LIMITS.bodyNameLength.max} onChange={setBodyName} />
      </Field>
      <Field label="完成期限">
        <DatePicker value={dueOn} from={today} onChange={setDueOn} />
      </Field>
      {decision.amountLimitFen !== null && (
        <Field label="支出有效期" optional>
          <DatePicker value={expiresOn} from={dueOn ?? today} onChange={setExpiresOn} />
        </Field>
      )}
      {known.canNamePurposes && decision.amountLimitFen !== null && (
        <>
          <Purposes decision={decision} value={purposes} onChange={setPurposes} />
          <BudgetYear thisYear={yearOf(today)} value={budgetYear} onChange={setBudgetYear} />
        </>
      )}
      <Field label="说明" hint="推迟期限一定要写原因；原来的期限会一直显示" optional>
        <TextArea value={reason} maxLength={FOLLOW_UP_LIMITS.textLength.max} onChange={setReason} />
      </Field>
      {plan.error !== null && <View className="t-bad">{plan.error.message}</View>}
      <Button block disabled={dueOn === null} busy={plan.busy} onTap={() => plan.run()}>
        确认安排
      </Button>
    </View>
  );
}

function Purposes({
  decision,
  value,
  onChange,
}: {
  readonly decision: Decision;
  readonly value: readonly SpendPurpose[];
  readonly onChange: (purposes: readonly SpendPurpose[]) => void;
}) {
  return (
    <Field label="钱可以用在哪里" hint="照决定的内容选，登记以后不能再改">
      <View className="stack stack--1">
        {purposesFor(decision.matter).map((purpose) => (
          <Check
            key={purpose}
            label={SPEND_PURPOSES[purpose]}
            on={value.includes(purpose)}
            onChange={(on) => {
              onChange(on ? [...value, purpose] : value.filter((each) => each !== purpose));
            }}
          >
            {SPEND_PURPOSES[purpose]}
          </Check>
        ))}
      </View>
    </Field>
  );
}

interface BudgetYearProps {
  readonly thisYear: number;
  readonly value: number | null;
  readonly onChange: (year: number | null) => void;
}

const ONE_THING = 'ONE_THING';

/** 年度预算: what it is for one year's small spends, and not for one thing. */
function BudgetYear({ thisYear, value, onChange }: BudgetYearProps) {
  const years = [thisYear, thisYear + 1].map((year) => ({ value: String(year), label: `${year} 年度预算` }));
  return (
    <Field label="是不是年度预算" hint="年度预算管一年里这些用途的小额支出，每笔不用再单独表决">
      <Picker
        value={value === null ? ONE_THING : String(value)}
        options={[{ value: ONE_THING, label: '不是，只决定这一件事' }, ...years]}
        onChange={(chosen) => {
          onChange(chosen === ONE_THING ? null : Number(chosen));
        }}
      />
    </Field>
  );
}

const STEPS = DECISION_STEPS.map((value) => ({ value, label: DECISION_EVENT_LABELS[value] }));

interface ReportDraft {
  readonly kind: DecisionStep;
  readonly text: string;
  readonly files: readonly FileRef[];
}

function Report({ decision, onDone }: FormProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const draft = useDraft<ReportDraft>(`decision-report/${decision.id}`, {
    kind: 'PROGRESS',
    text: '',
    files: [],
  });
  const { kind, text, files } = draft.value;
  const report = useAction(
    (key) =>
      followUpActions(estateId, decision.id).report(key, { kind, text, fileIds: files.map(({ id }) => id) }),
    {
      onDone: () => {
        draft.discard();
        toast('已记下，业主能看到', 'good');
        onDone();
      },
    },
  );
  return (
    <View className="stack stack--3">
      <Field label="办到哪一步">
        <Picker value={kind} options={STEPS} onChange={(chosen) => draft.merge({ kind: chosen })} />
      </Field>
      <Field label="办理情况" error={report.error?.field('text')}>
        <TextArea
          value={text}
          maxLength={FOLLOW_UP_LIMITS.textLength.max}
          onChange={(typed) => draft.merge({ text: typed })}
        />
      </Field>
      <Field label="照片和文件" optional>
        <AttachmentPicker
          purpose="MATERIAL"
          files={files}
          onAdd={(file) => {
            draft.update((known) => ({ ...known, files: [...known.files, file] }));
          }}
          onRemove={(id) => {
            draft.update((known) => ({ ...known, files: known.files.filter((file) => file.id !== id) }));
          }}
        />
      </Field>
      {report.error !== null && <View className="t-bad">{report.error.message}</View>}
      <Button block disabled={text.trim() === ''} busy={report.busy} onTap={() => report.run()}>
        记下
      </Button>
    </View>
  );
}

const KINDS = ANNULMENT_KINDS.map((value) => ({ value, label: ANNULMENT_LABELS[value] }));

interface AnnulDraft {
  readonly documentNo: string;
  readonly documentOn: string | null;
  readonly reason: string;
  readonly files: readonly FileRef[];
}

function Annul({ decision, onDone }: FormProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [kind, setKind] = useState<AnnulmentKind>('COURT');
  const draft = useDraft<AnnulDraft>(`decision-annulment/${decision.id}`, {
    documentNo: '',
    documentOn: null,
    reason: '',
    files: [],
  });
  const { documentNo, documentOn, reason, files } = draft.value;
  const [file] = files;
  const annul = useAction(
    () =>
      followUpActions(estateId, decision.id).annul({
        kind,
        documentNo,
        documentOn: documentOn ?? '',
        reason,
        fileId: file?.id ?? '',
      }),
    {
      onDone: () => {
        draft.discard();
        toast('已登记撤销，已告知业主', 'good');
        onDone();
      },
    },
  );
  return (
    <View className="stack stack--3">
      <View className="t-muted">登记后这项决定不再有效，也不能再据此支出；原来的决定仍可查看。</View>
      <Field label="依据">
        <Picker value={kind} options={KINDS} onChange={setKind} />
      </Field>
      <Document draft={draft} error={annul.error} />
      {annul.error !== null && <View className="t-bad">{annul.error.message}</View>}
      <Button
        block
        kind="danger"
        disabled={documentOn === null || file === undefined || documentNo === ''}
        busy={annul.busy}
        onTap={() => annul.run()}
      >
        登记撤销
      </Button>
    </View>
  );
}

interface DocumentProps {
  readonly draft: DraftHandle<AnnulDraft>;
  readonly error: ApiError | null;
}

/** The court's or the street's document, as it is held in the hand. */
function Document({ draft, error }: DocumentProps) {
  const today = shanghaiDate(useNow());
  return (
    <>
      <Field label="文号" error={error?.field('documentNo')}>
        <TextInput
          value={draft.value.documentNo}
          maxLength={80}
          onChange={(typed) => draft.merge({ documentNo: typed })}
        />
      </Field>
      <Field label="文书日期">
        <DatePicker
          value={draft.value.documentOn}
          to={today}
          onChange={(day) => draft.merge({ documentOn: day })}
        />
      </Field>
      <Field label="撤销的理由" error={error?.field('reason')}>
        <TextArea
          value={draft.value.reason}
          maxLength={FOLLOW_UP_LIMITS.textLength.max}
          onChange={(typed) => draft.merge({ reason: typed })}
        />
      </Field>
      <Scan files={draft.value.files} onChange={(chosen) => draft.merge({ files: chosen })} />
    </>
  );
}

interface ScanProps {
  readonly files: readonly FileRef[];
  readonly onChange: (files: readonly FileRef[]) => void;
}

function Scan({ files, onChange }: ScanProps) {
  return (
    <Field label="文书扫描件">
      <AttachmentPicker
        purpose="DECISION_SCAN"
        files={files}
        limit={1}
        onAdd={(file) => {
          onChange([file]);
        }}
        onRemove={() => {
          onChange([]);
        }}
      />
    </Field>
  );
}
