import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { DataTable, type DataTableProps } from './data-table';

interface SheetTableProps<Row> extends Omit<DataTableProps<Row>, 'onOpen' | 'openKey' | 'keyboard'> {
  /** What a row opens to. */
  readonly sheet: (row: Row, onClose: () => void) => ReactNode;
}

/** A table whose rows open as a sheet over it. */
export function SheetTable<Row>({ sheet, ...table }: SheetTableProps<Row>) {
  const [openKey, setOpenKey] = useState<string | null>(null);
  const open = table.rows.find((row) => table.rowKey(row) === openKey);
  return (
    <View>
      <DataTable<Row>
        {...table}
        onOpen={(row) => {
          setOpenKey(table.rowKey(row));
        }}
        openKey={openKey}
        keyboard={openKey === null}
      />
      {open !== undefined &&
        sheet(open, () => {
          setOpenKey(null);
        })}
    </View>
  );
}
