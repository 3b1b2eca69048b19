import { View } from '@tarojs/components';
import { REFUND_EFFECT_LABELS, type BillPayments, type RefundEffect } from '@linli/shared/refunds';
import { formatInstant, formatYuan, parseYuan, yuanText } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Choices, Fact, Field, Link, TextInput, useNow } from '@/components';
import { navigate } from '@/navigate';
import { useBillPayments, useMoneyActions } from '../money-api';
import { AskSheet } from './two-persons';

type Payment = BillPayments['items'][number];

/** What was paid of a bill; some of it, or all, can be given back. */
export function BillRefund({ billId, unitName }: { readonly billId: string; readonly unitName: string }) {
  const now = useNow();
  const payments = useBillPayments(billId);
  const [payment, setPayment] = useState<Payment | null>(null);
  if (payments.status !== 'ready') return null;
  const { items, fromCreditsFen } = payments.data;
  return (
    <View className="stack stack--3">
      {fromCreditsFen > 0 && <Fact label="预存抵扣">{formatYuan(fromCreditsFen)}</Fact>}
      {items.map((item) => (
        <View key={item.orderId} className="stack stack--2">
          <Fact label="已收">{`${formatYuan(item.paidFen)}，${formatInstant(item.paidAt, now)}`}</Fact>
          {item.refundableFen < item.paidFen && (
            <Fact label="已退或在退">{formatYuan(item.paidFen - item.refundableFen)}</Fact>
          )}
          {item.refundableFen > 0 && (
            <Button
              kind="plain"
              onTap={() => {
                setPayment(item);
              }}
            >
              退款
            </Button>
          )}
        </View>
      ))}
      {payment !== null && (
        <AskBillRefund
          billId={billId}
          unitName={unitName}
          payment={payment}
          onClose={() => {
            setPayment(null);
          }}
        />
      )}
    </View>
  );
}

const EFFECTS = ['BILL_STAYS', 'BILL_OPEN'] as const satisfies readonly RefundEffect[];

function AskBillRefund({
  billId,
  unitName,
  payment,
  onClose,
}: {
  readonly billId: string;
  readonly unitName: string;
  readonly payment: Payment;
  readonly onClose: () => void;
}) {
  const actions = useMoneyActions();
  const [amount, setAmount] = useState(yuanText(payment.refundableFen).replace(/,/g, ''));
  const [effect, setEffect] = useState<RefundEffect>('BILL_STAYS');
  const amountFen = parseYuan(amount) ?? 0;
  const possible = amountFen > 0 && amountFen <= payment.refundableFen;
  return (
    <AskSheet
      title="退款"
      sentence={`将提出退给 ${unitName} ${formatYuan(amountFen)}，另一位同事同意后原路退回。`}
      doLabel="提出退款"
      keptAs={`refund/${billId}/${payment.orderId}`}
      ask={(key, reason) =>
        actions.ask(key, {
          subject: 'PAYMENT',
          subjectId: payment.orderId,
          billId,
          effect,
          amountFen,
          reason,
        })
      }
      onClose={onClose}
      onDone={onClose}
    >
      <Field
        label="退多少（元）"
        error={possible ? undefined : `最多能退 ${formatYuan(payment.refundableFen)}`}
      >
        <TextInput value={amount} onChange={setAmount} keyboard="decimal" maxLength={12} />
      </Field>
      <Choices
        label="账单怎么办"
        value={effect}
        onChange={setEffect}
        options={EFFECTS.map((value) => ({ value, label: REFUND_EFFECT_LABELS[value] }))}
      />
      <Link
        onTap={() => {
          navigate('refundsDesk');
        }}
      >
        看所有退款
      </Link>
    </AskSheet>
  );
}
