import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { Sheet } from '../sheet';
import { DataTable, type DataTableProps } from './data-table';

export interface TableWithSheetProps<Row> extends Omit<DataTableProps<Row>, 'onOpen' | 'openKey'> {
  readonly sheetTitle: (row: Row) => string;
  /** What is known of the row and what can be done with it, as it is now: rows may be read anew while it is open. */
  readonly sheet: (row: Row, close: () => void) => ReactNode;
}

/** A table of which each row opens over it. */
export function TableWithSheet<Row>({ sheetTitle, sheet, ...table }: TableWithSheetProps<Row>) {
  const { rows, rowKey, keyboard = true } = table;
  const [openKey, setOpenKey] = useState<string | null>(null);
  const open = rows.find((row) => rowKey(row) === openKey);
  const close = () => {
    setOpenKey(null);
  };
  return (
    <View>
      <DataTable
        {...table}
        onOpen={(row) => {
          setOpenKey(rowKey(row));
        }}
        openKey={openKey}
        keyboard={keyboard && openKey === null}
      />
      {open !== undefined && (
        <Sheet open title={sheetTitle(open)} onClose={close}>
          <View className="stack stack--4">{sheet(open, close)}</View>
        </Sheet>
      )}
    </View>
  );
}
