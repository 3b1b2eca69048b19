import type { DutyHolder } from '@linli/shared/disclosure';
import type { EstateRole } from '@linli/shared/identity';
import { type Caller, COMMITTEE, COMPANY } from '../../kernel/access/index.ts';

/** Who acts for whoever has the duty 公示义务人. */
export const DUTY_ROLES: Readonly<Record<DutyHolder, readonly EstateRole[]>> = {
  COMPANY,
  COMMITTEE,
  COMMUNITY: ['COMMUNITY_OFFICER'],
  STREET: ['STREET_OFFICER'],
  HOUSING: ['BUREAU_OFFICER'],
};

export function dutiesOf(caller: Caller, estateId: string): DutyHolder[] {
  const holders = Object.keys(DUTY_ROLES) as DutyHolder[];
  return holders.filter((holder) => caller.has(estateId, DUTY_ROLES[holder]));
}

/** The organisation through which the caller holds one of the roles. */
export function officeOf(caller: Caller, estateId: string, roles: readonly EstateRole[]): string | null {
  const grant = caller.grants.find(
    (candidate) =>
      candidate.estateId === estateId && candidate.organisationId !== null && roles.includes(candidate.role),
  );
  return grant?.organisationId ?? null;
}
