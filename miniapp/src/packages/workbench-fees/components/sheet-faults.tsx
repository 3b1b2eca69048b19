import { View } from '@tarojs/components';
import type { SheetFault } from '@linli/shared/sheet';
import { Card } from '@/components';
import { DataTable } from '@/components/staff';

/** What is to be put right in a spreadsheet, cell by cell. */
export function SheetFaults({
  name,
  faults,
}: {
  readonly name: string;
  readonly faults: readonly SheetFault[];
}) {
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
            { key: 'row', title: '行', width: '72px', cell: ({ row }) => `第 ${row} 行` },
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
