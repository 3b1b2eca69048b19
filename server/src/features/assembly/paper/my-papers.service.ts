import { Inject, Injectable } from '@nestjs/common';
import { isInTime, type MyPaper, spoiledElections, type SpoiledElection } from '@linli/shared/assembly';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { FieldCipher } from '../../../kernel/crypto/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { openVotes } from '../ballots/ballot-votes.ts';
import { DeliveriesService } from './deliveries.service.ts';
import { PaperMeeting } from './paper-meeting.ts';
import { toObjection } from './read-returns.service.ts';
import { type ReturnedPaper, ReturnsRepository } from './returns.repository.ts';
import { SlipsRepository } from './slips.repository.ts';

/** 纸质票 as its owner sees it: whether it was delivered, taken in, read, and what came of it. */
@Injectable()
export class MyPapersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PaperMeeting) private readonly meetings: PaperMeeting,
    @Inject(SlipsRepository) private readonly slips: SlipsRepository,
    @Inject(DeliveriesService) private readonly deliveries: DeliveriesService,
    @Inject(ReturnsRepository) private readonly returns: ReturnsRepository,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async mine(caller: Caller, estateId: string, assemblyId: string): Promise<MyPaper[]> {
    const { closesAt } = await this.meetings.noticed(this.database, estateId, assemblyId);
    const principals = await this.database.rows<{ principal_id: string }>(
      `SELECT DISTINCT v.principal_id FROM owners o
       JOIN assembly_roll_owners v ON v.owner_id = o.id AND v.assembly_id = ? WHERE o.person_id = ?`,
      [assemblyId, caller.personId],
    );
    if (principals.length === 0) return [];
    const slips = await this.slips.liveOf(
      this.database,
      principals.map((row) => row.principal_id),
    );
    const slipIds = slips.map(({ id }) => id);
    const deliveries = await this.deliveries.latest(this.database, slipIds);
    const papers = await this.returns.ofSlips(this.database, slipIds);
    const canObject = isInTime(this.clock.now(), closesAt);
    const mine: MyPaper[] = [];
    for (const slip of slips) {
      const delivery = deliveries.get(slip.id);
      const paper = papers.get(slip.id);
      mine.push({
        principalId: slip.principalId,
        numberText: slip.numberText,
        delivery:
          delivery === undefined ? null : { method: delivery.method, deliveredAt: delivery.deliveredAt },
        returned: paper === undefined ? null : await this.toReturned(caller, paper, canObject),
      });
    }
    return mine;
  }

  private async toReturned(
    caller: Caller,
    paper: ReturnedPaper,
    inTime: boolean,
  ): Promise<MyPaper['returned']> {
    const { id, receivedAt, state, reason, round } = paper;
    const ballotId =
      state === 'COUNTED' ? await this.returns.ballotOf(this.database, id, round, caller.personId) : null;
    const spoiled = ballotId === null ? [] : await this.spoiledIn(paper.assemblyId, ballotId);
    const objection = toObjection((await this.returns.objections(this.database, [id])).get(id));
    const isOpen = objection !== null && objection.decision === null;
    return {
      id,
      receivedAt,
      state,
      reason,
      ballotId,
      spoiled,
      objection,
      canObject: inTime && state === 'COUNTED' && !isOpen,
    };
  }

  private async spoiledIn(assemblyId: string, ballotId: string): Promise<SpoiledElection[]> {
    const row = await this.database.row<{ votes_sealed: string }>(
      'SELECT votes_sealed FROM ballots WHERE id = ?',
      [ballotId],
    );
    if (row === null) return [];
    const votes = openVotes(this.cipher, ballotId, row.votes_sealed);
    return spoiledElections(votes, await this.meetings.voted(this.database, assemblyId));
  }
}
