import { parsePhone } from '../kernel/index.ts';
import {
  type RowReader,
  type SheetColumn,
  type SheetReport,
  type SheetRow,
  openTable,
} from '../sheet/index.ts';
import type { BoardEntry } from './board.ts';
import { departmentOf } from './departments.ts';
import { handledMatters } from './handles.ts';

const BOARD_SHEET_COLUMNS = [
  {
    key: 'department',
    label: '部门',
    synonyms: ['单位', '部门名称', '单位名称', '执法部门', '责任部门'],
    required: true,
  },
  {
    key: 'duties',
    label: '工作职责',
    synonyms: ['职责', '部门职责', '主要职责', '执法职责'],
    required: true,
  },
  {
    key: 'contact',
    label: '联系人',
    synonyms: ['联系人（科室）', '联系人姓名', '科室', '负责人', '联系科室'],
    required: true,
  },
  {
    key: 'phone',
    label: '联系电话',
    synonyms: ['电话', '联系方式', '办公电话', '投诉电话', '举报电话'],
    required: true,
  },
  {
    key: 'handles',
    label: '受理事项',
    synonyms: ['受理范围', '受理内容', '投诉事项', '事项'],
    required: false,
  },
] as const satisfies readonly SheetColumn<string>[];

type Column = (typeof BOARD_SHEET_COLUMNS)[number]['key'];

const BOARD_SHEET_EXPECTATIONS = {
  'BOARD_SHEET.DEPARTMENT_MISSING': '写部门名称',
  'BOARD_SHEET.DUTIES_MISSING': '写工作职责',
  'BOARD_SHEET.CONTACT_MISSING': '写联系人或科室',
  'BOARD_SHEET.PHONE_INVALID': '填电话号码，座机带区号，如 0994-7200101',
  'BOARD_SHEET.DUPLICATE': '同一部门的同一联系人只写一行',
} as const;
export type BoardSheetFaultCode = keyof typeof BOARD_SHEET_EXPECTATIONS;

/** What a board's sheet says, with the matters that no complaint category is known for. */
export interface BoardDraft {
  readonly entries: readonly BoardEntry[];
  readonly unmatched: readonly { readonly row: number; readonly word: string }[];
}

/** Reads a contact board 公告牌 from a sheet. */
export function readBoardSheet(rows: readonly SheetRow[]): SheetReport<BoardDraft, BoardSheetFaultCode> {
  const table = openTable<Column, BoardSheetFaultCode>(rows, BOARD_SHEET_COLUMNS, BOARD_SHEET_EXPECTATIONS);
  const seen = new Set<string>();
  const read = table.rows.map((row) => ({
    row: row.row,
    entry: readEntry(row, seen),
    matters: handledMatters(row.text('handles')),
  }));
  return table.report({
    entries: read.flatMap(({ entry }) => entry ?? []),
    unmatched: read.flatMap(({ row, matters }) => matters.unmatched.map((word) => ({ row, word }))),
  });
}

function readEntry(row: RowReader<Column, BoardSheetFaultCode>, seen: Set<string>): BoardEntry | null {
  const departmentName = row.required('department', 'BOARD_SHEET.DEPARTMENT_MISSING');
  const duties = row.required('duties', 'BOARD_SHEET.DUTIES_MISSING');
  const contactName = row.required('contact', 'BOARD_SHEET.CONTACT_MISSING');
  const phone = row.parse('phone', parsePhone, 'BOARD_SHEET.PHONE_INVALID');
  if (departmentName === null || duties === null || contactName === null || phone === null) return null;
  const key = `${departmentName}|${contactName}`;
  if (seen.has(key)) {
    row.fault('department', 'BOARD_SHEET.DUPLICATE');
    return null;
  }
  seen.add(key);
  const { words, categories } = handledMatters(row.text('handles'));
  return {
    department: departmentOf(departmentName),
    departmentName,
    duties,
    contactName,
    phone,
    mobileConsent: false,
    handles: words,
    categories,
  };
}
