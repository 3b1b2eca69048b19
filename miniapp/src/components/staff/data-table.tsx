import { View } from '@tarojs/components';
import { type ReactNode, useEffect, useState } from 'react';
import { spoken, useKeys, useWide } from '@/platform';
import { classNames } from '../class-names';
import { Tap } from '../tap';
import './data-table.css';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'left' | 'right';
  /** CSS width; the others share what is left. */
  readonly width?: string;
}

export interface DataTableProps<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  /** What a row says to a screen reader, and the card of a phone where `card` is absent. */
  readonly rowLabel: (row: Row) => string;
  /** The row as a card, on a phone. */
  readonly card: (row: Row) => ReactNode;
  /** Absent where a row has nothing more to show: then it is read, not worked. */
  readonly onOpen?: (row: Row) => void;
  /** The row that is open beside the table. */
  readonly openKey?: string | null;
  readonly caption: string;
  /** j, k and Enter move and open; off while a sheet is over it. */
  readonly keyboard?: boolean;
}

/** A table on a laptop, worked with the keyboard; cards on a phone. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const wide = useWide();
  return wide ? <WideTable {...props} /> : <Cards {...props} />;
}

function Cards<Row>({ rows, rowKey, rowLabel, card, onOpen }: DataTableProps<Row>) {
  return (
    <View className="data-cards stack stack--3" {...spoken({ role: 'list' })}>
      {rows.map((row) => (
        <Tap
          key={rowKey(row)}
          className="card"
          label={rowLabel(row)}
          disabled={onOpen === undefined}
          onTap={() => {
            onOpen?.(row);
          }}
        >
          {card(row)}
        </Tap>
      ))}
    </View>
  );
}

/** Only ever drawn in a browser, so it is a real table. */
function WideTable<Row>(props: DataTableProps<Row>) {
  const { rows, columns, rowKey, onOpen, caption, keyboard = true } = props;
  const { current, setCursor } = useCursor(props);
  return (
    <View className="data-table">
      <table className="data-table__table">
        <caption className="data-table__caption only-read">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={classNames(column.align === 'right' && 'data-table--right')}
                style={column.width === undefined ? {} : { width: column.width }}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <WideRow
              key={rowKey(row)}
              table={props}
              row={row}
              isCurrent={index === current}
              onReach={() => {
                setCursor(index);
              }}
            />
          ))}
        </tbody>
      </table>
      {onOpen !== undefined && keyboard && (
        <View className="data-table__keys">键盘：j 下一行 · k 上一行 · 回车打开</View>
      )}
    </View>
  );
}

/** The row that the keyboard is at. */
function useCursor<Row>({ rows, rowKey, onOpen, keyboard = true }: DataTableProps<Row>) {
  const [cursor, setCursor] = useState(0);
  const last = rows.length - 1;
  const current = Math.min(cursor, Math.max(0, last));

  // Enter is for what has the focus, and after a filter was pressed that is the filter: j and k take it to the row.
  const move = (to: number) => {
    const index = Math.max(0, Math.min(last, to));
    const row = rows[index];
    if (row === undefined) return;
    setCursor(index);
    document.getElementById(rowId(rowKey(row)))?.focus({ preventScroll: true });
  };
  useKeys(
    {
      j: () => {
        move(current + 1);
      },
      k: () => {
        move(current - 1);
      },
      Enter: () => {
        const row = rows[current];
        if (row !== undefined) onOpen?.(row);
      },
    },
    keyboard && onOpen !== undefined && rows.length > 0,
  );
  const currentKey = rows[current] === undefined ? null : rowKey(rows[current]);
  useEffect(() => {
    if (currentKey !== null) document.getElementById(rowId(currentKey))?.scrollIntoView({ block: 'nearest' });
  }, [currentKey]);
  return { current, setCursor };
}

interface WideRowProps<Row> {
  readonly table: DataTableProps<Row>;
  readonly row: Row;
  readonly isCurrent: boolean;
  readonly onReach: () => void;
}

function WideRow<Row>({ table, row, isCurrent, onReach }: WideRowProps<Row>) {
  const { columns, rowKey, rowLabel, onOpen, openKey = null, keyboard = true } = table;
  const isOpen = rowKey(row) === openKey;
  return (
    <tr
      id={rowId(rowKey(row))}
      aria-label={rowLabel(row)}
      aria-selected={isOpen}
      className={classNames(
        'data-table__row',
        isCurrent && onOpen !== undefined && keyboard && 'data-table__row--cursor',
        isOpen && 'data-table__row--open',
      )}
      // The one row that Tab stops at; j and k go on from there.
      {...(onOpen === undefined ? {} : { tabIndex: isCurrent ? 0 : -1 })}
      onFocus={onReach}
      onClick={() => {
        onReach();
        onOpen?.(row);
      }}
    >
      {columns.map((column) => (
        <td key={column.key} className={classNames(column.align === 'right' && 'data-table--right')}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

function rowId(key: string): string {
  return `row-${key}`;
}
