import { View } from '@tarojs/components';
import type { RadarOverviewRow, RadarRowView, RadarView } from '@linli/shared/disclosure';
import { useState } from 'react';
import { Card, Chip, MorePages, SectionHead } from '@/components';
import { DataTable, WorkbenchShell } from '@/components/staff';
import { RadarChip } from '@/pages/disclosure/radar-chip';
import { membershipsIn, useSession } from '@/stores/session';
import { useOverview, useRadar } from '../../api';
import { ItemSheet } from '../../components/item-sheet';
import { dutiesOf } from '../../model';

const SUPERVISING = ['COMMUNITY_OFFICER', 'STREET_OFFICER', 'DEPARTMENT_OFFICER', 'BUREAU_OFFICER'];

/** 公示雷达: the estates that an officer watches, and the items of the one that is open. */
export default function RadarDeskPage() {
  const radar = useRadar();
  const me = useSession((state) => state.me);
  const estateId = useSession((state) => state.estateId);
  const roles = membershipsIn(me, estateId).map(({ role }) => role);
  return (
    <WorkbenchShell route="radarDesk" active="radar" title="公示雷达" resource={radar}>
      {(view) => (
        <View className="stack stack--4">
          {roles.some((role) => SUPERVISING.includes(role)) && <Overview />}
          <Items view={view} duties={dutiesOf(roles)} />
        </View>
      )}
    </WorkbenchShell>
  );
}

function Overview() {
  const overview = useOverview();
  if (overview.status !== 'ready') return null;
  return (
    <View>
      <SectionHead title="我监督的小区" />
      <DataTable<RadarOverviewRow>
        rows={overview.data.items}
        caption="各小区的公示情况，最差的在前"
        keyboard={false}
        rowKey={({ estateId }) => estateId}
        rowLabel={({ estateName, overdue, missing }) =>
          `${estateName}，${overdue} 项逾期，${missing} 项未公示`
        }
        columns={[
          { key: 'name', title: '小区', cell: ({ estateName }) => estateName, width: '22%' },
          {
            key: 'overdue',
            title: '逾期',
            cell: ({ overdue }) => String(overdue),
            align: 'right',
            width: '10%',
          },
          {
            key: 'missing',
            title: '未公示',
            cell: ({ missing }) => String(missing),
            align: 'right',
            width: '10%',
          },
          {
            key: 'longest',
            title: '最久逾期',
            align: 'right',
            width: '14%',
            cell: ({ longestOverdueDays }) => (longestOverdueDays === 0 ? '—' : `${longestOverdueDays} 天`),
          },
          { key: 'wanting', title: '缺哪几项', cell: wantingText },
        ]}
        card={(row) => (
          <View className="stack stack--1">
            <View className="t-strong">{row.estateName}</View>
            <View>{`逾期 ${row.overdue} 项，未公示 ${row.missing} 项`}</View>
            <View className="t-second t-muted">{wantingText(row)}</View>
          </View>
        )}
      />
      <MorePages more={overview.more} />
    </View>
  );
}

function wantingText({ wanting }: RadarOverviewRow): string {
  return wanting.length === 0
    ? '都按时公示了'
    : wanting.map(({ label, chip }) => `${label}（${chip}）`).join('、');
}

function Items({ view, duties }: { readonly view: RadarView; readonly duties: readonly string[] }) {
  const [open, setOpen] = useState<string | null>(null);
  const row = view.items.find(({ item }) => item.code === open);
  return (
    <View>
      <SectionHead title="本小区每一项" />
      <DataTable<RadarRowView>
        rows={view.items}
        caption="应公示的每一项"
        keyboard={open === null}
        openKey={open}
        rowKey={({ item }) => item.code}
        rowLabel={(one) => `${one.item.label}，${one.chip}，${one.dutyText}`}
        onOpen={({ item }) => {
          setOpen(item.code);
        }}
        columns={[
          { key: 'label', title: '公示什么', cell: ({ item }) => item.label, width: '20%' },
          { key: 'state', title: '现在', cell: (one) => <RadarChip row={one} />, width: '18%' },
          {
            key: 'duty',
            title: '谁来公示',
            width: '18%',
            cell: ({ item, dutyText }) =>
              duties.includes(item.dutyHolder) ? <Chip tone="brand">由我方公示</Chip> : dutyText,
          },
          {
            key: 'questions',
            title: '等答复的追问',
            align: 'right',
            width: '14%',
            cell: ({ openQuestions }) => (openQuestions === 0 ? '—' : `${openQuestions} 条`),
          },
          { key: 'source', title: '依据', cell: ({ item }) => item.source },
        ]}
        card={(one) => (
          <View className="stack stack--1">
            <View className="row row--between">
              <View className="t-strong grow">{one.item.label}</View>
              <RadarChip row={one} />
            </View>
            <View className="t-second t-muted">
              {`${one.dutyText}${one.openQuestions > 0 ? ` · ${one.openQuestions} 条追问等答复` : ''}`}
            </View>
          </View>
        )}
      />
      {row !== undefined && (
        <ItemSheet
          row={row}
          mine={duties.includes(row.item.dutyHolder)}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
      {view.items.length === 0 && <Card>本地没有列出应公示的事项。</Card>}
    </View>
  );
}
