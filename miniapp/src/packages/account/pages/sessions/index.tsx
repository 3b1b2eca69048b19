import { View } from '@tarojs/components';
import type { SessionSummary } from '@linli/shared/identity';
import { useState } from 'react';
import { Button, Card, Chip, ConfirmSheet, Icon, InstantText, PageShell, SkeletonList } from '@/components';
import { resourceCache, useAction } from '@/request';
import { toast } from '@/stores';
import { revokeSession, useSessions } from '../../api';
import './index.css';

export default function SessionsPage() {
  const sessions = useSessions();
  const [leaving, setLeaving] = useState<SessionSummary | null>(null);
  const revoke = useAction((_key, id: string) => revokeSession(id), {
    onDone: () => {
      setLeaving(null);
      resourceCache.invalidate('me/sessions');
      toast('已经让它退出登录', 'good');
    },
  });
  return (
    <PageShell route="sessions" resource={sessions} skeleton={<SkeletonList />}>
      {(list) => (
        <View className="stack stack--3">
          <View className="t-second t-muted">看到不认识的设备，请让它退出，一分钟内生效。</View>
          {list.map((session) => (
            <SessionCard
              key={session.id}
              session={session}
              onLeave={() => {
                revoke.clearError();
                setLeaving(session);
              }}
            />
          ))}
          <ConfirmSheet
            open={leaving !== null}
            title="让设备退出登录"
            sentence={`“${leaving?.device ?? ''}”将退出登录，要再用得重新登录。`}
            doLabel="让它退出"
            danger
            busy={revoke.busy}
            error={revoke.error?.message}
            onConfirm={() => (leaving === null ? undefined : revoke.run(leaving.id))}
            onClose={() => {
              setLeaving(null);
            }}
          />
        </View>
      )}
    </PageShell>
  );
}

function SessionCard({
  session,
  onLeave,
}: {
  readonly session: SessionSummary;
  readonly onLeave: () => void;
}) {
  return (
    <Card>
      <View className="session">
        <View className="session__icon">
          <Icon name="device" />
        </View>
        <View className="session__text stack stack--1">
          <View className="t-strong">{session.device}</View>
          <View className="t-second t-muted">
            最近使用 <InstantText at={session.lastSeenAt} />
          </View>
          <View className="t-second t-muted">
            登录于 <InstantText at={session.createdAt} />
          </View>
          <View className="session__end">
            {session.current ? (
              <Chip tone="good" icon="check">
                就是这台设备
              </Chip>
            ) : (
              <Button kind="danger" size="small" label={`让 ${session.device} 退出登录`} onTap={onLeave}>
                让它退出
              </Button>
            )}
          </View>
        </View>
      </View>
    </Card>
  );
}
