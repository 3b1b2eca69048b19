import { type Fen, formatYuan } from '@linli/shared/kernel';
import type { Column } from '@/components/staff';

/** A column of amounts: to the right, with yuan and fen. */
export function moneyColumn<Field extends string>(
  field: Field,
  title: string,
  width: string,
): Column<Readonly<Record<Field, Fen>>> {
  return { key: field, title, align: 'right', width, cell: (row) => formatYuan(row[field]) };
}
