import { tidyText } from '../kernel/index.ts';
import { headerName, type SheetHeader, type SheetRow } from '../sheet/index.ts';
import { isNothing } from './roll-cells.ts';
import type { RollColumnKey } from './roll-columns.ts';

const TOTAL = /(合计|总计|小计|共计|累计)/;
/** A unit's name is short; a sentence with 合计 in it is a note. */
const TOTAL_CHARS = 20;
const NOTE =
  /^(备注|说明|注|附注|制表|填表|填报|审核|复核|负责人|经办|联系人|盖章|单位)(人|说明|单位|日期|签字)?[:：(（]/;

/** Cells in which a total row says that it is one. */
const NAMING_COLUMNS: readonly RollColumnKey[] = ['SEQUENCE', 'BUILDING', 'ENTRANCE', 'ROOM', 'ADDRESS'];

/** A row without any of these holds no unit, only a number or a remark. */
const DATA_COLUMNS: readonly RollColumnKey[] = [
  'ROOM',
  'ADDRESS',
  'AREA',
  'GROSS_AREA',
  'OWNER',
  'CO_OWNERS',
  'ID_LAST4',
  'PHONE',
  'CERTIFICATE',
];

/** Why a row below the header is no unit; null where it is one, however faulty. */
export function whyNoUnit(row: SheetRow, header: SheetHeader<RollColumnKey>): string | null {
  const cell = (key: RollColumnKey) => {
    const position = header.positions.get(key);
    return position === undefined ? '' : tidyText(row.cells[position] ?? '');
  };
  const first = tidyText(row.cells.find((text) => tidyText(text) !== '') ?? '');
  if (first === '') return '空行';
  if ([first, ...NAMING_COLUMNS.map(cell)].some(isTotal)) return '合计行';
  if (isHeaderAgain(row, header)) return '重复的表头';
  if (NOTE.test(first)) return '说明行';
  if (DATA_COLUMNS.some((key) => !isNothing(cell(key)))) return null;
  const sequence = cell('SEQUENCE');
  return isNothing(sequence) || /^\d+$/.test(sequence) ? '空行' : '说明行';
}

function isTotal(text: string): boolean {
  const bare = text.replace(/\s/g, '');
  return bare.length <= TOTAL_CHARS && TOTAL.test(bare);
}

/** Sheets that were put together from printed pages repeat their header. */
function isHeaderAgain(row: SheetRow, header: SheetHeader<RollColumnKey>): boolean {
  return (['OWNER', 'AREA'] as const).every((key) => {
    const position = header.positions.get(key);
    const text = position === undefined ? '' : (row.cells[position] ?? '');
    return headerName(text) === headerName(header.nameOf(key));
  });
}
