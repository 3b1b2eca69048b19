import { fillMessage } from '../errors/index.ts';
import { isCalendarDate, tidyText, toHalfWidth, type CalendarDate } from '../kernel/index.ts';
import { type SheetColumn, type SheetHeader, findHeader } from './header.ts';
import type { SheetFault, SheetFaultCode, SheetIgnored, SheetReport, SheetRow } from './rows.ts';

/** What is expected in place of what was found, for each fault that a sheet can have; `{name}` is filled in. */
type SheetExpectations<Code extends string> = Readonly<Record<Code, string>>;
type Params = Readonly<Record<string, string | number>>;

/** Reads one row by column keys and notes what is wrong with it under the sheet's own column names. */
export interface RowReader<Key extends string, Code extends string> {
  readonly row: number;
  /** The tidied text of a cell (half-width), to be compared; '' where the cell or the whole column is missing. */
  text(key: Key): string;
  /** The cell as it is to be read by people: Chinese punctuation kept, blanks at the ends and in runs gone. */
  prose(key: Key): string;
  /** The cell as it is to be read by people; null, with a fault noted, where nothing or a dash stands in it. */
  required(key: Key, code: Code): string | null;
  /** The parsed cell; null, with a fault noted, where it cannot be parsed. */
  parse<T>(key: Key, parser: (text: string) => T | null, code: Code): T | null;
  /** Like `parse`, but an empty cell gives `whenEmpty` without a fault. */
  parseOptional<T, E>(key: Key, parser: (text: string) => T | null, code: Code, whenEmpty: E): T | E | null;
  fault(key: Key, code: Code, params?: Params): void;
}

/** Where something is wrong that is not in a cell. */
type SheetPlace = Pick<SheetFault, 'row' | 'column' | 'found'>;

export interface SheetTable<Key extends string, Code extends string> {
  /** Null where the header is at fault; `report` then says why. */
  readonly header: SheetHeader<Key> | null;
  readonly rows: readonly RowReader<Key, Code>[];
  readonly faults: readonly SheetFault<Code | SheetFaultCode>[];
  readonly ignored: readonly SheetIgnored[];
  fault(place: SheetPlace, code: Code, params?: Params): void;
  /** The answer: the value only where nothing at all is at fault. */
  report<Value>(value: Value): SheetReport<Value, Code>;
}

const TOTAL_ROW = /^(本页)?(合计|总计|小计|共计|累计)|(合计|总计|小计)[:：]?$/;
const NOTE_ROW = /^(备注|说明|注|附注|制表|填表|填报|审核|复核|负责人|经办)(人|单位|日期)?[:：]/;

/** Opens a sheet as a table of known columns: finds the header, sets total rows, notes and blank rows aside. */
export function openTable<Key extends string, Code extends string>(
  rows: readonly SheetRow[],
  columns: readonly SheetColumn<Key>[],
  expectations: SheetExpectations<Code>,
): SheetTable<Key, Code> {
  const search = findHeader(rows, columns);
  const faults: SheetFault<Code | SheetFaultCode>[] = [...search.faults];
  const note: Note<Code> = (place, code, params = {}) => {
    faults.push({ ...place, expected: fillMessage(expectations[code], params), code });
  };
  const { header } = search;
  if (header === null) return tableOf(null, [], { faults, note }, []);

  const readers: RowReader<Key, Code>[] = [];
  const ignored: SheetIgnored[] = [];
  for (const row of rows) {
    if (row.row <= header.row) continue;
    const reason = whyIgnored(row);
    if (reason === null) readers.push(rowReader(header, row, note));
    else ignored.push({ row: row.row, reason });
  }
  if (readers.length === 0) {
    faults.push({
      row: header.row,
      column: '表头',
      found: '表头下面没有内容',
      expected: '至少填一行',
      code: 'SHEET.NO_ROWS',
    });
  }
  return tableOf(header, readers, { faults, note }, ignored);
}

/** Dates as people write them: 2026-07-31, 2026/7/31, 2026.7.31, 2026年7月31日. */
export function parseSheetDate(text: string): CalendarDate | null {
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(toHalfWidth(text).trim());
  if (match === null) return null;
  const [, year = '', month = '', day = ''] = match;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : null;
}

/** Cells in which people write a dash for "nothing". */
export function isDash(text: string): boolean {
  return /^[-—–－_/无]*$/.test(text);
}

type Note<Code extends string> = SheetTable<string, Code>['fault'];

interface Noted<Code extends string> {
  readonly faults: readonly SheetFault<Code | SheetFaultCode>[];
  readonly note: Note<Code>;
}

function tableOf<Key extends string, Code extends string>(
  header: SheetHeader<Key> | null,
  rows: readonly RowReader<Key, Code>[],
  { faults, note }: Noted<Code>,
  ignored: readonly SheetIgnored[],
): SheetTable<Key, Code> {
  return {
    header,
    rows,
    faults,
    ignored,
    fault: note,
    report: (value) => ({
      value: faults.length === 0 ? value : null,
      rows: rows.length,
      faults: [...faults].sort((a, b) => a.row - b.row),
      ignored,
    }),
  };
}

function rowReader<Key extends string, Code extends string>(
  header: SheetHeader<Key>,
  { row, cells }: SheetRow,
  note: Note<Code>,
): RowReader<Key, Code> {
  const raw = (key: Key) => cells[header.positions.get(key) ?? -1] ?? '';
  const text = (key: Key) => tidyText(raw(key));
  const prose = (key: Key) => raw(key).replace(/\s+/g, ' ').trim();
  const fault = (key: Key, code: Code, params?: Params) => {
    const found = prose(key);
    note({ row, column: header.nameOf(key), found: found === '' ? '空' : found }, code, params);
  };
  const parse = <T>(key: Key, parser: (text: string) => T | null, code: Code): T | null => {
    const value = text(key) === '' ? null : parser(text(key));
    if (value === null) fault(key, code);
    return value;
  };
  return {
    row,
    text,
    prose,
    fault,
    required: (key, code) => {
      if (!isDash(text(key))) return prose(key);
      fault(key, code);
      return null;
    },
    parse,
    parseOptional: (key, parser, code, whenEmpty) =>
      isDash(text(key)) ? whenEmpty : parse(key, parser, code),
  };
}

function whyIgnored({ cells }: SheetRow): string | null {
  const first = cells.map(tidyText).find((cell) => cell !== '');
  if (first === undefined) return '空行';
  const name = first.replace(/\s/g, '');
  if (TOTAL_ROW.test(name)) return '合计行';
  return NOTE_ROW.test(name) ? '说明行' : null;
}
