import { Inject, Injectable } from '@nestjs/common';
import {
  markedOnly,
  type PaperReading,
  type PaperRefusal,
  PAPER_REFUSAL_LABELS,
  spoiledElections,
  spoiledWords,
} from '@linli/shared/assembly';
import { Clock } from '../../../kernel/clock/clock.ts';
import { FieldCipher } from '../../../kernel/crypto/index.ts';
import type { Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { Jobs } from '../../../kernel/jobs/jobs.ts';
import { InboxService } from '../../notifications/index.ts';
import { assemblyPage } from '../assembly-page.ts';
import { sealVotes } from '../ballots/ballot-votes.ts';
import { DEVELOPER_CASTER } from '../ballots/cast-ballot.service.ts';
import { COUNT_JOB, type VotingJob } from '../count/voting-jobs.ts';
import { AssemblyLog } from '../log/assembly-log.service.ts';
import type { MandateRow } from '../proxies/mandates.repository.ts';
import { SigningAgents } from '../proxies/signing-agents.service.ts';
import { type NoticedMeeting, PaperMeeting } from './paper-meeting.ts';
import { type ReturnedPaper, ReturnsRepository } from './returns.repository.ts';

interface LoggedHead {
  kind: string;
  area_centi_sqm: number;
  log_tag: string | null;
}

/** A paper with one of its signatures: a ballot. */
interface SignedPaper {
  readonly paper: ReturnedPaper;
  readonly principalId: string;
  readonly head: LoggedHead;
  readonly signer: string;
  /** The mandate, where an agent signed. */
  readonly agent: MandateRow | null;
  readonly index: number;
  readonly marks: Extract<PaperReading, { verdict: 'BALLOT' }>['marks'];
  readonly by: readonly [string, string];
}

/** What becomes of a paper: ballots by the door that the online ones take, or a refusal with its reason in the log. */
@Injectable()
export class SettlePaperService {
  constructor(
    @Inject(PaperMeeting) private readonly meetings: PaperMeeting,
    @Inject(ReturnsRepository) private readonly returns: ReturnsRepository,
    @Inject(SigningAgents) private readonly agents: SigningAgents,
    @Inject(AssemblyLog) private readonly log: AssemblyLog,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Two people read the same on it. */
  async agree(
    tx: Transaction,
    meeting: NoticedMeeting,
    paper: ReturnedPaper,
    agreed: { readonly reading: PaperReading; readonly by: readonly [string, string] },
  ): Promise<void> {
    const { reading, by } = agreed;
    if (reading.verdict === 'REFUSED') await this.refuse(tx, meeting, paper, reading.reason, { readers: by });
    else await this.count(tx, meeting, paper, reading, by);
    await this.countWhenDone(tx, meeting, paper);
  }

  /** A paper that takes no part; its owner is told why. */
  async refuse(
    tx: Transaction,
    meeting: NoticedMeeting,
    paper: Pick<ReturnedPaper, 'id' | 'principalId' | 'receivedAt'>,
    reason: PaperRefusal,
    who: { readonly readers: readonly string[]; readonly objector?: string },
  ): Promise<void> {
    const { id: assemblyId } = meeting.assembly;
    const settled = await this.returns.settle(tx, paper.id, { state: 'REFUSED', reason }, this.clock.now());
    if (settled === 0) throw refuse('PAPER.SETTLED');
    const log = await this.log.openLog(tx, assemblyId);
    if (log !== null) {
      const principal = paper.principalId === null ? null : await this.headOf(tx, paper.principalId);
      const leaf = { at: paper.receivedAt, principal: principal?.log_tag ?? null, reason, ...who };
      await this.log.refusedPaper(tx, log, leaf);
    }
    const body = `您家交回的纸质票不计入，原因：${PAPER_REFUSAL_LABELS[reason]}。投票截止前仍可重新投票。`;
    if (paper.principalId !== null)
      await this.tell(tx, meeting, paper.principalId, '您家的纸质票没有计入', body);
  }

  /** The count waits for the last paper; when that is settled after the deadline, it need wait no longer. */
  async countWhenDone(tx: Transaction, meeting: NoticedMeeting, paper: ReturnedPaper): Promise<void> {
    const { id: assemblyId, estateId } = meeting.assembly;
    const now = this.clock.now();
    if (now <= meeting.closesAt || (await this.returns.waiting(tx, assemblyId)) > 0) return;
    await this.jobs.enqueue(tx, {
      kind: COUNT_JOB,
      payload: { estateId, assemblyId } satisfies VotingJob,
      runAt: now,
      dedupeKey: `${COUNT_JOB}:${assemblyId}:${paper.id}:${paper.round}`,
    });
  }

  /** A ballot for each who signed it, so that a couple on one paper has spoken both. */
  private async count(
    tx: Transaction,
    meeting: NoticedMeeting,
    paper: ReturnedPaper,
    reading: Extract<PaperReading, { verdict: 'BALLOT' }>,
    by: readonly [string, string],
  ): Promise<void> {
    const { principalId } = paper;
    const head = principalId === null ? null : await this.headOf(tx, principalId);
    if (principalId === null || head === null) throw new Error(`Paper ${paper.id} names nobody`);
    const mandate = await this.agents.mandateOf(tx, { ...paper, principalId });
    for (const [index, signer] of reading.signers.entries()) {
      const agent = mandate?.id === signer ? mandate : null;
      // What the mandate does not hold is left out, as where an agent votes with the phone.
      const marks = agent === null ? reading.marks : markedOnly(reading.marks);
      await this.store(tx, meeting, { paper, principalId, head, signer, agent, index, marks, by });
    }
    const settled = await this.returns.settle(tx, paper.id, { state: 'COUNTED' }, this.clock.now());
    if (settled === 0) throw refuse('PAPER.SETTLED');
    const asked = await this.meetings.motionsOf(tx, meeting.assembly.id, principalId);
    const spoiled = spoiledElections(reading.marks, asked).map(
      (election) => `其中${spoiledWords(election)}。`,
    );
    await this.tell(
      tx,
      meeting,
      principalId,
      '您家的纸质票已计入',
      `“${meeting.assembly.title}”中，您家交回的纸质票已由两人核对录入。${spoiled.join('')}如有不符，请在投票截止前提出异议。`,
    );
  }

  private async store(tx: Transaction, { assembly }: NoticedMeeting, ballot: SignedPaper): Promise<void> {
    const { paper, principalId, head, agent, index, marks, by } = ballot;
    const id = this.ids.next();
    const signer = agent?.agent_person_id ?? ballot.signer;
    const castBy = head.kind === 'DEVELOPER' ? DEVELOPER_CASTER : signer;
    const earlier = await tx.row<{ id: string | null }>(
      'SELECT MAX(id) AS id FROM ballots WHERE principal_id = ? AND cast_by = ?',
      [principalId, castBy],
    );
    await tx.insert('ballots', {
      id,
      assembly_id: assembly.id,
      estate_id: assembly.estateId,
      principal_id: principalId,
      cast_by: castBy,
      person_id: by[1],
      channel: 'PAPER',
      signed: 1,
      proxy_role: agent?.agent_role ?? null,
      received_at: paper.receivedAt,
      votes_sealed: sealVotes(this.cipher, id, marks),
      action_key: `paper-${paper.id}-${paper.round}-${index}`,
    });
    await tx.insert('paper_return_ballots', {
      ballot_id: id,
      return_id: paper.id,
      round: paper.round,
      annulled_at: null,
    });
    const { id: assemblyId } = assembly;
    if (agent !== null)
      await this.agents.countUnder(tx, agent, { ballotId: id, assemblyId, receivedAt: paper.receivedAt });
    const log = await this.log.openLog(tx, assemblyId);
    if (log === null || head.log_tag === null) return;
    await this.log.ballot(tx, log, {
      ballot: id,
      at: paper.receivedAt,
      principal: head.log_tag,
      area: head.area_centi_sqm,
      castBy: signer,
      channel: 'PAPER',
      signed: true,
      proxy: agent === null ? null : { mandate: agent.id, role: agent.agent_role },
      supersedes: earlier?.id ?? null,
      votes: marks,
      readers: by,
    });
  }

  private headOf(tx: Transaction, principalId: string): Promise<LoggedHead | null> {
    return tx.row<LoggedHead>('SELECT kind, area_centi_sqm, log_tag FROM assembly_principals WHERE id = ?', [
      principalId,
    ]);
  }

  private async tell(
    tx: Transaction,
    { assembly }: NoticedMeeting,
    principalId: string,
    title: string,
    body: string,
  ): Promise<void> {
    await this.inbox.post(tx, {
      to: await this.meetings.peopleOf(tx, principalId),
      estateId: assembly.estateId,
      kind: 'ASSEMBLY',
      title,
      body: body.slice(0, 300),
      link: assemblyPage(assembly.id),
    });
  }
}
