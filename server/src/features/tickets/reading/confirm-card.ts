import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HOME_LIMITS, type HomeTodo } from '@linli/shared/home';
import type { Caller } from '../../../kernel/access/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { HomeCards } from '../../disclosure/index.ts';

/** Complaints that wait for their complainant's word, on the first screen. */
@Injectable()
export class ConfirmCard implements OnModuleInit {
  constructor(
    @Inject(HomeCards) private readonly cards: HomeCards,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.cards.register('COMPLAINT', (caller, estateId) => this.of(caller, estateId));
  }

  private async of(caller: Caller, estateId: string): Promise<HomeTodo[]> {
    const rows = await this.database.rows<{ id: string; title: string; look_at: number | null }>(
      `SELECT id, title, look_at FROM tickets WHERE complainant_id = ? AND estate_id = ? AND state = 'RESOLVED'
         AND live = 1 ORDER BY id DESC LIMIT ${HOME_LIMITS.todos}`,
      [caller.personId, estateId],
    );
    return rows.map((row) => ({
      id: `COMPLAINT:${row.id}`,
      kind: 'COMPLAINT',
      subjectId: row.id,
      title: `“${row.title}”等您确认`,
      detail: '已经办完，请看看解决了没有',
      amountFen: null,
      // Looked at when the day is over: the last moment before that is the deadline, and reads 24:00 here too.
      dueAt: row.look_at === null ? null : row.look_at - 1,
    }));
  }
}
