import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import sharp from 'sharp';
import { BindRollService, PersonsRepository, SessionsService } from '../features/identity/index.ts';
import type { Caller } from '../kernel/access/index.ts';
import { Database } from '../kernel/database/index.ts';
import { Jobs } from '../kernel/jobs/jobs.ts';
import type { DemoClock } from './demo-clock.ts';

/** The people of the demo by what they are. */
export type RoleKey =
  | 'owner'
  | 'owner2'
  | 'owner3'
  | 'debtor'
  | 'family'
  | 'tenant'
  | 'chair'
  | 'treasurer'
  | 'member'
  | 'manager'
  | 'clerk'
  | 'community'
  | 'street'
  | 'department'
  | 'bureau'
  | 'delegate'
  | 'operator'
  | 'recalled'
  | 'successor'
  | 'voter'
  | 'grantor'
  | 'agent'
  | 'daughter'
  | 'community2'
  | 'street2';

/** How long before the demo is made the owners signed in for the first time: days after the estate joined. */
const OWNERS_SIGNED_IN_MS = 390 * 86_400_000;

/** What the stories act in: the running services, the clock, the estate and its people. */
export class World {
  readonly people = new Map<RoleKey, string>();
  estateId = '';
  private readonly ownerIds: string[] = [];

  constructor(
    readonly app: NestFastifyApplication,
    readonly clock: DemoClock,
    /** When the demo is made; everything happens relative to it. Instant, epoch ms. */
    readonly now: number,
    private readonly sampleDir: string,
  ) {}

  get<T>(service: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.app.get(service as Type<T>);
  }

  get database(): Database {
    return this.get(Database);
  }

  /** Somebody in that role, with all they may do at the clock's time. */
  async caller(role: RoleKey): Promise<Caller> {
    const personId = this.people.get(role);
    if (personId === undefined) throw new Error(`Nobody plays ${role}`);
    return this.callerOf(personId);
  }

  /** An account with a name and a number, as signing in makes it; where a roll has the number, it is bound to its homes. */
  async signUp(person: { readonly name: string; readonly phone: string }): Promise<string> {
    return this.database.transaction(async (tx) => {
      const personId = await this.get(PersonsRepository).create(tx, person);
      await this.get(BindRollService).bind(tx, personId, person.phone);
      return personId;
    });
  }

  /** The first `count` owners of homes, each with an account that the roll bound; made on demand. */
  async owners(count: number): Promise<Caller[]> {
    if (this.ownerIds.length < count) await this.bindOwners(count);
    return Promise.all(this.ownerIds.slice(0, count).map((personId) => this.callerOf(personId)));
  }

  sample(name: string): Buffer {
    return readFileSync(join(this.sampleDir, name));
  }

  /** A JPEG that stands for a photo a resident took; `seed` changes colours and pattern. */
  async photo(seed: number): Promise<Buffer> {
    const hue = (seed * 67) % 360;
    const shapes = [0, 1, 2, 3].map((n) => {
      const x = (seed * 131 + n * 290) % 1200;
      const y = (seed * 71 + n * 190) % 700;
      return `<rect x="${x}" y="${y}" width="${220 + n * 60}" height="${160 + n * 40}" rx="18" fill="hsl(${hue + n * 24} 35% ${38 + n * 9}%)"/>`;
    });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900">
      <rect width="1200" height="900" fill="hsl(${hue} 22% 78%)"/><rect y="620" width="1200" height="280" fill="hsl(${hue} 10% 46%)"/>${shapes.join('')}</svg>`;
    return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
  }

  /** Runs every job that is due at the clock's time. */
  async settle(): Promise<void> {
    await this.get(Jobs).drain();
  }

  async callerOf(personId: string): Promise<Caller> {
    const sessions = this.get(SessionsService);
    sessions.forgetPerson(personId);
    const token = await this.database.transaction((tx) => sessions.open(tx, personId, '演示'));
    const caller = await sessions.find(token);
    if (caller === null) throw new Error('A session that was just opened is not found');
    return caller;
  }

  private async bindOwners(count: number): Promise<void> {
    const rows = await this.database.rows<{ id: string; person_id: string | null }>(
      `SELECT o.id, o.person_id FROM owners o JOIN ownerships s ON s.owner_id = o.id JOIN units u ON u.id = s.unit_id
       WHERE o.estate_id = ? AND u.unit_use = 'HOME' AND s.position = 0 AND u.status = 'DELIVERED'
       GROUP BY o.id, o.person_id ORDER BY MIN(u.sort_order) LIMIT ${count}`,
      [this.estateId],
    );
    const persons = this.get(PersonsRepository);
    this.ownerIds.length = 0;
    // They signed in when the estate joined, whenever a story first needs them.
    const toldAt = this.clock.now();
    this.clock.set(this.now - OWNERS_SIGNED_IN_MS);
    for (const row of rows) this.ownerIds.push(row.person_id ?? (await this.accountOf(persons, row.id)));
    this.clock.set(toldAt);
  }

  /** The owner signs in for the first time: an account with the roll's phone, bound to the homes. */
  private async accountOf(persons: PersonsRepository, ownerId: string): Promise<string> {
    const roll = this.get(BindRollService);
    return this.database.transaction(async (tx) => {
      const [phone] = await roll.phonesOf(tx, ownerId);
      const personId = await persons.create(tx, phone === undefined ? {} : { phone });
      if (phone !== undefined) await roll.bind(tx, personId, phone);
      return personId;
    });
  }
}
