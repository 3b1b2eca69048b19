import { Inject, Injectable } from '@nestjs/common';
import type { Me, Membership, MembershipRole, Residency, ResidencyKind } from '@linli/shared/identity';
import { maskPhone, shanghaiDate } from '@linli/shared/kernel';
import type { Caller } from '../../kernel/access/index.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { PersonsRepository } from './persons.repository.ts';

interface ResidencyRow {
  id: string;
  estate_id: string;
  estate_name: string;
  unit_id: string;
  building: string;
  entrance: string;
  room: string;
  kind: string;
  ends_at: number | null;
}

interface MembershipRow {
  id: string;
  organisation_id: string;
  organisation_name: string;
  role: string;
  starts_on: string;
  ends_on: string | null;
  estate_id: string | null;
  estate_name: string | null;
}

/** Who the caller is: name, homes, offices. */
@Injectable()
export class MeService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
  ) {}

  async read(caller: Caller): Promise<Me> {
    const person = await this.persons.byId(this.database, caller.personId);
    if (person === null) throw refuse('AUTH.REQUIRED');
    const [residencies, memberships] = await Promise.all([
      this.residencies(caller),
      this.memberships(caller),
    ]);
    return {
      id: person.id,
      name: person.name,
      phoneMasked: person.phone === null ? null : maskPhone(person.phone),
      privacyAcceptedVersion: person.privacyVersion,
      residencies,
      memberships,
      roles: caller.grants.map(({ estateId, role }) => ({ estateId, role })),
    };
  }

  private async residencies(caller: Caller): Promise<Residency[]> {
    const now = this.clock.now();
    const rows = await this.database.rows<ResidencyRow>(
      `SELECT r.id, r.estate_id, e.name AS estate_name, r.unit_id, b.name AS building, u.entrance, u.room, r.kind, r.ends_at
       FROM residencies r JOIN estates e ON e.id = r.estate_id JOIN units u ON u.id = r.unit_id
       JOIN buildings b ON b.id = u.building_id
       WHERE r.person_id = ? AND r.starts_at <= ? AND (r.ends_at IS NULL OR r.ends_at > ?)
       ORDER BY e.name, u.sort_order, r.id`,
      [caller.personId, now, now],
    );
    return rows.map((row) => ({
      id: row.id,
      estateId: row.estate_id,
      estateName: row.estate_name,
      unitId: row.unit_id,
      unitName: [row.building, row.entrance, row.room].filter((part) => part !== '').join(' '),
      kind: row.kind as ResidencyKind,
      endsAt: row.ends_at,
    }));
  }

  private async memberships(caller: Caller): Promise<Membership[]> {
    const today = shanghaiDate(this.clock.now());
    const rows = await this.database.rows<MembershipRow>(
      `SELECT m.id, m.organisation_id, o.name AS organisation_name, m.role, m.starts_on, m.ends_on,
              e.id AS estate_id, e.name AS estate_name
       FROM memberships m JOIN organisations o ON o.id = m.organisation_id
       LEFT JOIN organisation_estates oe ON oe.organisation_id = o.id
         AND (m.estate_id IS NULL OR oe.estate_id = m.estate_id)
       LEFT JOIN estates e ON e.id = oe.estate_id
       WHERE m.person_id = ? AND m.confirmed_at IS NOT NULL AND m.starts_on <= ? AND (m.ends_on IS NULL OR m.ends_on >= ?)
       ORDER BY o.name, m.id, e.name`,
      [caller.personId, today, today],
    );
    const byId = Map.groupBy(rows, (row) => row.id);
    return [...byId.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      return [
        {
          id: first.id,
          organisationId: first.organisation_id,
          organisationName: first.organisation_name,
          role: first.role as MembershipRole,
          startsOn: first.starts_on,
          endsOn: first.ends_on,
          estates: group.flatMap(({ estate_id, estate_name }) =>
            estate_id === null || estate_name === null ? [] : [{ id: estate_id, name: estate_name }],
          ),
        },
      ];
    });
  }
}
