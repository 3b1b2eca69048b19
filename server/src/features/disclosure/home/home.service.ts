import { Inject, Injectable } from '@nestjs/common';
import { DUTY_HOLDERS, type RadarStatus, periodText } from '@linli/shared/disclosure';
import {
  HOME_LIMITS,
  type HomeNotice,
  type HomePosting,
  type HomePostingState,
  type HomeView,
  mostUrgent,
} from '@linli/shared/home';
import { type Caller, EVERYONE } from '../../../kernel/access/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import type { LinkedFact } from '../radar-facts.registry.ts';
import { RadarService, isWanting, newestFact } from '../radar.service.ts';
import { HomeCards } from './home-cards.ts';

interface NoticeRow {
  id: string;
  title: string;
  publisher_name: string;
  published_at: number;
  was_read: number;
}

/** The first screen in one answer: four statements of its own, and the cards'. */
@Injectable()
export class HomeService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RadarService) private readonly radar: RadarService,
    @Inject(HomeCards) private readonly cards: HomeCards,
  ) {}

  async view(caller: Caller, estateId: string): Promise<HomeView> {
    if (!caller.has(estateId, EVERYONE)) throw refuse('ACCESS.DENIED');
    const [todos, { statuses, facts }, notices, unread] = await Promise.all([
      this.cards.of(caller, estateId),
      this.radar.standing(this.database, estateId),
      this.notices(caller, estateId),
      this.unread(caller),
    ]);
    return { todos: mostUrgent(todos), postings: latest(statuses, facts), notices, unread };
  }

  private async notices(caller: Caller, estateId: string): Promise<HomeNotice[]> {
    const rows = await this.database.rows<NoticeRow>(
      `SELECT n.id, n.title, n.publisher_name, n.published_at, CASE WHEN r.person_id IS NULL THEN 0 ELSE 1 END AS was_read
       FROM notices n LEFT JOIN notice_reads r ON r.notice_id = n.id AND r.person_id = ?
       WHERE n.estate_id = ? AND n.listed = 1 AND n.state = 'PUBLISHED' ORDER BY n.id DESC LIMIT ${HOME_LIMITS.notices}`,
      [caller.personId, estateId],
    );
    return rows.map((row) => ({
      id: row.id,
      title: row.title,
      publisher: row.publisher_name,
      publishedAt: row.published_at,
      read: row.was_read === 1,
    }));
  }

  private async unread(caller: Caller): Promise<number> {
    const row = await this.database.row<{ count: number }>(
      'SELECT COUNT(*) AS count FROM inbox_messages WHERE person_id = ? AND read_at IS NULL',
      [caller.personId],
    );
    return row?.count ?? 0;
  }
}

/** What was posted last, and what is longest late. */
function latest(statuses: readonly RadarStatus[], facts: readonly LinkedFact[]): HomePosting[] {
  const posted = statuses
    .flatMap((status) => (status.state === 'POSTED' ? [status] : []))
    .toSorted((a, b) => b.postedAt - a.postedAt);
  const wanting = statuses.filter(isWanting).toSorted((a, b) => daysOf(b) - daysOf(a));
  return [...wanting.slice(0, HOME_LIMITS.wanting), ...posted.slice(0, HOME_LIMITS.posted)].map((status) =>
    toPosting(status, facts),
  );
}

function toPosting(status: RadarStatus, facts: readonly LinkedFact[]): HomePosting {
  const { item } = status;
  const period = 'period' in status ? status.period : null;
  const when =
    period === null || item.recency.kind === 'STANDING' ? '' : periodText(period, item.recency.period);
  const wanting = isWanting(status);
  return {
    id: item.code,
    title: `${when}${item.label}`,
    state: stateOf(status),
    duty: wanting ? DUTY_HOLDERS[item.dutyHolder] : null,
    link: wanting ? null : (newestFact(facts, item.code, period)?.link ?? null),
  };
}

function stateOf(status: RadarStatus): HomePostingState {
  if (status.state === 'POSTED' || status.state === 'OVERDUE')
    return { status: status.state, days: status.days };
  return { status: 'MISSING' };
}

function daysOf(status: RadarStatus): number {
  return status.state === 'OVERDUE' || status.state === 'MISSING' ? status.days : 0;
}
