import { Inject, Injectable } from '@nestjs/common';
import { CAST_TIME_LIMIT_MS, MANDATE_END_LABELS, type MandateEnd } from '@linli/shared/assembly';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { InboxService } from '../../notifications/index.ts';
import { assemblyPage } from '../assembly-page.ts';
import { transactionWithin } from '../ballots/within-limit.ts';
import { AssemblyLog } from '../log/assembly-log.service.ts';
import { MandatesRepository, type MandateRow } from './mandates.repository.ts';

/** What ends a mandate: its owner, its agent, a sale, a death. Until the deadline; what is counted is counted. */
@Injectable()
export class EndMandateService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MandatesRepository) private readonly mandates: MandatesRepository,
    @Inject(AssemblyLog) private readonly log: AssemblyLog,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Revoked by the owner who granted it, resigned by its agent. */
  async byParty(caller: Caller, mandateId: string, reason: 'REVOKED' | 'RESIGNED'): Promise<MandateRow> {
    const row = await this.mandates.anywhere(this.database, mandateId);
    if (row === null) throw refuse('NOT_FOUND');
    const isAgent = row.agent_person_id === caller.personId;
    const isParty = reason === 'RESIGNED' ? isAgent : await this.isOwner(caller, row);
    if (!isParty) throw refuse('NOT_FOUND');
    return this.end(caller, row.estate_id, row, reason);
  }

  /** A sale or a death that those who keep the roll know of. */
  async byDesk(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    mandateId: string,
    reason: 'SOLD' | 'DIED',
  ): Promise<MandateRow> {
    const row = await this.mandates.byId(this.database, assemblyId, mandateId);
    if (row === null) throw refuse('NOT_FOUND');
    return this.end(caller, estateId, row, reason);
  }

  async bySystem(estateId: string, row: MandateRow, reason: MandateEnd): Promise<void> {
    await this.end('SYSTEM', estateId, row, reason);
  }

  private isOwner(caller: Caller, row: MandateRow): Promise<boolean> {
    return this.database
      .row('SELECT id FROM owners WHERE id = ? AND person_id = ?', [row.owner_id, caller.personId])
      .then((owner) => owner !== null);
  }

  private async end(
    caller: Caller | 'SYSTEM',
    estateId: string,
    row: MandateRow,
    reason: MandateEnd,
  ): Promise<MandateRow> {
    const now = this.clock.now();
    const limit = {
      clock: this.clock,
      until: now + CAST_TIME_LIMIT_MS,
      late: () => refuse('BALLOT.TOO_SLOW'),
    };
    return transactionWithin(this.database, limit, async (tx) => {
      const title = await this.openMeeting(tx, estateId, row.assembly_id, now);
      await this.close(tx, caller, { estateId, row, reason, now });
      if (row.state === 'ACTIVE')
        await this.log.endMandate(tx, row.assembly_id, { mandate: row.id, reason, at: now });
      await this.tell(tx, estateId, row, reason, title);
      const ended = await this.mandates.byId(tx, row.assembly_id, row.id);
      if (ended === null) throw refuse('NOT_FOUND');
      return ended;
    });
  }

  /**
   * One conditional step: a ballot under way has come first, or comes no more. The agent's place is free again unless a
   * ballot stands that was cast from it.
   */
  private async close(
    tx: Transaction,
    caller: Caller | 'SYSTEM',
    { estateId, row, reason, now }: { estateId: string; row: MandateRow; reason: MandateEnd; now: number },
  ): Promise<void> {
    const changed = await tx.run(
      `UPDATE assembly_mandates SET state = 'ENDED', ended_at = ?, end_reason = ?, ended_by = ?, principal_key = NULL,
         slot_key = CASE WHEN casts = 0 OR ? = 'REVOKED' THEN NULL ELSE slot_key END
       WHERE id = ? AND state <> 'ENDED'`,
      [now, reason, caller === 'SYSTEM' ? null : caller.personId, reason, row.id],
    );
    if (changed === 0) throw refuse('PROXY.ENDED');
    await this.audit.record(tx, caller, {
      action: 'MANDATE.ENDED',
      estateId,
      subjectType: 'mandate',
      subjectId: row.id,
      before: { state: row.state },
      after: { reason },
    });
  }

  private async openMeeting(
    tx: Transaction,
    estateId: string,
    assemblyId: string,
    now: number,
  ): Promise<string> {
    const meeting = await tx.row<{ title: string; state: string; closes_at: number | null }>(
      'SELECT title, state, closes_at FROM assemblies WHERE estate_id = ? AND id = ?',
      [estateId, assemblyId],
    );
    if (meeting === null) throw refuse('NOT_FOUND');
    const open = meeting.state === 'NOTICED' || meeting.state === 'VOTING';
    if (!open || now > (meeting.closes_at ?? 0)) throw refuse('PROXY.CLOSED');
    return meeting.title;
  }

  private async tell(
    tx: Transaction,
    estateId: string,
    row: MandateRow,
    reason: MandateEnd,
    title: string,
  ): Promise<void> {
    const owner = await tx.row<{ person_id: string | null }>('SELECT person_id FROM owners WHERE id = ?', [
      row.owner_id,
    ]);
    const to = [row.agent_person_id, owner?.person_id ?? null].filter((person) => person !== null);
    const fate =
      reason === 'REVOKED' ? '代理人投过的票不再计入，请业主自己投或另行委托。' : '以后不能再代投。';
    await this.inbox.post(tx, {
      to,
      estateId,
      kind: 'ASSEMBLY',
      title: '投票委托已终止',
      body: `“${title}”的投票委托已终止（${MANDATE_END_LABELS[reason]}），${fate}`.slice(0, 300),
      link: assemblyPage(row.assembly_id),
    });
  }
}
