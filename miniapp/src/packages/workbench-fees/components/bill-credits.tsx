import { View } from '@tarojs/components';
import type { CollectionBill } from '@linli/shared/fees';
import { formatFullDate, formatYuan } from '@linli/shared/kernel';
import { Fact } from '@/components';

/** 减免 and 缓缴 as the company sees them: how much, by whom borne, until when; never why. */
export function BillCredits({ bill }: { readonly bill: CollectionBill }) {
  if (bill.credits.length === 0 && bill.deferredUntil === null) return null;
  return (
    <View className="stack stack--2">
      {bill.credits.map((credit) => (
        <View key={`${credit.creditedAt}:${credit.funder}`} className="stack stack--2">
          <Fact label="减免">{formatYuan(credit.amountFen)}</Fact>
          <Fact label="由谁承担">{credit.funder}</Fact>
        </View>
      ))}
      {bill.deferredUntil !== null && <Fact label="缓缴到">{formatFullDate(bill.deferredUntil)}</Fact>}
    </View>
  );
}
