import type { CalendarDate, Fen, Month } from '../kernel/index.ts';
import {
  type Bill,
  type BillLine,
  type BillableUnit,
  billKey,
  monthlyLine,
  oneOffLine,
  shareLine,
} from './bill.ts';
import { type BillChange, type ItemTotal, changesFrom, totalsByItem } from './bill-totals.ts';
import { type BilledMonths, CoveredMonths } from './covered-months.ts';
import type { Ledger } from './ledger.ts';
import { type BillingTerms, type PayerKind, dueOn, monthsBilledIn, payerOf } from './periods.ts';
import { FEE_UNITS, type FeeItem, type FeeSchedule, chargesMonthly, scheduleAt } from './schedule.ts';
import { type UtilityMonth, type UtilityOptions, shareUtility } from './utilities.ts';

/** A charge made once, asked for by the household 一次性收费. */
export interface OneOffCharge {
  readonly unitId: string;
  readonly itemCode: string;
  readonly count: number;
}

/** Everything a month's bills are made of. */
export interface BillRun {
  readonly month: Month;
  readonly units: readonly BillableUnit[];
  /** All published versions. */
  readonly schedules: readonly FeeSchedule[];
  readonly terms: BillingTerms;
  /** The apportionment that is billed with this month, usually the month before; null where there is none. */
  readonly utilities: UtilityMonth | null;
  readonly utilityOptions: UtilityOptions;
  readonly oneOffs: readonly OneOffCharge[];
  /** The bills that exist for this month. */
  readonly issued: readonly Bill[];
  /** What bills of this and of other months charge for already, from this month to the end of its year. */
  readonly billed: readonly BilledMonths[];
  /** The bills of the month before, for comparison. */
  readonly previous: readonly Bill[];
}

export type BillRunFaultCode =
  | 'FEES.SCHEDULE_MISSING'
  | 'FEES.ITEM_NOT_PUBLISHED'
  | 'FEES.ITEM_NOT_ONE_OFF'
  | 'FEES.UNIT_UNKNOWN'
  | 'FEES.UTILITY_ITEM_MISSING'
  | 'FEES.UTILITY_SCOPE_EMPTY';

/** Why nothing may be issued yet; `about` names the month, item, unit or meter. */
export interface BillRunFault {
  readonly code: BillRunFaultCode;
  readonly about: string;
}

/** What the clerk sees before issuing: every bill, its sums, and what differs from last month. */
export interface BillPreview {
  readonly month: Month;
  readonly bills: readonly Bill[];
  readonly totalFen: Fen;
  readonly items: readonly ItemTotal[];
  readonly changes: readonly BillChange[];
  readonly faults: readonly BillRunFault[];
  /** Units that no monthly charge is for: rarely right, never a reason to refuse. */
  readonly uncharged: readonly { readonly unitId: string; readonly unitName: string }[];
  /** Bills that exist already and are left as they are. */
  readonly skipped: number;
}

/** Makes the month's bills without issuing them: a pure function of units, schedule and meters. */
export function previewBills(run: BillRun): BillPreview {
  const faults: BillRunFault[] = [];
  const drafts = new Drafts(run.month, run.terms);
  const covered = new CoveredMonths(run.billed, run.schedules);
  const uncharged = run.units.filter((unit) => !addMonthly(run, unit, covered, drafts, faults));
  addUtilities(run, drafts, faults);
  addOneOffs(run, drafts, faults);
  const issued = new Map(run.issued.map((bill) => [bill.key, bill]));
  const all = drafts.bills().map((draft) => issued.get(draft.key) ?? draft);
  const bills = all.filter(({ key }) => !issued.has(key));
  return {
    month: run.month,
    bills,
    totalFen: bills.reduce((sum, { totalFen }) => sum + totalFen, 0),
    // The whole month beside the month before: what was issued already is no difference.
    items: totalsByItem(all, run.previous),
    changes: changesFrom(run.previous, all),
    faults,
    uncharged: uncharged.map(({ unitId, unitName }) => ({ unitId, unitName })),
    skipped: all.length - bills.length,
  };
}

/** Adds the unit's monthly charges; false where none of the schedule is for it. */
function addMonthly(
  run: BillRun,
  unit: BillableUnit,
  covered: CoveredMonths,
  drafts: Drafts,
  faults: BillRunFault[],
): boolean {
  const months = monthsBilledIn(run.month, unit.instalment);
  let charged = false;
  for (const { payer, schedule, months: span } of spansOf(run, unit, months, faults)) {
    for (const item of schedule.items) {
      if (!chargesMonthly(item, unit)) continue;
      charged = true;
      const key = billKey(unit.unitId, run.month, payer, item.ledger);
      for (const open of covered.open(unit.unitId, item, span, key))
        drafts.add(unit, payer, item.ledger, monthlyLine(item, schedule.version, unit, open));
    }
  }
  return charged;
}

interface Span {
  readonly payer: PayerKind;
  readonly schedule: FeeSchedule;
  readonly months: Month[];
}

/** The months in stretches with one payer and one version of the schedule. */
function spansOf(run: BillRun, unit: BillableUnit, months: readonly Month[], faults: BillRunFault[]): Span[] {
  const spans: Span[] = [];
  for (const month of months) {
    const payer = payerOf(unit, month);
    const schedule = scheduleAt(run.schedules, month);
    const last = spans[spans.length - 1];
    if (schedule === null) addFault(faults, 'FEES.SCHEDULE_MISSING', month);
    else if (last?.payer === payer && last.schedule.version === schedule.version) last.months.push(month);
    else spans.push({ payer, schedule, months: [month] });
  }
  return spans;
}

function addUtilities(run: BillRun, drafts: Drafts, faults: BillRunFault[]): void {
  const { utilities } = run;
  if (utilities === null) return;
  const published = publishedItem(run, utilities.month, ({ unit }) => unit === 'SQM_SHARED');
  if (published === null) {
    addFault(faults, 'FEES.UTILITY_ITEM_MISSING', utilities.month);
    return;
  }
  const units = new Map(run.units.map((unit) => [unit.unitId, unit]));
  for (const charge of utilities.charges) {
    const shares = shareUtility(charge, run.units, run.utilityOptions);
    if (shares.length === 0) addFault(faults, 'FEES.UTILITY_SCOPE_EMPTY', charge.name);
    for (const share of shares) {
      const unit = units.get(share.unitId);
      if (unit === undefined) continue;
      const line = shareLine(published.item, published.version, utilities.month, share);
      drafts.add(unit, payerOf(unit, utilities.month), published.item.ledger, line);
    }
  }
}

function addOneOffs(run: BillRun, drafts: Drafts, faults: BillRunFault[]): void {
  const units = new Map(run.units.map((unit) => [unit.unitId, unit]));
  for (const { unitId, itemCode, count } of run.oneOffs) {
    const unit = units.get(unitId);
    const published = publishedItem(run, run.month, ({ code }) => code === itemCode);
    if (unit === undefined) addFault(faults, 'FEES.UNIT_UNKNOWN', unitId);
    else if (published === null) addFault(faults, 'FEES.ITEM_NOT_PUBLISHED', itemCode);
    else if (FEE_UNITS[published.item.unit].recurring || published.item.unit === 'SQM_SHARED')
      addFault(faults, 'FEES.ITEM_NOT_ONE_OFF', published.item.name);
    else {
      const line = oneOffLine(published.item, published.version, run.month, count);
      drafts.add(unit, payerOf(unit, run.month), published.item.ledger, line);
    }
  }
}

function publishedItem(
  run: BillRun,
  month: Month,
  wanted: (item: FeeItem) => boolean,
): { readonly item: FeeItem; readonly version: number } | null {
  const schedule = scheduleAt(run.schedules, month);
  const item = schedule?.items.find(wanted);
  return schedule === null || item === undefined ? null : { item, version: schedule.version };
}

function addFault(faults: BillRunFault[], code: BillRunFaultCode, about: string): void {
  if (!faults.some((fault) => fault.code === code && fault.about === about)) faults.push({ code, about });
}

/** Lines collected into bills, one for each unit, payer and ledger, in the order of the units. */
class Drafts {
  private readonly open = new Map<
    string,
    Omit<Bill, 'totalFen' | 'lines'> & { readonly lines: BillLine[] }
  >();
  private readonly month: Month;
  private readonly due: CalendarDate;

  constructor(month: Month, terms: BillingTerms) {
    this.month = month;
    this.due = dueOn(month, terms);
  }

  add({ unitId, unitName }: BillableUnit, payer: PayerKind, ledger: Ledger, line: BillLine): void {
    if (line.amountFen === 0) return;
    const { month, due } = this;
    const key = billKey(unitId, month, payer, ledger);
    const bill = this.open.get(key);
    if (bill === undefined) {
      this.open.set(key, { key, unitId, unitName, month, payer, ledger, dueOn: due, lines: [line] });
    } else bill.lines.push(line);
  }

  bills(): Bill[] {
    return [...this.open.values()].map(withTotal);
  }
}

function withTotal(bill: Omit<Bill, 'totalFen'>): Bill {
  return { ...bill, totalFen: bill.lines.reduce((sum, { amountFen }) => sum + amountFen, 0) };
}
