import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HOUR_MS } from '@linli/shared/kernel';
import { creditUsed } from '@linli/shared/ledger';
import {
  REFUND_LIMITS,
  type ChooseCreditRequest,
  type CreditState,
  type MyRefunds,
} from '@linli/shared/refunds';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { Refused, refuse } from '../../../kernel/errors/refused.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { Jobs } from '../../../kernel/jobs/jobs.ts';
import { RecurringJobs } from '../../../kernel/jobs/recurring-jobs.ts';
import { BillsRepository } from '../../fees/index.ts';
import { Ledger } from '../../ledger/index.ts';
import { USE_CREDIT_JOB, type UseCreditJob } from '../payment-jobs.ts';
import { AskRefundService } from './ask-refund.service.ts';
import { homeNames } from './home-names.ts';
import { CreditsRepository, type StoredCredit } from './credits.repository.ts';
import { ProposalsService } from './proposals.service.ts';
import { RefundsRepository } from './refunds.repository.ts';

const SWEEP = 'payments.credits';
const SWEPT_AT_ONCE = 200;
const SHOWN = 50;

/** Money paid too much: the payer has it back or keeps it for the next bill; undecided, it goes back by itself. */
@Injectable()
export class CreditsService implements OnModuleInit {
  private readonly log = new Logger('Payments');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(RecurringJobs) private readonly recurring: RecurringJobs,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(CreditsRepository) private readonly credits: CreditsRepository,
    @Inject(RefundsRepository) private readonly refunds: RefundsRepository,
    @Inject(AskRefundService) private readonly asking: AskRefundService,
    @Inject(ProposalsService) private readonly proposals: ProposalsService,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(USE_CREDIT_JOB, ({ creditId }: UseCreditJob) => this.use(creditId), { untilDone: true });
    this.recurring.every(SWEEP, HOUR_MS, () => this.sweep());
    this.proposals.handle('CREDIT', {
      check: async (tx, estateId, creditId) => {
        const credit = await this.credits.credit(tx, creditId);
        if (credit === null || credit.estateId !== estateId) throw refuse('NOT_FOUND');
        if (credit.state !== 'OPEN') throw refuse('REFUND.CREDIT_GONE');
      },
      carryOut: (tx, { subjectId }) => this.keep(tx, subjectId),
    });
  }

  /** What is owed back to the caller, and the refunds that were asked for. */
  async mine(caller: Caller): Promise<MyRefunds> {
    const credits = await this.credits.ofPerson(this.database, caller.personId, SHOWN);
    const refunds = await this.refunds.ofPerson(this.database, caller.personId, SHOWN);
    const nameOf = await homeNames(
      this.database,
      [...credits, ...refunds].map(({ unitId }) => unitId),
    );
    return {
      credits: credits.map((credit) => ({
        id: credit.id,
        unitName: nameOf(credit.unitId),
        reason: credit.reason,
        leftFen: credit.leftFen,
        state: credit.state,
        at: credit.createdAt,
        backAt: credit.state === 'OPEN' ? credit.createdAt + REFUND_LIMITS.chooseWithinMs : null,
      })),
      refunds: refunds.map((refund) => ({
        id: refund.id,
        orderNo: refund.orderNo,
        unitName: nameOf(refund.unitId),
        amountFen: refund.amountFen,
        state: refund.state,
        reason: refund.reason,
        askedAt: refund.askedAt,
        endedAt: refund.endedAt,
      })),
    };
  }

  /** The payer's own word on the payer's own money. Kept money may still be had back while it is not used. */
  async choose(caller: Caller, creditId: string, { choice }: ChooseCreditRequest): Promise<MyRefunds> {
    await this.database.transaction(async (tx) => {
      const credit = await this.credits.credit(tx, creditId);
      if (credit === null || credit.personId !== caller.personId) throw refuse('NOT_FOUND');
      if (credit.leftFen === 0) throw refuse('REFUND.CREDIT_GONE');
      if (choice === 'KEEP') await this.keep(tx, creditId);
      else await this.asking.giveBack(tx, credit, caller, '多付的钱退回');
      await this.audit.record(tx, caller, {
        action: `CREDIT.${choice}`,
        estateId: credit.estateId,
        subjectType: 'CREDIT',
        subjectId: creditId,
        before: { state: credit.state satisfies CreditState },
        after: { leftFen: credit.leftFen },
      });
    });
    return this.mine(caller);
  }

  private async keep(tx: Transaction, creditId: string): Promise<void> {
    if (!(await this.credits.keep(tx, creditId))) throw refuse('REFUND.CREDIT_GONE');
    const payload = { creditId } satisfies UseCreditJob;
    await this.jobs.enqueue(tx, { kind: USE_CREDIT_JOB, payload });
  }

  /** Undecided money goes back in time; kept money pays what has been billed since. */
  private async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.each('OPEN', now - REFUND_LIMITS.chooseWithinMs, (credit) => this.sendBack(credit));
    await this.each('KEPT', now, ({ id }) => this.use(id));
  }

  /** All of them, page by page: one that stays as it is, or fails, keeps nobody else's from its turn. */
  private async each(
    state: CreditState,
    before: number,
    work: (credit: StoredCredit) => Promise<void>,
  ): Promise<void> {
    let last: StoredCredit | null = null;
    do {
      const page: StoredCredit[] = await this.credits.inState(
        this.database,
        state,
        before,
        last,
        SWEPT_AT_ONCE,
      );
      for (const credit of page)
        await work(credit).catch((error: unknown) =>
          this.log.error(`credit ${credit.id}: ${(error as Error).message}`),
        );
      last = page.at(-1) ?? null;
    } while (last !== null);
  }

  /** Once: what the gateway would not take back before is a person's business. */
  private async sendBack(credit: StoredCredit): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const earlier = await this.refunds.ofTransaction(tx, credit.transactionId);
        if (earlier.some(({ subjectId }) => subjectId === credit.id)) return;
        await this.asking.giveBack(tx, credit, null, '多付的钱自动退回');
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.log.warn(`credit ${credit.id} cannot go back by itself: ${error.message}`);
    }
  }

  /** Pays the home's open bills of the same ledger, the oldest first. */
  private async use(creditId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const credit = await this.credits.credit(tx, creditId);
      if (credit?.state !== 'KEPT') return;
      let left = credit.leftFen;
      for (const bill of await this.bills.payableByCredit(tx, credit.unitId, credit.ledger)) {
        const amountFen = Math.min(left, bill.openFen);
        if (amountFen <= 0) continue;
        if (!(await this.bills.payFromCredit(tx, bill.id, amountFen, this.clock.now()))) continue;
        if (!(await this.credits.take(tx, creditId, amountFen)))
          throw new Error(`credit ${creditId} holds less than it says`);
        await this.booked(tx, credit, bill.id, amountFen);
        left -= amountFen;
      }
    });
  }

  private async booked(
    tx: Transaction,
    credit: StoredCredit,
    billId: string,
    amountFen: number,
  ): Promise<void> {
    const id = this.ids.next();
    const used = { credit_id: credit.id, bill_id: billId, amount_fen: amountFen, used_at: this.clock.now() };
    await tx.insert('credit_uses', { id, ...used });
    const { estateId, unitId, orderId, ledger: book } = credit;
    const settled = [{ billId, principalFen: amountFen, lateFeeFen: 0 }];
    const use = { useId: id, creditId: credit.id, orderId, estateId, unitId, book, settled };
    await this.ledger.post(tx, creditUsed({ ...use, occurredAt: used.used_at }));
    await this.audit.record(tx, 'SYSTEM', {
      action: 'CREDIT.USED',
      estateId: credit.estateId,
      subjectType: 'CREDIT',
      subjectId: credit.id,
      after: { billId, amountFen },
    });
  }
}
