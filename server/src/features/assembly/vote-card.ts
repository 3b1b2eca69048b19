import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { HomeTodo } from '@linli/shared/home';
import { type Caller, OWNERS } from '../../kernel/access/index.ts';
import { HomeCards } from '../disclosure/index.ts';
import { ReadAssemblyService } from './read/read-assembly.service.ts';

/** A running vote without the reader's ballot, on the first screen. */
@Injectable()
export class VoteCard implements OnModuleInit {
  constructor(
    @Inject(HomeCards) private readonly cards: HomeCards,
    @Inject(ReadAssemblyService) private readonly reading: ReadAssemblyService,
  ) {}

  onModuleInit(): void {
    this.cards.register('VOTE', (caller, estateId) => this.of(caller, estateId));
  }

  private async of(caller: Caller, estateId: string): Promise<HomeTodo[]> {
    if (!caller.has(estateId, OWNERS)) return [];
    const votes = await this.reading.openVotes(caller, estateId);
    return votes
      .filter(({ openBallots }) => openBallots > 0)
      .map(({ assemblyId, title, closesAt, openBallots }) => ({
        id: `VOTE:${assemblyId}`,
        kind: 'VOTE',
        subjectId: assemblyId,
        title: `${title}正在投票`,
        detail: openBallots === 1 ? '您家还没有投票' : `您还有 ${openBallots} 票没有投`,
        amountFen: null,
        dueAt: closesAt,
      }));
  }
}
