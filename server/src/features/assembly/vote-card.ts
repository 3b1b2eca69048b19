import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { HomeTodo } from '@linli/shared/home';
import { type Caller, OWNERS } from '../../kernel/access/index.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database } from '../../kernel/database/index.ts';
import { HomeCards } from '../disclosure/index.ts';

interface WaitingRow {
  id: string;
  title: string;
  closes_at: number;
  open_count: number;
}

/** A running vote without the reader's ballot, on the first screen. */
@Injectable()
export class VoteCard implements OnModuleInit {
  constructor(
    @Inject(HomeCards) private readonly cards: HomeCards,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.cards.register('VOTE', (caller, estateId) => this.of(caller, estateId));
  }

  private async of(caller: Caller, estateId: string): Promise<HomeTodo[]> {
    if (!caller.has(estateId, OWNERS)) return [];
    const waiting = await this.waitingFor(caller, estateId);
    return waiting.map((vote) => ({
      id: `VOTE:${vote.id}`,
      kind: 'VOTE',
      subjectId: vote.id,
      title: `${vote.title}正在投票`,
      detail: vote.open_count === 1 ? '您家还没有投票' : `您还有 ${vote.open_count} 票没有投`,
      amountFen: null,
      dueAt: vote.closes_at,
    }));
  }

  /** Meetings that run by the clock, with how many of the reader's principals have no ballot yet. */
  private waitingFor(caller: Caller, estateId: string): Promise<WaitingRow[]> {
    const now = this.clock.now();
    return this.database.rows<WaitingRow>(
      `SELECT a.id, a.title, a.closes_at, COUNT(DISTINCT v.principal_id) AS open_count
       FROM owners o JOIN assembly_roll_owners v ON v.owner_id = o.id
       JOIN assemblies a ON a.id = v.assembly_id AND a.estate_id = ? AND a.state IN ('NOTICED', 'VOTING')
         AND a.opens_at <= ? AND a.closes_at >= ?
       JOIN assembly_principals p ON p.id = v.principal_id AND p.heads = 1
       WHERE o.person_id = ? AND NOT EXISTS (SELECT 1 FROM ballots b WHERE b.principal_id = v.principal_id)
       GROUP BY a.id, a.title, a.closes_at ORDER BY a.id DESC`,
      [estateId, now, now, caller.personId],
    );
  }
}
