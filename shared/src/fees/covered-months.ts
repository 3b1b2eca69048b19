import { type Month, addMonths } from '../kernel/index.ts';
import { FEE_UNITS, type FeeItem, type FeeSchedule, scheduleAt } from './schedule.ts';

/** A stretch of months that a bill, not cancelled, charges a unit for. */
export interface BilledMonths {
  readonly unitId: string;
  readonly billKey: string;
  readonly itemCode: string;
  readonly scheduleVersion: number;
  readonly firstMonth: Month;
  /** Included. */
  readonly lastMonth: Month;
}

/** What is billed already 已出账的月份: no month of a charge stands on two bills, however its household changes its instalment. */
export class CoveredMonths {
  private readonly billed = new Map<string, BilledMonths[]>();
  private readonly schedules: readonly FeeSchedule[];

  constructor(billed: readonly BilledMonths[], schedules: readonly FeeSchedule[]) {
    this.schedules = schedules;
    for (const stretch of billed) {
      const item = this.itemOf(stretch);
      if (item === undefined || !FEE_UNITS[item.unit].recurring) continue;
      const ofUnit = this.billed.get(stretch.unitId) ?? [];
      ofUnit.push(stretch);
      this.billed.set(stretch.unitId, ofUnit);
    }
  }

  /**
   * The months that remain to be billed, in stretches without a hole, as a line names its first and last. What the bill
   * of `billKey` covers itself counts as open: that bill is found by its key.
   */
  open(unitId: string, item: FeeItem, months: readonly Month[], billKey: string): Month[][] {
    const stretches: Month[][] = [];
    for (const month of months) {
      if (this.isCovered(unitId, item, month, billKey)) continue;
      const last = stretches[stretches.length - 1];
      if (last !== undefined && last[last.length - 1] === addMonths(month, -1)) last.push(month);
      else stretches.push([month]);
    }
    return stretches;
  }

  private isCovered(unitId: string, item: FeeItem, month: Month, billKey: string): boolean {
    return (this.billed.get(unitId) ?? []).some(
      (stretch) =>
        stretch.billKey !== billKey &&
        stretch.firstMonth <= month &&
        month <= stretch.lastMonth &&
        (stretch.itemCode === item.code || this.isReplaced(stretch, item, month)),
    );
  }

  /** The charge that was billed is gone from the schedule of this month, and `item` charges the same in its place. */
  private isReplaced(stretch: BilledMonths, item: FeeItem, month: Month): boolean {
    const before = this.itemOf(stretch);
    const inForce = scheduleAt(this.schedules, month)?.items ?? [];
    return (
      before?.target === item.target &&
      before.unit === item.unit &&
      !inForce.some(({ code }) => code === stretch.itemCode)
    );
  }

  private itemOf({ scheduleVersion, itemCode }: BilledMonths): FeeItem | undefined {
    const schedule = this.schedules.find(({ version }) => version === scheduleVersion);
    return schedule?.items.find(({ code }) => code === itemCode);
  }
}
