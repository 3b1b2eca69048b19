import { View } from '@tarojs/components';
import {
  DUNNING_LIMITS,
  type DunningStepView,
  type DunningView,
  lastDayToAnswer,
  NOTICE_DELIVERY_LABELS,
  type WrittenNotice,
  type TakeDunningStepRequest,
} from '@linli/shared/fees';
import { addDays, formatFullDate, formatYuan, shanghaiDate } from '@linli/shared/kernel';
import {
  Button,
  Card,
  ConfirmButton,
  DatePicker,
  Fact,
  Field,
  PageContent,
  SkeletonCard,
  TextInput,
  useNow,
} from '@/components';
import { navigate } from '@/navigate';
import { api, resourceCache, useResource } from '@/request';
import { toast, useDraft, useSession } from '@/stores';

function useDunningUrl(billId: string): string {
  const estateId = useSession((state) => state.estateId) ?? '';
  return `/api/estates/${estateId}/fees/bills/${billId}/dunning`;
}

/** 依法催缴: what was done with this home, and the one step that may come next. */
export function DunningSteps({ billId }: { readonly billId: string }) {
  const url = useDunningUrl(billId);
  const dunning = useResource(url, () => api.get<DunningView>(url));
  return (
    <PageContent resource={dunning} skeleton={<SkeletonCard lines={3} />}>
      {(view) => (
        <Card title="催缴">
          <View className="stack stack--3">
            <View className="t-second t-muted">
              {`这户逾期 ${formatYuan(view.overdueFen)}。提醒、书面催告、业委会督促、调解、诉讼，一步一步来；不能停水停电、不能限制出入、不能张贴欠费名单。`}
            </View>
            {view.steps.map((step) => (
              <Taken key={step.step} step={step} />
            ))}
            {view.next !== null && <NextStep key={view.next.step} url={url} next={view.next} />}
          </View>
        </Card>
      )}
    </PageContent>
  );
}

function Taken({ step }: { readonly step: DunningStepView }) {
  return (
    <View className="stack stack--1">
      <Fact label={step.label}>{formatFullDate(step.takenOn)}</Fact>
      <View className="t-second t-muted">
        {`${step.handledBy} · 给到 ${formatFullDate(lastDayToAnswer(step))} · ${formatYuan(step.amountFen)} · ${step.recordedBy}登记`}
      </View>
      {step.notice !== null && <Paper notice={step.notice} />}
    </View>
  );
}

/** The paper of a 书面催告; printed and delivered among the others. */
function Paper({ notice: { numberText, delivery } }: { readonly notice: WrittenNotice }) {
  return (
    <View className="row row--between">
      <View className="grow">
        {delivery === null
          ? `${numberText}，还没送达`
          : `${numberText}，${formatFullDate(delivery.deliveredOn)}${NOTICE_DELIVERY_LABELS[delivery.method]}`}
      </View>
      <Button
        size="small"
        kind="plain"
        onTap={() => {
          navigate('dunningDesk');
        }}
      >
        {delivery === null ? '打印和登记送达' : '催告书'}
      </Button>
    </View>
  );
}

interface StepDraft {
  readonly takenOn: string;
  readonly respondBy: string;
  readonly handledBy: string;
}

function NextStep({ url, next }: { readonly url: string; readonly next: NonNullable<DunningView['next']> }) {
  const today = shanghaiDate(useNow());
  const draft = useDraft<StepDraft>(`dunning/${url}/${next.step}`, {
    takenOn: today,
    respondBy: addDays(today, next.daysMin),
    handledBy: '',
  });
  const { value } = draft;
  if (next.awaitsDelivery)
    return <View>{`下一步是${next.label}，书面催告先要送到业主手里：打印、送达、登记送达。`}</View>;
  if (next.notBefore !== null && today < next.notBefore)
    return (
      <View>{`下一步是${next.label}，${formatFullDate(next.notBefore)}起才能进行：要等上一步给业主的期限过去。`}</View>
    );
  return (
    <View className="stack stack--3">
      <StepFields draft={draft} next={next} today={today} />
      <ConfirmButton
        disabled={value.handledBy.trim() === ''}
        text={`登记${next.label}`}
        ask={{
          title: `登记${next.label}`,
          sentence: `${formatFullDate(value.takenOn)}已由${value.handledBy.trim()}办理${next.label}，请业主在 ${formatFullDate(value.respondBy)} 前缴费。登记后不能改，业主会收到消息。`,
          doLabel: '登记',
        }}
        perform={(key) => {
          const request: TakeDunningStepRequest = { ...value, step: next.step, note: '' };
          return api.post<DunningView>(url, request, { idempotencyKey: key });
        }}
        onDone={(view) => {
          draft.discard();
          resourceCache.put(url, view);
          toast(`${next.label}已登记，业主会收到消息`, 'good');
        }}
      />
    </View>
  );
}

function StepFields({
  draft: { value, merge },
  next,
  today,
}: {
  readonly draft: ReturnType<typeof useDraft<StepDraft>>;
  readonly next: NonNullable<DunningView['next']>;
  readonly today: string;
}) {
  return (
    <>
      <Field label={`${next.label}在哪天`}>
        <DatePicker
          value={value.takenOn}
          to={today}
          onChange={(takenOn) => {
            merge({ takenOn, respondBy: addDays(takenOn, next.daysMin) });
          }}
        />
      </Field>
      <Field label="请业主在哪天前缴" hint={`至少给 ${next.daysMin} 天`}>
        <DatePicker
          value={value.respondBy}
          from={addDays(value.takenOn, next.daysMin)}
          to={addDays(value.takenOn, DUNNING_LIMITS.daysMax)}
          onChange={(respondBy) => {
            merge({ respondBy });
          }}
        />
      </Field>
      <Field label="谁办的" hint="送达、督促或调解的人">
        <TextInput
          value={value.handledBy}
          maxLength={DUNNING_LIMITS.handledByMax}
          onChange={(handledBy) => {
            merge({ handledBy });
          }}
        />
      </Field>
    </>
  );
}
