import {
  AUDIT_PARTIES,
  type AuditParty,
  type FindingDuty,
  type FindingPosition,
  findingDuty,
} from '@linli/shared/income-audit';
import type { PublishingBody } from '@linli/shared/income';
import { type Caller, COMMITTEE, COMPANY, type EstateRole, STREET } from '../../../kernel/access/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { type Books, WITNESSES } from '../estate-books.ts';
import type { FindingRow } from './audits.repository.ts';

/** Whoever does something with reports or findings somewhere; `partiesOf` says for whom they act here. */
export const AUDIT_DESK = [...COMMITTEE, ...COMPANY, ...STREET] as const;
/** The chair and the treasurer commission and record the audit; the community where no committee is in office. */
const RECORDERS = {
  COMMITTEE: ['COMMITTEE_CHAIR', 'COMMITTEE_TREASURER'],
  COMMUNITY: WITNESSES,
} as const satisfies Record<PublishingBody, readonly EstateRole[]>;

export const PARTY_ROLES = {
  COMMITTEE,
  COMPANY,
  COMMUNITY: WITNESSES,
  STREET: ['STREET_OFFICER'],
} as const satisfies Record<AuditParty, readonly EstateRole[]>;

/** Where owners read the years, and one report. */
export const AUDITS_PAGE = '/packages/income/pages/audits/index';
/** Where the desk works with reports and findings. */
export const AUDIT_DESK_PAGE = '/packages/workbench-income/pages/audits/index';

export function mayRecord(caller: Caller, { estateId, publishedBy }: Books): boolean {
  return caller.has(estateId, RECORDERS[publishedBy]);
}

export function requireRecorder(caller: Caller, books: Books): void {
  if (!mayRecord(caller, books)) throw refuse('AUDIT.NOT_YOURS');
}

export function recordersOf({ publishedBy }: Books): readonly EstateRole[] {
  return RECORDERS[publishedBy];
}

/** Where the caller stands before this finding. */
export function positionOf(
  caller: Caller,
  { estateId, publishedBy }: Books,
  row: FindingRow,
): FindingPosition {
  return {
    state: row.state,
    responsible: row.responsible,
    publishedBy,
    personId: caller.personId,
    parties: AUDIT_PARTIES.filter((party) => caller.has(estateId, PARTY_ROLES[party])),
    answeredBy: row.answered_by,
    answeredAs: row.answered_as,
  };
}

export function dutyOf(row: FindingRow, { publishedBy }: Books, today: string): FindingDuty | null {
  const { state, responsible, step_due_on: stepDueOn, answered_as: answeredAs } = row;
  return findingDuty({ state, responsible, stepDueOn, answeredAs }, publishedBy, today);
}
