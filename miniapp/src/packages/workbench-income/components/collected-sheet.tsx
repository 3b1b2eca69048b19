import { View } from '@tarojs/components';
import { COLLECTED_LABEL, type StatementFault, type StatementLine } from '@linli/shared/income';
import { formatYuan } from '@linli/shared/kernel';
import { Chip, Fact, Sheet } from '@/components';
import { amountOf, labelOf } from '../model';

interface CollectedSheetProps {
  readonly line: StatementLine;
  readonly faults: readonly StatementFault[];
  readonly onClose: () => void;
}

/** What came by WeChat is read here, and edited nowhere. */
export function CollectedSheet({ line, faults, onClose }: CollectedSheetProps) {
  return (
    <Sheet open title={labelOf(line)} onClose={onClose}>
      <View className="stack stack--4">
        <View className="row">
          <Chip tone="info">{COLLECTED_LABEL}</Chip>
        </View>
        <View>
          <Fact label={line.dir === 'INCOME' ? '净收入' : '支出'}>{formatYuan(amountOf(line))}</Fact>
          <Fact label="是什么">{line.note}</Fact>
        </View>
        {faults.map(({ code, message }) => (
          <View key={code} className="t-bad">
            {message}
          </View>
        ))}
        <View className="t-second t-muted">
          自动取自微信收款，不能改，也不能删。住户再付款或退款以后，在最后一步点“从账簿取数”更新。
        </View>
      </View>
    </Sheet>
  );
}
