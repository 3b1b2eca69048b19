import { Text, View } from '@tarojs/components';
import { ROLE_NAMES } from '@linli/shared/identity';
import { useEffect, useState } from 'react';
import {
  Card,
  Cell,
  Chip,
  Choices,
  Deadline,
  Empty,
  Icon,
  InstantText,
  Money,
  PageContent,
  PageShell,
  PostingChip,
  SectionHead,
  Sheet,
  SkeletonCard,
  SkeletonLine,
  Tap,
} from '@/components';
import { navigate, startAt } from '@/navigate';
import { spoken } from '@/platform';
import { useMe, useUnread } from '@/request';
import { currentEstateName, currentHome, isSignedIn, myHomes, useSession } from '@/stores';
import { HOME_ACTIONS, TODO_FACES } from './actions';
import type { HomeTodo, HomeView } from '@linli/shared/home';
import { LogAlarms } from './log-alarms';
import { openPosting } from '../disclosure/open-posting';
import { useHomeView } from './api';
import './index.css';

export default function HomePage() {
  const staff = useSession((state) => state.view === 'STAFF' && isSignedIn(state));
  useMe();
  useUnread();
  useEffect(() => {
    // Staff begin at their desk; its foot leads back here.
    if (staff) startAt('desk');
  }, [staff]);
  return (
    <PageShell route="home" bare>
      <HomeContent />
    </PageShell>
  );
}

/** Head and actions do not wait for the server; only what comes from it does. */
function HomeContent() {
  const view = useHomeView();
  const estateId = useSession((state) => state.estateId);
  if (estateId === null) {
    return (
      <View className="stack stack--4">
        <EstateHead />
        <NoHome />
      </View>
    );
  }
  return (
    <View className="stack stack--4">
      <EstateHead />
      {/* Each part has a place that stays: WeChat is sent what changes inside it, and not the whole page again. */}
      <View>
        <LogAlarms estateId={estateId} />
        {view.status === 'loading' && <SkeletonCard lines={2} />}
        {view.status === 'ready' && <Todos todos={view.data.todos} />}
      </View>
      <Actions />
      <View>
        <PageContent resource={view} skeleton={<NewsSkeleton />}>
          {(data) => <News view={data} />}
        </PageContent>
      </View>
    </View>
  );
}

function EstateHead() {
  const estate = useSession(currentEstateName);
  const home = useSession(currentHome);
  const homes = useSession(myHomes);
  const [choosing, setChoosing] = useState(false);
  const text = home === null ? '还没有绑定房屋' : `${home.unitName} · ${ROLE_NAMES[home.kind]}`;
  const content = (
    <>
      <View className="grow">
        <View className="t-page">{estate === '' ? '邻里公开' : estate}</View>
        <View className="t-second t-muted">{text}</View>
      </View>
      {homes.length > 1 && (
        <View className="home-head__switch">
          <Text>换一套</Text>
          <Icon name="down" size="small" />
        </View>
      )}
    </>
  );
  return (
    <View className="home-head">
      {homes.length > 1 ? (
        <Tap
          className="row"
          label={`${estate}，${text}，点这里换一套房`}
          onTap={() => {
            setChoosing(true);
          }}
        >
          {content}
        </Tap>
      ) : (
        <View className="row">{content}</View>
      )}
      <Sheet
        open={choosing}
        title="看哪一套房"
        onClose={() => {
          setChoosing(false);
        }}
      >
        <Choices
          label="我的房屋"
          value={home?.unitId ?? null}
          options={homes.map((candidate) => ({
            value: candidate.unitId,
            label: candidate.unitName,
            detail: `${candidate.estateName} · ${ROLE_NAMES[candidate.kind]}`,
          }))}
          onChange={(unitId) => {
            const chosen = homes.find((candidate) => candidate.unitId === unitId);
            if (chosen !== undefined) useSession.getState().chooseHome(chosen);
            setChoosing(false);
          }}
        />
      </Sheet>
    </View>
  );
}

/** Signed in, but nobody knows yet where. */
function NoHome() {
  return (
    <Empty
      title="还没有绑定房屋"
      text="用登记在业主名册上的手机号登录，会自动绑定。号码对不上的可以认领，家人和租户用业主给的邀请码。"
      next={{
        label: '绑定房屋',
        onTap: () => {
          navigate('homes');
        },
      }}
    />
  );
}

function Todos({ todos }: { readonly todos: readonly HomeTodo[] }) {
  if (todos.length === 0) {
    return (
      <View className="home-calm row" {...spoken({ role: 'status' })}>
        <Icon name="done" />
        <Text>现在没有等您办的事</Text>
      </View>
    );
  }
  return (
    <View className="stack stack--3">
      {todos.map((todo) => (
        <TodoCard key={todo.id} todo={todo} />
      ))}
    </View>
  );
}

function TodoCard({ todo }: { readonly todo: HomeTodo }) {
  const face = TODO_FACES[todo.kind];
  return (
    <Card
      onTap={() => {
        face.open(todo.subjectId);
      }}
    >
      <View className="home-todo">
        <View className="home-todo__icon">
          <Icon name={face.icon} />
        </View>
        <View className="home-todo__text">
          <View className="t-strong">{todo.title}</View>
          <View className="t-second t-muted">{todo.detail}</View>
        </View>
        {todo.amountFen !== null && <Money fen={todo.amountFen} size="title" coloured />}
      </View>
      {todo.dueAt !== null && (
        <View className="home-todo__due">
          <Deadline at={todo.dueAt} what={face.due} overdueCounts={todo.kind === 'BILL'} />
        </View>
      )}
    </Card>
  );
}

function Actions() {
  return (
    <View className="home-actions">
      {HOME_ACTIONS.map((action) => (
        <Tap
          key={action.label}
          className="home-actions__item"
          label={`${action.label}，${action.detail}`}
          onTap={action.open}
        >
          <View className="home-actions__tile">
            <Icon name={action.icon} />
          </View>
          <View className="home-actions__words">
            <View className="home-actions__label">{action.label}</View>
            <View className="home-actions__detail">{action.detail}</View>
          </View>
          <View className="home-actions__more">
            <Icon name="forward" size="small" />
          </View>
        </Tap>
      ))}
    </View>
  );
}

function News({ view }: { readonly view: HomeView }) {
  return (
    <View className="stack stack--4">
      <Postings view={view} />
      <Notices view={view} />
    </View>
  );
}

function openDisclosure(): void {
  navigate('disclosure');
}

function Postings({ view }: { readonly view: HomeView }) {
  return (
    <View>
      <SectionHead title="最新公示" more="全部" onMore={openDisclosure} />
      <Card flush>
        {view.postings.length === 0 && (
          <Cell title="还没有公示" detail="该公示什么、该谁公示，在“公示”里都能查到" onTap={openDisclosure} />
        )}
        {view.postings.map((posting) => (
          <Cell
            key={posting.id}
            title={posting.title}
            detail={<PostingChip state={posting.state} duty={posting.duty ?? undefined} />}
            onTap={() => {
              openPosting(posting.link, posting.id);
            }}
          />
        ))}
      </Card>
    </View>
  );
}

function Notices({ view }: { readonly view: HomeView }) {
  if (view.notices.length === 0) return null;
  return (
    <View>
      <SectionHead
        title="通知"
        more="全部"
        onMore={() => {
          navigate('notices');
        }}
      />
      <Card flush>
        {view.notices.map((notice) => (
          <Cell
            key={notice.id}
            title={notice.title}
            detail={
              <>
                <Text className="home-notice__who">{notice.publisher}</Text>
                <InstantText at={notice.publishedAt} />
              </>
            }
            value={notice.read ? undefined : <Chip tone="urgent">未读</Chip>}
            onTap={() => {
              navigate('notice', { noticeId: notice.id });
            }}
          />
        ))}
      </Card>
    </View>
  );
}

function NewsSkeleton() {
  return (
    <View className="stack stack--3">
      <SkeletonLine width="30%" tall />
      <SkeletonCard lines={4} />
      <SkeletonLine width="20%" tall />
      <SkeletonCard lines={2} />
    </View>
  );
}
