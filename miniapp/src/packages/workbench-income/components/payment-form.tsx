import { View } from '@tarojs/components';
import type { FileRef } from '@linli/shared/files';
import { formatYuan, shanghaiDate } from '@linli/shared/kernel';
import { SPENDING_LIMITS } from '@linli/shared/spending';
import { Button, DatePicker, Field, TextInput, useNow } from '@/components';
import { useAction, useDocumentUpload } from '@/request';
import { toast, useDraft } from '@/stores';
import { useSpendingActions } from '../spending-api';
import type { StepProps } from './step-props';

interface Typed {
  readonly paidOn: string | null;
  readonly bankLineNo: string;
  readonly receipt: Pick<FileRef, 'id' | 'name'> | null;
}

const EMPTY: Typed = { paidOn: null, bankLineNo: '', receipt: null };

/** 登记付款: the bank's number, its day and its receipt; what is typed stays until it has been sent. */
export function PaymentForm({ request, onDone }: StepProps) {
  const draft = useDraft<Typed>(`spending/${request.id}/payment`, EMPTY);
  const today = shanghaiDate(useNow());
  const { paidOn, bankLineNo, receipt } = draft.value;
  const actions = useSpendingActions();
  const upload = useDocumentUpload('VOUCHER', (file) => {
    draft.merge({ receipt: file });
  });
  const paying = useAction(
    () => actions.pay(request.id, { paidOn: paidOn ?? '', bankLineNo, receiptFileId: receipt?.id ?? '' }),
    {
      onDone: () => {
        draft.discard();
        toast('已登记付款，等另一位对账', 'good');
        onDone();
      },
    },
  );
  const errorOf = (path: string) => paying.error?.field(path);
  return (
    <View className="stack stack--3">
      <View className="t-strong">登记付款</View>
      <Field label="付款日期" error={errorOf('paidOn')}>
        <DatePicker value={paidOn} to={today} onChange={(day) => draft.merge({ paidOn: day })} />
      </Field>
      <Field label="银行流水号" hint="照银行回单填写" error={errorOf('bankLineNo')}>
        <TextInput
          value={bankLineNo}
          onChange={(typed) => draft.merge({ bankLineNo: typed })}
          maxLength={SPENDING_LIMITS.bankLineNo.max}
        />
      </Field>
      <Field label="银行回单" error={errorOf('receiptFileId') ?? upload.error?.message}>
        <Button kind="plain" icon="plus" busy={upload.busy} busyText="正在上传…" onTap={() => upload.run()}>
          {receipt === null ? '上传回单' : `已上传 ${receipt.name}，点这里换一份`}
        </Button>
      </Field>
      {paying.error !== null && <View className="t-bad">{paying.error.message}</View>}
      <Button block busy={paying.busy} busyText="正在登记…" onTap={() => paying.run()}>
        {`登记已付 ${formatYuan(request.amountFen)}`}
      </Button>
    </View>
  );
}
