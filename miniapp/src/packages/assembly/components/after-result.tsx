import { View } from '@tarojs/components';
import { ASSEMBLY_LIMITS, type ResultObjections } from '@linli/shared/assembly';
import { formatFullDate } from '@linli/shared/kernel';
import { Card, ConfirmButton, Fact, Field, InstantText, PageContent, TextArea } from '@/components';
import { toast, useDraft, useSession } from '@/stores';
import { assemblyActions, useResultObjections } from '../api';

/** 对结果有异议: until when, what was answered, and until when a court can be asked. */
export function AfterResult({ assemblyId }: { readonly assemblyId: string }) {
  const objections = useResultObjections(assemblyId);
  return (
    <Card title="对结果有异议">
      <PageContent resource={objections}>
        {(known) => <Known assemblyId={assemblyId} known={known} />}
      </PageContent>
    </Card>
  );
}

function Known({ assemblyId, known }: { readonly assemblyId: string; readonly known: ResultObjections }) {
  const { dates, revocation, canObject, items } = known;
  return (
    <View className="stack stack--3">
      <Fact label="公示到">{formatFullDate(dates.postedUntil)}</Fact>
      <Fact label="提出异议到">{formatFullDate(dates.objectionsUntil)}</Fact>
      <Fact label="请求法院撤销到">{formatFullDate(dates.revocableUntil)}</Fact>
      <View className="t-second t-muted">{revocation}</View>
      {items.map((item) => (
        <View key={item.id} className="stack stack--1">
          <View>{item.text}</View>
          <View className="t-second t-muted">
            <InstantText at={item.raisedAt} />
          </View>
          <View className="t-second">
            {item.answer === null ? '正在处理' : `${item.answeredBy ?? ''}答复：${item.answer}`}
          </View>
        </View>
      ))}
      {canObject && <RaiseObjection assemblyId={assemblyId} />}
    </View>
  );
}

function RaiseObjection({ assemblyId }: { readonly assemblyId: string }) {
  const { value: text, set: setText, discard } = useDraft(`result-objection/${assemblyId}`, '');
  const estateId = useSession((state) => state.estateId) ?? '';
  return (
    <ConfirmButton
      kind="plain"
      block
      text="提出异议"
      ask={{
        title: '对结果提出异议',
        sentence: '写清楚哪里不对。业委会、社区和街道会看到，并在这里答复您。',
        doLabel: '提交',
      }}
      perform={(key) => assemblyActions(estateId, assemblyId).objectToResult(key, { text })}
      onDone={() => {
        discard();
        toast('异议已提交，会在这里答复', 'good');
      }}
    >
      <Field label="哪里不对">
        <TextArea value={text} maxLength={ASSEMBLY_LIMITS.objectionLength.max} onChange={setText} />
      </Field>
    </ConfirmButton>
  );
}
