import { Inject, Injectable } from '@nestjs/common';
import {
  answersAll,
  type EnterPaperRequest,
  OPEN_RETURN_STATES,
  paperEntryEndsAt,
  paperReaders,
  type PaperReading,
  standingOf,
} from '@linli/shared/assembly';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import type { MandateRow } from '../proxies/mandates.repository.ts';
import { SigningAgents } from '../proxies/signing-agents.service.ts';
import { EntriesRepository } from './entries.repository.ts';
import { HeadsRepository } from './heads.repository.ts';
import { type NoticedMeeting, PaperMeeting } from './paper-meeting.ts';
import { type ReturnedPaper, ReturnsRepository } from './returns.repository.ts';
import { SettlePaperService } from './settle-paper.service.ts';

/**
 * Reading papers 录入: each by two people, neither of whom sees what the other read. Where they differ, a third looks,
 * and so on until two agree; then it counts, in the same transaction.
 */
@Injectable()
export class EnterPaperService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PaperMeeting) private readonly meetings: PaperMeeting,
    @Inject(ReturnsRepository) private readonly returns: ReturnsRepository,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
    @Inject(HeadsRepository) private readonly heads: HeadsRepository,
    @Inject(SigningAgents) private readonly agents: SigningAgents,
    @Inject(SettlePaperService) private readonly settling: SettlePaperService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async enter(
    caller: Caller,
    estateId: string,
    where: { readonly assemblyId: string; readonly returnId: string },
    request: EnterPaperRequest,
    key: string,
  ): Promise<void> {
    const { assemblyId, returnId } = where;
    const meeting = await this.meetings.noticed(this.database, estateId, assemblyId);
    const action = { personId: caller.personId, key, useCase: 'PAPER.ENTER', body: { where, request } };
    try {
      await this.idempotency.once(action, async (tx) => {
        const paper = await this.returns.byId(tx, estateId, assemblyId, returnId);
        if (paper === null) throw refuse('NOT_FOUND');
        await this.mayEnter(tx, caller, meeting, paper);
        await this.write(tx, caller, meeting, paper, await this.checked(tx, meeting, paper, request));
      });
    } catch (error) {
      const isSecond =
        violates(error, 'uq_paper_entries_position') || violates(error, 'uq_paper_entries_person');
      throw isSecond ? refuse('PAPER.MEANWHILE') : error;
    }
  }

  private async mayEnter(
    tx: Transaction,
    caller: Caller,
    meeting: NoticedMeeting,
    paper: ReturnedPaper,
  ): Promise<void> {
    if (!OPEN_RETURN_STATES.some((state) => state === paper.state)) throw refuse('PAPER.SETTLED');
    if (!caller.has(meeting.assembly.estateId, paperReaders(meeting.desk, paper.entries)))
      throw refuse('PAPER.NOT_READER');
    if (this.clock.now() >= paperEntryEndsAt(meeting)) throw refuse('PAPER.ENTRY_OVER');
    if (await this.meetings.isOwn(tx, caller.personId, paper.principalId)) throw refuse('PAPER.OWN');
    const mine = await tx.row(
      'SELECT id FROM paper_entries WHERE return_id = ? AND round = ? AND person_id = ?',
      [paper.id, paper.round, caller.personId],
    );
    if (mine !== null) throw refuse('PAPER.ENTERED_BY_YOU');
  }

  private async checked(
    tx: Transaction,
    { rules }: NoticedMeeting,
    paper: ReturnedPaper,
    { reason, signers, marks }: EnterPaperRequest,
  ): Promise<PaperReading> {
    if (reason !== null) return { verdict: 'REFUSED', reason };
    const { principalId } = paper;
    if (principalId === null) throw refuse('PAPER.NO_PRINCIPAL');
    const head = (await this.heads.of(tx, [principalId])).get(principalId);
    const voters = new Set(head?.voters.map(({ id }) => id));
    const signed = [...new Set(signers)];
    if (signed.length === 0) throw refuse('PAPER.SIGNERS');
    const mandate = signed.every((id) => voters.has(id))
      ? null
      : await this.signingAgent(tx, { ...paper, principalId }, signed);
    const asked = await this.meetings.motionsOf(tx, paper.assemblyId, principalId);
    const read = Object.fromEntries(marks.map(({ motionId, mark }) => [motionId, mark]));
    const ids = asked.map(({ id }) => id);
    if (!answersAll(read, ids)) throw refuse('PAPER.MARKS');
    if (mandate !== null) await this.agents.check(tx, mandate, read, rules);
    return { verdict: 'BALLOT', signers: signed.sort(), marks: read };
  }

  /** Who signed for an owner signed alone, under the one mandate that there is. */
  private async signingAgent(
    tx: Transaction,
    paper: ReturnedPaper & { readonly principalId: string },
    signed: readonly string[],
  ): Promise<MandateRow> {
    const mandate = await this.agents.mandateOf(tx, paper);
    if (mandate === null || !signed.includes(mandate.id)) throw refuse('PAPER.SIGNERS');
    if (signed.length > 1) throw refuse('PAPER.AGENT_ALONE');
    return mandate;
  }

  private async write(
    tx: Transaction,
    caller: Caller,
    meeting: NoticedMeeting,
    paper: ReturnedPaper,
    reading: PaperReading,
  ): Promise<void> {
    const earlier = (await this.entries.of(tx, [paper.id])).filter(({ round }) => round === paper.round);
    const mine = { personId: caller.personId, reading };
    const standing = standingOf([...earlier, mine]);
    // An agreed paper is settled below; until then it keeps its place among those that are open.
    const state = standing.state === 'AGREED' ? paper.state : standing.state;
    if ((await this.returns.takePlace(tx, paper, state)) === 0) throw refuse('PAPER.MEANWHILE');
    await this.entries.add(tx, paper, mine);
    if (standing.state === 'AGREED') await this.settling.agree(tx, meeting, paper, standing);
    await this.audit.record(tx, caller, {
      action: 'PAPER.ENTERED',
      estateId: meeting.assembly.estateId,
      subjectType: 'paper_return',
      subjectId: paper.id,
      after: { round: paper.round, entry: paper.entries + 1, standing: standing.state },
    });
  }
}
