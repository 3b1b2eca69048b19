import { Inject, Injectable } from '@nestjs/common';
import {
  ROLES_OF_ORGANISATION,
  mayReachArea,
  type MembershipRole,
  type OrganisationKind,
} from '@linli/shared/identity';
import { Audit, type Actor } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Ids } from '../../kernel/ids/ids.ts';

export interface NewEstate {
  readonly name: string;
  readonly regionCode: string;
  readonly address: string;
  readonly spendVoteThresholdFen: number | null;
}

export interface NewOrganisation {
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly phone: string | null;
  readonly estateIds: readonly string[];
}

export interface NewMembership {
  readonly personId: string;
  readonly organisationId: string;
  /** Null: every estate of an organisation that supervises an area. */
  readonly estateId: string | null;
  readonly role: MembershipRole;
  readonly startsOn: string;
  readonly endsOn: string | null;
  /** Granting a power role takes two persons: who proposed and who confirmed. */
  readonly grantedBy: string;
  readonly confirmedBy: string;
}

/** What the operator does when an estate joins: the estate, its organisations, the first people in office. */
@Injectable()
export class OnboardingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async addEstate(actor: Actor, estate: NewEstate): Promise<string> {
    const id = this.ids.next();
    await this.database.transaction(async (tx) => {
      await tx.insert('estates', {
        id,
        name: estate.name,
        region_code: estate.regionCode,
        address: estate.address,
        spend_vote_threshold_fen: estate.spendVoteThresholdFen,
        roll_version: 0,
        created_at: this.clock.now(),
      });
      await this.audit.record(tx, actor, {
        action: 'ESTATE.ADDED',
        estateId: id,
        subjectType: 'estate',
        subjectId: id,
        after: estate,
      });
    });
    return id;
  }

  async addOrganisation(actor: Actor, organisation: NewOrganisation): Promise<string> {
    const id = this.ids.next();
    await this.database.transaction(async (tx) => {
      const { kind, name, phone } = organisation;
      await tx.insert('organisations', { id, kind, name, phone, created_at: this.clock.now() });
      await tx.insert(
        'organisation_estates',
        ...organisation.estateIds.map((estateId) => ({ organisation_id: id, estate_id: estateId })),
      );
      await this.audit.record(tx, actor, {
        action: 'ORGANISATION.ADDED',
        estateId: organisation.estateIds[0] ?? null,
        subjectType: 'organisation',
        subjectId: id,
        after: { kind, name, estateIds: organisation.estateIds },
      });
    });
    return id;
  }

  /** Puts a person in office. The role must be one that the organisation can give, by two different persons. */
  async addMembership(actor: Actor, membership: NewMembership): Promise<string> {
    const { personId, organisationId, estateId, role, startsOn, endsOn, grantedBy, confirmedBy } = membership;
    if (grantedBy === confirmedBy || personId === confirmedBy) throw refuse('MEMBERSHIP.TWO_PERSONS');
    const id = this.ids.next();
    await this.database.transaction(async (tx) => {
      const organisation = await tx.row<{ kind: OrganisationKind }>(
        `SELECT o.kind FROM organisations o WHERE o.id = ? AND (? IS NULL OR EXISTS (
           SELECT 1 FROM organisation_estates oe WHERE oe.organisation_id = o.id AND oe.estate_id = ?))`,
        [organisationId, estateId, estateId],
      );
      if (organisation === null || !ROLES_OF_ORGANISATION[organisation.kind].includes(role))
        throw refuse('NOT_FOUND');
      if (estateId === null && !mayReachArea(organisation.kind)) throw refuse('MEMBERSHIP.AREA');
      await tx.insert('memberships', {
        id,
        person_id: personId,
        organisation_id: organisationId,
        estate_id: estateId,
        reach_key: estateId ?? 'ALL',
        role,
        starts_on: startsOn,
        ends_on: endsOn,
        granted_by: grantedBy,
        confirmed_by: confirmedBy,
        confirmed_at: this.clock.now(),
        created_at: this.clock.now(),
      });
      await this.audit.record(tx, actor, {
        action: 'MEMBERSHIP.GRANTED',
        estateId,
        subjectType: 'membership',
        subjectId: id,
        after: { personId, organisationId, role, startsOn, endsOn, grantedBy, confirmedBy },
      });
    });
    return id;
  }
}
