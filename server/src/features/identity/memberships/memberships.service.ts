import { Inject, Injectable } from '@nestjs/common';
import {
  checkConfirmation,
  checkProposal,
  mayEnd,
  ROLE_NAMES,
  type EstateRole,
  type MembershipRole,
  type OrganisationKind,
  type ProposeMembershipRequest,
} from '@linli/shared/identity';
import { addDays, type CalendarDate, formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { Audit } from '../../../kernel/audit/audit.ts';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, violates, type Reader, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { RateLimits, type RateLimit } from '../../../kernel/rate-limits/rate-limits.ts';
import { InboxService } from '../../notifications/index.ts';
import { PersonsRepository } from '../persons.repository.ts';
import { loadCaller, SessionsService } from '../sessions.service.ts';
import { grantorFor, type MembershipRow, officeOf, reachOf, SELECT_MEMBERSHIPS } from './offices.ts';

/** A proposal tells whether a number has an account; that must not become a way to look numbers up. */
const PROPOSALS: RateLimit = { name: 'membership-proposal', points: 30, seconds: 3600 };

/** Offices in a committee by election. */
interface ElectedOffices {
  readonly estateId: string;
  readonly organisationId: string;
  readonly people: readonly string[];
  readonly startsOn: string;
  readonly endsOn: string;
  readonly replaces: boolean;
}

/** Gives and ends offices 任职. One person proposes, another confirms; then the power is there. */
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
      const estates = await reachOf(tx, row, estateId);
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
      const grantor = grantorFor(caller, await reachOf(tx, row, estateId));
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
      await reachOf(tx, { organisation_id: organisationId, estate_id: reach }, estateId),
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
    const row = await reader.row<MembershipRow>(`${SELECT_MEMBERSHIPS} WHERE oe.estate_id = ? AND m.id = ?`, [
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
}
