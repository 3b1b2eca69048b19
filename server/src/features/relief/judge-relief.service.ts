import { Inject, Injectable } from '@nestjs/common';
import { shanghaiDate } from '@linli/shared/kernel';
import {
  RELIEF_LIMITS,
  RELIEF_MACHINE,
  grantedParts,
  judgeFault,
  termsFault,
  type DecideReliefRequest,
  type ReliefBill,
  type ReliefFile,
  type ReliefQueue,
  type ReliefState,
  type VerifyReliefRequest,
} from '@linli/shared/relief';
import { type Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { BillsRepository } from '../fees/index.ts';
import { InboxService } from '../notifications/index.ts';
import { ApplyReliefService } from './apply-relief.service.ts';
import { ReliefRepository, type ReliefRow } from './relief.repository.ts';
import { ReliefPapersService } from './relief-papers.service.ts';
import { isOfHousehold, ReliefViews } from './relief-views.ts';

/** 社区核实 → 街道审批: two people, neither of them of the household. */
@Injectable()
export class JudgeReliefService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(ReliefRepository) private readonly relief: ReliefRepository,
    @Inject(ReliefPapersService) private readonly papers: ReliefPapersService,
    @Inject(ReliefViews) private readonly views: ReliefViews,
    @Inject(ApplyReliefService) private readonly applying: ApplyReliefService,
  ) {}

  async queue(
    caller: Caller,
    estateId: string,
    { state, after, limit }: { state: ReliefState | undefined; after: string | undefined; limit: number },
  ): Promise<ReliefQueue> {
    const states = state === undefined ? waitingFor(caller, estateId) : [state];
    const rows = await this.relief.page(this.database, estateId, states, after, limit);
    const shown = rows.slice(0, limit);
    const items = await this.views.of(this.database, shown);
    return { items, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
  }

  /** Everything that was handed in; that somebody looked is recorded. */
  async open(caller: Caller, estateId: string, id: string): Promise<ReliefFile> {
    const row = await this.found(this.database, estateId, id);
    await this.database.transaction((tx) => this.record(tx, caller, row, 'RELIEF.OPENED', {}));
    return this.views.file(this.database, caller, row);
  }

  async verify(
    caller: Caller,
    estateId: string,
    id: string,
    { verified, note }: VerifyReliefRequest,
  ): Promise<ReliefFile> {
    await this.database.transaction(async (tx) => {
      const row = await this.found(tx, estateId, id);
      // Whoever returned it before may look at what was put right.
      refuseInvolved(caller, row, null);
      if (!verified && note === '') throw refuse('RELIEF.REASON');
      const event = verified ? 'VERIFY' : 'RETURN';
      const next = RELIEF_MACHINE.next(row.state, event, 'COMMUNITY', ['OTHER_PERSON', 'REASON']);
      if (!next.ok || !(await this.relief.move(tx, row, next.value))) throw refuse('RELIEF.STATE');
      const now = this.clock.now();
      await this.relief.judgedByCommunity(tx, id, caller.personId, now, note);
      if (!verified) await this.papers.deleteAt(tx, id, now + RELIEF_LIMITS.papersKeptMs);
      await this.record(tx, caller, row, `RELIEF.${next.value}`, { state: next.value });
      if (verified) await this.tellStreet(tx, caller, row);
      else await this.tell(tx, row, '缴费申请需要补正', '社区退回了您的申请，请看原因，改好后再交。');
    });
    return this.file(caller, estateId, id);
  }

  async decide(
    caller: Caller,
    estateId: string,
    id: string,
    request: DecideReliefRequest,
  ): Promise<ReliefFile> {
    await this.database.transaction(async (tx) => {
      const row = await this.found(tx, estateId, id);
      refuseInvolved(caller, row, row.community_by);
      const { approve, note } = request;
      if (!approve && note === '') throw refuse('RELIEF.REASON');
      const bills = await this.openBills(tx, id);
      if (approve) this.refuseTerms(row, request, bills);
      const present = ['OTHER_PERSON', 'REASON', 'FUNDER', 'TERMS'] as const;
      const next = RELIEF_MACHINE.next(row.state, approve ? 'APPROVE' : 'REJECT', 'STREET', present);
      if (!next.ok) throw refuse('RELIEF.STATE');
      const now = this.clock.now();
      const terms = approve ? termsOf(row, request) : { percent: null, funder: null, until: null };
      const decision = { ...terms, to: next.value, by: caller.personId, at: now, note };
      if (!(await this.relief.decidedByStreet(tx, row, decision))) throw refuse('RELIEF.STATE');
      if (terms.percent !== null)
        for (const { billId, amountFen } of grantedParts(bills, terms.percent))
          await this.relief.grant(tx, id, billId, amountFen);
      await this.papers.deleteAt(tx, id, now + RELIEF_LIMITS.papersKeptMs);
      await this.record(tx, caller, row, `RELIEF.${next.value}`, { state: next.value, ...terms });
      if (approve) await this.applying.soon(tx, id);
      else {
        await this.relief.freeBills(tx, id);
        await this.tell(tx, row, '缴费申请没有批准', '请在“减免缓缴”里看原因。');
      }
    });
    return this.file(caller, estateId, id);
  }

  private refuseTerms(row: ReliefRow, request: DecideReliefRequest, bills: readonly ReliefBill[]): void {
    if (bills.length === 0) throw refuse('RELIEF.NOTHING_OPEN');
    const fault = termsFault(row.kind, request, bills, shanghaiDate(this.clock.now()));
    if (fault !== null) throw refuse(fault);
  }

  private async openBills(tx: Transaction, id: string): Promise<ReliefBill[]> {
    const parts = await this.relief.billsOf(tx, [id]);
    const bills = await this.bills.byIds(
      tx,
      parts.map((part) => part.bill_id),
    );
    return bills
      .filter(({ state }) => state === 'ISSUED' || state === 'PART_PAID')
      .map(({ id: billId, dueOn, totalFen, paidFen }) => ({ billId, dueOn, openFen: totalFen - paidFen }));
  }

  private async tellStreet(tx: Transaction, caller: Caller, row: ReliefRow): Promise<void> {
    const officers = await this.inbox.staffOf(tx, row.estate_id, ['STREET_OFFICER']);
    await this.inbox.post(tx, {
      to: officers.filter((personId) => personId !== caller.personId && personId !== row.person_id),
      estateId: row.estate_id,
      kind: 'PAYMENT',
      title: '有一份缴费申请等您审批',
      body: '社区已经核实，请在工作台的“减免缓缴”里审批。',
      link: `/packages/workbench-street/pages/relief/index?id=${row.id}`,
    });
  }

  private tell(tx: Transaction, row: ReliefRow, title: string, body: string): Promise<void> {
    const link = '/packages/payments/pages/relief/index';
    return this.inbox.post(tx, {
      to: [row.person_id],
      estateId: row.estate_id,
      kind: 'PAYMENT',
      title,
      body,
      link,
    });
  }

  private record(
    tx: Transaction,
    caller: Caller,
    row: ReliefRow,
    action: string,
    after: object,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action,
      estateId: row.estate_id,
      subjectType: 'RELIEF',
      subjectId: row.id,
      before: { state: row.state },
      after,
    });
  }

  private async file(caller: Caller, estateId: string, id: string): Promise<ReliefFile> {
    return this.views.file(this.database, caller, await this.found(this.database, estateId, id));
  }

  private async found(reader: Reader, estateId: string, id: string): Promise<ReliefRow> {
    const row = await this.relief.inEstate(reader, estateId, id);
    if (row === null) throw refuse('NOT_FOUND');
    return row;
  }
}

/** What waits for this officer. */
export function waitingFor(caller: Caller, estateId: string): ReliefState[] {
  const states: ReliefState[] = [];
  if (caller.has(estateId, ['COMMUNITY_OFFICER'])) states.push('SUBMITTED');
  if (caller.has(estateId, ['STREET_OFFICER'])) states.push('COMMUNITY_VERIFIED');
  return states;
}

function refuseInvolved(caller: Caller, row: ReliefRow, communityId: string | null): void {
  const judge = { personId: caller.personId, ofTheHousehold: isOfHousehold(caller, row) };
  const fault = judgeFault({ applicantId: row.person_id, communityId }, judge);
  if (fault !== null) throw refuse(fault);
}

/** Only what belongs to the kind is kept. */
function termsOf({ kind }: ReliefRow, { percent, funder, until }: DecideReliefRequest) {
  return kind === 'REDUCTION' ? { percent, funder, until: null } : { percent: null, funder: null, until };
}
