import { Inject, Injectable } from '@nestjs/common';
import { paperEntryEndsAt } from '@linli/shared/assembly';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { Refused } from '../../../kernel/errors/refused.ts';
import { Jobs } from '../../../kernel/jobs/jobs.ts';
import { InboxService } from '../../notifications/index.ts';
import { assemblyPage } from '../assembly-page.ts';
import { COUNT_JOB, type VotingJob } from '../count/voting-jobs.ts';
import { PAPER_DESK } from './desk-roles.ts';
import { type NoticedMeeting, PaperMeeting } from './paper-meeting.ts';
import { type ReturnedPaper, ReturnsRepository } from './returns.repository.ts';
import { SettlePaperService } from './settle-paper.service.ts';

/**
 * What the count asks of the paper desk. Papers that were taken in before the deadline are waited for, so that nobody
 * loses a vote to a slow desk; but not for ever, so that no desk can hold back a result. What two people have not read
 * when the limit comes is announced as such.
 */
@Injectable()
export class PaperBeforeCount {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PaperMeeting) private readonly meetings: PaperMeeting,
    @Inject(ReturnsRepository) private readonly returns: ReturnsRepository,
    @Inject(SettlePaperService) private readonly settling: SettlePaperService,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** True when nothing on paper is left to wait for. Else the count comes again by itself. */
  async isDone(estateId: string, assemblyId: string): Promise<boolean> {
    if ((await this.returns.waiting(this.database, assemblyId)) === 0) return true;
    const meeting = await this.meetings.noticed(this.database, estateId, assemblyId);
    if (this.clock.now() < paperEntryEndsAt(meeting)) {
      await this.comeAgain(meeting);
      return false;
    }
    for (const paper of await this.returns.open(this.database, assemblyId)) await this.giveUp(meeting, paper);
    return true;
  }

  /** Asked again by who holds the meeting's row: from here on nothing on paper can come. Counts anew where it did. */
  async assertDone(tx: Transaction, assemblyId: string): Promise<void> {
    if ((await this.returns.open(tx, assemblyId)).length > 0)
      throw new Error(`${assemblyId}: a paper came in meanwhile`);
  }

  /** At the limit, and the desk is told that the result waits for it; the last paper read brings the count sooner. */
  private async comeAgain(meeting: NoticedMeeting): Promise<void> {
    const { id: assemblyId, estateId, title } = meeting.assembly;
    const dedupeKey = `${COUNT_JOB}:${assemblyId}:papers`;
    await this.database.transaction(async (tx) => {
      if ((await tx.row('SELECT id FROM jobs WHERE dedupe_key = ?', [dedupeKey])) !== null) return;
      await this.jobs.enqueue(tx, {
        kind: COUNT_JOB,
        payload: { estateId, assemblyId } satisfies VotingJob,
        runAt: paperEntryEndsAt(meeting),
        dedupeKey,
      });
      await this.inbox.post(tx, {
        to: await this.inbox.staffOf(tx, estateId, PAPER_DESK),
        estateId,
        kind: 'ASSEMBLY',
        title: '还有纸质票没有录完',
        body: `《${title}》已截止，收到的纸质票或异议还没有处理完，计票在等。请两人尽快录入；期限到了没有录的不计入并公布。`,
        link: assemblyPage(assemblyId),
      });
    });
  }

  private async giveUp(meeting: NoticedMeeting, paper: ReturnedPaper): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        await this.settling.refuse(tx, meeting, paper, 'NOT_ENTERED', { readers: [] });
        await this.audit.record(tx, 'SYSTEM', {
          action: 'PAPER.NOT_ENTERED',
          estateId: meeting.assembly.estateId,
          subjectType: 'paper_return',
          subjectId: paper.id,
          after: { state: paper.state, entries: paper.entries },
        });
      });
    } catch (error) {
      // Two people agreed on it at this very moment.
      if (!(error instanceof Refused)) throw error;
    }
  }
}
