import { View } from '@tarojs/components';
import {
  DISCLOSURE_LIMITS,
  type PostingQuestionView,
  type PostingView,
  type RadarItem,
  type RadarPeriod,
  type RadarRowView,
  periodText,
} from '@linli/shared/disclosure';
import { shanghaiDate } from '@linli/shared/kernel';
import { Button, Chip, Fact, Field, MorePages, Picker, Sheet, TextArea, useNow } from '@/components';
import { openPosting } from '@/pages/disclosure/open-posting';
import { useAction } from '@/request';
import { type DraftHandle, toast, useDraft } from '@/stores';
import { radarActions, useBase, usePosting, useQuestions } from '../api';
import { periodsToPost } from '../model';
import { type Publication, PublicationFields, isComplete } from './publication-fields';

/** Items whose feature has a page of its own are published there. */
const OWN_PAGES: readonly string[] = ['FEE_STANDARD', 'UTILITIES', 'PUBLIC_INCOME', 'CONTACT_BOARD'];

/** One item at the workbench: post it, look at it again, answer who asked. */
export function ItemSheet({
  row,
  mine,
  onClose,
}: {
  readonly row: RadarRowView;
  readonly mine: boolean;
  readonly onClose: () => void;
}) {
  const questions = useQuestions(row.item.code);
  const posting = usePosting(row.link?.kind === 'POSTING' ? row.link.id : null);
  return (
    <Sheet open title={row.item.label} onClose={onClose}>
      <View className="stack stack--4">
        <View className="stack stack--2">
          {row.sentence !== null && <View className="t-urgent">{row.sentence}</View>}
          <Fact label="公示什么">{row.item.what}</Fact>
          <Fact label="依据">{row.item.source}</Fact>
          {row.link !== null && (
            <Button
              kind="plain"
              block
              onTap={() => {
                openPosting(row.link, row.item.code);
              }}
            >
              看已经公示的
            </Button>
          )}
        </View>
        {questions.status === 'ready' &&
          questions.data.items.map((question) => (
            <Question key={question.id} question={question} mine={mine} />
          ))}
        <MorePages more={questions.more} />
        {mine && posting.status === 'ready' && <CheckAgain posting={posting.data} />}
        {mine && !OWN_PAGES.includes(row.item.code) && (
          <PostForm
            key={posting.status}
            item={row.item}
            current={posting.status === 'ready' ? posting.data : null}
            onDone={onClose}
          />
        )}
      </View>
    </Sheet>
  );
}

function Question({ question, mine }: { readonly question: PostingQuestionView; readonly mine: boolean }) {
  const base = useBase();
  const draft = useDraft<string>(`posting-answer/${question.id}`, '');
  const text = draft.value;
  const answer = useAction((key: string) => radarActions(base).answer(key, question.id, text.trim()), {
    onDone: () => {
      draft.discard();
      toast('已答复');
    },
  });
  return (
    <View className="stack stack--2">
      <View className="row row--between">
        <View className="t-strong">业主追问</View>
        <Chip tone={question.state === 'LATE' ? 'urgent' : 'plain'}>{question.statusText}</Chip>
      </View>
      <View>{question.text}</View>
      {question.answer !== null && <View className="t-muted">{`答：${question.answer}`}</View>}
      {mine && question.answeredAt === null && (
        <>
          <Field label="答复" hint="本小区住户都能看到" error={answer.error?.message}>
            <TextArea value={text} onChange={draft.set} rows={3} maxLength={DISCLOSURE_LIMITS.answerMax} />
          </Field>
          <Button busy={answer.busy} disabled={text.trim().length < 2} onTap={() => answer.run()}>
            答复
          </Button>
        </>
      )}
    </View>
  );
}

function CheckAgain({ posting }: { readonly posting: PostingView }) {
  const base = useBase();
  const check = useAction((key: string) => radarActions(base).check(key, posting.id), {
    onDone: () => {
      toast('已记下今天核对过');
    },
  });
  return (
    <View>
      <Button kind="plain" block icon="done" busy={check.busy} onTap={() => check.run()}>
        核对过，内容没有变
      </Button>
      {check.error !== null && <View className="t-bad">{check.error.message}</View>}
    </View>
  );
}

interface PostingForm extends Publication {
  readonly period: string | null;
}

interface PostFormProps {
  readonly item: RadarItem;
  readonly current: PostingView | null;
  readonly onDone: () => void;
}

function PostForm({ item, current, onDone }: PostFormProps) {
  const base = useBase();
  const today = shanghaiDate(useNow());
  const recency = item.recency;
  const periods = recency.kind === 'PERIODIC' ? periodsToPost(today, recency.period) : [];
  const draftName = `posting${base}/${item.code}`;
  const latest = periods[1] ?? null;
  const draft = useDraft<PostingForm>(draftName, {
    period: latest,
    title: current?.title ?? item.label,
    body: current !== null && current.period === latest ? current.body : '',
    files: [],
    reason: '',
  });
  const { period, title, body, files, reason } = draft.value;
  // The same period again is a correction; a new period is a new posting.
  const replaced = current !== null && current.period === period ? current : null;
  const publish = useAction(
    (key: string) =>
      radarActions(base).publish(key, {
        code: item.code,
        period,
        title: title.trim(),
        body: body.trim(),
        fileIds: [...(replaced?.files ?? []), ...files].map(({ id }) => id),
        supersedes: replaced === null ? null : { id: replaced.id, reason: reason.trim() },
      }),
    {
      name: draftName,
      onDone: () => {
        draft.discard();
        toast('已公示');
        onDone();
      },
    },
  );
  return (
    <View className="stack stack--3">
      <View className="t-title">{replaced === null ? '公示这一项' : '更正这一项'}</View>
      {recency.kind === 'PERIODIC' && <PeriodField draft={draft} periods={periods} period={recency.period} />}
      <PublicationFields draft={draft} correcting={replaced !== null} readers="业主" error={publish.error} />
      <View className="t-second t-muted">公示后不能改，只能发更正。</View>
      <Button
        block
        busy={publish.busy}
        disabled={!isComplete(draft.value, replaced !== null)}
        onTap={() => publish.run()}
      >
        {replaced === null ? '公示给全体业主' : '发布更正'}
      </Button>
    </View>
  );
}

interface PeriodFieldProps {
  readonly draft: DraftHandle<PostingForm>;
  readonly periods: readonly string[];
  readonly period: RadarPeriod;
}

function PeriodField({ draft, periods, period }: PeriodFieldProps) {
  return (
    <Field label="哪一期">
      <Picker
        value={draft.value.period}
        onChange={(value) => {
          draft.merge({ period: value });
        }}
        options={periods.map((key) => ({ value: key, label: periodText(key, period) }))}
      />
    </Field>
  );
}
