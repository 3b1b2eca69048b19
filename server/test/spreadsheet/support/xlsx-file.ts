import { strToU8, zipSync, type Zippable } from 'fflate';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

export interface SheetPart {
  readonly name?: string;
  readonly state?: 'visible' | 'hidden' | 'veryHidden';
  /** What stands between the tags of sheetData. */
  readonly rows: string;
  readonly merges?: readonly string[];
}

export interface WorkbookParts {
  readonly sheets: readonly SheetPart[];
  /** What stands inside each `si`. */
  readonly strings?: readonly string[];
  /** Number formats of the cell styles in order: an id, or a code. */
  readonly formats?: readonly (number | string)[];
  readonly date1904?: boolean;
  /** Parts by name that are added, or put in the place of the usual ones. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
}

/** An .xlsx written by hand, tag by tag, so that a spec can put anything into it. */
export function xlsxFile({ sheets, strings, formats, date1904, parts = {} }: WorkbookParts): Buffer {
  const files: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbookXml(sheets, date1904 === true),
    'xl/_rels/workbook.xml.rels': relationships([
      ...sheets.map((_, i): [string, string, string] => [
        `rId${i + 1}`,
        'worksheet',
        `worksheets/sheet${i + 1}.xml`,
      ]),
      ['rIdS', 'sharedStrings', 'sharedStrings.xml'],
      ['rIdT', 'styles', 'styles.xml'],
    ]),
    'xl/styles.xml': stylesXml(formats ?? []),
    ...(strings === undefined ? {} : { 'xl/sharedStrings.xml': stringsXml(strings) }),
    ...Object.fromEntries(sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet)])),
    ...parts,
  };
  const entries = Object.entries(files).map(([name, part]) => [
    name,
    typeof part === 'string' ? strToU8(part) : part,
  ]);
  return Buffer.from(zipSync(Object.fromEntries(entries) as Zippable));
}

/** One sheet with these rows; the usual case. */
export function oneSheet(
  rows: string,
  parts: Omit<WorkbookParts, 'sheets'> & Pick<SheetPart, 'merges'> = {},
): Buffer {
  const { merges, ...rest } = parts;
  return xlsxFile({ sheets: [{ rows, ...(merges === undefined ? {} : { merges }) }], ...rest });
}

/** `<row>` with inline texts from column A on; '' leaves a cell out. */
export function textRow(row: number, ...texts: readonly string[]): string {
  const cells = texts.map((text, i) =>
    text === ''
      ? ''
      : `<c r="${String.fromCharCode(65 + i)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  return `<row r="${row}">${cells.join('')}</row>`;
}

function workbookXml(sheets: readonly SheetPart[], date1904: boolean): string {
  const list = sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${name ?? `Sheet${i + 1}`}" sheetId="${i + 1}" state="${state ?? 'visible'}" r:id="rId${i + 1}"/>`,
  );
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${list.join('')}</sheets></workbook>`;
}

function sheetXml({ rows, merges = [] }: SheetPart): string {
  const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  const mergedCells =
    merges.length === 0 ? '' : `<mergeCells count="${merges.length}">${merged}</mergeCells>`;
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${mergedCells}</worksheet>`;
}

function stringsXml(strings: readonly string[]): string {
  return `<sst xmlns="${MAIN}">${strings.map((inner) => `<si>${inner}</si>`).join('')}</sst>`;
}

function stylesXml(formats: readonly (number | string)[]): string {
  const custom = formats.map((format, i) =>
    typeof format === 'string'
      ? `<numFmt numFmtId="${200 + i}" formatCode="${format.replaceAll('"', '&quot;')}"/>`
      : '',
  );
  const styles = formats.map(
    (format, i) => `<xf numFmtId="${typeof format === 'string' ? 200 + i : format}"/>`,
  );
  return `<styleSheet xmlns="${MAIN}"><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`;
}

function relationships(list: readonly (readonly [string, string, string])[]): string {
  const items = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}">${items.join('')}</Relationships>`;
}
