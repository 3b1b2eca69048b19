import { Inject, Injectable } from '@nestjs/common';
import { shanghaiDate } from '@linli/shared/kernel';
import {
  RELIEF_LIMITS,
  RELIEF_MACHINE,
  untilFault,
  type MyRelief,
  type ReliefKind,
  type ReliefPapersRequest,
  type ReliefRequest,
  type ReliefView,
} from '@linli/shared/relief';
import { type Caller, OWNERS } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { DiscardFiles, FilesService } from '../../kernel/files/index.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { BillsRepository, type StoredBill } from '../fees/index.ts';
import { InboxService } from '../notifications/index.ts';
import { papersOf, ReliefRepository, type ReliefRow } from './relief.repository.ts';
import { ReliefPapersService } from './relief-papers.service.ts';
import { ReliefViews } from './relief-views.ts';

/** The owner asks for 减免 or 缓缴, puts the application right, or takes it back. */
@Injectable()
export class AskReliefService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(DiscardFiles) private readonly discard: DiscardFiles,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(ReliefRepository) private readonly relief: ReliefRepository,
    @Inject(ReliefPapersService) private readonly papers: ReliefPapersService,
    @Inject(ReliefViews) private readonly views: ReliefViews,
  ) {}

  async mine(caller: Caller, estateId: string): Promise<MyRelief> {
    const rows = await this.relief.ofPerson(this.database, caller.personId, estateId, RELIEF_LIMITS.pageMax);
    return { items: await this.views.of(this.database, rows) };
  }

  async ask(caller: Caller, estateId: string, request: ReliefRequest, key: string): Promise<ReliefView> {
    const action = { personId: caller.personId, key, useCase: `relief.ask:${estateId}`, body: request };
    try {
      return await this.idempotency.once(action, (tx) => this.add(tx, caller, estateId, request));
    } catch (error) {
      if (violates(error, 'uq_relief_bills_open')) throw refuse('RELIEF.BILL_TAKEN');
      throw error;
    }
  }

  async resubmit(
    caller: Caller,
    estateId: string,
    id: string,
    request: ReliefPapersRequest,
  ): Promise<ReliefView> {
    return this.database.transaction(async (tx) => {
      const row = await this.own(tx, caller, estateId, id);
      const next = RELIEF_MACHINE.next(row.state, 'SUBMIT', 'APPLICANT', presentIn(request));
      if (!next.ok) throw refuse(next.error.code === 'STATE.INCOMPLETE' ? 'RELIEF.CONSENT' : 'RELIEF.STATE');
      const parts = await this.relief.billsOf(tx, [id]);
      const bills = await this.bills.byIds(
        tx,
        parts.map((part) => part.bill_id),
      );
      this.refuseWish(row.kind, request, bills);
      if (!(await this.relief.move(tx, row, next.value))) throw refuse('RELIEF.STATE');
      const kept = papersOf(row).filter((fileId) => request.paperFileIds.includes(fileId));
      await this.discard.discard(
        tx,
        papersOf(row).filter((fileId) => !kept.includes(fileId)),
      );
      const added = request.paperFileIds.filter((fileId) => !kept.includes(fileId));
      await this.files.attach(tx, caller, estateId, 'HARDSHIP_PAPER', added);
      await this.relief.resubmit(tx, id, request, this.clock.now());
      await this.told(tx, caller, estateId, id, 'RELIEF.RESUBMITTED');
      return this.view(tx, id);
    });
  }

  async withdraw(caller: Caller, estateId: string, id: string): Promise<ReliefView> {
    return this.database.transaction(async (tx) => {
      const row = await this.own(tx, caller, estateId, id);
      const next = RELIEF_MACHINE.next(row.state, 'WITHDRAW', 'APPLICANT');
      if (!next.ok || !(await this.relief.move(tx, row, next.value))) throw refuse('RELIEF.STATE');
      await this.relief.freeBills(tx, id);
      await this.papers.deleteNow(tx, row);
      await this.audit.record(tx, caller, {
        action: 'RELIEF.WITHDRAWN',
        estateId,
        subjectType: 'RELIEF',
        subjectId: id,
        before: { state: row.state },
        after: { state: next.value },
      });
      return this.view(tx, id);
    });
  }

  private async add(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    request: ReliefRequest,
  ): Promise<ReliefView> {
    // Another owner's home is not there.
    if (!caller.unitsIn(estateId, OWNERS).includes(request.unitId)) throw refuse('NOT_FOUND');
    const next = RELIEF_MACHINE.next('DRAFT', 'SUBMIT', 'APPLICANT', presentIn(request));
    if (!next.ok) throw refuse('RELIEF.CONSENT');
    const bills = await this.bills.byIds(tx, request.billIds);
    const all = new Set(request.billIds).size === bills.length && bills.length > 0;
    if (!all || !bills.every((bill) => mayBeRelieved(bill, request.unitId))) throw refuse('RELIEF.BILLS');
    this.refuseWish(request.kind, request, bills);
    const id = this.ids.next();
    const facts = { id, estateId, personId: caller.personId, state: next.value, at: this.clock.now() };
    await this.relief.add(tx, facts, request);
    await this.files.attach(tx, caller, estateId, 'HARDSHIP_PAPER', request.paperFileIds);
    await this.told(tx, caller, estateId, id, 'RELIEF.SUBMITTED');
    return this.view(tx, id);
  }

  /** 缓缴: what is wished has to be something that could be granted. */
  private refuseWish(
    kind: ReliefKind,
    { wishedUntil }: ReliefPapersRequest,
    bills: readonly StoredBill[],
  ): void {
    if (kind === 'REDUCTION') {
      if (wishedUntil !== null) throw refuse('RELIEF.UNTIL');
      return;
    }
    if (bills.some(({ deferrals }) => deferrals.length > 0)) throw refuse('RELIEF.ALREADY_DEFERRED');
    if (wishedUntil === null) throw refuse('RELIEF.UNTIL');
    const fault = untilFault(wishedUntil, bills, shanghaiDate(this.clock.now()));
    if (fault !== null) throw refuse(fault);
  }

  private async told(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    id: string,
    action: string,
  ): Promise<void> {
    await this.audit.record(tx, caller, { action, estateId, subjectType: 'RELIEF', subjectId: id });
    const officers = await this.inbox.staffOf(tx, estateId, ['COMMUNITY_OFFICER']);
    await this.inbox.post(tx, {
      to: officers.filter((personId) => personId !== caller.personId),
      estateId,
      kind: 'PAYMENT',
      title: '有一份缴费申请等您核实',
      body: '请在工作台的“减免缓缴”里查看，材料只有社区和街道能看。',
      link: `/packages/workbench-street/pages/relief/index?id=${id}`,
    });
  }

  private async own(tx: Transaction, caller: Caller, estateId: string, id: string): Promise<ReliefRow> {
    const row = await this.relief.inEstate(tx, estateId, id);
    if (row === null || row.person_id !== caller.personId) throw refuse('NOT_FOUND');
    return row;
  }

  private async view(tx: Transaction, id: string): Promise<ReliefView> {
    const row = await this.relief.byId(tx, id);
    if (row === null) throw new Error('An application that was just written is not found');
    return this.views.one(tx, row);
  }
}

/** An open bill of property fees of the home itself. */
function mayBeRelieved({ unitId, payer, ledger, state }: StoredBill, home: string): boolean {
  const open = state === 'ISSUED' || state === 'PART_PAID';
  return unitId === home && payer === 'OWNER' && ledger === 'PROPERTY_FEE' && open;
}

function presentIn({ consent, certificateNumber, paperFileIds }: ReliefPapersRequest) {
  const shown = certificateNumber !== '' && paperFileIds.length > 0;
  return [
    'BILLS' as const,
    ...(shown ? ['CERTIFICATE' as const] : []),
    ...(consent ? ['CONSENT' as const] : []),
  ];
}
