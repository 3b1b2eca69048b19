import { View } from '@tarojs/components';
import { formatYuan } from '@linli/shared/kernel';
import type { SpendingRequest } from '@linli/shared/spending';
import { useState } from 'react';
import { Card, Empty, MorePages, PageShell, Sheet, SkeletonList } from '@/components';
import { SpendingFacts, SpendingLine } from '@/components/spending';
import { useRouteParams } from '@/navigate';
import { useSpend, useSpending } from '../../api';

/** 支出: every spend from the public income, with what allowed it, as soon as it is applied for. */
export default function SpendingPage() {
  const spending = useSpending();
  // Whoever comes from a decision sees that one spend first.
  const { id } = useRouteParams('spending');
  const asked = useSpend(id);
  const [tapped, setTapped] = useState<SpendingRequest | 'NONE' | null>(null);
  const first = asked.status === 'ready' ? asked.data : null;
  const open = tapped === 'NONE' ? null : (tapped ?? first);
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
                setTapped(request);
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
              setTapped('NONE');
            }}
          >
            {open !== null && <SpendingFacts request={open} />}
          </Sheet>
        </View>
      )}
    </PageShell>
  );
}
