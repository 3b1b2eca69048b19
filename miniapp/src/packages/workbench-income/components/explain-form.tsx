import { View } from '@tarojs/components';
import { type BankSubject, SPENDING_LIMITS } from '@linli/shared/spending';
import { Button, Field, TextArea } from '@/components';
import { useAction } from '@/request';
import { toast, useDraft } from '@/stores';
import { useSpendingActions } from '../spending-api';

export interface ExplainFormProps {
  readonly kind: BankSubject;
  readonly subject: string;
  readonly onDone: () => void;
}

const WORDS: Readonly<Record<BankSubject, { readonly label: string; readonly hint: string }>> = {
  PAYMENT: { label: '为什么银行流水里没有', hint: '如：银行次月才入账，已向柜台核实' },
  WITHDRAWAL: { label: '这笔钱是什么', hint: '如：银行扣的账户管理费' },
};

/** 说明原因: what fits nothing is said in words, once; whoever posts the quarter reads it. */
export function ExplainForm({ kind, subject, onDone }: ExplainFormProps) {
  const draft = useDraft(`spending/${subject}/explanation`, '');
  const actions = useSpendingActions();
  const explaining = useAction(() => actions.explain({ kind, subject, reason: draft.value }), {
    onDone: () => {
      draft.discard();
      toast('已记下原因', 'good');
      onDone();
    },
  });
  const { label, hint } = WORDS[kind];
  return (
    <View className="stack stack--3">
      <Field label={label} hint={`${hint}；写了不能再改`}>
        <TextArea
          value={draft.value}
          onChange={draft.set}
          maxLength={SPENDING_LIMITS.reasonLength.max}
          rows={2}
        />
      </Field>
      {explaining.error !== null && <View className="t-bad">{explaining.error.message}</View>}
      <Button
        kind="plain"
        block
        disabled={draft.value.trim().length < SPENDING_LIMITS.reasonLength.min}
        busy={explaining.busy}
        onTap={() => explaining.run()}
      >
        记下原因
      </Button>
    </View>
  );
}
