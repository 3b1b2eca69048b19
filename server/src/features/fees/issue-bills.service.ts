import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  FEE_LIMITS,
  LEDGERS,
  type Bill,
  type BillPreview,
  type BillPreviewRequest,
  type BillPreviewView,
  type BillRunFault,
  type BillableUnit,
  type IssueBillsRequest,
  type IssueBillsResponse,
  previewBills,
  unpublishedLines,
} from '@linli/shared/fees';
import { addMonths, formatFullDate, formatMonth } from '@linli/shared/kernel';
import { type BilledAmount, billIssued } from '@linli/shared/ledger';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../kernel/database/index.ts';
import { type Refused, refuse } from '../../kernel/errors/refused.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { Ledger } from '../ledger/index.ts';
import { InboxService } from '../notifications/index.ts';
import { BillableUnitsRepository } from './billable-units.repository.ts';
import { type BillRunRecord, BillsRepository } from './bills.repository.ts';
import { FeeSchedulesRepository, type StoredSchedule } from './fee-schedules.repository.ts';
import { UtilitiesService } from './utilities.service.ts';

interface Draft {
  readonly units: readonly BillableUnit[];
  readonly preview: BillPreview;
  readonly schedules: readonly StoredSchedule[];
  readonly fingerprint: string;
}

/** People of so many homes are looked up in one statement. */
const UNITS_PER_LOOKUP = 500;

/** Makes the month's bills: first as a preview, then for good, and never twice. */
@Injectable()
export class IssueBillsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(BillableUnitsRepository) private readonly units: BillableUnitsRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(FeeSchedulesRepository) private readonly schedules: FeeSchedulesRepository,
    @Inject(UtilitiesService) private readonly utilities: UtilitiesService,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  async preview(estateId: string, request: BillPreviewRequest): Promise<BillPreviewView> {
    const { preview, fingerprint } = await this.draft(this.database, estateId, request);
    return {
      month: preview.month,
      bills: preview.bills.length,
      totalFen: preview.totalFen,
      byLedger: byLedger(preview),
      items: preview.items,
      changes: preview.changes.slice(0, FEE_LIMITS.changesShown),
      changedUnits: new Set(preview.changes.map(({ unitId }) => unitId)).size,
      faults: preview.faults,
      uncharged: preview.uncharged,
      skipped: preview.skipped,
      fingerprint,
    };
  }

  /** Issues exactly the bills that were previewed: all of them or none. */
  async issue(
    caller: Caller,
    estateId: string,
    request: IssueBillsRequest,
    key: string,
  ): Promise<IssueBillsResponse> {
    const action = { personId: caller.personId, key, useCase: `fees.issue:${estateId}`, body: request };
    try {
      return await this.idempotency.once(action, (tx) => this.issueIn(tx, caller, estateId, request));
    } catch (error) {
      if (violates(error, 'uq_bills_key')) throw refuse('FEES.BILLS_ISSUED');
      throw error;
    }
  }

  private async issueIn(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    request: IssueBillsRequest,
  ): Promise<IssueBillsResponse> {
    // One run of an estate at a time: bills of two months may be for the same month of a quarter or year.
    await tx.run('UPDATE estates SET name = name WHERE id = ?', [estateId]);
    // Made anew inside the transaction: roll, schedule and bills are the ones that the fingerprint is held against.
    const draft = await this.draft(tx, estateId, request);
    refuseUnissuable(draft, request);
    const { units, preview, schedules, fingerprint } = draft;
    const unitOrder = new Map(units.map(({ unitId }, index) => [unitId, index]));
    const run = { id: this.ids.next(), estateId, issuedAt: this.clock.now(), unitOrder };
    const { bills, totalFen, month } = preview;
    await tx.insert('bill_runs', {
      id: run.id,
      estate_id: estateId,
      month,
      utilities_of: request.utilitiesOf,
      one_offs_json: JSON.stringify(request.oneOffs),
      fingerprint,
      bills: bills.length,
      total_fen: totalFen,
      issued_by: caller.personId,
      issued_at: run.issuedAt,
    });
    const issued = await this.bills.add(tx, run, bills, schedules);
    await this.ledger.post(tx, ...issued.map(({ id, bill }) => billIssued(billed(id, run, bill))));
    await this.audit.record(tx, caller, {
      action: 'FEES.BILLS_ISSUED',
      estateId,
      subjectType: 'BILL_RUN',
      subjectId: run.id,
      after: { month, bills: bills.length, totalFen, utilitiesOf: request.utilitiesOf },
    });
    await this.tellPayers(tx, estateId, preview);
    return { runId: run.id, bills: bills.length, totalFen };
  }

  private async tellPayers(tx: Transaction, estateId: string, { bills, month }: BillPreview): Promise<void> {
    const owned = bills.filter(({ payer }) => payer === 'OWNER');
    const [first] = owned;
    if (first === undefined) return;
    const unitIds = [...new Set(owned.map(({ unitId }) => unitId))];
    const people: string[] = [];
    for (let from = 0; from < unitIds.length; from += UNITS_PER_LOOKUP) {
      const chunk = unitIds.slice(from, from + UNITS_PER_LOOKUP);
      const rows = await tx.rows<{ person_id: string }>(
        `SELECT DISTINCT person_id FROM residencies
         WHERE kind = 'OWNER' AND (ends_at IS NULL OR ends_at > ?) AND unit_id IN (${chunk.map(() => '?').join(', ')})`,
        [this.clock.now(), ...chunk],
      );
      people.push(...rows.map((row) => row.person_id));
    }
    await this.inbox.post(tx, {
      to: people,
      estateId,
      kind: 'BILL',
      title: `${formatMonth(month)}账单已出`,
      body: `请在 ${formatFullDate(first.dueOn)}前缴费。每一项都能看到怎么算的、依据是什么。`,
      link: '/packages/payments/pages/bills/index',
    });
  }

  private async draft(reader: Reader, estateId: string, request: BillPreviewRequest): Promise<Draft> {
    const { month, utilitiesOf, oneOffs } = request;
    const schedules = await this.schedules.all(reader, estateId);
    const utilities =
      utilitiesOf === null ? null : await this.utilities.published(reader, estateId, utilitiesOf);
    if (utilitiesOf !== null && utilities === null) throw refuse('NOT_FOUND');
    const units = await this.units.all(reader, estateId);
    const preview = previewBills({
      month,
      units,
      schedules,
      terms: await this.units.terms(reader, estateId),
      utilities,
      utilityOptions: { includeParking: false },
      oneOffs,
      issued: await this.bills.issuedIn(reader, estateId, month),
      billed: await this.bills.billedFrom(reader, estateId, month),
      previous: await this.bills.issuedIn(reader, estateId, addMonths(month, -1)),
    });
    return { units, preview, schedules, fingerprint: fingerprintOf(preview) };
  }
}

function billed(
  billId: string,
  { estateId, issuedAt }: BillRunRecord,
  { unitId, ledger, totalFen }: Bill,
): BilledAmount {
  return { billId, estateId, unitId, book: ledger, totalFen, occurredAt: issuedAt };
}

function refuseUnissuable({ preview, schedules, fingerprint }: Draft, request: IssueBillsRequest): void {
  const [fault] = preview.faults;
  if (fault !== undefined) throw faultRefused(fault);
  if (preview.bills.length === 0)
    throw refuse(preview.skipped > 0 ? 'FEES.BILLS_ISSUED' : 'FEES.BILLS_EMPTY');
  if (fingerprint !== request.fingerprint) throw refuse('FEES.BILLS_CHANGED');
  const unpublished = preview.bills.some(({ lines }) => unpublishedLines(lines, schedules).length > 0);
  if (unpublished) throw refuse('FEES.BILL_LINE_UNPUBLISHED');
}

function faultRefused({ code, about }: BillRunFault): Refused {
  return refuse(code, { params: { about } });
}

/** Names exactly these bills: any other amount, line or home gives another. */
function fingerprintOf({ bills }: BillPreview): string {
  const facts = bills.map(({ key, dueOn, lines }) => [
    key,
    dueOn,
    lines.map((line) => [line.itemCode, line.scheduleVersion, line.months, line.amountFen, line.formula]),
  ]);
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}

function byLedger({ bills }: BillPreview): BillPreviewView['byLedger'] {
  return LEDGERS.flatMap((ledger) => {
    const mine = bills.filter((bill) => bill.ledger === ledger);
    if (mine.length === 0) return [];
    return [{ ledger, bills: mine.length, amountFen: mine.reduce((sum, { totalFen }) => sum + totalFen, 0) }];
  });
}
