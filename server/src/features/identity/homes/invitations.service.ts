import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { unitName } from '@linli/shared/estate';
import {
  IDENTITY_LIMITS,
  INVITATION_ALPHABET,
  ROLE_NAMES,
  tidyInvitationCode,
  type AcceptedInvitation,
  type GuestKind,
  type Invitation,
  type InvitationOffer,
  type InviteRequest,
  type OpenInvitation,
} from '@linli/shared/identity';
import { DAY_MS, maskName } from '@linli/shared/kernel';
import { Audit } from '../../../kernel/audit/audit.ts';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { BlindIndex } from '../../../kernel/crypto/index.ts';
import { Database, violates, type Reader, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { RateLimits, type RateLimit } from '../../../kernel/rate-limits/rate-limits.ts';
import { InboxService } from '../../notifications/index.ts';
import { PersonsRepository } from '../persons.repository.ts';
import { ResidenciesService } from '../residencies.service.ts';
import { SessionsService } from '../sessions.service.ts';
import { homeOf } from './home-people.service.ts';

/** 31^8 codes; at this pace nobody finds one that somebody else was given. */
const TRIES: RateLimit = { name: 'invitation-code', points: 10, seconds: 600 };
const LEASE_MS = IDENTITY_LIMITS.leaseYears * 366 * DAY_MS;

interface InvitationRow {
  id: string;
  unit_id: string;
  estate_id: string;
  invited_by: string;
  kind: GuestKind;
  expires_at: number;
  residency_ends_at: number | null;
}

/** An owner invites family and tenants with a code that works once, for a week. */
@Injectable()
export class InvitationsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(BlindIndex) private readonly index: BlindIndex,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(ResidenciesService) private readonly residencies: ResidenciesService,
    @Inject(InboxService) private readonly inbox: InboxService,
  ) {}

  async invite(caller: Caller, unitId: string, request: InviteRequest, key: string): Promise<Invitation> {
    const { owner, estateId } = homeOf(caller, unitId);
    if (!owner) throw refuse('ACCESS.DENIED');
    this.checkTerm(request);
    const action = { personId: caller.personId, key, useCase: 'home.invite', body: [unitId, request] };
    return this.idempotency.once(action, async (tx) => {
      const { openInvitations: max } = IDENTITY_LIMITS;
      if ((await this.open(tx, unitId)).length >= max)
        throw refuse('INVITATION.TOO_MANY', { params: { max } });
      const id = this.ids.next();
      const code = newCode();
      const expiresAt = this.clock.now() + IDENTITY_LIMITS.invitationDays * DAY_MS;
      await tx.insert('invitations', {
        id,
        unit_id: unitId,
        estate_id: estateId,
        invited_by: caller.personId,
        kind: request.kind,
        code_hash: this.hash(code),
        residency_ends_at: request.endsAt,
        expires_at: expiresAt,
        accepted_by: null,
        accepted_at: null,
        revoked_at: null,
      });
      await this.audit.record(tx, caller, {
        action: 'INVITATION.MADE',
        estateId,
        subjectType: 'invitation',
        subjectId: id,
        after: { unitId, kind: request.kind, endsAt: request.endsAt },
      });
      return { id, code, kind: request.kind, expiresAt, endsAt: request.endsAt };
    });
  }

  async list(caller: Caller, unitId: string): Promise<OpenInvitation[]> {
    if (!homeOf(caller, unitId).owner) throw refuse('ACCESS.DENIED');
    const rows = await this.open(this.database, unitId);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      expiresAt: row.expires_at,
      endsAt: row.residency_ends_at,
    }));
  }

  async revoke(caller: Caller, unitId: string, invitationId: string): Promise<void> {
    const { owner, estateId } = homeOf(caller, unitId);
    if (!owner) throw refuse('ACCESS.DENIED');
    await this.database.transaction(async (tx) => {
      const revoked = await tx.run(
        `UPDATE invitations SET revoked_at = ? WHERE id = ? AND unit_id = ? AND accepted_at IS NULL AND revoked_at IS NULL`,
        [this.clock.now(), invitationId, unitId],
      );
      if (revoked === 0) throw refuse('NOT_FOUND');
      await this.audit.record(tx, caller, {
        action: 'INVITATION.REVOKED',
        estateId,
        subjectType: 'invitation',
        subjectId: invitationId,
      });
    });
  }

  /** Reads back what a code is for, before it is used up. */
  async look(caller: Caller, code: string): Promise<InvitationOffer> {
    await this.limits.use(TRIES, caller.personId);
    const row = await this.valid(this.database, code);
    const home = await this.homeName(this.database, row.unit_id);
    const names = await this.persons.names(this.database, [row.invited_by]);
    return {
      ...home,
      kind: row.kind,
      endsAt: row.residency_ends_at,
      invitedByMasked: maskName(names.get(row.invited_by) ?? ''),
    };
  }

  async accept(caller: Caller, code: string, key: string): Promise<AcceptedInvitation> {
    await this.limits.use(TRIES, caller.personId);
    const tidy = tidyInvitationCode(code);
    const action = {
      personId: caller.personId,
      key,
      useCase: 'invitation.accept',
      body: this.hash(tidy),
    };
    const accepted = await this.idempotency
      .once(action, (tx) => this.use(tx, caller, tidy))
      .catch((error: unknown) => {
        // The same person used two codes for one home at once.
        if (violates(error, 'uq_residencies_home')) throw refuse('RESIDENCY.HELD');
        throw error;
      });
    this.sessions.forgetPerson(caller.personId);
    return accepted;
  }

  private async use(tx: Transaction, caller: Caller, code: string): Promise<AcceptedInvitation> {
    const row = await this.valid(tx, code);
    if (row.invited_by === caller.personId) throw refuse('INVITATION.OWN');
    if (await this.residencies.holds(tx, caller.personId, row.unit_id, ['OWNER', row.kind]))
      throw refuse('RESIDENCY.HELD');
    const now = this.clock.now();
    const used = await tx.run(
      `UPDATE invitations SET accepted_by = ?, accepted_at = ?
       WHERE id = ? AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ?`,
      [caller.personId, now, row.id, now],
    );
    if (used === 0) throw refuse('INVITATION.INVALID');
    const residencyId = await this.residencies.admit(tx, {
      personId: caller.personId,
      unitId: row.unit_id,
      estateId: row.estate_id,
      kind: row.kind,
      endsAt: row.residency_ends_at,
      invitedBy: row.invited_by,
    });
    await this.audit.record(tx, caller, {
      action: 'INVITATION.ACCEPTED',
      estateId: row.estate_id,
      subjectType: 'invitation',
      subjectId: row.id,
      after: { unitId: row.unit_id, kind: row.kind },
    });
    const { unitName: home } = await this.homeName(tx, row.unit_id);
    await this.inbox.post(tx, {
      to: [row.invited_by],
      estateId: row.estate_id,
      kind: 'CLAIM',
      title: '您的邀请已被接受',
      body: `${home} 多了一位${ROLE_NAMES[row.kind]}。如果不是您邀请的人，请马上移除。`,
      link: `/packages/people/pages/home/index?unitId=${row.unit_id}`,
    });
    return { residencyId, estateId: row.estate_id, unitId: row.unit_id };
  }

  /** An invitation that can still be used, by somebody who still owns the home. */
  private async valid(reader: Reader, code: string): Promise<InvitationRow> {
    const now = this.clock.now();
    const row = await reader.row<InvitationRow>(
      `SELECT id, unit_id, estate_id, invited_by, kind, expires_at, residency_ends_at FROM invitations i
       WHERE code_hash = ? AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ?
         AND (residency_ends_at IS NULL OR residency_ends_at > ?) AND EXISTS (
           SELECT 1 FROM residencies r WHERE r.person_id = i.invited_by AND r.unit_id = i.unit_id AND r.kind = 'OWNER'
             AND (r.ends_at IS NULL OR r.ends_at > ?))`,
      [this.hash(tidyInvitationCode(code)), now, now, now],
    );
    if (row === null) throw refuse('INVITATION.INVALID');
    return row;
  }

  private open(reader: Reader, unitId: string): Promise<InvitationRow[]> {
    return reader.rows<InvitationRow>(
      `SELECT id, unit_id, estate_id, invited_by, kind, expires_at, residency_ends_at FROM invitations
       WHERE accepted_at IS NULL AND unit_id = ? AND revoked_at IS NULL AND expires_at > ? ORDER BY id DESC LIMIT 50`,
      [unitId, this.clock.now()],
    );
  }

  private checkTerm({ kind, endsAt }: InviteRequest): void {
    const now = this.clock.now();
    const future = endsAt !== null && endsAt > now && endsAt <= now + LEASE_MS;
    if (!(future || (kind === 'FAMILY' && endsAt === null))) throw refuse('INVITATION.TERM');
  }

  /** Keyed: eight characters alone could be tried out against a stolen table. */
  private hash(code: string): string {
    return this.index.of('invitation', code);
  }

  private async homeName(
    reader: Reader,
    unitId: string,
  ): Promise<{ readonly estateName: string; readonly unitName: string }> {
    const row = await reader.row<{ estate: string; building: string; entrance: string; room: string }>(
      `SELECT e.name AS estate, b.name AS building, u.entrance, u.room FROM units u
       JOIN buildings b ON b.id = u.building_id JOIN estates e ON e.id = u.estate_id WHERE u.id = ?`,
      [unitId],
    );
    return row === null
      ? { estateName: '', unitName: '' }
      : { estateName: row.estate, unitName: unitName(row) };
  }
}

function newCode(): string {
  return Array.from(
    { length: IDENTITY_LIMITS.invitationCodeChars },
    () => INVITATION_ALPHABET[randomInt(INVITATION_ALPHABET.length)],
  ).join('');
}
