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
