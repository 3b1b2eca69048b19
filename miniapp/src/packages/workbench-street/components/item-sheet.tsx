import { View } from '@tarojs/components';
import {
  DISCLOSURE_LIMITS,
  type PostingQuestionView,
  type PostingView,
  type RadarItem,
  type RadarRowView,
  periodText,
} from '@linli/shared/disclosure';
import { shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Chip,
  Fact,
  Field,
  MorePages,
  Picker,
  Sheet,
  TextArea,
  TextInput,
  useNow,
} from '@/components';
import { PhotoPicker, type UploadedPhoto } from '@/components';
import { openPosting } from '@/pages/disclosure/open-posting';
import { useAction } from '@/request';
import { uploadFile } from '@/request/files';
import { toast } from '@/stores/toast';
import { radarActions, useBase, usePosting, useQuestions } from '../api';
import { periodsToPost } from '../model';

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
  const [text, setText] = useState('');
  const answer = useAction((key: string) => radarActions(base).answer(key, question.id, text.trim()), {
    onDone: () => {
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
            <TextArea value={text} onChange={setText} rows={3} maxLength={DISCLOSURE_LIMITS.answerMax} />
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

function PostForm({
  item,
  current,
  onDone,
}: {
  readonly item: RadarItem;
  readonly current: PostingView | null;
  readonly onDone: () => void;
}) {
  const base = useBase();
  const today = shanghaiDate(useNow());
  const recency = item.recency;
  const periods = recency.kind === 'PERIODIC' ? periodsToPost(today, recency.period) : [];
  const [period, setPeriod] = useState<string | null>(periods[1] ?? null);
  // The same period again is a correction; a new period is a new posting.
  const replaced = current !== null && current.period === period ? current : null;
  const [title, setTitle] = useState(current?.title ?? item.label);
  const [body, setBody] = useState(current !== null && current.period === period ? current.body : '');
  const [reason, setReason] = useState('');
  const [photos, setPhotos] = useState<readonly UploadedPhoto[]>([]);
  const fileIds = photos.map(({ id }) => id);
  const publish = useAction(
    (key: string) =>
      radarActions(base).publish(key, {
        code: item.code,
        period,
        title: title.trim(),
        body: body.trim(),
        fileIds: [...(replaced?.files.map(({ id }) => id) ?? []), ...fileIds],
        supersedes: replaced === null ? null : { id: replaced.id, reason: reason.trim() },
      }),
    {
      onDone: () => {
        toast('已公示');
        onDone();
      },
    },
  );
  const ready =
    title.trim().length >= 2 && body.trim().length >= 2 && (replaced === null || reason.trim().length >= 2);
  return (
    <View className="stack stack--3">
      <View className="t-title">{replaced === null ? '公示这一项' : '更正这一项'}</View>
      {recency.kind === 'PERIODIC' && (
        <Field label="哪一期">
          <Picker
            value={period}
            onChange={setPeriod}
            options={periods.map((key) => ({ value: key, label: periodText(key, recency.period) }))}
          />
        </Field>
      )}
      <Field label="标题">
        <TextInput value={title} onChange={setTitle} maxLength={DISCLOSURE_LIMITS.noticeTitleMax} />
      </Field>
      <Field label="内容">
        <TextArea value={body} onChange={setBody} maxLength={DISCLOSURE_LIMITS.noticeBodyMax} rows={5} />
      </Field>
      <Field label="照片" optional>
        <PhotoPicker
          photos={photos}
          onAdd={(photo) => {
            setPhotos((list) => [...list, photo]);
          }}
          onRemove={(id) => {
            setPhotos((list) => list.filter((photo) => photo.id !== id));
          }}
          upload={async (path, onProgress) => {
            const { id, url } = await uploadFile('MATERIAL', path, { onProgress });
            return { id, url: `${SERVER_ORIGIN}${url}` };
          }}
        />
      </Field>
      {replaced !== null && (
        <Field label="为什么更正" hint="业主会看到；原来的版本也保留">
          <TextInput value={reason} onChange={setReason} maxLength={DISCLOSURE_LIMITS.reasonMax} />
        </Field>
      )}
      {publish.error !== null && (
        <View className="t-bad">
          {[publish.error.message, ...publish.error.fields.map(({ message }) => message)].join('；')}
        </View>
      )}
      <View className="t-second t-muted">公示后不能改，只能发更正。</View>
      <Button block busy={publish.busy} disabled={!ready} onTap={() => publish.run()}>
        {replaced === null ? '公示给全体业主' : '发布更正'}
      </Button>
    </View>
  );
}
