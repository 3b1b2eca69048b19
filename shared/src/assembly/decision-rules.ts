import { type FieldError, fieldError } from '../errors/index.ts';
import type { CalendarDate } from '../kernel/index.ts';
import type { RegisterDecisionRequest } from './decision-contract.ts';
import { DECISION_ERRORS } from './decision-errors.ts';
import { type MatterNumber, VOTE_CLASS_LABELS, voteClassOf } from './matters.ts';

/** 民法典 1260: the Civil Code, and with it the two classes of 278, holds from this day on. */
const CIVIL_CODE_FROM: CalendarDate = '2021-01-01';

/** What stands against registering an old decision; empty means go. Before the Civil Code the classes were others. */
export function checkRegistration(
  decision: Pick<RegisterDecisionRequest, 'decidedOn' | 'matter' | 'voteClass'>,
  today: CalendarDate,
  specialMatters: readonly MatterNumber[],
): FieldError[] {
  const faults: FieldError[] = [];
  if (decision.decidedOn > today) faults.push(fieldError(DECISION_ERRORS, 'decidedOn', 'DECISION.IN_FUTURE'));
  const lawful = voteClassOf(decision.matter, specialMatters);
  if (decision.decidedOn >= CIVIL_CODE_FROM && decision.voteClass !== lawful) {
    const params = { label: VOTE_CLASS_LABELS[lawful] };
    faults.push(fieldError(DECISION_ERRORS, 'voteClass', 'DECISION.CLASS', { params }));
  }
  return faults;
}
