import { View } from '@tarojs/components';
import type { AssemblySummary, AssemblyState, DelegatedAssembly, MotionState } from '@linli/shared/assembly';
import {
  Button,
  Card,
  Cell,
  Chip,
  Deadline,
  Empty,
  MorePages,
  PageShell,
  SectionHead,
  SkeletonList,
} from '@/components';
import { navigate } from '@/navigate';
import { useEffect } from 'react';
import { isSignedIn, useSession } from '@/stores/session';
import { useAssemblies, useDelegated } from './api';
import './index.css';

/** 议事: what is open, what comes, what was decided. */
export default function AssemblyPage() {
  const nowhere = useSession((state) => isSignedIn(state) && state.estateId === null);
  return nowhere ? <Delegated /> : <OfEstate />;
}

const SEATS = { DEVELOPER: '代表建设单位', PROXY: '受业主委托', GUARDIAN: '作为监护人' } as const;

/** Who lives and works nowhere here may still vote for a developer, an owner or a ward. */
function Delegated() {
  return (
    <PageShell
      route="assembly"
      resource={useDelegated()}
      empty={(meetings) => (meetings.length > 0 ? null : <NoHome />)}
    >
      {(meetings) => <Seats meetings={meetings} />}
    </PageShell>
  );
}

function NoHome() {
  return (
    <Empty
      title="还没有绑定房屋"
      text="绑定房屋以后，能看到小区要表决的事。"
      next={{
        label: '绑定房屋',
        onTap: () => {
          navigate('homes');
        },
      }}
    />
  );
}

const WATCH_AFTER_MS = 1_500;

/** From the moment that one is named: whoever opens the vote last must not be the first to see its record. */
function useWatchedLogs(meetings: readonly DelegatedAssembly[]): void {
  const listed = meetings.map(({ estateId, assemblyId }) => `${estateId} ${assemblyId}`).join(',');
  useEffect(() => {
    const timer = setTimeout(() => {
      void import('@/proof/log-watch')
        .then(({ watchLog }) => {
          for (const log of listed.split(',')) {
            const [estateId = '', assemblyId = ''] = log.split(' ');
            void watchLog(estateId, assemblyId, Date.now(), true);
          }
        })
        // Without a network there is nothing to see, and the next visit looks again.
        .catch(() => null);
    }, WATCH_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [listed]);
}

function Seats({ meetings }: { readonly meetings: readonly DelegatedAssembly[] }) {
  useWatchedLogs(meetings);
  return (
    <Card title="您代别人投票的会议" flush>
      {meetings.map(({ assemblyId, as, estateName, title }) => (
        <Cell
          key={`${assemblyId} ${as}`}
          icon="ballot"
          title={title}
          detail={`${estateName} · ${SEATS[as]}`}
          onTap={() => {
            navigate('assemblyDetail', { assemblyId, as: 'delegate' });
          }}
        />
      ))}
    </Card>
  );
}

/** Who lives here may be an agent or a guardian elsewhere; here the meeting itself says for whom one votes. */
function Elsewhere() {
  const here = useSession((state) => state.estateId);
  const delegated = useDelegated();
  const away = delegated.status === 'ready' ? delegated.data.filter(({ estateId }) => estateId !== here) : [];
  return away.length === 0 ? null : <Seats meetings={away} />;
}

function OfEstate() {
  const assemblies = useAssemblies();
  return (
    <PageShell
      route="assembly"
      resource={assemblies}
      skeleton={<SkeletonList />}
      empty={({ items }) =>
        items.length > 0 ? null : (
          <Empty
            title="还没有要表决的事"
            text="业主大会发出通知后，议题、材料和投票入口会出现在这里。"
            next={{
              label: '看以前的决定',
              onTap: () => {
                navigate('decisions');
              },
            }}
          />
        )
      }
    >
      {({ items }) => (
        <View className="stack stack--4">
          <Group title="正在投票" items={items.filter(isOpen)} none="现在没有正在投票的事" />
          <Elsewhere />
          <Group title="将要举行" items={items.filter(isComing)} />
          <Group title="已经结束" items={items.filter(isOver)} />
          <MorePages more={assemblies.more} />
          <Card flush>
            <Cell
              icon="people"
              title="业委会和联名"
              detail="任期、选举、业主联名要求开会"
              onTap={() => {
                navigate('committee');
              }}
            />
            <Cell
              icon="document"
              title="业主大会的决定"
              detail="按编号查，包括以前的决定"
              onTap={() => {
                navigate('decisions');
              }}
            />
          </Card>
        </View>
      )}
    </PageShell>
  );
}

const isOpen = ({ state }: AssemblySummary) => state === 'VOTING';
const isComing = ({ state }: AssemblySummary) => state === 'OPINIONS' || state === 'NOTICED';
const isOver = (assembly: AssemblySummary) => !isOpen(assembly) && !isComing(assembly);

function Group({
  title,
  items,
  none,
}: {
  readonly title: string;
  readonly items: readonly AssemblySummary[];
  readonly none?: string;
}) {
  if (items.length === 0 && none === undefined) return null;
  return (
    <View>
      <SectionHead title={title} />
      {items.length === 0 ? (
        <View className="t-muted">{none}</View>
      ) : (
        <View className="stack stack--3">
          {items.map((assembly) => (
            <AssemblyCard key={assembly.id} assembly={assembly} />
          ))}
        </View>
      )}
    </View>
  );
}

function AssemblyCard({ assembly }: { readonly assembly: AssemblySummary }) {
  const { id, name, title, state, motions, openBallots } = assembly;
  const open = () => {
    navigate('assemblyDetail', { assemblyId: id });
  };
  return (
    <Card onTap={open} label={`${title}，${STATE_WORDS[state]}`}>
      <View className="stack stack--2">
        <View className="row row--between">
          <View className="t-second t-muted grow">{name}</View>
          {state === 'VOTING' && openBallots === 0 ? null : <StateChip state={state} />}
        </View>
        <View className="t-title">{title}</View>
        <When assembly={assembly} />
        {motions.map((motion, index) => (
          <View key={motion.id} className="motion-line">
            <View className="motion-line__title">{`${index + 1}. ${motion.title}`}</View>
            {MOTION_CHIPS[motion.state] !== undefined && <MotionChip state={motion.state} />}
          </View>
        ))}
        {state === 'VOTING' && openBallots > 0 && (
          <Button block icon="ballot" onTap={open}>
            去投票
          </Button>
        )}
      </View>
    </Card>
  );
}

function When({ assembly }: { readonly assembly: AssemblySummary }) {
  const { state, opensAt, closesAt } = assembly;
  if (state === 'VOTING' && closesAt !== null) return <Deadline at={closesAt} what="投票截止" />;
  if (state === 'NOTICED' && opensAt !== null) return <Deadline at={opensAt} what="投票开始" />;
  return null;
}

const STATE_WORDS: Readonly<Record<AssemblyState, string>> = {
  DRAFT: '草稿',
  OPINIONS: '征求意见中',
  NOTICED: '已通知',
  VOTING: '您还没有投票',
  CLOSED: '等待计票',
  DECIDED: '等待公布',
  PUBLISHED: '结果已公布',
  CANCELLED: '已取消',
};

function StateChip({ state }: { readonly state: AssemblyState }) {
  const tone = state === 'VOTING' ? 'urgent' : state === 'PUBLISHED' ? 'plain' : 'info';
  return <Chip tone={tone}>{STATE_WORDS[state]}</Chip>;
}

const MOTION_CHIPS: Partial<Record<MotionState, readonly [tone: 'good' | 'bad' | 'plain', word: string]>> = {
  PASSED: ['good', '通过'],
  REJECTED: ['bad', '未通过'],
  NO_QUORUM: ['bad', '人数不够'],
  WITHDRAWN: ['plain', '已撤回'],
  ANNULLED: ['bad', '已撤销'],
};

function MotionChip({ state }: { readonly state: MotionState }) {
  const chip = MOTION_CHIPS[state];
  return chip === undefined ? null : <Chip tone={chip[0]}>{chip[1]}</Chip>;
}
