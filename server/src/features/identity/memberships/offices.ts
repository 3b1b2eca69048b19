import type { Grantor, MembershipRole, OrganisationKind } from '@linli/shared/identity';
import type { Caller } from '../../../kernel/access/index.ts';
import type { Reader } from '../../../kernel/database/index.ts';

/** An office 任职: in one estate, or, without one, in every estate that its organisation serves. */
export interface MembershipRow {
  id: string;
  estate_id: string | null;
  person_id: string;
  organisation_id: string;
  organisation_name: string;
  kind: OrganisationKind;
  role: MembershipRole;
  starts_on: string;
  ends_on: string | null;
  granted_by: string | null;
  confirmed_by: string | null;
  confirmed_at: number | null;
}

export const SELECT_MEMBERSHIPS = `SELECT m.id, m.estate_id, m.person_id, m.organisation_id, o.name AS organisation_name, o.kind, m.role, m.starts_on,
    m.ends_on, m.granted_by, m.confirmed_by, m.confirmed_at
  FROM organisation_estates oe JOIN organisations o ON o.id = oe.organisation_id
  JOIN memberships m ON m.organisation_id = o.id AND (m.estate_id IS NULL OR m.estate_id = oe.estate_id)`;

/** An organisation's estates, each once. */
type Areas = ReadonlyMap<string, readonly string[]>;

/** The estates of each organisation. */
export async function areasOf(reader: Reader, organisationIds: readonly string[]): Promise<Areas> {
  const ids = [...new Set(organisationIds)];
  if (ids.length === 0) return new Map();
  const rows = await reader.rows<{ organisation_id: string; estate_id: string }>(
    `SELECT organisation_id, estate_id FROM organisation_estates
     WHERE organisation_id IN (${ids.map(() => '?').join(', ')})`,
    ids,
  );
  const byOrganisation = Map.groupBy(rows, (row) => row.organisation_id);
  return new Map(
    [...byOrganisation].map(([organisationId, served]) => [
      organisationId,
      served.map((row) => row.estate_id),
    ]),
  );
}

type Reach = Pick<MembershipRow, 'organisation_id' | 'estate_id'>;

export function estatesOf(office: Reach, estateId: string, areas: Areas): readonly string[] {
  return office.estate_id === null ? (areas.get(office.organisation_id) ?? []) : [estateId];
}

/** The estates that an office counts in. */
export async function reachOf(reader: Reader, office: Reach, estateId: string): Promise<readonly string[]> {
  if (office.estate_id !== null) return [estateId];
  return estatesOf(office, estateId, await areasOf(reader, [office.organisation_id]));
}

/** Whoever grants for an area holds their own office in the whole of it. */
export function grantorFor(caller: Caller, estateIds: readonly string[]): Grantor {
  const [first = '', ...others] = estateIds;
  const roles = caller.rolesIn(first).filter((role) => others.every((id) => caller.has(id, [role])));
  return { personId: caller.personId, roles };
}

export function officeOf(row: MembershipRow) {
  return { kind: row.kind, personId: row.person_id, confirmed: row.confirmed_at !== null };
}
