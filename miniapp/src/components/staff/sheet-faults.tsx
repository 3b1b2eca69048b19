import { View } from '@tarojs/components';
import type { SheetFault } from '@linli/shared/sheet';
import { Card } from '../card';
import { Chip } from '../chip';
import { type Column, DataTable } from './data-table';

interface Row extends SheetFault {
  readonly key: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { key: 'row', title: '行', width: '88px', cell: ({ row }) => `第 ${row} 行` },
  { key: 'column', title: '列', width: '160px', cell: ({ column }) => column },
  { key: 'found', title: '表里写的', width: '160px', cell: foundText },
  { key: 'expected', title: '应该怎样', cell: ({ expected }) => expected },
];

/** Every fault of a spreadsheet with its row and column, so that the sheet can be put right in one go. */
export function SheetFaults({
  title,
  lead = '请在表格里改好后重新上传；现在什么都没有存。',
  faults,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly faults: readonly SheetFault[];
}) {
  return (
    <Card tone="urgent" title={title}>
      <View className="stack stack--3">
        <View>{lead}</View>
        <DataTable
          caption="表格里要改的地方"
          rows={faults.map((fault, index) => ({ ...fault, key: String(index) }))}
          columns={COLUMNS}
          rowKey={({ key }) => key}
          rowLabel={(fault) =>
            `第 ${fault.row} 行，${fault.column}，表里写的是 ${foundText(fault)}，${fault.expected}`
          }
          card={(fault) => (
            <View className="stack stack--1">
              <View className="row gap-2">
                <Chip tone="bad">{`第 ${fault.row} 行`}</Chip>
                <View className="t-strong">{fault.column}</View>
              </View>
              <View>{`表里写的：${foundText(fault)}`}</View>
              <View className="t-second t-muted">{fault.expected}</View>
            </View>
          )}
        />
      </View>
    </Card>
  );
}

function foundText({ found }: SheetFault): string {
  return found === '' ? '空着' : found;
}
