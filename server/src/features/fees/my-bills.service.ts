import { Inject, Injectable } from '@nestjs/common';
import {
  LEDGER_LABELS,
  type BillLine,
  type BillStanding,
  type BillView,
  type BillingTerms,
  type MyBills,
  type OpenBill,
  arrears,
} from '@linli/shared/fees';
import { shanghaiDate } from '@linli/shared/kernel';
import type { Caller } from '../../kernel/access/index.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { BillableUnitsRepository } from './billable-units.repository.ts';
import { BillsRepository, type OwedBill, type StoredBill } from './bills.repository.ts';

/** Whoever owns the home or is of the owner's family sees its bills and may pay them; a tenant does neither. */
export const PAYING_RESIDENTS = ['OWNER', 'FAMILY'] as const;

/** A resident's bills 缴费. */
@Injectable()
export class MyBillsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(BillableUnitsRepository) private readonly units: BillableUnitsRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
  ) {}

  /** Four statements however long the history is: terms, open bills, the page, its lines. */
  async list(caller: Caller, estateId: string, after: string | undefined, limit: number): Promise<MyBills> {
    const unitIds = caller.unitsIn(estateId, PAYING_RESIDENTS);
    if (unitIds.length === 0) throw refuse('ACCESS.DENIED');
    const [terms, open, rows] = await Promise.all([
      this.units.terms(this.database, estateId),
      this.bills.openOfUnits(this.database, unitIds),
      this.bills.pageOfUnits(this.database, unitIds, after, limit),
    ]);
    const shown = rows.slice(0, limit);
    const lines = await this.bills.linesOf(
      this.database,
      shown.map(({ id }) => id),
    );
    const owed = arrears(open.map(toArrearsBill), terms, shanghaiDate(this.clock.now()));
    const standings = new Map(owed.bills.map((standing) => [standing.billId, standing]));
    const last = shown.at(-1);
    return {
      openFen: owed.openFen + owed.lateFeeFen,
      overdueFen: owed.overdueFen,
      items: shown.map((bill) => toView(bill, lines.get(bill.id) ?? [], standings.get(bill.id))),
      next: rows.length > limit && last !== undefined ? last.id : null,
    };
  }
}

/** What is owed for these bills today, with late fee where the contract has one. */
export function owedFor(
  bills: readonly StoredBill[],
  terms: BillingTerms,
  today: string,
): { readonly billId: string; readonly principalFen: number; readonly lateFeeFen: number }[] {
  const owed = bills.map(({ id, dueOn, totalFen, paidFen, deferrals }) =>
    toArrearsBill({ id, dueOn, openFen: totalFen - paidFen, deferrals }),
  );
  const standings = arrears(owed, terms, today).bills;
  const late = new Map(standings.map(({ billId, lateFeeFen }) => [billId, lateFeeFen]));
  return bills.map(({ id, totalFen, paidFen }) => ({
    billId: id,
    principalFen: totalFen - paidFen,
    lateFeeFen: late.get(id) ?? 0,
  }));
}

function toArrearsBill({ id, dueOn, openFen, deferrals }: OwedBill): OpenBill {
  return { billId: id, dueOn, openFen, deferrals };
}

function toView(bill: StoredBill, lines: readonly BillLine[], standing: BillStanding | undefined): BillView {
  return {
    id: bill.id,
    unitId: bill.unitId,
    unitName: bill.unitName,
    month: bill.month,
    payer: bill.payer,
    ledger: bill.ledger,
    ledgerLabel: LEDGER_LABELS[bill.ledger],
    state: bill.state,
    dueOn: bill.dueOn,
    overdueDays: standing?.overdueDays ?? 0,
    totalFen: bill.totalFen,
    openFen: bill.totalFen - bill.paidFen,
    lateFeeFen: standing?.lateFeeFen ?? 0,
    reducedFen: bill.reducedFen,
    deferredUntil: bill.deferrals[0]?.until ?? null,
    lines,
    pendingOrderNo: bill.pendingOrderNo,
  };
}
