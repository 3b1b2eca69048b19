import { Inject, Injectable } from '@nestjs/common';
import {
  BILL_MACHINE,
  LEDGER_LABELS,
  type BillState,
  type BillingTerms,
  type CollectionBill,
  type CollectionRow,
  type CollectionView,
  type UnitBilling,
  type UnitBillingRequest,
  arrears,
} from '@linli/shared/fees';
import { type Month, maskName, monthOf, shanghaiDate } from '@linli/shared/kernel';
import { type Book, billCancelled } from '@linli/shared/ledger';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Ledger } from '../ledger/index.ts';
import { BillableUnitsRepository } from './billable-units.repository.ts';
import { PayerNames } from './payer-names.ts';
import { RegionFeeRules } from './region-fee-rules.ts';
import { BillsRepository, toBill, type BillRow, type StoredBill } from './bills.repository.ts';

/** What the clerk looks for. */
export interface CollectionFilter {
  readonly month: Month | undefined;
  readonly state: BillState | undefined;
  readonly ledger: Book | undefined;
  readonly overdue: boolean;
  readonly search: string | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

/** Who has paid 缴费情况, and what the company may do to a bill. */
@Injectable()
export class CollectionService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(PayerNames) private readonly payers: PayerNames,
    @Inject(BillableUnitsRepository) private readonly units: BillableUnitsRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(RegionFeeRules) private readonly rules: RegionFeeRules,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  async list(estateId: string, filter: CollectionFilter): Promise<CollectionView> {
    const month = filter.month ?? monthOf(this.today());
    const totals = await this.database.rows<{ state: BillState; bills: number; total: number; paid: number }>(
      `SELECT state, COUNT(*) AS bills, SUM(total_fen) AS total, SUM(paid_fen) AS paid
       FROM bills WHERE estate_id = ? AND month = ? AND state <> 'CANCELLED' GROUP BY state`,
      [estateId, month],
    );
    const reducedFen = await this.bills.creditedIn(this.database, estateId, month);
    const rows = await this.rows(estateId, month, filter);
    const shown = rows.slice(0, filter.limit).map(toBill);
    const last = shown.at(-1);
    return {
      month,
      // Sums are DECIMAL on MySQL and may arrive as text.
      issuedFen: sum(totals.map(({ total }) => Number(total))),
      paidFen: sum(totals.map(({ paid }) => Number(paid))) - reducedFen,
      reducedFen,
      bills: sum(totals.map(({ bills }) => Number(bills))),
      paidBills: sum(totals.filter(({ state }) => state === 'PAID').map(({ bills }) => Number(bills))),
      items: await this.toRows(estateId, shown),
      next:
        rows.length > filter.limit && last !== undefined
          ? `${rows[filter.limit - 1]?.unit_order}.${last.id}`
          : null,
    };
  }

  async bill(estateId: string, billId: string): Promise<CollectionBill> {
    const bill = await this.bills.ofEstate(this.database, estateId, billId);
    if (bill === null) throw refuse('NOT_FOUND');
    const [row] = await this.toRows(estateId, [bill]);
    if (row === undefined) throw refuse('NOT_FOUND');
    const lines = await this.bills.linesOf(this.database, [billId]);
    return {
      ...row,
      month: bill.month,
      ledgerLabel: LEDGER_LABELS[bill.ledger],
      lines: lines.get(billId) ?? [],
      cancelReason: bill.cancelReason,
      credits: await this.bills.creditsOf(this.database, billId),
    };
  }

  async cancel(caller: Caller, estateId: string, billId: string, reason: string): Promise<CollectionBill> {
    await this.database.transaction(async (tx) => {
      const bill = await this.bills.ofEstate(tx, estateId, billId);
      if (bill === null) throw refuse('NOT_FOUND');
      if (bill.paidFen > 0) throw refuse('FEES.BILL_HAS_PAYMENT');
      const next = BILL_MACHINE.next(bill.state, 'CANCEL', 'COMPANY', ['REASON', 'NOTHING_PAID']);
      if (!next.ok) throw refuse('FEES.BILL_STATE');
      if (bill.pendingOrderNo !== null) throw refuse('FEES.BILL_PENDING');
      if (!(await this.bills.cancel(tx, billId, reason))) throw refuse('FEES.BILL_STATE');
      const { unitId, ledger, totalFen } = bill;
      const cancelled = { billId, estateId, unitId, book: ledger, totalFen, occurredAt: this.clock.now() };
      await this.ledger.post(tx, billCancelled(cancelled));
      await this.audit.record(tx, caller, {
        action: 'FEES.BILL_CANCELLED',
        estateId,
        subjectType: 'BILL',
        subjectId: billId,
        before: { state: bill.state },
        after: { state: next.value, reason },
      });
    });
    return this.bill(estateId, billId);
  }

  terms(estateId: string): Promise<BillingTerms> {
    return this.units.terms(this.database, estateId);
  }

  async setTerms(caller: Caller, estateId: string, terms: BillingTerms): Promise<BillingTerms> {
    await this.database.transaction(async (tx) => {
      const before = await this.units.terms(tx, estateId);
      await this.units.setTerms(tx, estateId, terms);
      await this.audit.record(tx, caller, {
        action: 'FEES.TERMS_SET',
        estateId,
        subjectType: 'BILLING_TERMS',
        subjectId: estateId,
        before,
        after: terms,
      });
    });
    return terms;
  }

  async unit(estateId: string, unitId: string): Promise<UnitBilling> {
    const how = await this.units.unit(this.database, estateId, unitId);
    if (how === null) throw refuse('NOT_FOUND');
    return how;
  }

  async setUnit(
    caller: Caller,
    estateId: string,
    unitId: string,
    how: UnitBillingRequest,
  ): Promise<UnitBillingRequest> {
    await this.database.transaction(async (tx) => {
      const { instalments } = await this.rules.of(tx, estateId);
      if (!instalments.includes(how.instalment)) throw refuse('FEES.INSTALMENT_NOT_OFFERED');
      const known = await this.units.unit(tx, estateId, unitId);
      if (known === null) throw refuse('NOT_FOUND');
      const { unitName: _, ...before } = known;
      await this.units.setUnit(tx, estateId, unitId, how);
      await this.audit.record(tx, caller, {
        action: 'FEES.UNIT_BILLING_SET',
        estateId,
        subjectType: 'UNIT',
        subjectId: unitId,
        before,
        after: how,
      });
    });
    return how;
  }

  private rows(estateId: string, month: Month, filter: CollectionFilter): Promise<BillRow[]> {
    const [order, id] = placeAfter(filter.after);
    const where = ['b.estate_id = ?', 'b.month = ?', '(b.unit_order > ? OR (b.unit_order = ? AND b.id > ?))'];
    const values: (string | number)[] = [estateId, month, order, order, id];
    const and = (condition: string, value: string) => {
      where.push(condition);
      values.push(value);
    };
    if (filter.state !== undefined) and('b.state = ?', filter.state);
    if (filter.ledger !== undefined) and('b.ledger = ?', filter.ledger);
    // What is deferred is due when that ends.
    const due = 'CASE WHEN b.deferred_until > b.due_on THEN b.deferred_until ELSE b.due_on END';
    if (filter.overdue) and(`b.state IN ('ISSUED', 'PART_PAID') AND ${due} < ?`, this.today());
    if (filter.search !== undefined) and('b.unit_name LIKE ?', `%${escapeLike(filter.search)}%`);
    const escape = filter.search === undefined ? '' : " ESCAPE '!'";
    return this.database.rows<BillRow>(
      `SELECT b.* FROM bills b WHERE ${where.join(' AND ')}${escape} ORDER BY b.unit_order, b.id LIMIT ${filter.limit + 1}`,
      values,
    );
  }

  private async toRows(estateId: string, bills: readonly StoredBill[]): Promise<CollectionRow[]> {
    const payers = await this.payers.of(
      this.database,
      bills.map(({ unitId }) => unitId),
    );
    const terms = await this.units.terms(this.database, estateId);
    const open = bills.map((bill) => ({
      billId: bill.id,
      dueOn: bill.dueOn,
      openFen: bill.state === 'CANCELLED' ? 0 : bill.totalFen - bill.paidFen,
      deferrals: bill.deferrals,
    }));
    const standings = new Map(arrears(open, terms, this.today()).bills.map((one) => [one.billId, one]));
    return bills.map((bill) => ({
      billId: bill.id,
      unitName: bill.unitName,
      payerName: bill.payer === 'DEVELOPER' ? '开发建设单位' : maskedPayers(payers.get(bill.unitId)),
      ledger: bill.ledger,
      totalFen: bill.totalFen,
      openFen: bill.state === 'CANCELLED' ? 0 : bill.totalFen - bill.paidFen,
      state: bill.state,
      dueOn: bill.dueOn,
      reducedFen: bill.reducedFen,
      deferredUntil: bill.deferrals[0]?.until ?? null,
      overdueDays: standings.get(bill.id)?.overdueDays ?? 0,
    }));
  }

  private today(): string {
    return shanghaiDate(this.clock.now());
  }
}

/** The first owner, masked: 张*, 张* 等 2 人. */
function maskedPayers(names: readonly string[] = []): string {
  const first = maskName(names[0] ?? '');
  return names.length > 1 ? `${first} 等 ${names.length} 人` : first;
}

/** The cursor of the list in the roll's order: place and bill. */
function placeAfter(after: string | undefined): readonly [order: number, id: string] {
  const match = /^(\d{1,7})\.([0-9A-Z]{26})$/.exec(after ?? '');
  return match === null ? [-1, ''] : [Number(match[1]), match[2] ?? ''];
}

/** `!` escapes, as both engines read a backslash differently. */
function escapeLike(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
