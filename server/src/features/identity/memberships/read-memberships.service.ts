import { Inject, Injectable } from '@nestjs/common';
import {
  type EstateMembership,
  type GrantingOrganisation,
  mayEnd,
  mayGrant,
  mayReachArea,
  type OrganisationKind,
  ROLES_OF_ORGANISATION,
} from '@linli/shared/identity';
import { type Page, shanghaiDate } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database } from '../../../kernel/database/index.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { PersonsRepository } from '../persons.repository.ts';
import {
  areasOf,
  estatesOf,
  grantorFor,
  type MembershipRow,
  officeOf,
  SELECT_MEMBERSHIPS,
} from './offices.ts';

/** Who holds which office in the organisations of an estate, and what the reader may do about it. */
@Injectable()
export class ReadMembershipsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** In office, to come, or waiting for the second person. */
  async list(
    caller: Caller,
    estateId: string,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<Page<EstateMembership>> {
    // What waits comes first; then by organisation. The cursor says where in that order the page ended.
    const settled = 'CASE WHEN m.confirmed_at IS NULL THEN 0 ELSE 1 END';
    const [rank = '', ...rest] = (after ?? '').split('~');
    const [kind = '', organisationId = '', id = ''] = rest;
    const keyset = `AND (${settled} > ? OR (${settled} = ? AND (o.kind > ? OR (o.kind = ? AND (o.id > ? OR (o.id = ? AND m.id > ?))))))`;
    const place = [Number(rank) || 0, Number(rank) || 0, kind, kind, organisationId, organisationId, id];
    const found = await this.database.rows<MembershipRow>(
      `${SELECT_MEMBERSHIPS} WHERE oe.estate_id = ? AND (m.ends_on IS NULL OR m.ends_on >= ?) ${after === undefined ? '' : keyset}
       ORDER BY ${settled}, o.kind, o.id, m.id LIMIT ${limit + 1}`,
      [estateId, shanghaiDate(this.clock.now()), ...(after === undefined ? [] : place)],
    );
    const { items: rows, next } = toPage(
      found,
      limit,
      (row) => [row.confirmed_at === null ? 0 : 1, row.kind, row.organisation_id, row.id].join('~'),
      (row) => row,
    );
    const people = rows.flatMap((row) => [row.person_id, row.granted_by ?? '', row.confirmed_by ?? '']);
    const names = await this.persons.names(
      this.database,
      people.filter((id) => id !== ''),
    );
    const nameOf = (personId: string | null) => (personId === null ? null : (names.get(personId) ?? null));
    const areas = await areasOf(
      this.database,
      rows.filter((row) => row.estate_id === null).map((row) => row.organisation_id),
    );
    const items = rows.map((row) => {
      const grantor = grantorFor(caller, estatesOf(row, estateId, areas));
      return {
        id: row.id,
        personName: nameOf(row.person_id) ?? '',
        organisationId: row.organisation_id,
        organisationName: row.organisation_name,
        role: row.role,
        startsOn: row.starts_on,
        endsOn: row.ends_on,
        wholeArea: row.estate_id === null,
        proposedBy: nameOf(row.granted_by),
        confirmedBy: nameOf(row.confirmed_by),
        confirmed: row.confirmed_at !== null,
        mayPropose: mayGrant(row.kind, grantor),
        mayConfirm:
          row.confirmed_at === null &&
          mayGrant(row.kind, grantor) &&
          ![row.person_id, row.granted_by].includes(caller.personId),
        mayEnd: mayEnd(officeOf(row), grantor),
      };
    });
    return { items, next };
  }

  /** The organisations that serve the estate and whose offices the caller may propose, also where nobody is in office yet. */
  async organisations(caller: Caller, estateId: string): Promise<GrantingOrganisation[]> {
    const rows = await this.database.rows<{ id: string; kind: OrganisationKind; name: string }>(
      `SELECT o.id, o.kind, o.name FROM organisation_estates oe JOIN organisations o ON o.id = oe.organisation_id
       WHERE oe.estate_id = ? ORDER BY o.kind, o.id LIMIT 100`,
      [estateId],
    );
    const here = grantorFor(caller, [estateId]);
    const granting = rows.filter(({ kind }) => mayGrant(kind, here));
    const areas = await areasOf(
      this.database,
      granting.map(({ id }) => id),
    );
    return granting.map(({ id, kind, name }) => ({
      id,
      name,
      roles: ROLES_OF_ORGANISATION[kind],
      mayReachArea: mayReachArea(kind) && mayGrant(kind, grantorFor(caller, areas.get(id) ?? [])),
    }));
  }
}
