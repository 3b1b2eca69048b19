import { describe, expect, it } from '@jest/globals';
import { type TicketRating, offersReopen, ratingFaults, summariseRatings } from '../../src/tickets/index.ts';

const rating = (change: Partial<TicketRating>): TicketRating => ({
  stars: 4,
  solved: true,
  satisfaction: 'SATISFIED',
  comment: '',
  ...change,
});

describe('a rating', () => {
  it('needs one to five whole stars', () => {
    expect(ratingFaults(rating({ stars: 0 }))).toContain('TICKET.RATING_STARS');
    expect(ratingFaults(rating({ stars: 4.5 }))).toContain('TICKET.RATING_STARS');
    expect(ratingFaults(rating({ stars: 5 }))).toEqual([]);
  });

  it('is asked for again when it contradicts itself', () => {
    expect(ratingFaults(rating({ solved: false }))).toEqual(['TICKET.RATING_CONTRADICTS']);
    expect(ratingFaults(rating({ satisfaction: 'UNSATISFIED', stars: 5 }))).toEqual([
      'TICKET.RATING_CONTRADICTS',
    ]);
    expect(ratingFaults(rating({ solved: false, satisfaction: 'UNSATISFIED', stars: 1 }))).toEqual([]);
  });

  it('offers another round where nothing was solved', () => {
    expect(offersReopen(rating({ solved: false, satisfaction: 'UNSATISFIED', stars: 1 }))).toBe(true);
  });

  it('of silence is counted apart, never as satisfied', () => {
    const summary = summariseRatings([
      rating({}),
      rating({ satisfaction: 'UNSATISFIED', solved: false, stars: 1 }),
      null,
    ]);
    expect(summary).toEqual({ rated: 2, solved: 1, satisfied: 1, starsTotal: 5, silent: 1 });
  });
});
