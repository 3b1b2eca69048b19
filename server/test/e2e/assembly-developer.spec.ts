import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type {
  AssemblyDetail,
  AssemblyResult,
  BallotReceipt,
  DelegatedAssembly,
  DeveloperMeeting,
  DeveloperVote,
  TurnoutResponse,
} from '@linli/shared/assembly';
import type { BallotQrResponse, LoggedBallotResponse } from '@linli/shared/ballot-log';
import type { DeskView } from '@linli/shared/desk';
import type { ErrorBody } from '@linli/shared/errors';
import type { FileRef } from '@linli/shared/files';
import { LogSequencer } from '../../src/features/ballot-log/index.ts';
import { TEST_NOW, TestApp } from '../support/app.ts';
import { AssemblyBuilder, newKey, type Owner } from '../support/assembly-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { multipart } from '../support/multipart.ts';

const DEVELOPER = '奇台县康宁房地产';
const LETTER = Buffer.from('%PDF-1.4 授权委托书');

describe('the developer’s vote', () => {
  let app: TestApp;
  let meeting: AssemblyBuilder;
  let owners: Owner[];
  let community: TestPerson;
  let phone = 13_900_000_800;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    app.clock.set(TEST_NOW);
    meeting = await AssemblyBuilder.start(app);
    owners = await meeting.owners(2);
    community = await app.build.member('古丽', 'COMMUNITY_OFFICER', [meeting.estateId]);
    for (const room of ['801', '802'])
      await app.build.unit(meeting.estateId, room, 10_000, { status: 'UNSOLD', developer: DEVELOPER });
  });

  async function newPerson(): Promise<TestPerson & { readonly phone: string }> {
    const number = String(++phone);
    return { ...(await app.build.person('孙建设', number)), phone: number };
  }
  async function letter(by: TestPerson): Promise<string> {
    const { payload, headers } = multipart('授权委托书.pdf', LETTER);
    const answer = await app.call<FileRef>('POST', '/api/files?purpose=MATERIAL', {
      token: by.token,
      body: payload,
      headers,
    });
    return answer.body.id;
  }
  const listed = async (assembly: AssemblyDetail) =>
    (await app.get<DeveloperVote[]>(`${meeting.base}/${assembly.id}/developers`, meeting.chair.token)).body;
  const register = (by: TestPerson, assembly: AssemblyDetail, body: object) =>
    app.call<DeveloperVote[] & ErrorBody>('PUT', `${meeting.base}/${assembly.id}/developer-delegate`, {
      token: by.token,
      body,
    });
  async function registered(assembly: AssemblyDetail): Promise<TestPerson & { principalId: string }> {
    const delegate = await newPerson();
    const principalId = (await listed(assembly))[0]?.principalId ?? '';
    const request = { principalId, phone: delegate.phone, letterFileId: await letter(community) };
    expect((await register(community, assembly, request)).status).toBe(200);
    return { ...delegate, principalId };
  }
  const votes = () => `/api/estates/${meeting.estateId}/developer-votes`;
  async function waiting(): Promise<number | undefined> {
    const { body } = await app.get<DeskView>(`/api/me/desk?estateId=${meeting.estateId}`, community.token);
    return body.counts.find(({ key }) => key === 'delegates')?.count;
  }
  const own = (rest = '') => `/api/me/delegated-assemblies${rest}`;
  const cast = (person: TestPerson, assembly: AssemblyDetail, principalId: string, choice: string) =>
    app.post<BallotReceipt & ErrorBody>(
      own(`/${assembly.id}/ballots`),
      person.token,
      {
        principalId,
        votes: assembly.motions.map(({ id }) => ({ motionId: id, choice })),
        confirmed: true,
      },
      newKey(),
    );

  test('is cast by whom the community registered on a letter, as one head with all that is left', async () => {
    const assembly = await meeting.voting();
    expect(await listed(assembly)).toMatchObject([
      { developer: DEVELOPER, units: 2, counts: { heads: 1, areaCentiSqm: 20_000 }, delegate: null },
    ]);
    const { body: open } = await app.get<DeveloperMeeting[]>(votes(), community.token);
    expect(open).toMatchObject([{ assemblyId: assembly.id, developers: [{ developer: DEVELOPER }] }]);
    expect(await waiting()).toBe(1);
    const delegate = await registered(assembly);
    expect((await listed(assembly))[0]?.delegate).toBe('孙*');
    expect(await waiting()).toBe(0);
    const { body: meetings } = await app.get<DelegatedAssembly[]>(own(), delegate.token);
    expect(meetings).toMatchObject([{ assemblyId: assembly.id, estateId: meeting.estateId }]);
    const { body: seen } = await app.get<AssemblyDetail>(own(`/${assembly.id}`), delegate.token);
    expect(seen.mine).toMatchObject([{ principalId: delegate.principalId, canVote: true }]);
    const { status, body: given } = await cast(delegate, assembly, delegate.principalId, 'FOR');
    expect({ status, given }).toMatchObject({ status: 201, given: { hasReceipt: true } });
    await app.nest.get(LogSequencer).integrateAll();
    const receipt = own(`/${assembly.id}/log/ballots/${given.ballotId}`);
    const read = await app.get<LoggedBallotResponse>(receipt, delegate.token);
    expect(read.body.receipt).toContain('c2sp.org/tlog-proof');
    const code = await app.get<BallotQrResponse>(`${receipt}/qr`, delegate.token);
    expect(code.body.qr).toMatch(/^data:image\//);
    for (const other of [owners[0], community])
      expect((await app.get(receipt, other?.token)).status).toBe(404);
    const url = `${meeting.base}/${assembly.id}/turnout`;
    const { body } = await app.get<TurnoutResponse>(url, owners[0]?.token);
    expect(body.participating).toEqual({ heads: 1, areaCentiSqm: 20_000 });
    const told = await app.database.rows(
      "SELECT id FROM inbox_messages WHERE person_id = ? AND title = '您被登记为建设单位的投票人'",
      [delegate.personId],
    );
    expect(told).toHaveLength(1);
    for (const owner of owners) await meeting.cast(owner, assembly, 'FOR');
    await meeting.count(assembly);
    const result = await app.get<AssemblyResult>(`${meeting.base}/${assembly.id}/result`, owners[0]?.token);
    expect(result.body.motions[0]?.breakdown).toEqual({ FOR: { heads: 3, areaCentiSqm: 40_000 } });
    const seenByDelegate = await app.get<AssemblyResult>(own(`/${assembly.id}/result`), delegate.token);
    expect(seenByDelegate.body).toEqual(result.body);
  });

  test('neither the committee nor the company nor an owner names who votes for the developer', async () => {
    const assembly = await meeting.noticed();
    const manager = await app.build.member('赵立新', 'COMPANY_MANAGER', [meeting.estateId]);
    const [dev] = await listed(assembly);
    const { phone: number } = await newPerson();
    for (const by of [meeting.chair, manager, owners[0] ?? manager]) {
      const request = { principalId: dev?.principalId, phone: number, letterFileId: await letter(by) };
      expect((await register(by, assembly, request)).status).toBe(403);
    }
    expect((await listed(assembly))[0]?.delegate).toBeNull();
  });

  test('needs the letter and an account, and nobody registers themselves', async () => {
    const assembly = await meeting.noticed();
    const principalId = (await listed(assembly))[0]?.principalId;
    const delegate = await newPerson();
    const officer = await newPerson();
    await app.database.transaction((tx) =>
      tx.run('UPDATE memberships SET person_id = ? WHERE person_id = ?', [
        officer.personId,
        community.personId,
      ]),
    );
    const letterFileId = await letter(officer);
    const code = async (body: object) => (await register(officer, assembly, body)).body.code;
    expect(await code({ principalId, phone: delegate.phone, letterFileId: null })).toBe('DELEGATE.LETTER');
    expect(await code({ principalId, phone: '13800000000', letterFileId })).toBe('DELEGATE.NO_ACCOUNT');
    expect(await code({ principalId, phone: officer.phone, letterFileId })).toBe('DELEGATE.SELF');
    const ordinary = await meeting.principalOf(owners[0] ?? officer, assembly.id);
    expect(await code({ principalId: ordinary, phone: delegate.phone, letterFileId })).toBe('NOT_FOUND');
    expect(await code({ principalId, phone: delegate.phone, letterFileId })).toBeUndefined();
  });

  test('a delegate is a delegate in that meeting only, and no longer once taken back', async () => {
    const assembly = await meeting.voting();
    const delegate = await registered(assembly);
    const elsewhere = await AssemblyBuilder.start(app);
    await elsewhere.owners(1);
    const other = await elsewhere.noticed();
    expect((await app.get(own(`/${other.id}`), delegate.token)).status).toBe(404);
    expect((await app.get(`${meeting.base}/${assembly.id}`, delegate.token)).status).toBe(403);
    const officer = await app.build.member('别处社区', 'COMMUNITY_OFFICER', [elsewhere.estateId]);
    const back = { principalId: delegate.principalId, phone: null, letterFileId: null };
    expect((await register(officer, assembly, back)).status).toBe(403);
    expect((await register(community, assembly, back)).status).toBe(200);
    expect((await cast(delegate, assembly, delegate.principalId, 'AGAINST')).status).toBe(404);
  });

  test('after the deadline nobody is registered any more', async () => {
    const assembly = await meeting.voting();
    const [dev] = await listed(assembly);
    app.clock.set((assembly.closesAt ?? 0) + 1);
    const late = { principalId: dev?.principalId, phone: null, letterFileId: null };
    expect((await register(community, assembly, late)).body.code).toBe('DELEGATE.CLOSED');
    expect((await app.get<DeveloperMeeting[]>(votes(), community.token)).body).toEqual([]);
    expect(await waiting()).toBe(0);
  });
});
