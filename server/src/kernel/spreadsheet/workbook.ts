import { posix } from 'node:path';
import type { Archive } from './xlsx-archive.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import { damaged, sheetRefused } from './sheet-errors.ts';
import { readXml } from './xml-reader.ts';

/** Where the parts of the first visible sheet are. */
export interface Workbook {
  readonly sheetPart: string;
  readonly stringsPart: string | null;
  readonly stylesPart: string | null;
  /** Days count from 1904 instead of 1900 (old Macs). */
  readonly date1904: boolean;
}

interface Relationship {
  readonly id: string;
  /** The last word of the type's address: `worksheet`, `styles`; the same in both dialects of the format. */
  readonly type: string;
  readonly part: string;
}

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const workbookPart = await findWorkbook(archive);
  const relationships = await readRelationships(archive, workbookPart);
  const { sheetIds, date1904 } = await readSheetList(archive, workbookPart);
  if (sheetIds.length === 0) throw sheetRefused('SHEET.NO_SHEET');

  const worksheets = new Map(
    relationships.filter(({ type }) => type === 'worksheet').map((r) => [r.id, r.part]),
  );
  // A chart on a sheet of its own is in the list too but has no rows.
  const sheetPart = sheetIds.map((id) => worksheets.get(id)).find((part) => part !== undefined);
  if (sheetPart === undefined) throw sheetRefused('SHEET.NO_SHEET');
  const partOf = (type: string) => relationships.find((r) => r.type === type)?.part ?? null;
  return { sheetPart, stringsPart: partOf('sharedStrings'), stylesPart: partOf('styles'), date1904 };
}

async function findWorkbook(archive: Archive): Promise<string> {
  const roots = await readRelationships(archive, '');
  const part = roots.find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml';
  if (part.endsWith('.bin')) throw sheetRefused('SHEET.OLD_EXCEL');
  // Some other zip: a Word document, a folder of photos.
  if (archive.part(part) === null || part.startsWith('word/') || part.startsWith('ppt/'))
    throw sheetRefused('SHEET.TYPE');
  return part;
}

async function readRelationships(archive: Archive, ofPart: string): Promise<Relationship[]> {
  const folder = posix.dirname(ofPart) === '.' ? '' : posix.dirname(ofPart);
  const list = archive.part(posix.join(folder, '_rels', `${posix.basename(ofPart)}.rels`));
  const found: Relationship[] = [];
  if (list === null) return found;
  await readXml(list.text(), {
    open(name, { Id, Type, Target, TargetMode }) {
      if (name !== 'Relationship' || Id === undefined || Type === undefined || Target === undefined) return;
      if (TargetMode === 'External') return;
      const part = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), part });
    },
  });
  return found;
}

/** The visible sheets' relationship ids, in the order of the tabs. */
async function readSheetList(
  archive: Archive,
  workbookPart: string,
): Promise<{ sheetIds: string[]; date1904: boolean }> {
  const part = archive.part(workbookPart);
  if (part === null) throw damaged();
  const sheetIds: string[] = [];
  let sheets = 0;
  let date1904 = false;
  await readXml(part.text(), {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet') return;
      sheets += 1;
      if (sheets > ARCHIVE_LIMITS.sheets) throw sheetRefused('SHEET.UNSAFE');
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      const state = attributes['state'] ?? 'visible';
      if (id !== undefined && state === 'visible') sheetIds.push(id);
    },
  });
  return { sheetIds, date1904 };
}

function isTrue(attribute: string | undefined): boolean {
  return attribute === '1' || attribute === 'true';
}
