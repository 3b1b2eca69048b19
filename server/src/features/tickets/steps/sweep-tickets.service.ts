import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { MINUTE_MS, type Instant } from '@linli/shared/kernel';
import { advanceTicket } from '@linli/shared/tickets';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { Refused } from '../../../kernel/errors/refused.ts';
import { RecurringJobs } from '../../../kernel/jobs/recurring-jobs.ts';
import { auditStep } from './audit-step.ts';
import { type DueStep, dueStep } from './due-step.ts';
import { refuseStep } from './refuse-step.ts';
import { StepNotices } from './step-notices.ts';
import { type TicketEstate, TicketEstates } from '../ticket-estates.ts';
import { type Ticket, deadlineContext } from '../ticket.ts';
import { TicketsRepository } from '../tickets.repository.ts';

const SWEEP_JOB = 'tickets.sweep';
const BATCH = 100;
/** Steps one complaint may take by itself in one sweep; more would be a loop in the rules. */
const MAX_STEPS = 4;

/**
 * What the clock does: urge 催办, raise 提级, confirm by silence, close 销号. One job a minute for all replicas, by its
 * dedupe key; each complaint is written on the version that was read, so two sweeps cannot do the same thing twice.
 */
@Injectable()
export class SweepTicketsService implements OnModuleInit {
  private readonly log = new Logger('TicketSweep');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TicketsRepository) private readonly tickets: TicketsRepository,
    @Inject(TicketEstates) private readonly estates: TicketEstates,
    @Inject(StepNotices) private readonly notices: StepNotices,
    @Inject(RecurringJobs) private readonly recurring: RecurringJobs,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.recurring.every(SWEEP_JOB, MINUTE_MS, () => this.sweep());
  }

  /** Does everything that is due; answers how many complaints it touched. */
  async sweep(): Promise<number> {
    const now = this.clock.now();
    let touched = 0;
    for (let after: Cursor | null = null; ;) {
      const due: readonly DueRow[] = await this.due(now, after);
      for (const row of due) if (await this.attend(row, now)) touched += 1;
      const last = due.at(-1);
      if (due.length < BATCH || last === undefined) return touched;
      after = { lookAt: last.look_at, id: last.id };
    }
  }

  private due(now: Instant, after: Cursor | null): Promise<DueRow[]> {
    return this.database.rows<DueRow>(
      `SELECT id, estate_id, look_at FROM tickets
       WHERE look_at <= ? ${after === null ? '' : 'AND (look_at > ? OR (look_at = ? AND id > ?))'}
       ORDER BY look_at, id LIMIT ${BATCH}`,
      [now, ...(after === null ? [] : [after.lookAt, after.lookAt, after.id])],
    );
  }

  /** One complaint in its own transaction; a fault in one does not hold up the others. */
  private async attend({ id, estate_id: estateId }: DueRow, now: Instant): Promise<boolean> {
    try {
      const estate = await this.estates.byId(this.database, estateId);
      return await this.database.transaction((tx) => this.advance(tx, estate, id, now));
    } catch (error) {
      // Somebody else was faster: they have set the next look themselves.
      const taken = error instanceof Refused && error.refusal.code === 'CONFLICT';
      if (!taken) this.log.error(`ticket ${id}: ${(error as Error).message}`);
      return false;
    }
  }

  private async advance(
    tx: Transaction,
    estate: TicketEstate,
    ticketId: string,
    now: Instant,
  ): Promise<boolean> {
    let ticket = await this.tickets.find(tx, estate.id, ticketId);
    if (ticket === null) return false;
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const next: Ticket | null = await this.nextStep(tx, estate, ticket, now);
      if (next === null) {
        if (steps === 0) await this.tickets.lookLater(tx, ticket, estate, now);
        return steps > 0;
      }
      ticket = next;
    }
    return true;
  }

  private async nextStep(
    tx: Transaction,
    estate: TicketEstate,
    ticket: Ticket,
    now: Instant,
  ): Promise<Ticket | null> {
    const due = dueStep(ticket, estate, now);
    return due === null ? null : this.take(tx, estate, ticket, due, now);
  }

  private async take(
    tx: Transaction,
    estate: TicketEstate,
    ticket: Ticket,
    { event, reason, change }: DueStep,
    now: Instant,
  ): Promise<Ticket> {
    const step = advanceTicket(
      ticket,
      { event, actor: 'SYSTEM', given: reason === '' ? [] : ['REASON'], at: now },
      deadlineContext(estate.rules, ticket.slaClass),
    );
    if (!step.ok) throw refuseStep(step.error);
    const after = await this.tickets.save(tx, ticket, { ...ticket, ...step.value, ...change }, estate, now);
    await this.tickets.addBodies(tx, ticket.id, [after.handlerBody], now);
    await this.tickets.tell(tx, after, now, [{ kind: event, actor: 'SYSTEM', text: reason }]);
    if (event === 'ESCALATE')
      await tx.run(
        "UPDATE ticket_extensions SET state = 'LAPSED', pending_key = NULL WHERE pending_key = ?",
        [ticket.id],
      );
    await auditStep(this.audit, tx, 'SYSTEM', `TICKET.${event}`, ticket, after);
    await this.notices.tell(tx, event, after, estate);
    return after;
  }
}

interface DueRow {
  id: string;
  estate_id: string;
  look_at: number;
}

interface Cursor {
  readonly lookAt: number;
  readonly id: string;
}
