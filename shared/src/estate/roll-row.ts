import { type CentiSqm, tidyText } from '../kernel/index.ts';
import type { SheetHeader, SheetRow } from '../sheet/index.ts';
import type { AreaSource, UnitStatus, UnitUse } from './estate.ts';
import { ROLL_LIMITS } from './limits.ts';
import {
  type CellResult,
  exclusiveAreaCell,
  grossAreaCell,
  idLast4Cell,
  isErrorCell,
  isFormulaCell,
  isNameWithNumber,
  isNothing,
  isOrganisation,
  phonesCell,
  splitNames,
} from './roll-cells.ts';
import type { RollColumnKey } from './roll-columns.ts';
import type { RollParty } from './roll-entry.ts';
import { expectation, type RollFault, type RollFaultCode, type RollNormalised } from './roll-faults.ts';
import { parseAreaSource, parseUnitStatus, parseUnitUse } from './roll-values.ts';
import { placeOfAddress, placeOfCells, type UnitPlace } from './unit-names.ts';

/** A row as read, before the roll as a whole tells who is the same person and which developer is meant. */
export interface DraftRow extends UnitPlace {
  readonly row: number;
  readonly use: UnitUse;
  readonly exclusiveAreaCentiSqm: CentiSqm;
  readonly grossAreaCentiSqm: CentiSqm | null;
  readonly areaSource: AreaSource;
  readonly status: UnitStatus;
  readonly developer: RollParty | null;
  readonly owners: readonly RollParty[];
  readonly certificateNo: string | null;
  readonly note: string | null;
}

export interface RowReading {
  /** Null where the row does not say which unit it is about. */
  readonly place: UnitPlace | null;
  /** Null where the row is at fault. */
  readonly draft: DraftRow | null;
  readonly faults: readonly RollFault[];
  readonly normalised: readonly RollNormalised[];
}

/** Reads one row of a roll; every cell is judged, not only up to the first fault. */
export function readRollRow(sheetRow: SheetRow, header: SheetHeader<RollColumnKey>): RowReading {
  const cells = new RowCells(sheetRow, header);
  const place = readPlace(cells);
  const use = readUse(cells);
  const exclusiveArea = readExclusiveArea(cells);
  const grossArea = cells.optional('GROSS_AREA', grossAreaCell);
  const certificateNo = cells.shortText('CERTIFICATE', ROLL_LIMITS.certificateChars);
  const areaSource = readAreaSource(cells, certificateNo);
  const status = readStatus(cells);
  const parties = readParties(cells, status);
  const note = cells.shortText('NOTE', ROLL_LIMITS.noteChars);
  const { faults, normalised } = cells;

  const unread =
    place === null || use === null || exclusiveArea === null || areaSource === null || status === null;
  if (unread || faults.length > 0) return { place, draft: null, faults, normalised };
  const draft: DraftRow = {
    row: sheetRow.row,
    ...place,
    use,
    exclusiveAreaCentiSqm: exclusiveArea,
    grossAreaCentiSqm: grossArea,
    areaSource,
    status,
    ...parties,
    certificateNo,
    note,
  };
  return { place, draft, faults, normalised };
}

function readPlace(cells: RowCells): UnitPlace | null {
  if (!cells.has('BUILDING')) return readAddress(cells);
  const building = cells.required('BUILDING', 'ROLL.BUILDING_MISSING', ROLL_LIMITS.placeChars);
  const entrance = cells.shortText('ENTRANCE', ROLL_LIMITS.placeChars) ?? '';
  const room = cells.required('ROOM', 'ROLL.ROOM_MISSING', ROLL_LIMITS.placeChars);
  return building === null || room === null ? null : placeOfCells(building, entrance, room);
}

/** The unit in one cell, under whichever of the two headers. */
function readAddress(cells: RowCells): UnitPlace | null {
  const key = cells.has('ADDRESS') ? 'ADDRESS' : 'ROOM';
  const text = cells.text(key);
  const place = placeOfAddress(text);
  if (place === null) cells.fault(key, isNothing(text) ? 'ROLL.ROOM_MISSING' : 'ROLL.ADDRESS_FORMAT');
  return place;
}

/** Without a column everything is a home; `assumptionsOf` says so in the report. */
function readUse(cells: RowCells): UnitUse | null {
  if (!cells.has('USE')) return 'HOME';
  return cells.choice('USE', parseUnitUse, 'ROLL.USE_MISSING', 'ROLL.USE_UNKNOWN');
}

function readExclusiveArea(cells: RowCells): CentiSqm | null {
  if (isNothing(cells.text('AREA'))) {
    cells.fault('AREA', 'ROLL.AREA_MISSING');
    return null;
  }
  return cells.optional('AREA', exclusiveAreaCell);
}

/** Where a sheet does not say, a certificate's number stands for the register, and without one the contract is left. */
function readAreaSource(cells: RowCells, certificateNo: string | null): AreaSource | null {
  if (isNothing(cells.text('AREA_SOURCE'))) return certificateNo === null ? 'CONTRACT' : 'REGISTER';
  return cells.choice('AREA_SOURCE', parseAreaSource, 'ROLL.AREA_SOURCE_UNKNOWN', 'ROLL.AREA_SOURCE_UNKNOWN');
}

function readStatus(cells: RowCells): UnitStatus | null {
  if (!cells.has('STATUS')) return 'DELIVERED';
  return cells.choice('STATUS', parseUnitStatus, 'ROLL.STATUS_MISSING', 'ROLL.STATUS_UNKNOWN');
}

function readParties(
  cells: RowCells,
  status: UnitStatus | null,
): { developer: RollParty | null; owners: readonly RollParty[] } {
  const firstNames = cells.names('OWNER');
  const [named] = cells.names('DEVELOPER');
  if (status === 'DELIVERED' && firstNames.length === 0) cells.fault('OWNER', 'ROLL.OWNER_MISSING');
  // Sheets that list everybody under 共有人 name the first owner there again.
  const names = [...new Set([...firstNames, ...cells.names('CO_OWNERS')])];
  if (names.length > ROLL_LIMITS.coOwners) cells.fault('CO_OWNERS', 'ROLL.OWNER_TOO_MANY');
  const parties = withContacts(cells, names);

  const company = named === undefined ? null : { name: named, idLast4: null, phones: [] };
  if (status === null || status === 'DELIVERED') return { developer: company, owners: parties };
  // Of what is not delivered the column 产权人 names the developer; a buyer only where the unit is sold.
  const [first] = parties;
  const isDeveloper = first !== undefined && (status === 'UNSOLD' || isOrganisation(first.name));
  return isDeveloper ? { developer: company ?? first, owners: [] } : { developer: company, owners: parties };
}

/** One number in a cell belongs to the first owner; as many as owners belong to them in order. */
function withContacts(cells: RowCells, names: readonly string[]): RollParty[] {
  const ids = cells.optional('ID_LAST4', idLast4Cell) ?? [];
  const phones = cells.optional('PHONE', phonesCell) ?? [];
  const otherPhones = cells.optional('OTHER_PHONE', phonesCell) ?? [];
  if (names.length > 0 && ids.length > 1 && ids.length !== names.length)
    cells.fault('ID_LAST4', 'ROLL.ID_COUNT', { count: names.length });
  const phoneEach = names.length > 1 && phones.length === names.length;
  return names.map((name, index) => {
    const ofFirst = index === 0 ? [...(phoneEach ? phones.slice(0, 1) : phones), ...otherPhones] : [];
    const own = index > 0 && phoneEach ? phones.slice(index, index + 1) : ofFirst;
    return { name, idLast4: ids[index] ?? null, phones: [...new Set(own)] };
  });
}

/** The cells of a row by column, and what is found wrong with them. */
class RowCells {
  readonly faults: RollFault[] = [];
  readonly normalised: RollNormalised[] = [];
  private readonly sheetRow: SheetRow;
  private readonly header: SheetHeader<RollColumnKey>;

  constructor(sheetRow: SheetRow, header: SheetHeader<RollColumnKey>) {
    this.sheetRow = sheetRow;
    this.header = header;
  }

  has(key: RollColumnKey): boolean {
    return this.header.positions.has(key);
  }

  /** The cell as it is in the sheet; '' also where its formula failed, which is noted as a fault. */
  text(key: RollColumnKey): string {
    const position = this.header.positions.get(key);
    return position === undefined ? '' : (this.sheetRow.cells[position] ?? '').trim();
  }

  fault(key: RollColumnKey, code: RollFaultCode, params?: Readonly<Record<string, string | number>>): void {
    const found = this.text(key);
    const own = isErrorCell(found) ? 'ROLL.CELL_ERROR' : isFormulaCell(found) ? 'ROLL.CELL_FORMULA' : code;
    const column = this.header.nameOf(key);
    // One thing is said about one cell: a cell that has no value is not also in the wrong form.
    if (this.faults.some((fault) => fault.column === column)) return;
    this.faults.push({
      row: this.sheetRow.row,
      column,
      found: found === '' ? '空' : found,
      expected: expectation(own, params),
      code: own,
    });
  }

  /** The cell through its parser; null where it is empty or at fault. */
  optional<T>(key: RollColumnKey, parser: (text: string) => CellResult<T>): T | null {
    const text = this.text(key);
    if (isNothing(text)) return null;
    const result = parser(text);
    if ('fault' in result) {
      this.fault(key, result.fault);
      return null;
    }
    if (result.changed !== undefined) {
      const column = this.header.nameOf(key);
      this.normalised.push({ row: this.sheetRow.row, column, found: text, value: result.changed });
    }
    return result.value;
  }

  choice<T>(
    key: RollColumnKey,
    parser: (text: string) => T | null,
    missing: RollFaultCode,
    unknown: RollFaultCode,
  ): T | null {
    const text = this.text(key);
    const value = parser(text);
    if (value === null) this.fault(key, isNothing(text) ? missing : unknown);
    return value;
  }

  shortText(key: RollColumnKey, max: number): string | null {
    const text = tidyText(this.text(key));
    if (isNothing(text)) return null;
    if (text.length > max) this.fault(key, 'ROLL.TEXT_TOO_LONG', { max });
    if (isErrorCell(text) || isFormulaCell(text)) this.fault(key, 'ROLL.CELL_ERROR');
    return text;
  }

  required(key: RollColumnKey, missing: RollFaultCode, max: number): string | null {
    const text = this.shortText(key, max);
    if (text === null) this.fault(key, missing);
    return text;
  }

  names(key: RollColumnKey): string[] {
    const text = this.text(key);
    if (isErrorCell(text) || isFormulaCell(text)) this.fault(key, 'ROLL.CELL_ERROR');
    const names = splitNames(text);
    if (names.some(isNameWithNumber)) this.fault(key, 'ROLL.OWNER_NAME');
    if (names.some((name) => name.length > ROLL_LIMITS.nameChars))
      this.fault(key, 'ROLL.TEXT_TOO_LONG', { max: ROLL_LIMITS.nameChars });
    return [...new Set(names)];
  }
}
