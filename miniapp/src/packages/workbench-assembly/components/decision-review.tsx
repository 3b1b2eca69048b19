import { View } from '@tarojs/components';
import { type Decision, DECISION_LIMITS, VOTE_CLASS_LABELS } from '@linli/shared/assembly';
import { formatFullDate, formatYuan } from '@linli/shared/kernel';
import { Attachments, Button, Fact, Field, PageContent, TextInput } from '@/components';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { reviewDecision, useDecisionDetail } from '../api';

/** 复核: another member holds the registered decision against its scan. */
export function DecisionReview({
  decision,
  onDone,
}: {
  readonly decision: Decision;
  readonly onDone: () => void;
}) {
  const detail = useDecisionDetail(decision.id);
  const estateId = useSession((state) => state.estateId) ?? '';
  const { value: reason, set: setReason, discard } = useDraft(`decision-review/${decision.id}`, '');
  const review = useAction(
    (_key, approve: boolean) => reviewDecision(estateId, decision.id, approve, reason),
    {
      onDone: ({ status }) => {
        discard();
        toast(status === 'IN_FORCE' ? '已复核，可以引用' : '已退回', 'good');
        onDone();
      },
    },
  );
  return (
    <PageContent resource={detail}>
      {(whole) => (
        <View className="stack stack--3">
          <View className="t-title">{whole.title}</View>
          <View>{whole.purpose}</View>
          <Fact label="日期">{formatFullDate(whole.decidedOn)}</Fact>
          <Fact label="类别">{VOTE_CLASS_LABELS[whole.voteClass]}</Fact>
          {whole.amountLimitFen !== null && <Fact label="最多支出">{formatYuan(whole.amountLimitFen)}</Fact>}
          <Fact label="登记人">{whole.registeredBy}</Fact>
          {whole.confirmedBy !== null && <Fact label="复核人">{whole.confirmedBy}</Fact>}
          {whole.refusal !== null && <View className="t-bad">{`没有通过：${whole.refusal}`}</View>}
          {whole.scan !== null && <Attachments files={[whole.scan]} />}
          {whole.canReview && (
            <View className="stack stack--3">
              <Field label="不通过的原因" optional>
                <TextInput value={reason} maxLength={DECISION_LIMITS.reasonLength.max} onChange={setReason} />
              </Field>
              {review.error !== null && <View className="t-bad">{review.error.message}</View>}
              <Button kind="plain" block busy={review.busy} onTap={() => review.run(false)}>
                不通过
              </Button>
              <Button block busy={review.busy} onTap={() => review.run(true)}>
                与扫描件一致，通过
              </Button>
            </View>
          )}
          {whole.status === 'PENDING' && !whole.canReview && (
            <View className="t-muted">登记人不能复核，请业委会另一位成员复核。</View>
          )}
        </View>
      )}
    </PageContent>
  );
}
