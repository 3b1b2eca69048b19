import { View } from '@tarojs/components';
import { DUTY_HOLDERS, type PostingQuestionView, type RadarRowView } from '@linli/shared/disclosure';
import { formatInstant } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Chip,
  Empty,
  Fact,
  MorePages,
  PageShell,
  SectionHead,
  SkeletonList,
  useNow,
} from '@/components';
import { useRouteParams } from '@/navigate';
import { useRadar } from '@/pages/disclosure/api';
import { openPosting } from '@/pages/disclosure/open-posting';
import { RadarChip } from '@/pages/disclosure/radar-chip';
import { type NextPage, bothResources, useAction } from '@/request';
import { currentHome, useSession } from '@/stores/session';
import { itemActions, useBase, useQuestions } from '../../api';
import { TextSheet } from '../../components/text-sheet';

/** One required item: what it is, whose duty, how it stands, and what was asked about it. */
export default function RadarItemPage() {
  const { code = '' } = useRouteParams('radarItem');
  const asked = useQuestions(code);
  const resource = bothResources(useRadar(), asked);
  return (
    <PageShell route="radarItem" resource={resource} skeleton={<SkeletonList />}>
      {([radar, questions]) => {
        const row = radar.items.find(({ item }) => item.code === code);
        if (row === undefined) return <Empty title="本地没有要求公示这一项" text="回到“公示”看看别的。" />;
        return (
          <View className="stack stack--4">
            <Standing row={row} />
            <Questions row={row} questions={questions.items} more={asked.more} />
          </View>
        );
      }}
    </PageShell>
  );
}

function Standing({ row }: { readonly row: RadarRowView }) {
  return (
    <Card>
      <View className="stack stack--3">
        <View className="row row--between">
          <View className="t-page grow">{row.item.label}</View>
          <RadarChip row={row} />
        </View>
        {row.sentence !== null && <View className="t-urgent">{row.sentence}</View>}
        <Fact label="公示什么">{row.item.what}</Fact>
        <Fact label="谁来公示">{DUTY_HOLDERS[row.item.dutyHolder]}</Fact>
        <Fact label="依据">{row.item.source}</Fact>
        {row.link !== null && (
          <Button
            block
            kind="plain"
            onTap={() => {
              openPosting(row.link, row.item.code);
            }}
          >
            {row.state === 'POSTED' ? '看公示内容' : '看上一次公示的'}
          </Button>
        )}
      </View>
    </Card>
  );
}

function Questions({
  row,
  questions,
  more,
}: {
  readonly row: RadarRowView;
  readonly questions: readonly PostingQuestionView[];
  readonly more: NextPage;
}) {
  const [asking, setAsking] = useState(false);
  const base = useBase() ?? '';
  const owner = useSession(currentHome)?.kind === 'OWNER';
  const wanting = row.state !== 'POSTED';
  const waiting = questions.some(({ isMine, answeredAt }) => isMine && answeredAt === null);
  if (!wanting && questions.length === 0) return null;
  return (
    <View>
      <SectionHead title="业主追问" />
      <View className="stack stack--3">
        {questions.length === 0 && <View className="t-muted">还没有人问过</View>}
        {questions.map((question) => (
          <Question key={question.id} question={question} owner={owner} />
        ))}
        <MorePages more={more} />
        {owner && wanting && !waiting && (
          <Button
            block
            onTap={() => {
              setAsking(true);
            }}
          >
            问问为什么没公示
          </Button>
        )}
      </View>
      <TextSheet
        open={asking}
        title="追问"
        label="您想问什么"
        start={`${row.item.label}为什么没有公示？`}
        hint={`会发给${DUTY_HOLDERS[row.item.dutyHolder]}，5 个工作日内应当答复。问题和答复本小区都能看到，您的名字不公开。`}
        doLabel="提交追问"
        draft={`question/${row.item.code}`}
        perform={(key, text) => itemActions(base, row.item.code).ask(key, text)}
        onClose={() => {
          setAsking(false);
        }}
      />
    </View>
  );
}

const TONES = { WAITING: 'info', LATE: 'urgent', ANSWERED: 'good', ANSWERED_LATE: 'plain' } as const;

function Question({ question, owner }: { readonly question: PostingQuestionView; readonly owner: boolean }) {
  const now = useNow();
  const base = useBase() ?? '';
  const follow = useAction((key: string) => itemActions(base, question.code).follow(key, question.id));
  const mayFollow = owner && !question.isMine && question.answeredAt === null;
  return (
    <Card>
      <View className="stack stack--2">
        <View className="row row--between row--wrap">
          <Chip tone={TONES[question.state]}>{question.statusText}</Chip>
          <View className="t-second t-muted">{formatInstant(question.askedAt, now)}</View>
        </View>
        <View>{`问：${question.text}`}</View>
        {question.answer !== null && (
          <View className="t-strong">{`${question.answeredBy ?? '答'}：${question.answer}`}</View>
        )}
        <View className="row row--between">
          <View className="t-second t-muted">
            {question.followers > 0 ? `${question.followers} 位邻居也想知道` : ''}
          </View>
          {mayFollow && (
            <Button
              size="small"
              kind="plain"
              busy={follow.busy}
              disabled={question.followed}
              onTap={() => follow.run()}
            >
              {question.followed ? '已跟上' : '我也想知道'}
            </Button>
          )}
        </View>
        {follow.error !== null && <View className="t-bad">{follow.error.message}</View>}
      </View>
    </Card>
  );
}
