import { View } from '@tarojs/components';
import { type UtilityCharge, meterFormula, scopeText } from '@linli/shared/fees';
import { formatMonth, formatYuan } from '@linli/shared/kernel';
import type { SheetFault } from '@linli/shared/sheet';
import { useState } from 'react';
import { Button, Card, ConfirmButton } from '@/components';
import { DataTable, SheetFaults } from '@/components/staff';
import { chooseDocument } from '@/platform';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { useFeeActions, useUtilities } from '../api';
import { moneyColumn } from '../money-column';

interface Check {
  readonly name: string;
  readonly month: string | null;
  readonly charges: readonly UtilityCharge[] | null;
  readonly faults: readonly SheetFault[];
}

/** 公共水电: from the meter sheet to the published apportionment. */
export function UtilitiesPart() {
  const [check, setCheck] = useState<Check | null>(null);
  const month = check?.month ?? null;
  const charges = check?.charges ?? null;
  return (
    <View className="stack stack--4">
      <Upload onRead={setCheck} />
      {check !== null && check.faults.length > 0 && (
        <SheetFaults title={`${check.name} 有 ${check.faults.length} 处要改`} faults={check.faults} />
      )}
      {month !== null && charges !== null && (
        <MonthRead
          month={month}
          charges={charges}
          onPublished={() => {
            setCheck(null);
          }}
        />
      )}
    </View>
  );
}

/** What stands published, and the sheet of the next month. */
function Upload({ onRead }: { readonly onRead: (check: Check) => void }) {
  const actions = useFeeActions();
  const published = useUtilities();
  const read = useAction(
    async () => {
      const file = await chooseDocument(['.xlsx', '.csv']);
      return file === null ? null : { name: file.name, ...(await actions.checkUtilities(file)) };
    },
    {
      onDone: (answer) => {
        if (answer !== null) onRead(answer);
      },
      onError: ({ message }) => {
        toast(message, 'bad');
      },
    },
  );
  return (
    <Card title="公共水电费分摊">
      <View className="stack stack--3">
        <View>
          {published.status === 'ready'
            ? `最近公示的是${formatMonth(published.data.month)}，合计 ${formatYuan(published.data.totalFen)}。`
            : '还没有公示过。'}
        </View>
        <View className="t-second t-muted">
          上传当月的抄表（.xlsx 或
          .csv），会逐行核对读数、用量和金额，再按面积分到每一户，分到分，加起来正好。
        </View>
        <Button onTap={() => read.run()} busy={read.busy} busyText="正在核对…">
          上传抄表
        </Button>
      </View>
    </Card>
  );
}

interface MonthReadProps {
  readonly month: string;
  readonly charges: readonly UtilityCharge[];
  readonly onPublished: () => void;
}

/** A sheet without a fault: seen meter by meter, then published. */
function MonthRead({ month, charges, onPublished }: MonthReadProps) {
  const actions = useFeeActions();
  const total = formatYuan(charges.reduce((sum, { amountFen }) => sum + amountFen, 0));
  return (
    <Card title={`${formatMonth(month)}，合计 ${total}`}>
      <View className="stack stack--3">
        <Meters charges={charges} />
        <ConfirmButton
          text="公示这个月"
          ask={{
            title: '公示分摊',
            sentence: `将公示${formatMonth(month)}的 ${charges.length} 只表，合计 ${total}，分到每一户。公示后不能改。`,
            doLabel: '确认公示',
          }}
          perform={(key) => actions.publishUtilities(key, { month, charges })}
          onDone={() => {
            toast('已公示，业主能看到每只表和自家的一份', 'good');
            onPublished();
          }}
        />
      </View>
    </Card>
  );
}

function Meters({ charges }: { readonly charges: readonly UtilityCharge[] }) {
  return (
    <DataTable
      caption="各表"
      rows={charges}
      rowKey={({ name }) => name}
      rowLabel={({ name, amountFen }) => `${name}，${formatYuan(amountFen)}`}
      card={(charge) => (
        <View>
          <View className="row row--between">
            <View className="t-strong">{charge.name}</View>
            <View>{formatYuan(charge.amountFen)}</View>
          </View>
          <View className="t-second">{meterFormula(charge)}</View>
          <View className="t-second t-muted">{scopeText(charge.scope)}</View>
        </View>
      )}
      columns={[
        { key: 'name', title: '表', width: '180px', cell: ({ name }) => name },
        { key: 'how', title: '怎么算', cell: meterFormula },
        { key: 'scope', title: '谁分摊', width: '140px', cell: ({ scope }) => scopeText(scope) },
        moneyColumn('amountFen', '金额', '120px'),
      ]}
    />
  );
}
