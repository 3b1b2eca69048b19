import { View } from '@tarojs/components';
import type { FeeScheduleView } from '@linli/shared/fees';
import { formatInstant, formatMonth } from '@linli/shared/kernel';
import { Card, Cell, Chip, Empty, PageShell, useNow } from '@/components';
import { FeeItems, ServiceList } from '@/components/fees';
import { navigate, useRouteParams } from '@/navigate';
import { useSchedule } from '../../api';

/** 收费公示: what is charged, how much, and what allows it. */
export default function SchedulePage() {
  const { version } = useRouteParams('fees');
  const schedule = useSchedule(version);
  if (schedule.status === 'error' && schedule.error.status === 404)
    return (
      <PageShell route="fees">
        <Empty
          title="还没有公示收费标准"
          text="没有公示的项目不能收费。您可以向物业询问，或打市场监管投诉电话。"
        />
      </PageShell>
    );
  return (
    <PageShell route="fees" resource={schedule}>
      {(data) => (
        <View className="stack stack--4">
          <Published schedule={data} />
          <Card flush>
            <Cell
              icon="list"
              title="公共水电费分摊"
              detail="每月的表、怎么算、您家分到多少"
              onTap={() => {
                navigate('utilities');
              }}
            />
            <Cell
              icon="wallet"
              title="我家的账单"
              onTap={() => {
                navigate('bills');
              }}
            />
          </Card>
          <FeeItems items={data.items} />
          <ServiceList services={data.services} />
          <Versions schedule={data} />
        </View>
      )}
    </PageShell>
  );
}

function Published({ schedule }: { readonly schedule: FeeScheduleView }) {
  const now = useNow();
  const latest = schedule.versions[0];
  const coming = latest !== undefined && latest.version > schedule.version;
  return (
    <Card>
      <View className="stack stack--1">
        <View className="t-title">{`${formatMonth(schedule.effectiveFrom)}起执行`}</View>
        <View className="row">
          <Chip tone="good" icon="check">
            已公示
          </Chip>
        </View>
        <View className="t-second">{`${schedule.publishedBy} · ${formatInstant(schedule.publishedAt, now)}公示`}</View>
        {schedule.reason !== '' && <View className="t-second">{`调整原因：${schedule.reason}`}</View>}
        <View className="t-second t-muted">没有写在这里的项目，一律不能收费。</View>
        {coming && (
          <View className="t-second t-urgent">{`${formatMonth(latest.effectiveFrom)}起有新的标准，在下面“历次公示”里看。`}</View>
        )}
      </View>
    </Card>
  );
}

function Versions({ schedule }: { readonly schedule: FeeScheduleView }) {
  const now = useNow();
  if (schedule.versions.length < 2) return null;
  return (
    <Card title="历次公示" flush>
      {schedule.versions.map((version) => (
        <Cell
          key={version.version}
          title={`${formatMonth(version.effectiveFrom)}起`}
          detail={`${version.reason === '' ? '首次公示' : version.reason} · ${formatInstant(version.publishedAt, now)}`}
          value={version.version === schedule.version ? <Chip tone="brand">正在看</Chip> : undefined}
          onTap={
            version.version === schedule.version
              ? undefined
              : () => {
                  navigate('fees', { version: String(version.version) });
                }
          }
        />
      ))}
    </Card>
  );
}
