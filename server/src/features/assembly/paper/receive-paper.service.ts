import { Inject, Injectable } from '@nestjs/common';
import { CAST_TIME_LIMIT_MS, isInTime, type ReceivePaperRequest } from '@linli/shared/assembly';
import type { Instant } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { type NoticedMeeting, PaperMeeting } from './paper-meeting.ts';
import { SettlePaperService } from './settle-paper.service.ts';
import { type Slip, SlipsRepository } from './slips.repository.ts';

/**
 * Takes a paper in at the desk 收票. The moment is the server's: not before voting opens; after the deadline the paper
 * is late, whatever is on it. What was taken in before the deadline counts also if it is read afterwards.
 */
@Injectable()
export class ReceivePaperService {
  constructor(
    @Inject(PaperMeeting) private readonly meetings: PaperMeeting,
    @Inject(SlipsRepository) private readonly slips: SlipsRepository,
    @Inject(SettlePaperService) private readonly settling: SettlePaperService,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Answers the paper's id. */
  async receive(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    request: ReceivePaperRequest,
    key: string,
  ): Promise<string> {
    const receivedAt = this.clock.now();
    const action = {
      personId: caller.personId,
      key,
      useCase: 'PAPER.RECEIVE',
      body: { assemblyId, request },
    };
    try {
      return await this.idempotency.once(action, async (tx) => {
        const meeting = await this.meetings.noticed(tx, estateId, assemblyId);
        await this.meetings.beforeResult(tx, assemblyId);
        if (!caller.has(estateId, meeting.desk.paperReceivers)) throw refuse('PAPER.NOT_RECEIVER');
        if (receivedAt < meeting.opensAt) throw refuse('PAPER.NOT_OPEN');
        const id = await this.write(tx, caller, meeting, request, receivedAt);
        if (this.clock.now() > receivedAt + CAST_TIME_LIMIT_MS) throw refuse('BALLOT.TOO_SLOW');
        return id;
      });
    } catch (error) {
      throw violates(error, 'uq_paper_returns_live') ? refuse('PAPER.RECEIVED_ALREADY') : error;
    }
  }

  private async write(
    tx: Transaction,
    caller: Caller,
    meeting: NoticedMeeting,
    { number, note, fileIds }: ReceivePaperRequest,
    receivedAt: Instant,
  ): Promise<string> {
    const { id: assemblyId, estateId } = meeting.assembly;
    if (number === null && note === '') throw refuse('PAPER.NOTE');
    const slip = number === null ? null : await this.slipOf(tx, assemblyId, number);
    const principalId = slip?.principalId ?? null;
    if (await this.meetings.isOwn(tx, caller.personId, principalId)) throw refuse('PAPER.OWN');
    await this.files.attach(tx, caller, estateId, 'MATERIAL', fileIds);
    const id = this.ids.next();
    await tx.insert('paper_returns', {
      id,
      assembly_id: assemblyId,
      estate_id: estateId,
      slip_id: slip?.id ?? null,
      principal_id: principalId,
      received_at: receivedAt,
      received_by: caller.personId,
      state: 'WAITING',
      reason: null,
      round: 1,
      entries: 0,
      live_key: slip?.id ?? null,
      note,
      file_ids: JSON.stringify(fileIds),
      settled_at: null,
    });
    if (!isInTime(receivedAt, meeting.closesAt))
      await this.settling.refuse(tx, meeting, { id, principalId, receivedAt }, 'LATE', { readers: [] });
    await this.audit.record(tx, caller, {
      action: 'PAPER.RECEIVED',
      estateId,
      subjectType: 'paper_return',
      subjectId: id,
      after: { assemblyId, number: slip?.number ?? null, receivedAt },
    });
    return id;
  }

  private async slipOf(tx: Transaction, assemblyId: string, number: string): Promise<Slip> {
    const slip = await this.slips.byText(tx, assemblyId, number);
    if (slip === null) throw refuse('PAPER.UNKNOWN_NUMBER');
    if (slip.void) throw refuse('PAPER.VOID');
    return slip;
  }
}
