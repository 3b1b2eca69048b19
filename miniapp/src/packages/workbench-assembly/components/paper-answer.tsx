import { View } from '@tarojs/components';
import {
  PAPER_LIMITS,
  PAPER_OBJECTION_ANSWERS,
  type PaperObjectionAnswer,
  type PaperReturnDetail,
} from '@linli/shared/assembly';
import { useState } from 'react';
import { Button, Card, Choices, Field, InstantText, TextArea } from '@/components';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { paperActions } from '../paper-api';

const ANSWERS: Readonly<Record<PaperObjectionAnswer, readonly [label: string, detail: string]>> = {
  MISREAD: ['录错了', '原来计入的作废，由两个人重新录入'],
  NOT_GENUINE: ['不是业主本人的票', '原来计入的作废，这张票不计入'],
  DISMISSED: ['异议不成立', '照原来的计入'],
};

interface Props {
  readonly assemblyId: string;
  readonly paper: PaperReturnDetail;
}

/** An owner says that the paper was read wrong; somebody who did not read it looks. */
export function PaperAnswer({ assemblyId, paper }: Props) {
  const { objection } = paper;
  if (objection === null) return null;
  return (
    <Card title="业主的异议" tone={objection.decision === null ? 'urgent' : 'plain'}>
      <View className="stack stack--3">
        <View>{objection.text}</View>
        <View className="t-second t-muted">
          <InstantText at={objection.raisedAt} />
        </View>
        {objection.decision === null ? (
          <AnswerForm assemblyId={assemblyId} paper={paper} />
        ) : (
          <View>{`答复：${ANSWERS[objection.decision][0]}。${objection.answer ?? ''}`}</View>
        )}
      </View>
    </Card>
  );
}

function AnswerForm({ assemblyId, paper }: Props) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [decision, setDecision] = useState<PaperObjectionAnswer | null>(null);
  const { value: text, set: setText, discard } = useDraft(`paper-answer/${paper.id}`, '');
  const answer = useAction(
    (_key, chosen: PaperObjectionAnswer) =>
      paperActions(estateId, assemblyId).answer(paper.id, { decision: chosen, answer: text }),
    {
      onDone: () => {
        discard();
        toast('已答复，已经告诉业主', 'good');
      },
    },
  );
  if (paper.entries.some(({ isMe }) => isMe))
    return <View className="t-muted">您录入过这张票，要由没有录过的人对着原票答复。</View>;
  return (
    <View className="stack stack--3">
      <Choices<PaperObjectionAnswer>
        label="怎样答复"
        value={decision}
        onChange={setDecision}
        options={PAPER_OBJECTION_ANSWERS.map((value) => ({
          value,
          label: ANSWERS[value][0],
          detail: ANSWERS[value][1],
        }))}
      />
      <Field label="给业主的答复">
        <TextArea value={text} onChange={setText} maxLength={PAPER_LIMITS.objectionLength.max} rows={3} />
      </Field>
      {answer.error !== null && <View className="t-bad">{answer.error.message}</View>}
      <Button
        disabled={decision === null || text.trim().length < PAPER_LIMITS.objectionLength.min}
        busy={answer.busy}
        onTap={() => (decision === null ? undefined : answer.run(decision))}
      >
        答复
      </Button>
    </View>
  );
}
