import { View } from '@tarojs/components';
import type { FileRef } from '@linli/shared/files';
import { formatYuan } from '@linli/shared/kernel';
import { basisText, SPENDING_LIMITS, type SpendingRequest } from '@linli/shared/spending';
import { useState } from 'react';
import { Button, ConfirmSheet, DatePicker, Field, TextArea, TextInput } from '@/components';
import { useAction, useDocumentUpload } from '@/request';
import { toast } from '@/stores';
import { useSpendingActions } from '../spending-api';

interface StepProps {
  readonly request: SpendingRequest;
  readonly onDone: () => void;
}

/** What the reader may do with this request now. */
export function SpendingSteps({ request, onDone }: StepProps) {
  const { can } = request;
  return (
    <View className="stack stack--3">
      {can.includes('CONFIRM') && <Plain step="confirm" request={request} onDone={onDone} />}
      {can.includes('FILE') && <Plain step="file" request={request} onDone={onDone} />}
      {can.includes('PAY') && <Pay request={request} onDone={onDone} />}
      {can.includes('RECONCILE') && <Plain step="reconcile" request={request} onDone={onDone} />}
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
  reconcile: {
    label: '对账无误',
    done: '已对账',
    sentence: (money: string) => `您已在银行对账单上找到这一笔 ${money}，单位、日期和金额都一致。`,
  },
  withdraw: {
    label: '撤回申请',
    done: '已撤回',
    sentence: (money: string) => `撤回后这笔 ${money} 不再支出，决定的额度退回。要支出得重新申请。`,
  },
} as const;

/** A step that needs nothing but the person: read back, then done. */
function Plain({ step, request, onDone }: StepProps & { readonly step: keyof typeof WORDS }) {
  const [open, setOpen] = useState(false);
  const actions = useSpendingActions();
  const words = WORDS[step];
  const taking = useAction(() => actions[step](request.id), {
    onDone: () => {
      toast(words.done, 'good');
      onDone();
    },
  });
  return (
    <>
      <Button
        kind={step === 'withdraw' ? 'plain' : 'primary'}
        block
        onTap={() => {
          setOpen(true);
        }}
      >
        {words.label}
      </Button>
      <ConfirmSheet
        open={open}
        title={words.label}
        sentence={words.sentence(formatYuan(request.amountFen), basisText(request))}
        doLabel={words.label}
        busy={taking.busy}
        error={taking.error?.message}
        onConfirm={() => taking.run()}
        onClose={() => {
          setOpen(false);
        }}
      />
    </>
  );
}

function Reject({ request, onDone }: StepProps) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const actions = useSpendingActions();
  const rejecting = useAction(() => actions.reject(request.id, reason), {
    onDone: () => {
      toast('已驳回，申请人会收到消息', 'good');
      onDone();
    },
  });
  return (
    <>
      <Button
        kind="plain"
        block
        onTap={() => {
          setOpen(true);
        }}
      >
        驳回
      </Button>
      <ConfirmSheet
        open={open}
        title="驳回支出申请"
        sentence={`这笔 ${formatYuan(request.amountFen)} 不支出，原因全体业主都能看到。`}
        doLabel="驳回"
        danger
        busy={rejecting.busy}
        error={rejecting.error?.message}
        onConfirm={() => rejecting.run()}
        onClose={() => {
          setOpen(false);
        }}
      >
        <Field label="原因">
          <TextArea
            value={reason}
            onChange={setReason}
            maxLength={SPENDING_LIMITS.reasonLength.max}
            rows={2}
          />
        </Field>
      </ConfirmSheet>
    </>
  );
}

/** The bank's line: its number, its day and its receipt. */
function Pay({ request, onDone }: StepProps) {
  const [paidOn, setPaidOn] = useState<string | null>(null);
  const [bankLineNo, setBankLineNo] = useState('');
  const [receipt, setReceipt] = useState<Pick<FileRef, 'id' | 'name'> | null>(null);
  const actions = useSpendingActions();
  const upload = useDocumentUpload('VOUCHER', setReceipt);
  const paying = useAction(
    () => actions.pay(request.id, { paidOn: paidOn ?? '', bankLineNo, receiptFileId: receipt?.id ?? '' }),
    {
      onDone: () => {
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
        <DatePicker value={paidOn} onChange={setPaidOn} />
      </Field>
      <Field label="银行流水号" hint="照银行回单填写" error={errorOf('bankLineNo')}>
        <TextInput value={bankLineNo} onChange={setBankLineNo} maxLength={SPENDING_LIMITS.bankLineNo.max} />
      </Field>
      <Field label="银行回单" error={errorOf('receiptFileId') ?? upload.error?.message}>
        <Button kind="plain" icon="plus" busy={upload.busy} busyText="正在上传…" onTap={() => upload.run()}>
          {receipt === null ? '上传回单' : `已上传 ${receipt.name}，点这里换一份`}
        </Button>
      </Field>
      {paying.error !== null && <View className="t-bad">{paying.error.message}</View>}
      <Button block busy={paying.busy} onTap={() => paying.run()}>
        {`登记已付 ${formatYuan(request.amountFen)}`}
      </Button>
    </View>
  );
}
