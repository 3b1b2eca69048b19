import { View } from '@tarojs/components';
import type { RadarRowView, RadarView } from '@linli/shared/disclosure';
import { Card, Cell, PageShell, SectionHead, SkeletonList } from '@/components';
import type { IconName } from '@/components';
import { navigate } from '@/navigate';
import { useRadar } from './api';
import { openPosting } from './open-posting';
import { RadarChip } from './radar-chip';

/** 公示: the radar first, then what is posted. */
export default function DisclosurePage() {
  const radar = useRadar();
  return (
    <PageShell route="disclosure" resource={radar} skeleton={<SkeletonList />}>
      {(view) => (
        <View className="stack stack--4">
          <Radar view={view} />
          <Pages />
        </View>
      )}
    </PageShell>
  );
}

function Radar({ view }: { readonly view: RadarView }) {
  const wanting = view.overdue + view.missing;
  return (
    <View>
      <SectionHead title="该公示的，公示了没有" />
      <View className="stack stack--3">
        <View className={wanting === 0 ? 't-good' : 't-urgent'}>{summary(view)}</View>
        <Card flush>
          {view.items.map((row) => (
            <RadarRow key={row.item.code} row={row} />
          ))}
        </Card>
      </View>
    </View>
  );
}

function summary({ items, overdue, missing }: RadarView): string {
  const parts = [overdue > 0 ? `${overdue} 项逾期` : '', missing > 0 ? `${missing} 项没有公示` : ''].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? `${items.length} 项都按时公示了` : `${items.length} 项中，${parts.join('，')}`;
}

function RadarRow({ row }: { readonly row: RadarRowView }) {
  const wanting = row.state === 'OVERDUE' || row.state === 'MISSING';
  const asked = row.openQuestions > 0 ? ` · ${row.openQuestions} 人在追问` : '';
  return (
    <Cell
      title={row.item.label}
      detail={wanting ? `${row.dutyText}${asked}` : row.item.what}
      mark={<RadarChip row={row} />}
      label={`${row.item.label}，${row.chip}，${row.dutyText}`}
      onTap={() => {
        openPosting(wanting ? null : row.link, row.item.code);
      }}
    />
  );
}

const PAGES: readonly {
  readonly title: string;
  readonly detail: string;
  readonly icon: IconName;
  readonly open: () => void;
}[] = [
  {
    title: '收费标准',
    detail: '每一项收多少、依据是什么',
    icon: 'document',
    open: () => {
      navigate('fees');
    },
  },
  {
    title: '公共收益',
    detail: '小区公共部分挣了多少、花在哪里',
    icon: 'wallet',
    open: () => {
      navigate('income');
    },
  },
  {
    title: '公共水电费分摊',
    detail: '表走了多少、您家分到多少',
    icon: 'list',
    open: () => {
      navigate('utilities');
    },
  },
  {
    title: '执法部门公告牌',
    detail: '什么事找哪个部门，点开就能打电话',
    icon: 'board',
    open: () => {
      navigate('contactBoard');
    },
  },
  {
    title: '通知',
    detail: '物业、业委会、社区和街道发的通知',
    icon: 'bell',
    open: () => {
      navigate('notices');
    },
  },
];

function Pages() {
  return (
    <View>
      <SectionHead title="看公示" />
      <Card flush>
        {PAGES.map(({ title, detail, icon, open }) => (
          <Cell key={title} title={title} detail={detail} icon={icon} onTap={open} />
        ))}
      </Card>
    </View>
  );
}
