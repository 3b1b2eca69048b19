import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { PaperMeeting } from './paper-meeting.ts';
import { SlipsRepository } from './slips.repository.ts';

/** Gives numbers 编号: one for each head that can vote, in the order of the roll. */
@Injectable()
export class IssueSlipsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PaperMeeting) private readonly meetings: PaperMeeting,
    @Inject(SlipsRepository) private readonly slips: SlipsRepository,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** For those that have none yet; asked again, it gives nobody a second one. */
  async issue(caller: Caller, estateId: string, assemblyId: string): Promise<void> {
    await this.meetings.noticed(this.database, estateId, assemblyId);
    try {
      await this.database.transaction(async (tx) => {
        await this.meetings.beforeResult(tx, assemblyId);
        const heads = await tx.rows<{ id: string }>(
          `SELECT p.id FROM assembly_principals p JOIN assembly_roll_units u ON u.principal_id = p.id
           WHERE p.assembly_id = ? AND p.heads = 1
             AND (p.kind = 'DEVELOPER' OR EXISTS (SELECT 1 FROM assembly_roll_owners v WHERE v.principal_id = p.id))
             AND NOT EXISTS (SELECT 1 FROM paper_slips s WHERE s.live_key = p.id)
           GROUP BY p.id ORDER BY MIN(u.sort_order), p.id`,
          [assemblyId],
        );
        await this.add(
          tx,
          caller,
          { estateId, assemblyId },
          heads.map((row) => row.id),
        );
      });
    } catch (error) {
      // Two desks at once: the other one's numbers are as good.
      if (!isTaken(error)) throw error;
    }
  }

  /** Lost or spoiled at home, before it was handed in: the old number is void from now on. */
  async replace(caller: Caller, estateId: string, assemblyId: string, slipId: string): Promise<string> {
    await this.meetings.noticed(this.database, estateId, assemblyId);
    try {
      return await this.database.transaction(async (tx) => {
        await this.meetings.beforeResult(tx, assemblyId);
        const [slip] = await this.slips.byIds(tx, assemblyId, [slipId]);
        if (slip === undefined) throw refuse('NOT_FOUND');
        const returned = await tx.row('SELECT id FROM paper_returns WHERE live_key = ?', [slipId]);
        if (returned !== null) throw refuse('PAPER.REISSUED');
        const voided = await tx.run(
          'UPDATE paper_slips SET void = 1, live_key = NULL WHERE id = ? AND void = 0',
          [slipId],
        );
        if (voided === 0) throw refuse('PAPER.VOID');
        const [replacement = ''] = await this.add(tx, caller, { estateId, assemblyId }, [slip.principalId]);
        return replacement;
      });
    } catch (error) {
      throw isTaken(error) ? refuse('CONFLICT') : error;
    }
  }

  private async add(
    tx: Transaction,
    caller: Caller,
    { estateId, assemblyId }: { readonly estateId: string; readonly assemblyId: string },
    principalIds: readonly string[],
  ): Promise<string[]> {
    if (principalIds.length === 0) return [];
    const highest = await tx.row<{ last: number | null }>(
      'SELECT MAX(slip_number) AS last FROM paper_slips WHERE assembly_id = ?',
      [assemblyId],
    );
    const first = Number(highest?.last ?? 0) + 1;
    const slips = principalIds.map((principalId, index) => ({
      id: this.ids.next(),
      assembly_id: assemblyId,
      estate_id: estateId,
      principal_id: principalId,
      slip_number: first + index,
      void: 0,
      live_key: principalId,
      issued_by: caller.personId,
      issued_at: this.clock.now(),
    }));
    await tx.insert('paper_slips', ...slips);
    await this.audit.record(tx, caller, {
      action: 'PAPER.ISSUED',
      estateId,
      subjectType: 'assembly',
      subjectId: assemblyId,
      after: { from: first, to: first + slips.length - 1 },
    });
    return slips.map(({ id }) => id);
  }
}

const isTaken = (error: unknown) =>
  violates(error, 'uq_paper_slips_number') || violates(error, 'uq_paper_slips_live');
