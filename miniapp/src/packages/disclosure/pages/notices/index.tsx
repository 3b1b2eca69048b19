import { View } from '@tarojs/components';
import { NOTICE_KIND_LABELS, type NoticeSummary } from '@linli/shared/disclosure';
import { formatInstant } from '@linli/shared/kernel';
import type { ReactNode } from 'react';
import { Card, Cell, Chip, Empty, MorePages, PageShell, SkeletonList, useNow } from '@/components';
import { navigate } from '@/navigate';
import { useNotices } from '../../api';

/** 通知: pinned ones first, then the newest. */
export default function NoticesPage() {
  const notices = useNotices();
  return (
    <PageShell
      route="notices"
      resource={notices}
      skeleton={<SkeletonList />}
      empty={({ items }) =>
        items.length > 0 ? null : (
          <Empty title="还没有通知" text="物业、业委会、社区和街道发的通知会出现在这里。" />
        )
      }
    >
      {({ items }) => (
        <View className="stack stack--3">
          <Card flush>
            {[...items.filter(({ pinned }) => pinned), ...items.filter(({ pinned }) => !pinned)].map(
              (notice) => (
                <Row key={notice.id} notice={notice} />
              ),
            )}
          </Card>
          <MorePages more={notices.more} />
        </View>
      )}
    </PageShell>
  );
}

function Row({ notice }: { readonly notice: NoticeSummary }) {
  const now = useNow();
  return (
    <Cell
      title={<View className={notice.read ? '' : 't-strong'}>{notice.title}</View>}
      detail={
        <View>
          <View>{`${NOTICE_KIND_LABELS[notice.kind]} · ${notice.publisherName}`}</View>
          <View>{formatInstant(notice.publishedAt, now)}</View>
        </View>
      }
      mark={markOf(notice)}
      label={`${notice.title}，${notice.read ? '已读' : '未读'}`}
      onTap={() => {
        navigate('notice', { noticeId: notice.id });
      }}
    />
  );
}

function markOf(notice: NoticeSummary): ReactNode {
  if (notice.state === 'WITHDRAWN') return <Chip tone="bad">已撤回</Chip>;
  if (notice.pinned) return <Chip tone="brand">置顶</Chip>;
  return notice.read ? undefined : <Chip tone="urgent">未读</Chip>;
}
