import { Inject, Injectable } from '@nestjs/common';
import {
  checkConfirmation,
  checkProposal,
  mayEnd,
  mayGrant,
  mayReachArea,
  ROLE_NAMES,
  ROLES_OF_ORGANISATION,
  type EstateMembership,
  type EstateRole,
  type GrantingOrganisation,
  type Grantor,
  type MembershipRole,
  type OrganisationKind,
  type ProposeMembershipRequest,
} from '@linli/shared/identity';
import { addDays, type CalendarDate, formatFullDate, shanghaiDate, type Page } from '@linli/shared/kernel';
import { Audit } from '../../../kernel/audit/audit.ts';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, violates, type Reader, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { RateLimits, type RateLimit } from '../../../kernel/rate-limits/rate-limits.ts';
import { InboxService } from '../../notifications/index.ts';
import { PersonsRepository } from '../persons.repository.ts';
import { loadCaller, SessionsService } from '../sessions.service.ts';

/** A proposal tells whether a number has an account; that must not become a way to look numbers up. */
const PROPOSALS: RateLimit = { name: 'membership-proposal', points: 30, seconds: 3600 };

interface MembershipRow {
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

const SELECT = `SELECT m.id, m.estate_id, m.person_id, m.organisation_id, o.name AS organisation_name, o.kind, m.role, m.starts_on,
    m.ends_on, m.granted_by, m.confirmed_by, m.confirmed_at
  FROM organisation_estates oe JOIN organisations o ON o.id = oe.organisation_id
  JOIN memberships m ON m.organisation_id = o.id AND (m.estate_id IS NULL OR m.estate_id = oe.estate_id)`;

/** Offices in a committee by election. */
interface ElectedOffices {
  readonly estateId: string;
  readonly organisationId: string;
  readonly people: readonly string[];
  readonly startsOn: string;
  readonly endsOn: string;
  readonly replaces: boolean;
}

/** An organisation's estates, each once. */
type Areas = ReadonlyMap<string, readonly string[]>;

/** Offices 任职 in the organisations of an estate. One person proposes, another confirms; then the power is there. */
@Injectable()
export class MembershipsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(InboxService) private readonly inbox: InboxService,
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
      `${SELECT} WHERE oe.estate_id = ? AND (m.ends_on IS NULL OR m.ends_on >= ?) ${after === undefined ? '' : keyset}
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
    const areas = await this.areasOf(
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
    const areas = await this.areasOf(
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

  async propose(
    caller: Caller,
    estateId: string,
    request: ProposeMembershipRequest,
    key: string,
  ): Promise<{ readonly id: string }> {
    await this.limits.use(PROPOSALS, caller.personId);
    if (request.endsOn <= request.startsOn || request.endsOn < shanghaiDate(this.clock.now()))
      throw refuse('MEMBERSHIP.TERM');
    const action = {
      personId: caller.personId,
      key,
      useCase: 'membership.propose',
      body: [estateId, request],
    };
    try {
      return await this.idempotency.once(action, (tx) => this.add(tx, caller, estateId, request));
    } catch (error) {
      if (violates(error, 'uq_memberships_reach')) throw refuse('MEMBERSHIP.EXISTS');
      throw error;
    }
  }

  /**
   * Proposes the offices of those whom the assembly elected, each under their own account, for a second person to
   * confirm. Where they replace a committee, its offices end the day before; whoever is in both begins anew.
   */
  async proposeElected(tx: Transaction, caller: Caller, elected: ElectedOffices): Promise<void> {
    const { estateId, organisationId, people, startsOn, endsOn, replaces } = elected;
    const grantor = grantorFor(caller, [estateId]);
    if (replaces)
      await tx.run(
        `UPDATE memberships SET ends_on = ? WHERE organisation_id = ? AND (estate_id IS NULL OR estate_id = ?)
           AND confirmed_at IS NOT NULL AND starts_on < ? AND (ends_on IS NULL OR ends_on >= ?)`,
        [addDays(startsOn, -1), organisationId, estateId, startsOn, startsOn],
      );
    for (const personId of people) {
      const role = 'COMMITTEE_MEMBER';
      const problem = checkProposal({ kind: 'COMMITTEE', role, wholeArea: false, personId }, grantor);
      if (problem !== null) throw refuse(problem);
      await this.refuseTwice(tx, personId, estateId, { organisationId, role, startsOn, endsOn });
      await this.insert(tx, caller, { personId, organisationId, reach: estateId, role, startsOn, endsOn });
    }
  }

  async confirm(caller: Caller, estateId: string, membershipId: string): Promise<void> {
    const personId = await this.database.transaction(async (tx) => {
      const row = await this.one(tx, estateId, membershipId);
      const estates = await this.reachOf(tx, row, estateId);
      const problem = checkConfirmation(
        {
          kind: row.kind,
          personId: row.person_id,
          proposedBy: row.granted_by,
          proposerRoles: await this.rolesOf(tx, row.granted_by, estates),
        },
        grantorFor(caller, estates),
      );
      if (problem !== null) throw refuse(problem);
      const confirmed = await tx.run(
        'UPDATE memberships SET confirmed_by = ?, confirmed_at = ? WHERE id = ? AND confirmed_at IS NULL AND granted_by <> ?',
        [caller.personId, this.clock.now(), membershipId, caller.personId],
      );
      if (confirmed === 0) throw refuse('MEMBERSHIP.SETTLED');
      await this.audit.record(tx, caller, {
        action: 'MEMBERSHIP.CONFIRMED',
        estateId,
        subjectType: 'membership',
        subjectId: membershipId,
        after: { role: row.role, startsOn: row.starts_on, endsOn: row.ends_on, proposedBy: row.granted_by },
      });
      await this.inbox.post(tx, {
        to: [row.person_id],
        estateId,
        kind: 'CLAIM',
        title: '您有了新的任职',
        body: `${row.organisation_name} ${ROLE_NAMES[row.role]}，${formatFullDate(row.starts_on)}起。可以在“我的”里切换到工作台。`,
        link: '/pages/mine/index',
      });
      return row.person_id;
    });
    this.sessions.forgetPerson(personId);
  }

  /** A proposal is taken back; an office ends with yesterday, so that its power is gone at once. */
  async end(caller: Caller, estateId: string, membershipId: string): Promise<void> {
    const personId = await this.database.transaction(async (tx) => {
      const row = await this.one(tx, estateId, membershipId);
      const grantor = grantorFor(caller, await this.reachOf(tx, row, estateId));
      if (!mayEnd(officeOf(row), grantor)) throw refuse('MEMBERSHIP.NOT_YOURS');
      const today = shanghaiDate(this.clock.now());
      const ended =
        row.confirmed_at === null
          ? await tx.run('DELETE FROM memberships WHERE id = ? AND confirmed_at IS NULL', [membershipId])
          : await tx.run(
              'UPDATE memberships SET ends_on = ? WHERE id = ? AND (ends_on IS NULL OR ends_on >= ?)',
              [addDays(today, -1), membershipId, today],
            );
      if (ended === 0) throw refuse('MEMBERSHIP.SETTLED');
      await this.audit.record(tx, caller, {
        action: row.confirmed_at === null ? 'MEMBERSHIP.WITHDRAWN' : 'MEMBERSHIP.ENDED',
        estateId,
        subjectType: 'membership',
        subjectId: membershipId,
        before: { personId: row.person_id, role: row.role, startsOn: row.starts_on, endsOn: row.ends_on },
      });
      if (row.confirmed_at !== null && row.person_id !== caller.personId)
        await this.inbox.post(tx, {
          to: [row.person_id],
          estateId,
          kind: 'CLAIM',
          title: '您的任职已结束',
          body: `${row.organisation_name} ${ROLE_NAMES[row.role]}的任职已提前结束，如有疑问请联系所在单位。`,
          link: '/pages/mine/index',
        });
      return row.person_id;
    });
    this.sessions.forgetPerson(personId);
  }

  /**
   * All offices in the committee of who is recalled 罢免, in the transaction that carries it out: they end with the day
   * before, so that their power is gone at once. Answers what they were, whoever ended them first.
   */
  async endRecalled(
    tx: Transaction,
    estateId: string,
    membershipId: string,
    day: CalendarDate,
  ): Promise<MembershipRole[]> {
    const named = await this.one(tx, estateId, membershipId);
    const offices = await tx.rows<{ id: string; role: MembershipRole }>(
      `SELECT id, role FROM memberships WHERE organisation_id = ? AND person_id = ? AND (estate_id IS NULL OR estate_id = ?)
         AND confirmed_at IS NOT NULL AND starts_on <= ? AND (ends_on IS NULL OR ends_on >= ?) ORDER BY id`,
      [named.organisation_id, named.person_id, estateId, day, day],
    );
    for (const { id, role } of offices) {
      const ended = await tx.run(
        'UPDATE memberships SET ends_on = ? WHERE id = ? AND (ends_on IS NULL OR ends_on >= ?)',
        [addDays(day, -1), id, day],
      );
      if (ended === 0) continue;
      await this.audit.record(tx, 'SYSTEM', {
        action: 'MEMBERSHIP.RECALLED',
        estateId,
        subjectType: 'membership',
        subjectId: id,
        before: { personId: named.person_id, role },
      });
    }
    return [named.role, ...offices.map(({ role }) => role)];
  }

  /** After the commit: what this replica remembers of somebody's offices. */
  forget(personId: string): void {
    this.sessions.forgetPerson(personId);
  }

  private async add(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    request: ProposeMembershipRequest,
  ): Promise<{ readonly id: string }> {
    const organisation = await tx.row<{ kind: OrganisationKind; name: string }>(
      `SELECT o.kind, o.name FROM organisation_estates oe JOIN organisations o ON o.id = oe.organisation_id
       WHERE oe.estate_id = ? AND o.id = ?`,
      [estateId, request.organisationId],
    );
    if (organisation === null) throw refuse('NOT_FOUND');
    const { kind } = organisation;
    const { organisationId, role, startsOn, endsOn, wholeArea = false } = request;
    const reach = wholeArea ? null : estateId;
    const grantor = grantorFor(
      caller,
      await this.reachOf(tx, { organisation_id: organisationId, estate_id: reach }, estateId),
    );
    // First whether the caller may at all: only then is it said whether the number has an account.
    const early = checkProposal({ kind, role, wholeArea, personId: '' }, grantor);
    if (early !== null) throw refuse(early);
    const person = await this.persons.byPhone(tx, request.phone);
    if (person === null) throw refuse('MEMBERSHIP.NO_ACCOUNT');
    const problem = checkProposal({ kind, role, wholeArea, personId: person.id }, grantor);
    if (problem !== null) throw refuse(problem);
    await this.refuseTwice(tx, person.id, reach, request);
    const id = await this.insert(tx, caller, {
      personId: person.id,
      organisationId,
      reach,
      role,
      startsOn,
      endsOn,
    });
    await this.audit.record(tx, caller, {
      action: 'MEMBERSHIP.PROPOSED',
      estateId,
      subjectType: 'membership',
      subjectId: id,
      after: { personId: person.id, organisationId, role, startsOn, endsOn, wholeArea },
    });
    return { id };
  }

  private async insert(
    tx: Transaction,
    caller: Caller,
    office: {
      readonly personId: string;
      readonly organisationId: string;
      readonly reach: string | null;
      readonly role: MembershipRole;
      readonly startsOn: string;
      readonly endsOn: string;
    },
  ): Promise<string> {
    const { personId, organisationId, reach, role, startsOn, endsOn } = office;
    const id = this.ids.next();
    await tx.insert('memberships', {
      id,
      person_id: personId,
      organisation_id: organisationId,
      estate_id: reach,
      reach_key: reach ?? 'ALL',
      role,
      starts_on: startsOn,
      ends_on: endsOn,
      granted_by: caller.personId,
      confirmed_by: null,
      confirmed_at: null,
      created_at: this.clock.now(),
    });
    return id;
  }

  /** The same office twice at the same time would make ending it a puzzle. */
  private async refuseTwice(
    tx: Transaction,
    personId: string,
    reach: string | null,
    request: Pick<ProposeMembershipRequest, 'organisationId' | 'role' | 'startsOn' | 'endsOn'>,
  ): Promise<void> {
    const known = await tx.row(
      `SELECT 1 AS found FROM memberships WHERE person_id = ? AND organisation_id = ? AND role = ? AND reach_key = ?
       AND starts_on <= ? AND (ends_on IS NULL OR ends_on >= ?)`,
      [personId, request.organisationId, request.role, reach ?? 'ALL', request.endsOn, request.startsOn],
    );
    if (known !== null) throw refuse('MEMBERSHIP.EXISTS');
  }

  private async one(reader: Reader, estateId: string, membershipId: string): Promise<MembershipRow> {
    const row = await reader.row<MembershipRow>(`${SELECT} WHERE oe.estate_id = ? AND m.id = ?`, [
      estateId,
      membershipId,
    ]);
    if (row === null) throw refuse('NOT_FOUND');
    return row;
  }

  private async rolesOf(
    reader: Reader,
    personId: string | null,
    estateIds: readonly string[],
  ): Promise<readonly EstateRole[]> {
    if (personId === null) return [];
    return grantorFor(await loadCaller(reader, personId, '', this.clock.now()), estateIds).roles;
  }

  /** The estates that an office counts in. */
  private async reachOf(reader: Reader, office: Reach, estateId: string): Promise<readonly string[]> {
    const areas =
      office.estate_id === null
        ? await this.areasOf(reader, [office.organisation_id])
        : new Map<string, string[]>();
    return estatesOf(office, estateId, areas);
  }

  private async areasOf(reader: Reader, organisationIds: readonly string[]): Promise<Areas> {
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
}

type Reach = Pick<MembershipRow, 'organisation_id' | 'estate_id'>;

function estatesOf(office: Reach, estateId: string, areas: Areas): readonly string[] {
  return office.estate_id === null ? (areas.get(office.organisation_id) ?? []) : [estateId];
}

/** Whoever grants for an area holds their own office in the whole of it. */
function grantorFor(caller: Caller, estateIds: readonly string[]): Grantor {
  const [first = '', ...others] = estateIds;
  const roles = caller.rolesIn(first).filter((role) => others.every((id) => caller.has(id, [role])));
  return { personId: caller.personId, roles };
}

function officeOf(row: MembershipRow) {
  return { kind: row.kind, personId: row.person_id, confirmed: row.confirmed_at !== null };
}
