import { View } from '@tarojs/components';
import { diffStatements, type StatementDraftView } from '@linli/shared/income';
import { formatQuarter } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, ConfirmButton, StateBlock } from '@/components';
import { StatementContent } from '@/components/statement';
import { DiffView } from '@/components/statement/diff-view';
import { SplitView, Steps, WorkbenchShell } from '@/components/staff';
import { goBack, navigate, useRouteParams } from '@/navigate';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { type IncomeActions, incomeActions, useIncomeDraft, useStatement } from '../../api';
import { BalanceStep } from '../../components/balance-step';
import { LinesStep } from '../../components/lines-step';
import { ContractForm } from '../../components/contract-form';
import { FaultList, ReviewPanel, SubmitButton, WarningList } from '../../components/review';
import { ReviewLines } from '../../components/review-lines';
import { WitnessPanel } from '../../components/witness-panel';
import { VouchersStep } from '../../components/vouchers-step';
import { type Edit, editOf, isSame, previewOf, standingFaults, STEPS, stepOf } from '../../model';

const LAST = STEPS.length - 1;

/** One quarter on its way to the owners, with what they will see at its side. */
export default function IncomeDraftPage() {
  const { id } = useRouteParams('incomeDraft');
  const draft = useIncomeDraft(id);
  const witnessing = draft.status === 'ready' && draft.data.steps.includes('WITNESS');
  const title = draft.status === 'ready' ? titleOf(draft.data) : '做一季的账';
  return (
    <WorkbenchShell
      route="incomeDraft"
      active={witnessing ? 'witness' : 'income'}
      title={title}
      resource={draft}
      kept="您填写的内容还在这台设备上"
    >
      {(view) => <Work view={view} onRefresh={() => void draft.reload()} />}
    </WorkbenchShell>
  );
}

function titleOf({ quarter, version }: StatementDraftView): string {
  return `${formatQuarter(quarter)}${version > 1 ? ` 第 ${version} 版` : ''}`;
}

interface WorkProps {
  readonly view: StatementDraftView;
  readonly onRefresh: () => void;
}

function Work({ view, onRefresh }: WorkProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const actions = incomeActions(estateId);
  if (view.state === 'DRAFT' || view.state === 'RETURNED')
    return <Editor view={view} actions={actions} onRefresh={onRefresh} />;
  return (
    <SplitView preview={<StatementContent view={view} />}>
      {view.state === 'SUBMITTED' ? (
        <View className="stack stack--4">
          {view.steps.includes('WITNESS') ? (
            <WitnessPanel view={view} actions={actions} />
          ) : (
            <ReviewPanel view={view} actions={actions} />
          )}
          {view.faults.length > 0 && <FaultList faults={view.faults} onGo={() => undefined} />}
          <WarningList warnings={view.warnings} />
          <Changes view={view} />
          <ReviewLines view={view} />
        </View>
      ) : (
        <StateBlock
          icon="done"
          title="已经公示"
          text="全体业主都能看到了。要改请发布更正。"
          next={{
            label: '看公示的样子',
            onTap: () => {
              navigate('incomeStatement', { id: view.id });
            },
          }}
          other={{
            label: '回到本季收支',
            onTap: () => {
              goBack();
            },
          }}
        />
      )}
    </SplitView>
  );
}

/** What is still in the way, what has changed, and the ways out: submit or discard. */
function LastStep({
  view,
  actions,
  onRefresh,
  onGo,
}: WorkProps & { readonly actions: IncomeActions; readonly onGo: (step: number) => void }) {
  return (
    <View className="stack stack--4">
      <FaultList faults={view.faults} onGo={onGo} />
      <TakeFromBooks view={view} actions={actions} />
      <WarningList warnings={view.warnings} />
      {view.faults.some(({ code }) => code === 'INCOME.BUSINESS_NOT_AUTHORISED') && (
        <ContractForm actions={actions} onRegistered={onRefresh} />
      )}
      <Changes view={view} />
      <SubmitButton view={view} actions={actions} />
      <Discard view={view} actions={actions} />
    </View>
  );
}

function Editor({ view, actions, onRefresh }: WorkProps & { readonly actions: IncomeActions }) {
  const [step, setStep] = useState(0);
  // A draft of its own for each saved revision: what is typed is never laid over what somebody else has saved.
  const draft = useDraft<Edit>(`income/${view.id}/${view.revision}`, editOf(view));
  const edit = draft.value;
  const dirty = !isSame(view, edit);
  const save = useAction(
    async (_key, to: number) => {
      await actions.save(view.id, edit.request);
      draft.discard();
      return to;
    },
    {
      onDone: (to) => {
        toast('已保存', 'good');
        setStep(to);
      },
    },
  );
  const go = async (to: number) => {
    if (dirty) await save.run(to);
    else setStep(to);
  };
  const faults = standingFaults(view, edit);
  const props = { edit, faults, onChange: draft.set };
  const counts = STEPS.map((_, at) =>
    at === LAST ? 0 : faults.filter((fault) => stepOf(fault) === at).length,
  );
  return (
    <SplitView preview={<StatementContent view={previewOf(view, edit)} />}>
      <View className="stack stack--4">
        <Returned view={view} />
        <Steps names={STEPS} at={step} faults={counts} onGo={(to) => void go(to)} />
        {step === 0 && <LinesStep {...props} />}
        {step === 1 && <VouchersStep {...props} />}
        {step === 2 && <BalanceStep {...props} />}
        {step === LAST && (
          <LastStep view={view} actions={actions} onRefresh={onRefresh} onGo={(to) => void go(to)} />
        )}
        {save.error !== null && (
          <View className="t-bad">{`没有保存：${save.error.message}。您改的内容还在这台设备上。`}</View>
        )}
        {step < LAST && (
          <View className="row row--wrap gap-3">
            <Button onTap={() => go(step + 1)} busy={save.busy} busyText="正在保存…">
              {dirty ? '保存，下一步' : '下一步'}
            </Button>
            {dirty && (
              <Button kind="plain" onTap={() => save.run(step)}>
                保存
              </Button>
            )}
          </View>
        )}
      </View>
    </SplitView>
  );
}

/** What the books have and the draft says otherwise, or not at all. */
const TAKEN: readonly string[] = [
  'INCOME.BOOKED_MISSING',
  'INCOME.COLLECTED_MISSING',
  'INCOME.COLLECTED_CHANGED',
];

/** What was booked by itself, paid out of the joint account or came by WeChat is put in with one tap. */
function TakeFromBooks({
  view,
  actions,
}: {
  readonly view: StatementDraftView;
  readonly actions: IncomeActions;
}) {
  const missing = view.faults.filter(({ code }) => TAKEN.includes(code)).length;
  const take = useAction((key) => actions.takeFromBooks(key, view.id, view.revision), {
    onDone: () => {
      toast('已按账簿加进来，季末余额也改了', 'good');
    },
  });
  if (missing === 0) return null;
  return (
    <View className="stack stack--2">
      <View className="row">
        <Button icon="refresh" onTap={() => take.run()} busy={take.busy} busyText="正在取数…">
          {`从账簿取数（${missing} 笔）`}
        </Button>
      </View>
      {take.error !== null && <View className="t-bad">{take.error.message}</View>}
    </View>
  );
}

function Returned({ view }: { readonly view: StatementDraftView }) {
  if (view.returnedReason === null) return null;
  return (
    <Card tone="urgent" title="被退回">
      <View>{view.returnedReason}</View>
    </Card>
  );
}

/** A correction: what owners will see beside what they saw. */
function Changes({ view }: { readonly view: StatementDraftView }) {
  const before = useStatement(view.amends);
  if (view.amends === null || before.status !== 'ready') return null;
  const content = (statement: Parameters<typeof editOf>[0]) => editOf(statement).request;
  const old = content({ ...view, ...before.data });
  return (
    <View className="stack stack--3">
      <Card title="更正对照">
        <View>{`原因：${view.reason}`}</View>
      </Card>
      <DiffView diff={diffStatements(old, content(view))} />
    </View>
  );
}

function Discard({ view, actions }: { readonly view: StatementDraftView; readonly actions: IncomeActions }) {
  return (
    <ConfirmButton
      kind="quiet"
      text="放弃这份草稿"
      ask={{
        title: '放弃草稿',
        sentence: `${titleOf(view)}的草稿会被放弃，里面的 ${view.lines.length} 笔要重新导入。已经公示的不受影响。`,
        doLabel: '放弃',
        danger: true,
      }}
      perform={(key) => actions.discard(key, view.id)}
      onDone={() => {
        toast('已放弃这份草稿');
        goBack();
      }}
    />
  );
}
