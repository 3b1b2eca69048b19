import { View } from '@tarojs/components';
import {
  ASSEMBLY_LIMITS,
  type AssemblyDraft,
  type ConveningOptions,
  type ConveningReport,
} from '@linli/shared/assembly';
import type { FieldError } from '@linli/shared/errors';
import { formatSqm, shanghaiDate } from '@linli/shared/kernel';
import { useEffect, useState } from 'react';
import {
  Button,
  Card,
  Cell,
  ConfirmSheet,
  DatePicker,
  Fact,
  Field,
  Icon,
  PageContent,
  TextArea,
  TextInput,
  useNow,
} from '@/components';
import { SplitView, Steps, WorkbenchShell } from '@/components/staff';
import { replace, useRouteParams } from '@/navigate';
import { chooseDocument, spoken } from '@/platform';
import { type ApiError, type Resource, bothResources, mapResource, useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { conveneActions, uploadFile, useDraftOf, useOptions } from '../../api';
import { MotionEditor } from '../../components/motion-editor';
import { NoticePreview } from '../../components/notice-preview';
import {
  type ConveneForm,
  earliestPlan,
  faultsOfStep,
  formOf,
  NEW_FORM,
  NEW_MOTION,
  requestOf,
  STEPS,
} from '../../model';
import './index.css';

/** Convenes a meeting step by step; a step that the law says no to does not let go, and says why. */
export default function ConvenePage() {
  const { assemblyId, step } = useRouteParams('convene');
  const options = useOptions();
  const draft = useDraftOf(assemblyId);
  const both: Resource<readonly [ConveningOptions, AssemblyDraft | null]> =
    assemblyId === undefined
      ? mapResource(options, (data) => [data, null] as const)
      : bothResources(options, draft);
  return (
    <WorkbenchShell route="convene" active="assemblies" title="召集业主大会">
      <PageContent resource={both} kept="您填写的内容还在这台设备上">
        {([place, saved]) => (
          <Stepper key={saved?.id ?? 'new'} options={place} saved={saved} start={startOf(step, saved)} />
        )}
      </PageContent>
    </WorkbenchShell>
  );
}

const LAST = STEPS.length - 1;

/** Where the stepper stands when it opens: where it was left, or at the dates while opinions are heard. */
function startOf(step: string | undefined, saved: AssemblyDraft | null): number {
  if (step === undefined) return saved?.state === 'OPINIONS' ? 2 : 0;
  return Math.min(LAST, Math.max(0, Number(step) || 0));
}

interface StepProps {
  readonly form: ConveneForm;
  readonly options: ConveningOptions;
  readonly faults: readonly FieldError[];
  readonly merge: (part: Partial<ConveneForm>) => void;
}

function Stepper({
  options,
  saved,
  start,
}: {
  readonly options: ConveningOptions;
  readonly saved: AssemblyDraft | null;
  readonly start: number;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const now = useNow();
  const name = `convene/${saved?.id ?? 'new'}`;
  const draft = useDraft<ConveneForm>(name, saved === null ? NEW_FORM : formOf(saved));
  const [step, setStep] = useState(start);
  const [tried, setTried] = useState(false);
  const [report, setReport] = useState<ConveningReport | null>(null);
  const form = draft.value;
  const actions = conveneActions(estateId);
  const store = async (key: string, at: number) => {
    const kept =
      saved === null
        ? await actions.create(key, requestOf(form, undefined))
        : await actions.save(saved.id, requestOf(form, saved.version));
    draft.discard();
    // From now on the page is that of the stored draft, at the same step.
    if (saved === null) replace('convene', { assemblyId: kept.id, step: String(at) });
    return kept;
  };
  const keep = useAction((key) => store(key, step), {
    onDone: () => {
      toast('草稿已保存', 'good');
    },
  });
  const check = useAction(
    async (key) => {
      const kept = await store(key, LAST);
      return actions.check(kept.id);
    },
    { onDone: setReport },
  );
  const { run: runCheck } = check;
  useEffect(() => {
    if (start === LAST && saved !== null) void runCheck();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when the page opens at the last step
  }, []);
  const faults = faultsOfStep(step, form, options.rules, now);
  const go = (to: number) => {
    setTried(false);
    setStep(to);
    if (to === LAST) void check.run();
  };
  const next = () => {
    if (faults.length > 0) setTried(true);
    else go(step + 1);
  };
  const props: StepProps = { form, options, faults: tried ? faults : [], merge: draft.merge };
  return (
    <SplitView preview={<NoticePreview form={form} options={options} />}>
      <View className="stack stack--4">
        <Steps names={STEPS} at={step} reach={step} onGo={go} />
        {step === 0 && (saved?.state === 'OPINIONS' ? <AgendaStands /> : <AgendaStep {...props} />)}
        {step === 1 && <MaterialStep {...props} />}
        {step === 2 && <ScheduleStep {...props} now={now} />}
        {step === 3 && <NoticeStep {...props} saved={saved} report={report} error={check.error} />}
        {tried && faults.length > 0 && (
          <View
            className="t-bad"
            {...spoken({ role: 'alert' })}
          >{`还不能到下一步：${faults[0]?.message ?? ''}`}</View>
        )}
        {keep.error !== null && <View className="t-bad">{keep.error.message}</View>}
        <View className="row row--between">
          <Button kind="quiet" disabled={step === 0} onTap={() => go(step - 1)}>
            上一步
          </Button>
          <View className="row gap-3">
            <Button kind="plain" busy={keep.busy} onTap={() => keep.run()}>
              保存草稿
            </Button>
            {step < LAST && <Button onTap={next}>下一步</Button>}
          </View>
        </View>
      </View>
    </SplitView>
  );
}

function AgendaStands() {
  return (
    <Card title="正在征求意见">
      业主正在对议题提意见，会议名称、说明和议题先不能改。要修改，请在会议办理里撤回征求意见。
    </Card>
  );
}

function AgendaStep({ form, options, faults, merge }: StepProps) {
  const fault = (path: string) => faults.find((each) => each.path === path)?.message;
  return (
    <View className="stack stack--4">
      <Card>
        <View className="stack stack--3">
          <Field label="会议名称" error={fault('title')}>
            <TextInput
              value={form.title}
              maxLength={ASSEMBLY_LIMITS.titleLength.max}
              placeholder="例如：秋季业主大会"
              onChange={(title) => {
                merge({ title });
              }}
            />
          </Field>
          <Field label="决定什么、为什么" error={fault('summary')} hint="两三句话，业主最先看到的就是它">
            <TextArea
              value={form.summary}
              rows={3}
              maxLength={ASSEMBLY_LIMITS.summaryLength.max}
              onChange={(summary) => {
                merge({ summary });
              }}
            />
          </Field>
        </View>
      </Card>
      {form.motions.map((motion, index) => (
        <MotionEditor
          key={motion.id ?? index}
          index={index}
          motion={motion}
          options={options}
          faults={faults}
          onChange={(changed) => {
            merge({ motions: form.motions.map((each, at) => (at === index ? changed : each)) });
          }}
          onRemove={
            form.motions.length === 1
              ? null
              : () => {
                  merge({ motions: form.motions.filter((_, at) => at !== index) });
                }
          }
        />
      ))}
      <Button
        kind="plain"
        icon="plus"
        onTap={() => {
          merge({ motions: [...form.motions, NEW_MOTION] });
        }}
      >
        再加一项议题
      </Button>
    </View>
  );
}

function MaterialStep({ form, options, merge }: StepProps) {
  const add = useAction(
    async () => {
      const file = await chooseDocument(['.pdf', '.jpg', '.jpeg', '.png']);
      return file === null ? null : uploadFile('MATERIAL', file.path, file.name);
    },
    {
      onDone: (file) => {
        if (file !== null) merge({ materials: [...form.materials, { id: file.id, name: file.name }] });
      },
    },
  );
  return (
    <View className="stack stack--4">
      <Card
        title="材料"
        extra={
          <Button size="small" kind="plain" icon="plus" busy={add.busy} onTap={() => add.run()}>
            加材料
          </Button>
        }
      >
        <View className="stack stack--2">
          {form.materials.length === 0 && (
            <View className="t-muted">
              方案、报价、照片等，业主投票前能看到。PDF 或图片，每份不超过 10 MB。
            </View>
          )}
          {form.materials.map(({ id, name }) => (
            <Cell
              key={id}
              icon="document"
              title={name}
              value={
                <Button
                  kind="quiet"
                  size="small"
                  label={`删去 ${name}`}
                  onTap={() => {
                    merge({ materials: form.materials.filter((each) => each.id !== id) });
                  }}
                >
                  删去
                </Button>
              }
            />
          ))}
          {add.error !== null && <View className="t-bad">{add.error.message}</View>}
        </View>
      </Card>
      <Card title="会前征求意见">
        <View className="stack stack--3">
          <View className="t-muted">
            {options.rules.opinionDays > 0
              ? `本地要求发通知前征求意见至少 ${options.rules.opinionDays} 天。`
              : '先听听业主怎么说，再定议题，能少走弯路。可以不征求。'}
          </View>
          <Field label="意见收到哪一天" optional={options.rules.opinionDays === 0}>
            <DatePicker
              value={form.opinionsUntil}
              onChange={(opinionsUntil) => {
                merge({ opinionsUntil });
              }}
            />
          </Field>
        </View>
      </Card>
    </View>
  );
}

function ScheduleStep({ form, options, faults, merge, now }: StepProps & { readonly now: number }) {
  const fault = (path: string) => faults.find((each) => each.path === path)?.message;
  const { rules } = options;
  return (
    <Card
      title="时间"
      extra={
        <Button
          size="small"
          kind="plain"
          onTap={() => {
            merge(earliestPlan(form, rules, now));
          }}
        >
          按今天通知，取最早的日期
        </Button>
      }
    >
      <View className="stack stack--3">
        <View className="t-muted">{`通知后至少满 ${rules.noticeDays} 天才能开始投票；名册公示并接受异议至少 ${rules.rollObjectionDays} 天，投票开始前截止。`}</View>
        <Field label="名册异议截止（当天 24:00）" error={fault('objectionsUntil')}>
          <DatePicker
            value={form.objectionsUntil}
            onChange={(objectionsUntil) => {
              merge({ objectionsUntil });
            }}
          />
        </Field>
        <Field label="投票开始（上午 9:00）" error={fault('opensAt')}>
          <DatePicker
            value={form.opensOn}
            onChange={(opensOn) => {
              merge({ opensOn });
            }}
          />
        </Field>
        <Field label="投票截止（晚上 8:00）" error={fault('closesAt')}>
          <DatePicker
            value={form.closesOn}
            onChange={(closesOn) => {
              merge({ closesOn });
            }}
          />
        </Field>
        <Field label="告知居民委员会的日期" hint="会议要告知居委会，并听取它的建议（物业管理条例第二十条）">
          <DatePicker
            value={form.informedOn}
            to={shanghaiDate(now)}
            onChange={(informedOn) => {
              merge({ informedOn });
            }}
          />
        </Field>
      </View>
    </Card>
  );
}

function NoticeStep({
  saved,
  report,
  error,
  options,
}: StepProps & {
  readonly saved: AssemblyDraft | null;
  readonly report: ConveningReport | null;
  readonly error: ApiError | null;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [asking, setAsking] = useState<'notify' | 'ask-opinions' | null>(null);
  const step = useAction(
    (_key, which: 'notify' | 'ask-opinions') => conveneActions(estateId).step(saved?.id ?? '', which),
    {
      onDone: (detail) => {
        setAsking(null);
        toast(detail.state === 'NOTICED' ? '通知已发出，名册已确定' : '已开始征求意见', 'good');
        replace('meetingDesk', { assemblyId: detail.id });
      },
    },
  );
  if (error !== null) return <View className="t-bad">{error.message}</View>;
  if (report === null || saved === null) return <View className="t-muted">正在核对…</View>;
  const { electorate } = options;
  return (
    <Card title={report.ready ? '可以发通知' : '还不能发通知'}>
      <View className="stack stack--3">
        {report.faults.map((fault) => (
          <View key={fault.path + fault.code} className="row row--top t-bad">
            <Icon name="alert" size="small" />
            <View className="grow fault-text">{fault.message}</View>
          </View>
        ))}
        {report.notice !== null && <View>{report.notice.sentence}</View>}
        <Fact label="有票的业主">{`${electorate.heads} 户，${formatSqm(electorate.areaCentiSqm)}`}</Fact>
        <Button
          block
          disabled={!report.ready}
          onTap={() => {
            setAsking('notify');
          }}
        >
          发出通知
        </Button>
        {saved.state === 'DRAFT' && saved.opinionsUntil !== null && (
          <Button
            block
            kind="plain"
            onTap={() => {
              setAsking('ask-opinions');
            }}
          >
            先征求意见
          </Button>
        )}
        <ConfirmSheet
          open={asking !== null}
          title={asking === 'notify' ? '发出通知' : '征求意见'}
          sentence={
            asking === 'notify'
              ? `通知会发给全体业主，名册按现在的 ${electorate.heads} 户、${formatSqm(electorate.areaCentiSqm)} 确定。发出后议题、时间和名册都不能再改，只能取消重来。`
              : '议题会给全体业主看，并收集意见。征求意见期间议题不能改，可以撤回后再改。'
          }
          doLabel={asking === 'notify' ? '发出通知' : '开始征求意见'}
          busy={step.busy}
          error={step.error?.message}
          onConfirm={() => (asking === null ? undefined : step.run(asking))}
          onClose={() => {
            setAsking(null);
            step.clearError();
          }}
        />
      </View>
    </Card>
  );
}
