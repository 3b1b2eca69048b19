import { COMMITTEE, STREET, type Caller, type EstateRole } from '../../../kernel/access/index.ts';

/** Who may say whose home it is: 业委会, the company's manager, 社区 and 街道. */
export const CLAIM_DECIDERS = [
  ...COMMITTEE,
  'COMPANY_MANAGER',
  ...STREET,
] as const satisfies readonly EstateRole[];

/** The estates that the caller decides claims for. */
export function estatesDecided(caller: Caller): string[] {
  const decided = caller.grants.filter(({ role }) =>
    (CLAIM_DECIDERS as readonly EstateRole[]).includes(role),
  );
  return [...new Set(decided.map(({ estateId }) => estateId))];
}
