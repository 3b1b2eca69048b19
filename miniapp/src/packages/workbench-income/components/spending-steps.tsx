import { View } from '@tarojs/components';
import { formatYuan } from '@linli/shared/kernel';
import { basisText, SPENDING_LIMITS } from '@linli/shared/spending';
import { ConfirmButton, Field, TextArea } from '@/components';
import { toast, useDraft } from '@/stores';
import { useSpendingActions } from '../spending-api';
import { BankMatch } from './bank-match';
import { PaymentForm } from './payment-form';
import type { StepProps } from './step-props';

/** What the reader may do with this request now. */
export function SpendingSteps({ request, onDone }: StepProps) {
  const { can } = request;
  return (
    <View className="stack stack--3">
      {can.includes('CONFIRM') && <Plain step="confirm" request={request} onDone={onDone} />}
      {can.includes('FILE') && <Plain step="file" request={request} onDone={onDone} />}
      {can.includes('PAY') && <PaymentForm request={request} onDone={onDone} />}
      {can.includes('RECONCILE') && <BankMatch request={request} onDone={onDone} />}
      {can.includes('REJECT') && <Reject request={request} onDone={onDone} />}
      {can.includes('WITHDRAW') && <Plain step="withdraw" request={request} onDone={onDone} />}
    </View>
  );
}

const WORDS = {
  confirm: {
    label: '确认',
    done: '已确认，等街道备案',
    sentence: (money: string, basis: string) => `您已看过合同和报价，同意支出 ${money}。准许依据：${basis}。`,
  },
  file: {
    label: '备案',
    done: '已备案',
    sentence: (money: string, basis: string) => `备案后即可付款 ${money}，街道留存记录。准许依据：${basis}。`,
  },
  withdraw: {
    label: '撤回申请',
    done: '已撤回',
    sentence: (money: string) => `撤回后这笔 ${money} 不再支出，决定的额度退回。要支出得重新申请。`,
  },
} as const;

/** A step that needs nothing but the person: read back, then done. */
function Plain({ step, request, onDone }: StepProps & { readonly step: keyof typeof WORDS }) {
  const actions = useSpendingActions();
  const { label, done, sentence } = WORDS[step];
  return (
    <ConfirmButton
      kind={step === 'withdraw' ? 'plain' : 'primary'}
      block
      text={label}
      ask={{
        title: label,
        sentence: sentence(formatYuan(request.amountFen), basisText(request)),
        doLabel: label,
      }}
      perform={() => actions[step](request.id)}
      onDone={() => {
        toast(done, 'good');
        onDone();
      }}
    />
  );
}

function Reject({ request, onDone }: StepProps) {
  const { value: reason, set: setReason, discard } = useDraft(`spending-refusal/${request.id}`, '');
  const actions = useSpendingActions();
  return (
    <ConfirmButton
      kind="plain"
      block
      text="驳回"
      ask={{
        title: '驳回支出申请',
        sentence: `这笔 ${formatYuan(request.amountFen)} 不支出，原因全体业主都能看到。`,
        doLabel: '驳回',
        danger: true,
      }}
      perform={() => actions.reject(request.id, reason)}
      onDone={() => {
        discard();
        toast('已驳回，申请人会收到消息', 'good');
        onDone();
      }}
    >
      <Field label="原因">
        <TextArea value={reason} onChange={setReason} maxLength={SPENDING_LIMITS.reasonLength.max} rows={2} />
      </Field>
    </ConfirmButton>
  );
}
