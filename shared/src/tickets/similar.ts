import { toHalfWidth } from '../kernel/index.ts';
import { type TicketCategoryCode, ticketCategory } from './categories.ts';

/** What of a complaint is compared. */
export interface ComparableTicket {
  readonly category: TicketCategoryCode;
  readonly place: string;
  /** Title and text together. */
  readonly text: string;
}

export interface SimilarTicket<Ticket> {
  readonly ticket: Ticket;
  /** 0…1000. */
  readonly scorePermille: number;
  /** Why it is offered: 同一类别, 同一地点, 内容相近. */
  readonly reasons: readonly string[];
}

/** Parts of the whole 1000: the kind weighs most, as two kinds are never one complaint. */
const SAME_CATEGORY = 400;
const SAME_GROUP = 150;
const PLACE = 300;
const TEXT = 300;
/** Same kind and hardly anything else in common is not enough, same kind and same place is. */
const OFFERED_FROM = 560;
const OFFERED_AT_MOST = 3;

/** Open complaints of the estate that may be the same thing 有人已反映, best first. */
export function similarTickets<Ticket extends ComparableTicket>(
  draft: ComparableTicket,
  open: readonly Ticket[],
  limit = OFFERED_AT_MOST,
): SimilarTicket<Ticket>[] {
  const place = bigrams(draft.place);
  const text = bigrams(draft.text);
  return open
    .map((ticket) => compare(draft, place, text, ticket))
    .filter(({ scorePermille }) => scorePermille >= OFFERED_FROM)
    .sort((a, b) => b.scorePermille - a.scorePermille)
    .slice(0, limit);
}

function compare<Ticket extends ComparableTicket>(
  draft: ComparableTicket,
  place: ReadonlySet<string>,
  text: ReadonlySet<string>,
  ticket: Ticket,
): SimilarTicket<Ticket> {
  const kind = kindScore(draft.category, ticket.category);
  const placeShare = dicePermille(place, bigrams(ticket.place));
  const textShare = dicePermille(text, bigrams(ticket.text));
  const reasons = [
    ...(kind === SAME_CATEGORY ? ['同一类别'] : []),
    ...(placeShare >= 500 ? ['同一地点'] : []),
    ...(textShare >= 300 ? ['内容相近'] : []),
  ];
  const scorePermille = kind + Math.floor((PLACE * placeShare + TEXT * textShare) / 1000);
  return { ticket, scorePermille, reasons };
}

function kindScore(a: TicketCategoryCode, b: TicketCategoryCode): number {
  if (a === b) return SAME_CATEGORY;
  return ticketCategory(a).group === ticketCategory(b).group ? SAME_GROUP : 0;
}

/** Pairs of neighbouring characters, blind to blanks, punctuation and full width: "3号楼" → 3号, 号楼. */
export function bigrams(text: string): ReadonlySet<string> {
  const chars = Array.from(
    toHalfWidth(text)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, ''),
  );
  if (chars.length === 1) return new Set(chars);
  return new Set(chars.slice(1).map((char, index) => `${chars[index] ?? ''}${char}`));
}

/** Dice's coefficient: twice the pairs in common over all pairs. Two empty texts have nothing in common. */
export function dicePermille(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const pair of a) if (b.has(pair)) common += 1;
  return Math.floor((2000 * common) / (a.size + b.size));
}
