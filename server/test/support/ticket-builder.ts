import { expect } from '@jest/globals';
import sharp from 'sharp';
import type { EstateRole } from '@linli/shared/identity';
import type { FileRef } from '@linli/shared/files';
import type { FileTicketRequest, FileTicketResponse, TicketDetail } from '@linli/shared/tickets';
import { PersonsRepository } from '../../src/features/identity/index.ts';
import type { Answer, TestApp } from './app.ts';
import type { TestPerson } from './estate-builder.ts';
import { multipart } from './multipart.ts';

let actions = 0;
/** A key such as the phone makes for each tap. */
export const newKey = () => `test-ticket-${String(++actions).padStart(8, '0')}`;

/** A real phone number and a real name, to be looked for where they must not be. */
export const COMPLAINANT = { name: '王秀兰', phone: '13955551234', home: '1号楼 1单元 301' };

export function complaint(facts: Partial<FileTicketRequest> = {}): FileTicketRequest {
  return {
    category: 'LITTER',
    kind: 'COMPLAINT',
    title: '楼道垃圾三天没人清',
    text: '1号楼楼道里的垃圾已经堆了三天，味道很大。',
    place: '1号楼1单元楼道',
    photoIds: [],
    danger: false,
    anonymous: false,
    ...facts,
  };
}

/** An estate in 奇台 with everybody who has to do with complaints, and their calls. */
export class TicketBuilder {
  private constructor(
    private readonly app: TestApp,
    readonly estateId: string,
    readonly wang: TestPerson,
    readonly neighbour: TestPerson,
    readonly clerk: TestPerson,
    readonly manager: TestPerson,
    readonly chair: TestPerson,
    readonly community: TestPerson,
    readonly street: TestPerson,
    readonly bureau: TestPerson,
    readonly fire: TestPerson,
  ) {}

  static async start(app: TestApp): Promise<TicketBuilder> {
    const estateId = await app.build.estate();
    const member = (name: string, role: Parameters<TestApp['build']['member']>[1]) =>
      app.build.member(name, role, [estateId]);
    const home = await app.build.unit(estateId, '301', 9000);
    const wang = await app.build.owner(COMPLAINANT.name, [home]);
    await app.database.transaction((tx) =>
      app.nest.get(PersonsRepository).setPhone(tx, wang.personId, COMPLAINANT.phone),
    );
    const neighbour = await app.build.owner('刘强', [await app.build.unit(estateId, '302', 9000)]);
    const fire = await member('杨帆', 'DEPARTMENT_OFFICER');
    await app.database.transaction((tx) =>
      tx.run(
        "UPDATE organisations SET name = '奇台县消防救援大队', phone = '0994-7200104' WHERE kind = 'DEPARTMENT'",
        [],
      ),
    );
    return new TicketBuilder(
      app,
      estateId,
      wang,
      neighbour,
      await member('李娜', 'COMPANY_CLERK'),
      await member('赵立新', 'COMPANY_MANAGER'),
      await member('周建国', 'COMMITTEE_CHAIR'),
      await member('古丽', 'COMMUNITY_OFFICER'),
      await member('王海峰', 'STREET_OFFICER'),
      await member('孙丽', 'BUREAU_OFFICER'),
      fire,
    );
  }

  get base(): string {
    return `/api/estates/${this.estateId}/tickets`;
  }

  async photo(person: TestPerson): Promise<string> {
    const body = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#886644' } })
      .jpeg()
      .toBuffer();
    const { payload, headers } = multipart('现场.jpg', body);
    const answer = await this.app.call<FileRef>('POST', '/api/files?purpose=TICKET_PHOTO', {
      token: person.token,
      body: payload,
      headers,
    });
    expect(answer.status).toBe(201);
    return answer.body.id;
  }

  async file(facts: Partial<FileTicketRequest> = {}, by = this.wang): Promise<string> {
    const answer = await this.tryFile(facts, by);
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.id;
  }

  tryFile<Body = FileTicketResponse>(
    facts: Partial<FileTicketRequest> = {},
    by = this.wang,
    key = newKey(),
  ): Promise<Answer<Body>> {
    return this.app.post<Body>(this.base, by.token, complaint(facts), key);
  }

  /** One step; answers whatever the server says. */
  step<Body = TicketDetail>(
    id: string,
    path: string,
    by: TestPerson,
    body: object = {},
    key = newKey(),
  ): Promise<Answer<Body>> {
    return this.app.post<Body>(`${this.base}/${id}/${path}`, by.token, body, key);
  }

  /** One step that must be possible. */
  async done(id: string, path: string, by: TestPerson, body: object = {}): Promise<TicketDetail> {
    const answer = await this.step(id, path, by, body);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body;
  }

  async read(id: string, by: TestPerson): Promise<TicketDetail> {
    const answer = await this.app.get<TicketDetail>(`${this.base}/${id}`, by.token);
    expect(answer.status).toBe(200);
    return answer.body;
  }

  /** Taken in, answered and resolved by the company's clerk. */
  async resolved(facts: Partial<FileTicketRequest> = {}, by = this.wang): Promise<string> {
    const id = await this.file(facts, by);
    await this.done(id, 'accept', this.clerk);
    await this.done(id, 'reply', this.clerk, { text: '已经安排保洁，今天下午清理。', photoIds: [] });
    const photoIds = [await this.photo(this.clerk)];
    await this.done(id, 'resolve', this.clerk, { text: '已经清理干净，请看照片。', photoIds });
    return id;
  }

  roles(): Promise<TestPerson[]> {
    const roles: readonly EstateRole[] = ['TENANT', 'FAMILY', 'COMMITTEE_TREASURER'];
    return Promise.all(roles.map((role) => this.app.build.inRole(role, this.estateId)));
  }
}
