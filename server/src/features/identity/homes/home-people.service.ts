import { Inject, Injectable } from '@nestjs/common';
import type { HomePeople, HomePerson, ResidencyKind } from '@linli/shared/identity';
import { unitName } from '@linli/shared/estate';
import { maskName } from '@linli/shared/kernel';
import { Audit } from '../../../kernel/audit/audit.ts';
import { RESIDENTS, type Caller, type Grant } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { InboxService } from '../../notifications/index.ts';
import { PersonsRepository } from '../persons.repository.ts';
import { SessionsService } from '../sessions.service.ts';

interface PersonAtHome {
  id: string;
  person_id: string;
  kind: ResidencyKind;
  ends_at: number | null;
}

const KIND_ORDER: readonly ResidencyKind[] = RESIDENTS;

/** Who lives in the caller's home 同住人. */
@Injectable()
export class HomePeopleService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(InboxService) private readonly inbox: InboxService,
  ) {}

  async list(caller: Caller, unitId: string): Promise<HomePeople> {
    const { owner } = homeOf(caller, unitId);
    const now = this.clock.now();
    const rows = await this.database.rows<PersonAtHome>(
      `SELECT id, person_id, kind, ends_at FROM residencies
       WHERE unit_id = ? AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?) ORDER BY id LIMIT 200`,
      [unitId, now, now],
    );
    const names = await this.persons.names(
      this.database,
      rows.map((row) => row.person_id),
    );
    const people = rows.map((row): HomePerson => {
      const me = row.person_id === caller.personId;
      const name = names.get(row.person_id) ?? '';
      return {
        residencyId: row.id,
        name: owner || me ? name : maskName(name),
        kind: row.kind,
        endsAt: row.ends_at,
        me,
        removable: row.kind !== 'OWNER' && (owner || me),
      };
    });
    people.sort((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind));
    return { people, mayInvite: owner };
  }

  /** An owner removes family or tenants; they may also leave by themselves. Owners follow the roll. */
  async remove(caller: Caller, unitId: string, residencyId: string): Promise<void> {
    const { owner, estateId } = homeOf(caller, unitId);
    const removed = await this.database.transaction(async (tx) => {
      const row = await tx.row<PersonAtHome & { building: string; entrance: string; room: string }>(
        `SELECT r.id, r.person_id, r.kind, r.ends_at, b.name AS building, u.entrance, u.room FROM residencies r
         JOIN units u ON u.id = r.unit_id JOIN buildings b ON b.id = u.building_id WHERE r.id = ? AND r.unit_id = ?`,
        [residencyId, unitId],
      );
      if (row === null || (!owner && row.person_id !== caller.personId)) throw refuse('NOT_FOUND');
      if (row.kind === 'OWNER') throw refuse('RESIDENCY.OWNER');
      const now = this.clock.now();
      const ended = await tx.run(
        'UPDATE residencies SET ends_at = ? WHERE id = ? AND (ends_at IS NULL OR ends_at > ?)',
        [now, residencyId, now],
      );
      if (ended === 0) throw refuse('NOT_FOUND');
      await this.audit.record(tx, caller, {
        action: 'RESIDENCY.ENDED',
        estateId,
        subjectType: 'residency',
        subjectId: residencyId,
        after: { kind: row.kind, unitId },
      });
      if (row.person_id !== caller.personId)
        await this.inbox.post(tx, {
          to: [row.person_id],
          estateId,
          kind: 'CLAIM',
          title: '您已移出一套房屋',
          body: `${unitName(row)} 的业主把您从同住人里移除了，如有疑问请联系业主。`,
          link: null,
        });
      return row.person_id;
    });
    this.sessions.forgetPerson(removed);
  }
}

export interface CallersHome {
  readonly estateId: string;
  readonly owner: boolean;
}

/** The caller's own home, or NOT_FOUND. */
export function homeOf(caller: Caller, unitId: string): CallersHome {
  const grants = caller.grants.filter((grant: Grant) => grant.unitId === unitId);
  const [first] = grants;
  if (first === undefined) throw refuse('NOT_FOUND');
  return { estateId: first.estateId, owner: grants.some(({ role }) => role === 'OWNER') };
}
