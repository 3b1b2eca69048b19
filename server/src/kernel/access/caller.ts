import type { EstateRole } from '@linli/shared/identity';

/** One power of a person: a role in one estate, through a home (`unitId`) or a membership (`organisationId`). */
export interface Grant {
  readonly estateId: string;
  readonly role: EstateRole;
  readonly unitId: string | null;
  readonly organisationId: string | null;
}

/** The session of whoever runs a command on the server's machine: nobody signed in for it. */
export const COMMAND_LINE = 'CLI';

/** Who is calling, with everything they may be. Loaded once a request from the session. */
export class Caller {
  constructor(
    readonly personId: string,
    readonly sessionId: string,
    readonly grants: readonly Grant[],
    readonly operator: boolean,
  ) {}

  /** Whether the caller holds one of these roles in this estate. */
  has(estateId: string, roles: readonly EstateRole[]): boolean {
    return this.grants.some((grant) => grant.estateId === estateId && roles.includes(grant.role));
  }

  rolesIn(estateId: string): EstateRole[] {
    return [
      ...new Set(this.grants.filter((grant) => grant.estateId === estateId).map((grant) => grant.role)),
    ];
  }

  /** The homes the caller holds in this estate in one of these roles. */
  unitsIn(estateId: string, roles: readonly EstateRole[]): string[] {
    return this.grants.flatMap((grant) =>
      grant.estateId === estateId && grant.unitId !== null && roles.includes(grant.role)
        ? [grant.unitId]
        : [],
    );
  }

  organisationsIn(estateId: string): string[] {
    return this.grants.flatMap((grant) =>
      grant.estateId === estateId && grant.organisationId !== null ? [grant.organisationId] : [],
    );
  }
}
