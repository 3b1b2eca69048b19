import { View } from '@tarojs/components';
import { LEDGER_LABELS, RECEIPT_STATE_LABELS, type Receipt } from '@linli/shared/fees';
import { formatMonth } from '@linli/shared/kernel';
import { REFUND_STATE_LABELS, type RefundedReceipt } from '@linli/shared/refunds';
import { Button, Card, Cell, Chip, Fact, InstantText, Money, PageShell } from '@/components';
import { navigate, useRouteParams } from '@/navigate';
import { canPrint, printPage } from '@/platform';
import { useReceipt } from '../../api';

/** One receipt, as it prints. */
export default function ReceiptPage() {
  const { id } = useRouteParams('receipt');
  const receipt = useReceipt(id);
  return (
    <PageShell route="receipt" resource={receipt}>
      {(data) => (
        <View className="stack stack--4">
          <ReceiptHead receipt={data} />
          <Card title="缴的是">
            <View className="stack stack--3">
              {data.lines.map((line) => (
                <View key={`${line.month}:${line.itemName}:${line.formula}`} className="stack stack--1">
                  <View className="row row--between">
                    <View className="grow">{`${formatMonth(line.month)} ${line.itemName}`}</View>
                    <Money fen={line.amountFen} />
                  </View>
                  <View className="t-second t-muted">{line.formula}</View>
                </View>
              ))}
            </View>
          </Card>
          <Card title="付款">
            <View className="stack stack--2">
              <Fact label="付款时间">
                <InstantText at={data.paidAt} />
              </Fact>
              <Fact label="订单号">{data.orderNo}</Fact>
              <Fact label="微信支付单号">{data.transactionId}</Fact>
            </View>
          </Card>
          <Refunded refunds={data.refunds} />
          <View className="no-print">
            <Card flush>
              <Cell
                icon="list"
                title="记账凭证"
                detail="这笔钱记在账上的哪里"
                onTap={() => {
                  navigate('moneyTrace', { receipt: data.id });
                }}
              />
            </Card>
          </View>
          <View className="t-second t-muted">这是收款收据，不是发票。需要发票请联系物业。</View>
          {canPrint && (
            <View className="no-print">
              <Button kind="plain" icon="print" block onTap={printPage}>
                打印
              </Button>
            </View>
          )}
        </View>
      )}
    </PageShell>
  );
}

/** What went back of this money since. */
function Refunded({ refunds }: Pick<RefundedReceipt, 'refunds'>) {
  if (refunds.length === 0) return null;
  return (
    <Card title="退款">
      <View className="stack stack--2">
        {refunds.map(({ amountFen, state, askedAt, endedAt }) => (
          <View key={askedAt} className="row row--between">
            <View className="grow">
              {REFUND_STATE_LABELS[state]} <InstantText at={endedAt ?? askedAt} />
            </View>
            <Money fen={amountFen} />
          </View>
        ))}
      </View>
    </Card>
  );
}

function ReceiptHead({ receipt }: { readonly receipt: Receipt }) {
  return (
    <Card
      title={`收据 No. ${receipt.number}`}
      extra={
        <Chip tone={receipt.state === 'ISSUED' ? 'good' : 'bad'}>{RECEIPT_STATE_LABELS[receipt.state]}</Chip>
      }
    >
      <View className="stack stack--2">
        <Money fen={receipt.amountFen} size="money" />
        <Fact label="收款方">{receipt.issuerName}</Fact>
        {receipt.payerName !== '' && <Fact label="交款人">{receipt.payerName}</Fact>}
        <Fact label="房屋">{receipt.unitName}</Fact>
        <Fact label="账目">{LEDGER_LABELS[receipt.ledger]}</Fact>
        <Fact label="开具">
          <InstantText at={receipt.issuedAt} />
        </Fact>
      </View>
    </Card>
  );
}
