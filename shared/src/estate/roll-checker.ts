import { findHeader, type SheetHeader, type SheetIgnored, type SheetRow } from '../sheet/index.ts';
import { UNIT_STATUS_NAMES, UNIT_USE_NAMES } from './estate.ts';
import { ROLL_LIMITS } from './limits.ts';
import { personKeys } from './persons.ts';
import { placeOfAddress, unitKey, unitName } from './unit-names.ts';
import { ROLL_COLUMNS, type RollColumnKey } from './roll-columns.ts';
import type { RollOwner, RollParty, RollRow } from './roll-entry.ts';
import {
  expectation,
  type RollAssumption,
  type RollFault,
  type RollNormalised,
  type RollReport,
} from './roll-faults.ts';
import { type DraftRow, readRollRow } from './roll-row.ts';
import { whyNoUnit } from './roll-row-kind.ts';

/** A roll as checked: what was found, and the units. Empty while anything is at fault: nothing is imported by half. */
export interface RollCheck extends RollReport {
  readonly units: readonly RollRow[];
}

/** Takes the rows of a sheet one by one, so that the sheet need not be in memory. */
export interface RollChecker {
  accept(row: SheetRow): void;
  /** So far, for a progress bar. */
  progress(): { readonly rows: number; readonly faults: number };
  finish(): RollCheck;
}

type Header = SheetHeader<RollColumnKey>;

/** Title rows, stamps and notes stand above the header; it is looked for in this many rows. */
const HEADER_WITHIN_ROWS = 20;

export function createRollChecker(): RollChecker {
  const above: SheetRow[] = [];
  const sheet = new RollSheet();
  let searched = false;

  const search = () => {
    searched = true;
    const { header, faults } = findHeader(above, ROLL_COLUMNS);
    sheet.open(header, faults);
    for (const row of above.splice(0)) if (header !== null && row.row > header.row) sheet.read(row);
  };
  return {
    accept(row) {
      if (searched) sheet.read(row);
      else {
        above.push(row);
        if (above.length >= HEADER_WITHIN_ROWS) search();
      }
    },
    progress: () => sheet.progress(),
    finish() {
      if (!searched) search();
      return sheet.finish();
    },
  };
}

/** The rows below the header. */
class RollSheet {
  private header: Header | null = null;
  /** Set where reading on would only repeat one fault: no header, a column missing, or far too many faults. */
  private closed = false;
  private lastRow = 0;
  private rows = 0;
  private faultyRows = 0;
  private readonly errors: RollFault[] = [];
  private readonly ignored: SheetIgnored[] = [];
  private readonly normalised: RollNormalised[] = [];
  private readonly drafts: { readonly key: string; readonly draft: DraftRow }[] = [];
  private readonly firstRows = new Map<string, number>();

  open(header: Header | null, faults: readonly RollFault[]): void {
    this.header = header;
    this.lastRow = header?.row ?? 0;
    this.errors.push(...faults);
    if (header === null) this.closed = true;
    else if (!header.positions.has('ROOM') && !header.positions.has('ADDRESS'))
      this.missColumn(header, '房号');
  }

  read(row: SheetRow): void {
    const { header } = this;
    if (this.closed || header === null) return;
    this.noteBlankRows(row.row);
    const reason = whyNoUnit(row, header);
    if (reason !== null) this.ignored.push({ row: row.row, reason });
    else if (this.rows === 0 && !tellsBuilding(row, header)) this.missColumn(header, '楼栋');
    else this.readUnit(row, header);
  }

  progress(): { readonly rows: number; readonly faults: number } {
    return { rows: this.rows, faults: this.errors.length };
  }

  finish(): RollCheck {
    const { header, errors, rows } = this;
    if (header !== null && rows === 0 && errors.length === 0) errors.push(noRows(header));
    const units = this.errors.length === 0 ? this.settledUnits() : [];
    // Settling may find faults that only the whole roll shows.
    const sorted = [...this.errors].sort((a, b) => a.row - b.row);
    return {
      rows,
      accepted: rows - this.faultyRows,
      errors: sorted,
      ignored: this.ignored,
      normalised: this.normalised,
      assumptions: header === null ? [] : assumptionsOf(header),
      units: sorted.length === 0 ? units : [],
    };
  }

  private readUnit(row: SheetRow, header: Header): void {
    this.rows += 1;
    const { place, draft, faults, normalised } = readRollRow(row, header);
    this.normalised.push(...normalised);
    const key = place === null ? null : unitKey(place);
    const firstRow = key === null ? undefined : this.firstRows.get(key);
    if (key !== null && firstRow === undefined) this.firstRows.set(key, row.row);
    const duplicate =
      place === null || firstRow === undefined ? [] : [duplicateUnit(row, header, unitName(place), firstRow)];
    const found = [...faults, ...duplicate];
    this.errors.push(...found);
    if (found.length > 0) this.faultyRows += 1;
    else if (key !== null && draft !== null) this.drafts.push({ key, draft });
    if (this.errors.length >= ROLL_LIMITS.faults) this.stop(row, header);
  }

  /** People and developers can only be told when the last row is read. */
  private settledUnits(): RollRow[] {
    const { drafts } = this;
    const developer = this.soleDeveloper();
    const keys = personKeys(drafts.map(({ key, draft }) => ({ unitKey: key, owners: draft.owners })));
    const units: RollRow[] = [];
    drafts.forEach(({ key, draft }, index) => {
      const settled = draft.developer ?? (draft.status === 'DELIVERED' ? null : developer);
      const owners = draft.owners.map((owner, o) => withKey(owner, keys[index]?.[o] ?? owner.name));
      units.push({ ...draft, unitKey: key, developer: settled, owners });
    });
    return units;
  }

  /**
   * The one developer that the roll names. Where it names several or none, a unit that is not delivered and names none is
   * at fault: its developer votes and pays for it, and all that one developer holds is one head (法释〔2009〕7号 9).
   */
  private soleDeveloper(): RollParty | null {
    const undelivered = this.drafts.filter(({ draft }) => draft.status !== 'DELIVERED');
    const named = new Map<string, RollParty>();
    for (const { draft } of undelivered)
      if (draft.developer !== null && !named.has(draft.developer.name))
        named.set(draft.developer.name, draft.developer);
    const code = named.size === 0 ? 'ROLL.DEVELOPER_MISSING' : 'ROLL.DEVELOPER_UNCLEAR';
    if (named.size !== 1)
      for (const { draft } of undelivered) if (draft.developer === null) this.withoutDeveloper(draft, code);
    return [...named.values()][0] ?? null;
  }

  private withoutDeveloper(
    { row, owners }: DraftRow,
    code: 'ROLL.DEVELOPER_MISSING' | 'ROLL.DEVELOPER_UNCLEAR',
  ): void {
    this.faultyRows += 1;
    this.errors.push({
      row,
      column: this.header?.nameOf('OWNER') ?? '',
      found: owners.map(({ name }) => name).join('、') || '空',
      expected: expectation(code),
      code,
    });
  }

  private noteBlankRows(row: number): void {
    const first = Math.max(this.lastRow + 1, row - ROLL_LIMITS.blankRows);
    for (let blank = first; blank < row; blank += 1) {
      if (this.ignored.length >= ROLL_LIMITS.rows) break;
      this.ignored.push({ row: blank, reason: '空行' });
    }
    this.lastRow = row;
  }

  private missColumn(header: Header, label: string): void {
    this.closed = true;
    this.errors.push({
      row: header.row,
      column: label,
      found: '没有这一列',
      expected: `要有“${label}”列，或者在一列里写全，如 1号楼1单元101`,
      code: 'SHEET.COLUMN_MISSING',
    });
  }

  private stop(row: SheetRow, header: Header): void {
    this.closed = true;
    this.errors.push({
      row: row.row,
      column: header.nameOf('SEQUENCE'),
      found: `${this.errors.length} 处错误`,
      expected: expectation('ROLL.TOO_MANY_FAULTS'),
      code: 'ROLL.TOO_MANY_FAULTS',
    });
  }
}

/** Without a column 楼栋 the first unit shows whether its one cell tells the building. */
function tellsBuilding(row: SheetRow, header: Header): boolean {
  if (header.positions.has('BUILDING') || header.positions.has('ADDRESS')) return true;
  const position = header.positions.get('ROOM');
  return position !== undefined && placeOfAddress(row.cells[position] ?? '') !== null;
}

function withKey({ name, idLast4, phones }: RollParty, personKey: string): RollOwner {
  return { name, idLast4, phones, personKey };
}

function duplicateUnit(row: SheetRow, header: Header, unit: string, firstRow: number): RollFault {
  const key = header.positions.has('ROOM') ? 'ROOM' : 'ADDRESS';
  return {
    row: row.row,
    column: header.nameOf(key),
    found: (row.cells[header.positions.get(key) ?? 0] ?? '').trim(),
    expected: expectation('ROLL.UNIT_DUPLICATE', { unit, row: firstRow }),
    code: 'ROLL.UNIT_DUPLICATE',
  };
}

function noRows(header: Header): RollFault {
  return {
    row: header.row,
    column: '表头',
    found: '表头下面没有内容',
    expected: '至少填一户',
    code: 'SHEET.NO_ROWS',
  };
}

function assumptionsOf(header: Header): RollAssumption[] {
  const assumptions: RollAssumption[] = [
    { column: header.nameOf('USE'), assumed: UNIT_USE_NAMES.HOME },
    { column: header.nameOf('STATUS'), assumed: UNIT_STATUS_NAMES.DELIVERED },
    { column: header.nameOf('AREA_SOURCE'), assumed: '有不动产权证号的按登记簿，其余按合同' },
  ];
  const keys = ['USE', 'STATUS', 'AREA_SOURCE'] as const;
  return assumptions.filter((_, index) => !header.positions.has(keys[index] ?? 'USE'));
}
