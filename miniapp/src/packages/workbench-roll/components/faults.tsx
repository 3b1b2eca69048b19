import { View } from '@tarojs/components';
import type { RollFault, RollImport } from '@linli/shared/estate';
import { Card, Chip, PageContent, SkeletonList } from '@/components';
import { DataTable, type Column } from '@/components/staff';
import { useRollReport } from '../api';

const COLUMNS: readonly Column<RollFault>[] = [
  { key: 'row', title: '行', width: '64px', align: 'right', cell: ({ row }) => String(row) },
  { key: 'column', title: '列', width: '180px', cell: ({ column }) => column },
  { key: 'found', title: '表里写的', width: '160px', cell: ({ found }) => found },
  { key: 'expected', title: '应该怎样', cell: ({ expected }) => expected },
];

/** Every fault with its row and column, so that the sheet can be put right in one go. */
export function Faults({ estateId, faulty }: { readonly estateId: string; readonly faulty: RollImport }) {
  const report = useRollReport(estateId, faulty.id);
  return (
    <PageContent resource={report} skeleton={<SkeletonList />}>
      {({ errors, rows, accepted }) => (
        <Card tone="urgent" title={`${faulty.fileName} 没有导入`}>
          <View className="stack stack--3">
            <View>
              {`共 ${rows} 行，${accepted} 行没有问题，${errors.length} 处要改。请在表格里改好后重新上传；名册没有任何变动。`}
            </View>
            <DataTable
              rows={errors}
              columns={COLUMNS}
              rowKey={({ row, column, code }) => `${row}-${column}-${code}`}
              rowLabel={({ row, column, found, expected }) =>
                `第 ${row} 行，${column}，表里写的是 ${found}，${expected}`
              }
              card={(fault) => <FaultCard fault={fault} />}
              caption="名册里的错误"
            />
          </View>
        </Card>
      )}
    </PageContent>
  );
}

function FaultCard({ fault }: { readonly fault: RollFault }) {
  return (
    <View className="stack stack--1">
      <View className="row gap-2">
        <Chip tone="bad">{`第 ${fault.row} 行`}</Chip>
        <View className="t-strong">{fault.column}</View>
      </View>
      <View>{`表里写的：${fault.found}`}</View>
      <View className="t-second t-muted">{fault.expected}</View>
    </View>
  );
}
