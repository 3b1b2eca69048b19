import { View } from '@tarojs/components';
import type { AssemblyDraft, ConveningOptions, ConveningReport } from '@linli/shared/assembly';
import { useEffect, useRef, useState } from 'react';
import { Button, PageContent, useNow } from '@/components';
import { SplitView, Steps, WorkbenchShell } from '@/components/staff';
import { replace, useRouteParams } from '@/navigate';
import { spoken } from '@/platform';
import { type Resource, bothResources, mapResource, useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { conveneActions, useDraftOf, useOptions } from '../../api';
import { AgendaStands, AgendaStep } from '../../components/agenda-step';
import { MaterialStep } from '../../components/material-step';
import { NoticePreview } from '../../components/notice-preview';
import { NoticeStep } from '../../components/notice-step';
import { ScheduleStep } from '../../components/schedule-step';
import { type ConveneForm, faultsOfStep, formOf, NEW_FORM, requestOf, STEPS } from '../../model';
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

interface StepperProps {
  readonly options: ConveningOptions;
  readonly saved: AssemblyDraft | null;
  readonly start: number;
}

function Stepper({ options, saved, start }: StepperProps) {
  const now = useNow();
  const [step, setStep] = useState(start);
  const [tried, setTried] = useState(false);
  const { draft, keep, check, report } = useConvening(saved, step, start);
  const form = draft.value;
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
  const props = { form, options, faults: tried ? faults : [], merge: draft.merge };
  return (
    <SplitView preview={<NoticePreview form={form} options={options} />}>
      <View className="stack stack--4">
        <Steps names={STEPS} at={step} reach={step} onGo={go} />
        {step === 0 && (saved?.state === 'OPINIONS' ? <AgendaStands /> : <AgendaStep {...props} />)}
        {step === 1 && <MaterialStep {...props} />}
        {step === 2 && <ScheduleStep {...props} now={now} />}
        {step === 3 && <NoticeStep options={options} saved={saved} report={report} error={check.error} />}
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

/** The draft as typed, kept on the server at a tap, and held against the law at the last step. */
function useConvening(saved: AssemblyDraft | null, step: number, start: number) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const name = `convene/${saved?.id ?? 'new'}`;
  const draft = useDraft<ConveneForm>(name, saved === null ? NEW_FORM : formOf(saved));
  const [report, setReport] = useState<ConveningReport | null>(null);
  const actions = conveneActions(estateId);
  const store = async (key: string, at: number) => {
    const kept =
      saved === null
        ? await actions.create(key, requestOf(draft.value, undefined))
        : await actions.save(saved.id, requestOf(draft.value, saved.version));
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
  const opened = useRef(false);
  useEffect(() => {
    // Once, when the page opens at the last step.
    if (!opened.current && start === LAST && saved !== null) void runCheck();
    opened.current = true;
  }, [start, saved, runCheck]);
  return { draft, keep, check, report };
}
