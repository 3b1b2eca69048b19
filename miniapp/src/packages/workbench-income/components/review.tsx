import { View } from '@tarojs/components';
import type { StatementDraftView, StatementFault } from '@linli/shared/income';
import { formatQuarter, formatYuan } from '@linli/shared/kernel';
import { Button, Card, Cell, ConfirmButton, Field, StateBlock, TextArea } from '@/components';
import { navigate } from '@/navigate';
import { useAction } from '@/request';
import { toast, useDraft } from '@/stores';
import type { IncomeActions } from '../api';
import { faultText, stepOf } from '../model';

const REASON_MAX = 300;

/** What stands against publication, each with the way to where it is mended. */
export function FaultList({
  faults,
  onGo,
}: {
  readonly faults: readonly StatementFault[];
  readonly onGo: (step: number) => void;
}) {
  if (faults.length === 0)
    return (
      <StateBlock icon="done" title="核对通过" text="账平，依据和凭证都在。提交后由另一个人复核公示。" />
    );
  const aboutDecisions = faults.some(
    ({ code }) => code === 'INCOME.DECISION_UNKNOWN' || code === 'INCOME.DECISION_NOT_PASSED',
  );
  return (
    <Card title={`还有 ${faults.length} 处不符合公示要求`} flush>
      {faults.map((fault) => (
        <Cell
          key={`${fault.path} ${fault.code}`}
          icon="alert"
          title={faultText(fault)}
          onTap={() => {
            onGo(stepOf(fault));
          }}
        />
      ))}
      {aboutDecisions && (
        <Cell
          icon="document"
          title="去登记以前的决定"
          onTap={() => {
            navigate('decisionsDesk');
          }}
        />
      )}
    </Card>
  );
}

/** What the books cannot know and the people have to look up; it does not stand against publication. */
export function WarningList({ warnings }: { readonly warnings: readonly StatementFault[] }) {
  if (warnings.length === 0) return null;
  return (
    <Card title="公示前请再查一下" tone="brand">
      <View className="stack stack--2">
        {warnings.map(({ code, message }) => (
          <View key={code}>{message}</View>
        ))}
      </View>
    </Card>
  );
}

interface ReviewProps {
  readonly view: StatementDraftView;
  readonly actions: IncomeActions;
}

const publisher = ({ publishedBy }: StatementDraftView) =>
  publishedBy === 'COMMITTEE' ? '另一位业委会成员' : '社区';

/** 提交: reads back what another member is going to see. */
export function SubmitButton({ view, actions }: ReviewProps) {
  return (
    <ConfirmButton
      block
      disabled={view.faults.length > 0}
      text="提交复核"
      ask={{
        title: '提交复核',
        sentence: `${formatQuarter(view.quarter)}：收 ${formatYuan(view.sums.incomeNetFen)}，支 ${formatYuan(view.sums.spendFen)}，季末余额 ${formatYuan(view.closingFen)}。提交后由${publisher(view)}核对并公示，公示前您可以取回。`,
        doLabel: '提交',
        busyText: '正在提交…',
      }}
      perform={(key) => actions.submit(key, view.id, view.revision)}
      onDone={() => {
        toast(`已提交，等${publisher(view)}复核公示`, 'good');
      }}
    />
  );
}

/** Submitted: the submitter waits and may take it back, the publishing body’s other person publishes or returns it. */
export function ReviewPanel({ view, actions }: ReviewProps) {
  const takeBack = useAction((key) => actions.takeBack(key, view.id), {
    onDone: () => {
      toast('已取回，可以继续改');
    },
  });
  if (!view.steps.includes('PUBLISH'))
    return (
      <View className="stack stack--3">
        <StateBlock
          icon="clock"
          title={`等${publisher(view)}复核公示`}
          text={`${view.submittedBy ?? ''}已提交。提交和公示要由两个人来做；公示以后不能再改，只能发布更正。`}
        />
        {view.steps.includes('TAKE_BACK') && (
          <Button kind="plain" block busy={takeBack.busy} onTap={() => takeBack.run()}>
            取回来改
          </Button>
        )}
        {takeBack.error !== null && <View className="t-bad">{takeBack.error.message}</View>}
      </View>
    );
  return <Publish view={view} actions={actions} />;
}

function Publish({ view, actions }: ReviewProps) {
  return (
    <Card title={`${view.submittedBy ?? ''}提交，请您复核`} tone="brand">
      <View className="stack stack--3">
        <View>请对照凭证和银行对账单核对右边的每一笔。公示以后不能再改，只能发布更正。</View>
        <View className="row row--wrap gap-3">
          <ConfirmButton
            disabled={view.faults.length > 0}
            text="公示给全体业主"
            ask={{
              title: '公示',
              sentence: `${formatQuarter(view.quarter)}的收支将公示给全体业主：收 ${formatYuan(view.sums.incomeNetFen)}，支 ${formatYuan(view.sums.spendFen)}，季末余额 ${formatYuan(view.closingFen)}。公示以后不能再改。`,
              doLabel: '公示',
              busyText: '正在公示…',
            }}
            perform={(key) => actions.publish(key, view.id, view.revision)}
            onDone={() => {
              toast('已公示，全体业主能看到了', 'good');
            }}
          />
          <GiveBack view={view} actions={actions} />
        </View>
      </View>
    </Card>
  );
}

function GiveBack({ view, actions }: ReviewProps) {
  const { value: reason, set: setReason, discard } = useDraft(`quarter-return/${view.id}`, '');
  return (
    <ConfirmButton
      kind="plain"
      text="退回"
      ask={{
        title: '退回',
        sentence: `退回给${view.submittedBy ?? '提交的人'}改，业主不会看到。`,
        doLabel: '退回',
      }}
      perform={(key) => actions.giveBack(key, view.id, reason)}
      onDone={() => {
        discard();
        toast('已退回');
      }}
    >
      <Field label="退回的原因">
        <TextArea value={reason} onChange={setReason} maxLength={REASON_MAX} rows={3} />
      </Field>
    </ConfirmButton>
  );
}
