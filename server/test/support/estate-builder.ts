import type { BuildingKind } from '@linli/shared/estate';
import type { EstateRole, MembershipRole, OrganisationKind } from '@linli/shared/identity';
import { mayReachArea, ROLES_OF_ORGANISATION, ORGANISATION_KINDS } from '@linli/shared/identity';
import { PersonsRepository, SessionsService } from '../../src/features/identity/index.ts';
import { BlindIndex, FieldCipher } from '../../src/kernel/crypto/index.ts';
import { Ids } from '../../src/kernel/ids/ids.ts';
import type { TestApp } from './app.ts';

/** A person of a test with an open session. */
export interface TestPerson {
  readonly personId: string;
  readonly token: string;
}

export interface TestUnit {
  readonly estateId: string;
  readonly unitId: string;
}

/** Makes estates, homes and people; every thing demands its parents. */
export class EstateBuilder {
  private readonly ids: Ids;
  private readonly persons: PersonsRepository;
  private readonly sessions: SessionsService;
  private readonly cipher: FieldCipher;
  private readonly index: BlindIndex;

  constructor(private readonly app: TestApp) {
    this.ids = app.nest.get(Ids);
    this.persons = app.nest.get(PersonsRepository);
    this.sessions = app.nest.get(SessionsService);
    this.cipher = app.nest.get(FieldCipher);
    this.index = app.nest.get(BlindIndex);
  }

  async estate(name = '康宁家园', regionCode = 'qitai'): Promise<string> {
    const id = this.ids.next();
    await this.app.database.transaction((tx) =>
      tx.insert('estates', {
        id,
        name,
        region_code: regionCode,
        address: '奇台县东关街 1 号',
        spend_vote_threshold_fen: 500_000,
        roll_version: 0,
        created_at: this.app.clock.now(),
      }),
    );
    return id;
  }

  /** A delivered home; `areaCentiSqm` in 0.01 ㎡. */
  async unit(
    estateId: string,
    room: string,
    areaCentiSqm: number,
    facts: Partial<{
      building: string;
      buildingKind: BuildingKind;
      use: 'HOME' | 'SHOP' | 'PARKING';
      status: 'UNSOLD' | 'SOLD_UNDELIVERED' | 'DELIVERED';
      developer: string;
    }> = {},
  ): Promise<TestUnit> {
    const unitId = this.ids.next();
    const building = facts.building ?? '1号楼';
    const developer = facts.developer ?? null;
    await this.app.database.transaction(async (tx) => {
      const known = await tx.row<{ id: string }>(
        'SELECT id FROM buildings WHERE estate_id = ? AND name = ?',
        [estateId, building],
      );
      const buildingId = known?.id ?? this.ids.next();
      if (known === null)
        await tx.insert('buildings', {
          id: buildingId,
          estate_id: estateId,
          name: building,
          sort_order: 1,
          kind: facts.buildingKind ?? 'MULTI_STOREY',
          storeys: 6,
        });
      await tx.insert('units', {
        id: unitId,
        estate_id: estateId,
        building_id: buildingId,
        entrance: '1单元',
        unit_key: `${building}|1单元|${room}`,
        room,
        sort_order: 1,
        unit_use: facts.use ?? 'HOME',
        area_centi_sqm: areaCentiSqm,
        gross_area_centi_sqm: null,
        area_source: 'REGISTER',
        status: facts.status ?? 'DELIVERED',
        developer,
        certificate_no: null,
        note: null,
        principal_key: developer === null ? `UNIT:${unitId}` : this.index.of('developer', developer),
        active: 1,
        updated_at: this.app.clock.now(),
      });
    });
    return { estateId, unitId };
  }

  /** A signed-in person who is nothing anywhere. */
  async person(name: string, phone?: string): Promise<TestPerson> {
    return this.app.database.transaction(async (tx) => {
      const personId = await this.persons.create(tx, { name, ...(phone === undefined ? {} : { phone }) });
      return { personId, token: await this.sessions.open(tx, personId, '测试') };
    });
  }

  /** Puts the person on the roll as an owner of the units, with the residencies that follow. */
  async owner(name: string, units: readonly TestUnit[]): Promise<TestPerson> {
    const person = await this.person(name);
    await this.own(person, name, units);
    return person;
  }

  /** Several people who own the units together: one principal. */
  async coOwners(names: readonly string[], units: readonly TestUnit[]): Promise<TestPerson[]> {
    const people: TestPerson[] = [];
    for (const name of names) people.push(await this.owner(name, units));
    return people;
  }

  async resident(name: string, unit: TestUnit, kind: 'FAMILY' | 'TENANT'): Promise<TestPerson> {
    const person = await this.person(name);
    await this.live(person, unit, kind);
    return person;
  }

  /**
   * A member of an organisation that serves the estates, with the role, for an open term: in each of the estates, or
   * in the whole area of an organisation that supervises one.
   */
  async member(name: string, role: MembershipRole, estateIds: readonly string[]): Promise<TestPerson> {
    const person = await this.person(name);
    await this.appoint(person, role, estateIds);
    return person;
  }

  /** An office for somebody who is there already; one person may hold several. */
  async appoint(person: TestPerson, role: MembershipRole, estateIds: readonly string[]): Promise<void> {
    const kind = ORGANISATION_KINDS.find((candidate) => ROLES_OF_ORGANISATION[candidate].includes(role));
    if (kind === undefined) throw new Error(`No organisation gives ${role}`);
    const organisationId = await this.organisation(kind, estateIds);
    const now = this.app.clock.now();
    const reach = mayReachArea(kind) ? [null] : estateIds;
    await this.app.database.transaction((tx) =>
      tx.insert(
        'memberships',
        ...reach.map((estateId) => ({
          id: this.ids.next(),
          person_id: person.personId,
          organisation_id: organisationId,
          estate_id: estateId,
          reach_key: estateId ?? 'ALL',
          role,
          starts_on: '2026-01-01',
          ends_on: null,
          granted_by: null,
          confirmed_by: null,
          confirmed_at: now,
          created_at: now,
        })),
      ),
    );
  }

  /** A person for a role in the estate, whatever it takes. */
  async inRole(role: EstateRole, estateId: string): Promise<TestPerson> {
    if (role === 'OWNER' || role === 'FAMILY' || role === 'TENANT') {
      const unit = await this.unit(estateId, this.ids.next().slice(-8), 10_000);
      return role === 'OWNER' ? this.owner('业主', [unit]) : this.resident('住户', unit, role);
    }
    return this.member('工作人员', role, [estateId]);
  }

  /** One organisation of a kind for a set of estates; found again when it exists. */
  private async organisation(kind: OrganisationKind, estateIds: readonly string[]): Promise<string> {
    const known = await this.app.database.row<{ id: string }>(
      `SELECT o.id FROM organisations o JOIN organisation_estates e ON e.organisation_id = o.id
       WHERE o.kind = ? AND e.estate_id = ? LIMIT 1`,
      [kind, estateIds[0] ?? ''],
    );
    if (known !== null) return known.id;
    const id = this.ids.next();
    await this.app.database.transaction(async (tx) => {
      await tx.insert('organisations', {
        id,
        kind,
        name: kind,
        phone: null,
        created_at: this.app.clock.now(),
      });
      await tx.insert(
        'organisation_estates',
        ...estateIds.map((estateId) => ({ organisation_id: id, estate_id: estateId })),
      );
    });
    return id;
  }

  private async own(person: TestPerson, name: string, units: readonly TestUnit[]): Promise<void> {
    const ownerId = this.ids.next();
    const estateId = units[0]?.estateId ?? '';
    await this.app.database.transaction(async (tx) => {
      await tx.insert('owners', {
        id: ownerId,
        estate_id: estateId,
        name_sealed: this.cipher.seal(name, { table: 'owners', column: 'name_sealed', rowId: ownerId }),
        identity_index: this.index.of('owner', ownerId),
        id_last4_sealed: null,
        phones_sealed: null,
        person_id: person.personId,
        created_at: this.app.clock.now(),
      });
      await tx.insert(
        'ownerships',
        ...units.map(({ unitId }) => ({
          unit_id: unitId,
          owner_id: ownerId,
          estate_id: estateId,
          position: 1,
        })),
      );
      for (const { unitId } of units) {
        const owners = await tx.rows<{ owner_id: string }>(
          'SELECT owner_id FROM ownerships WHERE unit_id = ? ORDER BY owner_id',
          [unitId],
        );
        const key = this.index.of('principal', owners.map((row) => row.owner_id).join('|'));
        await tx.run('UPDATE units SET principal_key = ? WHERE id = ?', [key, unitId]);
      }
    });
    for (const unit of units) await this.live(person, unit, 'OWNER');
  }

  private async live(person: TestPerson, unit: TestUnit, kind: 'OWNER' | 'FAMILY' | 'TENANT'): Promise<void> {
    await this.app.database.transaction((tx) =>
      tx.insert('residencies', {
        id: this.ids.next(),
        person_id: person.personId,
        unit_id: unit.unitId,
        estate_id: unit.estateId,
        kind,
        starts_at: this.app.clock.now(),
        ends_at: null,
        invited_by: null,
      }),
    );
    this.sessions.forgetPerson(person.personId);
  }
}
