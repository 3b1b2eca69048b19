import { type FieldError, fieldError } from '../../errors/index.ts';
import type { CentiSqm } from '../../kernel/index.ts';
import type { CommitteeRules } from './committee-rules.ts';
import { ELECTION_ERRORS } from './errors.ts';

export const ELECTION_KINDS = ['GENERAL', 'BY_ELECTION', 'RUN_OFF'] as const;
/** 换届（首次）选举, 补选, 重新投票 between those who tie for the last seats. */
export type ElectionKind = (typeof ELECTION_KINDS)[number];

export const ELECTION_LIMITS = {
  candidates: { max: 20 },
  conditionsLength: { min: 10, max: 1_000 },
  statementLength: { min: 2, max: 500 },
  reasonLength: { min: 4, max: 300 },
  seats: { min: 1, max: 25 },
  termYears: { min: 1, max: 6 },
} as const;

/** How large the estate is, where that decides how small its committee may be. */
export interface EstateSize {
  readonly households: number;
  /** All exclusive areas together; what the register has of 建筑面积. */
  readonly areaCentiSqm: CentiSqm;
}

export interface SeatBounds {
  readonly min: number;
  readonly max: number | null;
  readonly odd: boolean;
  /** The estate is small enough for the smaller committee. */
  readonly small: boolean;
}

/** How many members a committee of this estate has (北京 39, 上海: fewer in a small estate). */
export function seatBounds(rules: CommitteeRules, size: EstateSize): SeatBounds {
  const { min, max, odd, smallEstate } = rules;
  const small = smallEstate !== null && isWithin(smallEstate.atMost, size);
  return { min: small && smallEstate !== null ? smallEstate.min : min, max, odd, small };
}

function isWithin(
  bound: NonNullable<CommitteeRules['smallEstate']>['atMost'],
  { households, areaCentiSqm }: EstateSize,
): boolean {
  return 'households' in bound ? households <= bound.households : areaCentiSqm <= bound.areaSqm * 100;
}

/** Whether the committee may be of this size and term; empty means yes. */
export function checkCommittee(
  plan: { readonly seats: number; readonly termYears: number },
  rules: CommitteeRules,
  size: EstateSize,
): FieldError[] {
  const { min, max, odd } = seatBounds(rules, size);
  const { seats, termYears } = plan;
  const faults: FieldError[] = [];
  if (seats < min)
    faults.push(fieldError(ELECTION_ERRORS, 'seats', 'ELECTION.SEATS_FEW', { params: { min } }));
  if (max !== null && seats > max)
    faults.push(fieldError(ELECTION_ERRORS, 'seats', 'ELECTION.SEATS_MANY', { params: { max } }));
  if (odd && seats % 2 === 0) faults.push(fieldError(ELECTION_ERRORS, 'seats', 'ELECTION.SEATS_ODD'));
  const years = { min: rules.termYears.min ?? 1, max: rules.termYears.max };
  if (termYears < years.min || termYears > years.max)
    faults.push(fieldError(ELECTION_ERRORS, 'termYears', 'ELECTION.TERM', { params: years }));
  return faults;
}

/** 等额 needs as many candidates as seats, 差额 one more. A run-off and a by-election for one seat may be 等额. */
export function leastCandidates(seats: number, kind: ElectionKind, rules: CommitteeRules): number {
  return rules.differential && kind !== 'RUN_OFF' ? seats + 1 : seats;
}

/** Whether the list can be voted on; empty means yes. */
export function checkCandidates(
  plan: { readonly seats: number; readonly kind: ElectionKind; readonly candidates: number },
  rules: CommitteeRules,
): FieldError[] {
  const { seats, kind, candidates: count } = plan;
  const min = leastCandidates(seats, kind, rules);
  const { max } = ELECTION_LIMITS.candidates;
  if (count < min)
    return [fieldError(ELECTION_ERRORS, 'candidates', 'ELECTION.CANDIDATES_FEW', { params: { min, count } })];
  return count > max
    ? [fieldError(ELECTION_ERRORS, 'candidates', 'ELECTION.CANDIDATES_MANY', { params: { max } })]
    : [];
}
