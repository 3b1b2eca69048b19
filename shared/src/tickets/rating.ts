/** 满意度, in the words of a 回访. */
export const SATISFACTIONS = ['SATISFIED', 'FAIR', 'UNSATISFIED'] as const;
export type Satisfaction = (typeof SATISFACTIONS)[number];
export const SATISFACTION_LABELS: Readonly<Record<Satisfaction, string>> = {
  SATISFIED: '满意',
  FAIR: '基本满意',
  UNSATISFIED: '不满意',
};

/** 评价: stars, whether it was solved 解决/未解决, and how satisfied. */
export interface TicketRating {
  readonly stars: number;
  readonly solved: boolean;
  readonly satisfaction: Satisfaction;
  readonly comment: string;
}

export type RatingFault = 'TICKET.RATING_STARS' | 'TICKET.RATING_CONTRADICTS';

/** Not solved and yet satisfied with five stars is a slip of the finger: asked again, not corrected in silence. */
export function ratingFaults({ stars, solved, satisfaction }: TicketRating): RatingFault[] {
  const faults: RatingFault[] = [];
  if (!Number.isInteger(stars) || stars < 1 || stars > 5) faults.push('TICKET.RATING_STARS');
  if ((!solved && satisfaction === 'SATISFIED') || (satisfaction === 'UNSATISFIED' && stars > 3)) {
    faults.push('TICKET.RATING_CONTRADICTS');
  }
  return faults;
}

/** Whether to offer 重办 together with the rating. */
export function offersReopen({ solved }: TicketRating): boolean {
  return !solved;
}

/** Counts for a quarter's figures; percentages are shown, never stored. */
export interface RatingSummary {
  readonly rated: number;
  readonly solved: number;
  /** 满意 and 基本满意. */
  readonly satisfied: number;
  readonly starsTotal: number;
  /** Confirmed by silence, not rated: never counted as satisfied. */
  readonly silent: number;
}

export function summariseRatings(ratings: readonly (TicketRating | null)[]): RatingSummary {
  const given = ratings.filter((rating) => rating !== null);
  return {
    rated: given.length,
    solved: given.filter(({ solved }) => solved).length,
    satisfied: given.filter(({ satisfaction }) => satisfaction !== 'UNSATISFIED').length,
    starsTotal: given.reduce((sum, { stars }) => sum + stars, 0),
    silent: ratings.length - given.length,
  };
}
