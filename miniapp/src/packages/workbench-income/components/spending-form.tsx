import { View } from '@tarojs/components';
import type { FileRef } from '@linli/shared/files';
import { SPEND_CATEGORIES, SPEND_CATEGORY_CODES, type SpendCategory } from '@linli/shared/income';
import { type Fen, formatYuan } from '@linli/shared/kernel';
import { type ApplySpendingRequest, SPENDING_LIMITS } from '@linli/shared/spending';
import { Button, Field, Picker, Sheet, TextArea, TextInput } from '@/components';
import { AttachmentPicker } from '@/components/staff';
import { useAction } from '@/request';
import { type DraftHandle, toast, useDraft, useSession } from '@/stores';
import { useSpendingActions } from '../spending-api';
import { MoneyInput } from './money-input';

interface Typed {
  readonly category: SpendCategory | null;
  readonly text: string;
  readonly payee: string;
  readonly amountFen: Fen | null;
  readonly decisionNo: string;
  readonly files: readonly FileRef[];
}

const EMPTY: Typed = { category: null, text: '', payee: '', amountFen: null, decisionNo: '', files: [] };
const CATEGORIES = SPEND_CATEGORY_CODES.map((value) => ({ value, label: SPEND_CATEGORIES[value].label }));

/** 支出申请: what for, to whom, how much, and which decision of the owners allows it. */
export function SpendingForm({ onClose }: { readonly onClose: () => void }) {
  const estateId = useSession((session) => session.estateId) ?? '';
  const name = `spending/${estateId}/new`;
  const draft = useDraft<Typed>(name, EMPTY);
  const actions = useSpendingActions();
  const { value } = draft;
  const apply = useAction((key) => actions.apply(key, requestOf(draft.value)), {
    name,
    onDone: () => {
      draft.discard();
      toast('已提交，等另一位确认', 'good');
      onClose();
    },
  });
  const errorOf = (path: string) => apply.error?.field(path);
  const said = value.amountFen === null ? '' : `${formatYuan(value.amountFen)}，付给${value.payee || '…'}`;
  return (
    <Sheet open title="申请支出" onClose={onClose}>
      <View className="stack stack--4">
        <View className="t-second t-muted">
          申请后由另一位确认、街道备案，才能付款；全体业主都能看到这笔申请。
        </View>
        <Fields draft={draft} errorOf={errorOf} />
        <Papers draft={draft} error={errorOf('fileIds')} />
        {apply.error !== null && <View className="t-bad">{apply.error.message}</View>}
        {said !== '' && <View className="t-strong">{said}</View>}
        <Button block busy={apply.busy} busyText="正在提交…" onTap={() => apply.run()}>
          提交申请
        </Button>
      </View>
    </Sheet>
  );
}

function Fields({
  draft: { value, merge },
  errorOf,
}: {
  readonly draft: DraftHandle<Typed>;
  readonly errorOf: (path: string) => string | undefined;
}) {
  const type = (name: 'text' | 'payee' | 'decisionNo') => (text: string) => {
    merge({ [name]: text });
  };
  return (
    <>
      <Field label="类别" error={errorOf('category')}>
        <Picker
          value={value.category}
          options={CATEGORIES}
          onChange={(category) => {
            merge({ category });
          }}
        />
      </Field>
      <Field label="用来做什么" error={errorOf('text')}>
        <TextArea
          value={value.text}
          onChange={type('text')}
          maxLength={SPENDING_LIMITS.textLength.max}
          rows={2}
        />
      </Field>
      <Field label="收款单位" hint="写全称" error={errorOf('payee')}>
        <TextInput value={value.payee} onChange={type('payee')} maxLength={SPENDING_LIMITS.payeeLength.max} />
      </Field>
      <Field label="金额（元）" error={errorOf('amountFen')}>
        <MoneyInput
          fen={value.amountFen}
          onChange={(amountFen) => {
            merge({ amountFen });
          }}
        />
      </Field>
      <Field
        label="业主大会决定编号"
        hint="达到本小区表决金额的必须写，如 业主大会2026-1-2；有年度预算的小额支出会自动记在预算下"
        optional
        error={errorOf('decisionNo')}
      >
        <TextInput
          value={value.decisionNo}
          onChange={type('decisionNo')}
          maxLength={SPENDING_LIMITS.decisionNumberMax}
        />
      </Field>
    </>
  );
}

function Papers({
  draft: { value, merge },
  error,
}: {
  readonly draft: DraftHandle<Typed>;
  readonly error: string | undefined;
}) {
  return (
    <Field label="合同或报价" error={error}>
      <AttachmentPicker
        purpose="VOUCHER"
        files={value.files}
        limit={SPENDING_LIMITS.files.max}
        onAdd={(file) => {
          merge({ files: [...value.files, file] });
        }}
        onRemove={(id) => {
          merge({ files: value.files.filter((file) => file.id !== id) });
        }}
      />
    </Field>
  );
}

/** The server says what is missing, field by field. */
function requestOf({ category, amountFen, decisionNo, files, ...texts }: Typed): ApplySpendingRequest {
  return {
    ...texts,
    category: category ?? ('' as SpendCategory),
    amountFen: amountFen ?? 0,
    decisionNo: decisionNo.trim() === '' ? null : decisionNo.trim(),
    fileIds: files.map(({ id }) => id),
  };
}
