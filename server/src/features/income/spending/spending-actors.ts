import type { ApplicantBody, SpendingActor, SpendingPosition } from '@linli/shared/spending';
import { type Caller, COMPANY, type EstateRole } from '../../../kernel/access/index.ts';
import { type Books, isKeeper, PUBLISHERS, SOMEWHERE_KEEPERS } from '../estate-books.ts';
import { peopleOf, type SpendingRow } from './spending.repository.ts';

export const FILERS = ['STREET_OFFICER'] as const satisfies readonly EstateRole[];
/** Whoever may do anything with a request somewhere; `positionOf` says who may here. */
export const SPENDING_DESK = SOMEWHERE_KEEPERS;

/** Where the desk works with them. */
export const SPENDING_PAGE = '/packages/workbench-income/pages/spending/index';

/** The body that the caller applies for; null where it is none of those that may. */
export function applicantBody(caller: Caller, { estateId, publishedBy }: Books): ApplicantBody | null {
  if (caller.has(estateId, PUBLISHERS[publishedBy])) return publishedBy;
  return caller.has(estateId, COMPANY) ? 'COMPANY' : null;
}

/** Where the caller stands before this request. */
export function positionOf(caller: Caller, books: Books, row: SpendingRow): SpendingPosition {
  const actors: SpendingActor[] = [];
  if (row.applied_by === caller.personId) actors.push('APPLICANT');
  if (caller.has(books.estateId, PUBLISHERS[books.publishedBy])) actors.push('CONFIRMER');
  if (caller.has(books.estateId, FILERS)) actors.push('STREET');
  if (isKeeper(caller, books)) actors.push('KEEPER');
  return { state: row.state, personId: caller.personId, actors, people: peopleOf(row) };
}
