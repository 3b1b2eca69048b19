import { View } from '@tarojs/components';
import { formatYuan } from '@linli/shared/kernel';
import type { SpendingRequest } from '@linli/shared/spending';
import { useState } from 'react';
import { Card, Empty, MorePages, PageShell, Sheet, SkeletonList } from '@/components';
import { SpendingFacts, SpendingLine } from '@/components/spending';
import { useSpending } from '../../api';

/** 支出: every spend from the public income, with what allowed it, as soon as it is applied for. */
export default function SpendingPage() {
  const spending = useSpending();
  const [open, setOpen] = useState<SpendingRequest | null>(null);
  return (
    <PageShell
      route="spending"
      resource={spending}
      skeleton={<SkeletonList />}
      empty={({ items }) =>
        items.length > 0 ? null : (
          <Empty
            title="还没有支出申请"
            text="从公共收益支出要先申请、业委会确认、街道备案，每一笔都会列在这里。"
          />
        )
      }
    >
      {({ items }) => (
        <View className="stack stack--3">
          {items.map((request) => (
            <Card
              key={request.id}
              label={`${request.text}，${formatYuan(request.amountFen)}`}
              onTap={() => {
                setOpen(request);
              }}
            >
              <SpendingLine request={request} />
            </Card>
          ))}
          <MorePages more={spending.more} />
          <Sheet
            open={open !== null}
            title="支出"
            onClose={() => {
              setOpen(null);
            }}
          >
            {open !== null && <SpendingFacts request={open} />}
          </Sheet>
        </View>
      )}
    </PageShell>
  );
}
