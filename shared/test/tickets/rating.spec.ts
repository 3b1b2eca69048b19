import { describe, expect, it } from '@jest/globals';
import { type TicketRating, ratingFaults } from '../../src/tickets/index.ts';

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
});
