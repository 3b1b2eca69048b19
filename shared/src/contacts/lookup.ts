import type { TicketCategoryCode, TicketRoute } from '../tickets/index.ts';
import type { BoardEntry } from './board.ts';

/**
 * Whom to call about a kind of complaint, best first: the lead department's own line for it, its other lines, then
 * whoever's line names the matter, then the co-operating departments, and the hotline last.
 */
export function linesFor(
  category: TicketCategoryCode,
  route: Pick<TicketRoute, 'lead' | 'co'>,
  entries: readonly BoardEntry[],
): BoardEntry[] {
  const rank = (entry: BoardEntry): number => {
    const names = entry.categories.includes(category);
    if (entry.department === route.lead) return names ? 0 : 1;
    if (entry.department === 'HOTLINE') return 9;
    if (entry.department !== null && route.co.includes(entry.department)) return names ? 2 : 4;
    return names ? 3 : 10;
  };
  return entries
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter((ranked) => ranked.rank < 10)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}
