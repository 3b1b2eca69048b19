import { View } from '@tarojs/components';
import { formatInstant, formatYuan } from '@linli/shared/kernel';
import { Card, Cell, Empty, Money, MorePages, PageShell, useNow } from '@/components';
import { navigate } from '@/navigate';
import { useReceipts } from '../../api';

/** 收据: every payment that was booked, the newest first. */
export default function ReceiptsPage() {
  const receipts = useReceipts();
  const now = useNow();
  return (
    <PageShell
      route="receipts"
      resource={receipts}
      empty={({ items }) =>
        items.length === 0 ? (
          <Empty
            title="还没有收据"
            text="在这里缴过费，就会自动开一张。"
            next={{
              label: '去缴费',
              onTap: () => {
                navigate('bills');
              },
            }}
          />
        ) : undefined
      }
    >
      {({ items }) => (
        <View className="stack stack--3">
          <Card flush>
            {items.map((receipt) => (
              <Cell
                key={receipt.id}
                title={`No. ${receipt.number}`}
                detail={
                  <View>
                    <View>{receipt.unitName}</View>
                    <View>{formatInstant(receipt.issuedAt, now)}</View>
                  </View>
                }
                value={<Money fen={receipt.amountFen} />}
                label={`收据 ${receipt.number}，${formatYuan(receipt.amountFen)}`}
                onTap={() => {
                  navigate('receipt', { id: receipt.id });
                }}
              />
            ))}
          </Card>
          <MorePages more={receipts.more} />
        </View>
      )}
    </PageShell>
  );
}
