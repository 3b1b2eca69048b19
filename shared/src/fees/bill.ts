import type { BuildingKind, UnitStatus, UnitUse } from '../estate/index.ts';
import {
  type CalendarDate,
  type CentiSqm,
  type Fen,
  type Month,
  type TenThousandthYuan,
  rateText,
  sqmText,
  yuanText,
} from '../kernel/index.ts';
import { areaMonthFee, monthsFee, pieceFee } from './arithmetic.ts';
import type { Ledger } from './ledger.ts';
import { type Instalment, type PayerKind } from './periods.ts';
import { type FeeItem, type FeeSchedule, type FeeUnit, scheduleAt } from './schedule.ts';

/** A unit as billing sees it. */
export interface BillableUnit {
  readonly unitId: string;
  /** `1号楼 1单元 101` */
  readonly unitName: string;
  readonly buildingName: string;
  readonly buildingKind: BuildingKind;
  readonly use: UnitUse;
  readonly areaCentiSqm: CentiSqm;
  readonly status: UnitStatus;
  readonly deliveredOn: CalendarDate | null;
  readonly instalment: Instalment;
  /** Parking spaces on common ground that the household rents 地面停车位. */
  readonly commonParkingSpaces: number;
}

/** A line of a bill. It names the published item and version behind it: no line without one. */
export interface BillLine {
  readonly itemCode: string;
  readonly itemName: string;
  readonly scheduleVersion: number;
  readonly months: readonly Month[];
  readonly rateTenThousandthYuan: TenThousandthYuan;
  readonly amountFen: Fen;
  /** 89.37 ㎡ × 0.65 元 × 1 月 = 58.09 元 */
  readonly formula: string;
  readonly basis: string;
}

/** A bill 账单: one unit, one month of issue, one payer, one ledger. */
export interface Bill {
  readonly key: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly month: Month;
  readonly payer: PayerKind;
  readonly ledger: Ledger;
  readonly dueOn: CalendarDate;
  readonly lines: readonly BillLine[];
  readonly totalFen: Fen;
}

/** What names a bill: a second run finds it and does not bill twice. */
export function billKey(unitId: string, month: Month, payer: PayerKind, ledger: Ledger): string {
  return `${unitId}:${month}:${payer}:${ledger}`;
}

const UNIT_WORDS: Readonly<Record<Exclude<FeeUnit, 'SQM_MONTH' | 'SQM_SHARED'>, string>> = {
  PIECE_MONTH: '个',
  HOUSEHOLD_MONTH: '户',
  HOUSEHOLD_TIME: '次',
  PIECE_TIME: '个',
};

/** The line of a monthly charge over months that share a rate. n months are n times the month. */
export function monthlyLine(
  item: FeeItem,
  version: number,
  unit: Pick<BillableUnit, 'areaCentiSqm' | 'commonParkingSpaces'>,
  months: readonly Month[],
): BillLine {
  const { rateTenThousandthYuan: rate } = item;
  if (item.unit === 'SQM_MONTH') {
    const amountFen = monthsFee(areaMonthFee(unit.areaCentiSqm, rate), months.length);
    return line(item, version, months, amountFen, `${sqmText(unit.areaCentiSqm)} ㎡ × ${rateText(rate)} 元`);
  }
  const count = item.target === 'PARKING_COMMON' ? unit.commonParkingSpaces : 1;
  const amountFen = monthsFee(pieceFee(rate) * count, months.length);
  return line(item, version, months, amountFen, `${count} ${unitWord(item.unit)} × ${rateText(rate)} 元`);
}

/** The line of a charge made once 一次性收费: moving out rubble, an extra door card. */
export function oneOffLine(item: FeeItem, version: number, month: Month, count: number): BillLine {
  const amountFen = pieceFee(item.rateTenThousandthYuan) * count;
  const factors = `${count} ${unitWord(item.unit)} × ${rateText(item.rateTenThousandthYuan)} 元`;
  return {
    ...line(item, version, [month], amountFen, factors),
    formula: `${factors} = ${yuanText(amountFen)} 元`,
  };
}

/** The line of a share of the common meters; its formula comes from the apportionment. */
export function shareLine(
  item: FeeItem,
  version: number,
  month: Month,
  share: { readonly chargeName: string; readonly amountFen: Fen; readonly formula: string },
): BillLine {
  return {
    itemCode: item.code,
    itemName: `${item.name}·${share.chargeName}`,
    scheduleVersion: version,
    months: [month],
    rateTenThousandthYuan: item.rateTenThousandthYuan,
    amountFen: share.amountFen,
    formula: share.formula,
    basis: item.basis,
  };
}

/** Lines that no published item stands behind: a bill with one is refused, whoever made it. */
export function unpublishedLines(lines: readonly BillLine[], schedules: readonly FeeSchedule[]): BillLine[] {
  return lines.filter(({ itemCode, scheduleVersion, months }) => {
    const schedule = schedules.find(({ version }) => version === scheduleVersion);
    const inForce = months.every((month) => scheduleAt(schedules, month)?.version === scheduleVersion);
    return !inForce || schedule === undefined || !schedule.items.some(({ code }) => code === itemCode);
  });
}

function line(
  item: FeeItem,
  version: number,
  months: readonly Month[],
  amountFen: Fen,
  factors: string,
): BillLine {
  return {
    itemCode: item.code,
    itemName: item.name,
    scheduleVersion: version,
    months,
    rateTenThousandthYuan: item.rateTenThousandthYuan,
    amountFen,
    formula: `${factors} × ${months.length} 月 = ${yuanText(amountFen)} 元`,
    basis: item.basis,
  };
}

function unitWord(unit: FeeUnit): string {
  return unit === 'SQM_MONTH' || unit === 'SQM_SHARED' ? '㎡' : UNIT_WORDS[unit];
}
