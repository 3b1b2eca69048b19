import { View } from '@tarojs/components';
import { ASSEMBLY_LIMITS, type AssemblyDetail, type ResultObjection } from '@linli/shared/assembly';
import { formatFullDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Fact, Field, InstantText, PageContent, Sheet, TextArea } from '@/components';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { answerResultObjection, useResultObjections } from '../api';

/** 对结果的异议: what owners say against it, the answers, and the dates that run. */
export function ResultAnswers({ meeting }: { readonly meeting: AssemblyDetail }) {
  const objections = useResultObjections(meeting.id);
  const [open, setOpen] = useState<ResultObjection | null>(null);
  return (
    <Card title="对结果的异议">
      <PageContent resource={objections}>
        {({ dates, items }) => (
          <View className="stack stack--3">
            <Fact label="应公布">{`${formatFullDate(dates.dueOn)}前，实际 ${formatFullDate(dates.publishedOn)}`}</Fact>
            <Fact label="受理异议到">{formatFullDate(dates.objectionsUntil)}</Fact>
            <Fact label="可请求法院撤销到">{formatFullDate(dates.revocableUntil)}</Fact>
            {items.length === 0 && <View className="t-muted">没有人提出异议。</View>}
            {items.map((item) => (
              <View key={item.id} className="row row--between row--top">
                <View className="grow">
                  <View>{item.text}</View>
                  <View className="t-second t-muted">
                    <InstantText at={item.raisedAt} />
                  </View>
                  {item.answer !== null && (
                    <View className="t-second">{`${item.answeredBy ?? ''}答复：${item.answer}`}</View>
                  )}
                </View>
                {item.answer === null && !item.isMine && (
                  <Button
                    size="small"
                    onTap={() => {
                      setOpen(item);
                    }}
                  >
                    答复
                  </Button>
                )}
              </View>
            ))}
            {open !== null && (
              <Answer
                meeting={meeting}
                objection={open}
                onClose={() => {
                  setOpen(null);
                }}
              />
            )}
          </View>
        )}
      </PageContent>
    </Card>
  );
}

function Answer({
  meeting,
  objection,
  onClose,
}: {
  readonly meeting: AssemblyDetail;
  readonly objection: ResultObjection;
  readonly onClose: () => void;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { value: text, set: setText, discard } = useDraft(`result-answer/${objection.id}`, '');
  const answer = useAction(() => answerResultObjection(estateId, meeting.id, objection.id, text), {
    onDone: () => {
      discard();
      toast('已答复', 'good');
      onClose();
    },
  });
  return (
    <Sheet open title="答复异议" onClose={onClose}>
      <View className="stack stack--3">
        <View>{objection.text}</View>
        <Field label="答复" error={answer.error?.field('answer') ?? answer.error?.message}>
          <TextArea value={text} maxLength={ASSEMBLY_LIMITS.reasonLength.max} onChange={setText} />
        </Field>
        <Button block busy={answer.busy} disabled={text.trim() === ''} onTap={() => answer.run()}>
          答复
        </Button>
      </View>
    </Sheet>
  );
}
