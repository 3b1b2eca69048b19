import { Text, View } from '@tarojs/components';
import { NOTICE_KIND_LABELS, type Notice } from '@linli/shared/disclosure';
import { useEffect } from 'react';
import { Card, Chip, InstantText, PageShell, SkeletonList } from '@/components';
import { replace, useRouteParams } from '@/navigate';
import { markNoticeRead, useBase, useNotice } from '../../api';
import { Files } from '../../components/files';
import { Versions } from '../../components/versions';
import '../../components/prose.css';

/** One notice, as it was published. */
export default function NoticePage() {
  const { noticeId = '' } = useRouteParams('notice');
  const notice = useNotice(noticeId);
  const base = useBase();
  const unread = notice.status === 'ready' && !notice.data.read;
  useEffect(() => {
    // Not worth a word where it fails: it stays unread and is marked the next time.
    if (unread && base !== null) markNoticeRead(base, noticeId).catch(() => undefined);
  }, [unread, base, noticeId]);
  return (
    <PageShell route="notice" resource={notice} skeleton={<SkeletonList />}>
      {(view) => (
        <View className="stack stack--4">
          <State notice={view} />
          <Card>
            <View className="stack stack--3">
              <View className="t-page">{view.title}</View>
              <View className="t-second t-muted">
                <Text>{`${NOTICE_KIND_LABELS[view.kind]} · ${view.publisherName} · `}</Text>
                <InstantText at={view.publishedAt} />
              </View>
              <View className="prose">
                <Text userSelect>{view.body}</Text>
              </View>
              {view.readByHomes !== null && (
                <View className="t-second t-muted">{`已有 ${view.readByHomes} 户看过`}</View>
              )}
            </View>
          </Card>
          <Files files={view.files} />
          <Versions
            versions={view.versions}
            shown={view.id}
            onOpen={(id) => {
              replace('notice', { noticeId: id });
            }}
          />
        </View>
      )}
    </PageShell>
  );
}

function State({ notice }: { readonly notice: Notice }) {
  if (notice.state === 'WITHDRAWN')
    return (
      <Card tone="urgent">
        <View className="stack stack--2">
          <Chip tone="bad">已撤回</Chip>
          <View>{`撤回原因：${notice.reason}`}</View>
        </View>
      </Card>
    );
  if (notice.state === 'SUPERSEDED')
    return (
      <Card tone="urgent">
        <View>这一版已经更正，请看下面最新的一版。</View>
      </Card>
    );
  if (notice.version === 1) return null;
  return (
    <Card>
      <View>{`这是更正后的第 ${notice.version} 版。更正原因：${notice.reason}`}</View>
    </Card>
  );
}
