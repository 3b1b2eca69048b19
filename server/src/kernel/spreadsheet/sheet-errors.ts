import { defineErrors, fillMessage, type ErrorCode, type MessageParams } from '@linli/shared/errors';

/** Why a file is not read as a spreadsheet. Each sentence says what happened and what to do. */
export const SHEET_ERRORS = defineErrors({
  'SHEET.EMPTY': { status: 400, message: '文件是空的，请重新选择' },
  'SHEET.TYPE': { status: 415, message: '这不是表格文件，请上传 .xlsx 或 .csv' },
  'SHEET.OLD_EXCEL': {
    status: 415,
    message: '这是旧版 Excel 文件，请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传',
  },
  'SHEET.WEB_PAGE': {
    status: 415,
    message: '这是网页格式的表格，请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传',
  },
  'SHEET.ENCRYPTED': { status: 422, message: '文件设了密码，请去掉密码后再上传' },
  'SHEET.DAMAGED': { status: 422, message: '文件打不开，可能已损坏，请用 Excel 或 WPS 重新保存后再上传' },
  'SHEET.UNSAFE': { status: 422, message: '文件里有不允许的内容，请用 Excel 或 WPS 重新保存后再上传' },
  'SHEET.NO_SHEET': { status: 422, message: '文件里没有可见的工作表，请取消隐藏后再上传' },
  'SHEET.ENCODING': {
    status: 422,
    message: '文字编码认不出来，请另存为“CSV UTF-8”或 .xlsx 后再上传',
  },
  'SHEET.QUOTE': { status: 422, message: '第 {row} 行的引号没有成对，请检查，或另存为 .xlsx 后再上传' },
  'SHEET.FILE_TOO_LARGE': { status: 413, message: '文件超过 {max} MB，请删去图片和用不到的工作表后再上传' },
  'SHEET.UNZIPPED_TOO_LARGE': { status: 413, message: '文件内容太多，请只保留要导入的工作表后再上传' },
  'SHEET.TOO_MANY_ROWS': { status: 413, message: '表格超过 {max} 行，请分成几个文件' },
  'SHEET.TOO_MANY_COLUMNS': { status: 413, message: '第 {row} 行超过 {max} 列，请删去用不到的列' },
  'SHEET.CELL_TOO_LONG': { status: 413, message: '第 {row} 行有一格超过 {max} 个字，请缩短' },
});

export type SheetErrorCode = ErrorCode<typeof SHEET_ERRORS>;

type Params<Code extends SheetErrorCode> =
  MessageParams<(typeof SHEET_ERRORS)[Code]['message']> extends never
    ? []
    : [params: Readonly<Record<MessageParams<(typeof SHEET_ERRORS)[Code]['message']>, number>>];

/** The file is refused as a whole; what its rows say is not judged here. */
export class SheetRefused extends Error {
  override readonly name = 'SheetRefused';
  readonly code: SheetErrorCode;
  readonly status: number;

  constructor(code: SheetErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.status = SHEET_ERRORS[code].status;
  }
}

export function sheetRefused<Code extends SheetErrorCode>(
  code: Code,
  ...[params]: Params<Code>
): SheetRefused {
  return new SheetRefused(code, fillMessage(SHEET_ERRORS[code].message, params ?? {}));
}

/** Whatever a library says about a broken file is one thing to the person who chose it; the cause is kept. */
export function damaged(cause?: unknown): SheetRefused {
  return new SheetRefused('SHEET.DAMAGED', SHEET_ERRORS['SHEET.DAMAGED'].message, { cause });
}
