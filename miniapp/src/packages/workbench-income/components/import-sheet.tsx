import { View } from '@tarojs/components';
import type { IncomeSheetCheck, SaveStatementRequest } from '@linli/shared/income';
import { formatQuarter } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, StateBlock } from '@/components';
import { DataTable } from '@/components/staff';
import { chooseDocument } from '@/platform';
import { useAction } from '@/request';
import { currentEstateName, toast, useSession } from '@/stores';
import { incomeActions } from '../api';
import { type SheetFaults, requestOfSheet } from '../model';

const SHEET_SUFFIXES = ['.xlsx', '.csv'] as const;

/** 导入表格: the spreadsheet that the treasurer has already; every fault is named, or it becomes a draft. */
export function ImportSheet({ onBegun }: { readonly onBegun: (draftId: string) => void }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const estateName = useSession(currentEstateName);
  const [check, setCheck] = useState<{ name: string; faults: SheetFaults } | null>(null);
  const actions = incomeActions(estateId);
  const begin = useAction((key, request: SaveStatementRequest) => actions.begin(key, request), {
    onDone: ({ id, quarter, lines }) => {
      toast(`已读入 ${formatQuarter(quarter)}的 ${lines.length} 笔`, 'good');
      onBegun(id);
    },
  });
  const read = useAction(
    async () => {
      const file = await chooseDocument(SHEET_SUFFIXES);
      return file === null ? null : { name: file.name, answer: await actions.checkSheet(file) };
    },
    {
      onDone: (done) => {
        if (done === null) return;
        setCheck({ name: done.name, faults: done.answer.faults });
        const { draft }: IncomeSheetCheck = done.answer;
        if (draft !== null) void begin.run(requestOfSheet(draft, `${estateName}业主委员会`));
      },
    },
  );
  const error = read.error ?? begin.error;
  return (
    <View className="stack stack--4">
      <Card title="从表格开始">
        <View className="stack stack--3">
          <View>
            上传您已经做好的收支表（.xlsx 或
            .csv）。表头叫什么、前面有几行标题都不要紧；有错会逐格列出，表格不改就什么都不会变。
          </View>
          <View className="row">
            <Button onTap={() => read.run()} busy={read.busy || begin.busy} busyText="正在读表格…">
              上传本季收支表
            </Button>
          </View>
        </View>
      </Card>
      {error !== null && <StateBlock icon="alert" title="没有读成" text={error.message} role="alert" />}
      {check !== null && check.faults.length > 0 && (
        <SheetFaultTable name={check.name} faults={check.faults} />
      )}
    </View>
  );
}

function SheetFaultTable({ name, faults }: { readonly name: string; readonly faults: SheetFaults }) {
  const rows = faults.map((fault, index) => ({ ...fault, key: String(index) }));
  return (
    <Card title={`${name} 有 ${faults.length} 处要改`}>
      <View className="stack stack--3">
        <View className="t-second t-muted">在表格里改好后再上传；现在什么都没有存。</View>
        <DataTable
          caption="表格里要改的地方"
          rows={rows}
          rowKey={({ key }) => key}
          rowLabel={({ row, column, expected }) => `第 ${row} 行 ${column}：${expected}`}
          card={({ row, column, found, expected }) => (
            <View>
              <View className="t-strong">{`第 ${row} 行 · ${column}`}</View>
              <View className="t-second t-muted">{`表里是：${found === '' ? '空着' : found}`}</View>
              <View className="t-second">{expected}</View>
            </View>
          )}
          columns={[
            { key: 'row', title: '行', width: '88px', cell: ({ row }) => `第 ${row} 行` },
            { key: 'column', title: '列', width: '120px', cell: ({ column }) => column },
            {
              key: 'found',
              title: '表里是',
              width: '160px',
              cell: ({ found }) => (found === '' ? '空着' : found),
            },
            { key: 'expected', title: '应该是', cell: ({ expected }) => expected },
          ]}
        />
      </View>
    </Card>
  );
}
