import { View } from '@tarojs/components';
import type { StatementDraftView } from '@linli/shared/income';
import { formatQuarter, formatYuan } from '@linli/shared/kernel';
import { Card, ConfirmButton, StateBlock } from '@/components';
import { toast } from '@/stores';
import type { IncomeActions } from '../api';

/** 社区见证: whoever has seen the books says so, and owners read whose name stands under them. */
export function WitnessPanel({
  view,
  actions,
}: {
  readonly view: StatementDraftView;
  readonly actions: IncomeActions;
}) {
  if (view.witness !== null)
    return (
      <StateBlock
        icon="done"
        title="已见证"
        text={`见证人：${view.witness}。业委会复核后公示给全体业主；取回修改的话，要重新见证。`}
      />
    );
  const quarter = formatQuarter(view.quarter);
  return (
    <Card title={`${view.submittedBy ?? '业委会'}提交，请您见证`} tone="brand">
      <View className="stack stack--3">
        <View>请对照凭证看每一笔。见证表示您看过账目和凭证，不替业委会复核，也不决定怎么用钱。</View>
        <View className="row row--wrap gap-3">
          <ConfirmButton
            text="我看过了，见证"
            ask={{
              title: '见证',
              sentence: `${quarter}：收 ${formatYuan(view.sums.incomeNetFen)}，支 ${formatYuan(view.sums.spendFen)}，季末余额 ${formatYuan(view.closingFen)}，共 ${view.lines.length} 笔。公示时业主会看到由您的单位和您的姓名见证。`,
              doLabel: '见证',
              safeLabel: '再看看',
              busyText: '正在提交…',
            }}
            perform={(key) => actions.witness(key, view.id, view.revision)}
            onDone={() => {
              toast('已见证，等业委会复核公示', 'good');
            }}
          />
        </View>
      </View>
    </Card>
  );
}
