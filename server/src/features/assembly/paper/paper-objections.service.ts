import { Inject, Injectable } from '@nestjs/common';
import { type AnswerPaperObjectionRequest, isInTime } from '@linli/shared/assembly';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { InboxService } from '../../notifications/index.ts';
import { assemblyPage } from '../assembly-page.ts';
import { AssemblyLog } from '../log/assembly-log.service.ts';
import { type NoticedMeeting, PaperMeeting } from './paper-meeting.ts';
import { type ReturnedPaper, ReturnsRepository, type StoredObjection } from './returns.repository.ts';
import { SettlePaperService } from './settle-paper.service.ts';

/**
 * An owner looks at what became of the paper and says that it is wrong 异议, before the deadline. Upheld, its ballots
 * are annulled in the log, and the paper is read anew, or refused as not the owner's.
 */
@Injectable()
export class PaperObjectionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PaperMeeting) private readonly meetings: PaperMeeting,
    @Inject(ReturnsRepository) private readonly returns: ReturnsRepository,
    @Inject(SettlePaperService) private readonly settling: SettlePaperService,
    @Inject(AssemblyLog) private readonly log: AssemblyLog,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async object(
    caller: Caller,
    estateId: string,
    where: { readonly assemblyId: string; readonly returnId: string },
    text: string,
  ): Promise<void> {
    const { assemblyId, returnId } = where;
    const meeting = await this.meetings.noticed(this.database, estateId, assemblyId);
    const paper = await this.find(estateId, assemblyId, returnId);
    const now = this.clock.now();
    if (!isInTime(now, meeting.closesAt)) throw refuse('PAPER_OBJECTION.CLOSED');
    if (paper.state !== 'COUNTED') throw refuse('PAPER_OBJECTION.NOT_COUNTED');
    const owner = await this.database.row<{ owner_id: string | null }>(
      `SELECT MIN(v.owner_id) AS owner_id FROM assembly_roll_owners v JOIN owners o ON o.id = v.owner_id
       WHERE v.principal_id = ? AND o.person_id = ?`,
      [paper.principalId, caller.personId],
    );
    const ownerId = owner?.owner_id ?? null;
    if (ownerId === null) throw refuse('PAPER_OBJECTION.NOT_YOURS');
    try {
      await this.database.transaction(async (tx) => {
        await this.meetings.beforeResult(tx, assemblyId);
        const id = this.ids.next();
        await tx.insert('paper_objections', {
          id,
          return_id: returnId,
          assembly_id: assemblyId,
          person_id: caller.personId,
          owner_id: ownerId,
          objection_text: text,
          raised_at: now,
          open_key: returnId,
          decision: null,
          answer: null,
          answered_by: null,
          answered_at: null,
        });
        await this.audit.record(tx, caller, {
          action: 'PAPER.OBJECTED',
          estateId,
          subjectType: 'paper_return',
          subjectId: returnId,
        });
      });
    } catch (error) {
      throw violates(error, 'uq_paper_objections_open') ? refuse('PAPER_OBJECTION.OPEN_ALREADY') : error;
    }
  }

  async answer(
    caller: Caller,
    estateId: string,
    where: { readonly assemblyId: string; readonly returnId: string },
    request: AnswerPaperObjectionRequest,
  ): Promise<void> {
    const { assemblyId, returnId } = where;
    const meeting = await this.meetings.noticed(this.database, estateId, assemblyId);
    await this.database.transaction(async (tx) => {
      await this.meetings.beforeResult(tx, assemblyId);
      const paper = await this.returns.byId(tx, estateId, assemblyId, returnId);
      if (paper === null) throw refuse('NOT_FOUND');
      await this.mayAnswer(tx, caller, paper);
      const objection = (await this.returns.objections(tx, [returnId])).get(returnId);
      const closed = await tx.run(
        `UPDATE paper_objections SET open_key = NULL, decision = ?, answer = ?, answered_by = ?, answered_at = ?
         WHERE open_key = ?`,
        [request.decision, request.answer, caller.personId, this.clock.now(), returnId],
      );
      if (objection === undefined || closed === 0) throw refuse('PAPER_OBJECTION.ANSWERED');
      if (request.decision !== 'DISMISSED')
        await this.uphold(tx, caller, meeting, paper, request.decision, objection);
      await this.audit.record(tx, caller, {
        action: 'PAPER.OBJECTION_ANSWERED',
        estateId,
        subjectType: 'paper_return',
        subjectId: returnId,
        after: { decision: request.decision },
      });
      await this.inbox.post(tx, {
        to: [objection.personId],
        estateId,
        kind: 'ASSEMBLY',
        title: '纸质票异议有了答复',
        body: request.answer.slice(0, 300),
        link: assemblyPage(assemblyId),
      });
      await this.settling.countWhenDone(tx, meeting, paper);
    });
  }

  /** Nobody judges what they read themselves, nor the paper of their own home. */
  private async mayAnswer(tx: Transaction, caller: Caller, paper: ReturnedPaper): Promise<void> {
    if (await this.meetings.isOwn(tx, caller.personId, paper.principalId)) throw refuse('PAPER.OWN');
    const read = await tx.row(
      'SELECT id FROM paper_entries WHERE return_id = ? AND round = ? AND person_id = ?',
      [paper.id, paper.round, caller.personId],
    );
    if (read !== null) throw refuse('PAPER_OBJECTION.ENTERED_BY_YOU');
  }

  private async uphold(
    tx: Transaction,
    caller: Caller,
    meeting: NoticedMeeting,
    paper: ReturnedPaper,
    reason: 'MISREAD' | 'NOT_GENUINE',
    objection: StoredObjection,
  ): Promise<void> {
    const log = await this.log.openLog(tx, meeting.assembly.id);
    for (const ballot of await this.returns.ballotIds(tx, paper.id, paper.round)) {
      await tx.run('UPDATE paper_return_ballots SET annulled_at = ? WHERE ballot_id = ?', [
        this.clock.now(),
        ballot,
      ]);
      const who = { by: caller.personId, objector: objection.ownerId };
      if (log !== null) await this.log.annulledPaper(tx, log, { ballot, reason, ...who });
    }
    if ((await this.returns.reopen(tx, paper)) === 0) throw refuse('CONFLICT');
    if (reason === 'NOT_GENUINE')
      await this.settling.refuse(tx, meeting, paper, 'NOT_GENUINE', {
        readers: [caller.personId],
        objector: objection.ownerId,
      });
  }

  private async find(estateId: string, assemblyId: string, returnId: string): Promise<ReturnedPaper> {
    const paper = await this.returns.byId(this.database, estateId, assemblyId, returnId);
    if (paper === null) throw refuse('NOT_FOUND');
    return paper;
  }
}
