import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AssemblyDetail, AssemblyResult, BallotReceipt, Choice, Mandate } from '@linli/shared/assembly';
import type { ErrorBody } from '@linli/shared/errors';
import { DAY_MS } from '@linli/shared/kernel';
import { EndMandateService } from '../../src/features/assembly/proxies/end-mandate.service.ts';
import { GrantMandateService } from '../../src/features/assembly/index.ts';
import { SessionsService } from '../../src/features/identity/index.ts';
import type { Caller } from '../../src/kernel/access/index.ts';
import { Refused } from '../../src/kernel/errors/refused.ts';
import { TEST_NOW, TestApp } from '../support/app.ts';
import { AssemblyBuilder, newKey, type Owner } from '../support/assembly-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';

const ROUNDS = [1, 2, 3] as const;

describe('mandates and ballots at the same moment', () => {
  let app: TestApp;
  let meeting: AssemblyBuilder;
  let owners: Owner[];
  let agent: TestPerson;
  let assembly: AssemblyDetail;
  let agentPhone: string;
  let phone = 13_900_002_000;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    // Never back: ids go by the clock.
    app.clock.set(Math.max(TEST_NOW, app.clock.now() + DAY_MS));
    meeting = await AssemblyBuilder.start(app, 'weifang');
    owners = await meeting.owners(6);
    agentPhone = String(++phone);
    agent = await app.build.person('代理人', agentPhone);
    assembly = await meeting.voting();
  });

  const callerOf = async (person: TestPerson): Promise<Caller> => {
    const caller = await app.nest.get(SessionsService).find(person.token);
    if (caller === null) throw new Error('signed out');
    return caller;
  };
  const ownerAt = (index: number): Owner => {
    const owner = owners[index];
    if (owner === undefined) throw new Error('no owner');
    return owner;
  };
  async function grant(owner: Owner): Promise<Mandate | string> {
    const principalId = await meeting.principalOf(owner, assembly.id);
    const request = { principalId, agentPhone, motionIds: null, instructions: [] };
    const caller = await callerOf(owner);
    try {
      return await app.nest.get(GrantMandateService).grant(caller, meeting.estateId, assembly.id, request);
    } catch (error) {
      if (error instanceof Refused) return error.refusal.code;
      throw error;
    }
  }
  async function granted(owner: Owner): Promise<Mandate> {
    const mandate = await grant(owner);
    if (typeof mandate === 'string') throw new Error(mandate);
    return mandate;
  }
  const castAs = (principalId: string, choice: Choice) =>
    app.post<BallotReceipt & ErrorBody>(
      `/api/me/delegated-assemblies/${assembly.id}/ballots`,
      agent.token,
      {
        principalId,
        votes: assembly.motions.map(({ id }) => ({ motionId: id, choice })),
        confirmed: true,
      },
      newKey(),
    );
  const countedOf = async () => {
    await meeting.count(assembly);
    const { body } = await app.get<AssemblyResult>(`${meeting.base}/${assembly.id}/result`, ownerAt(0).token);
    return body.motions[0];
  };

  test.each(ROUNDS)('the owner and the agent vote at once: the owner is heard, round %i', async () => {
    const { principalId } = await granted(ownerAt(0));
    const answers = await Promise.all([
      castAs(principalId, 'FOR'),
      meeting.castFor(ownerAt(0), assembly, principalId, 'AGAINST'),
      castAs(principalId, 'FOR'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await countedOf())?.breakdown).toEqual({ AGAINST: { heads: 1, areaCentiSqm: 10_000 } });
  });

  test.each(ROUNDS)('six owners send one agent at once where three may: three do, round %i', async () => {
    const answers = await Promise.all(owners.map(grant));
    const refused = answers.filter((answer) => typeof answer === 'string');
    expect(refused).toEqual(['PROXY.CAP', 'PROXY.CAP', 'PROXY.CAP']);
    const rows = await app.database.rows(
      "SELECT id FROM assembly_mandates WHERE assembly_id = ? AND state = 'ACTIVE'",
      [assembly.id],
    );
    expect(rows).toHaveLength(3);
  });

  test('an owner who taps five times has one mandate', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => grant(ownerAt(0))));
    const ids = answers.flatMap((answer) => (typeof answer === 'string' ? [] : [answer.id]));
    expect(new Set(ids).size).toBe(1);
    expect(answers.filter((answer) => typeof answer === 'string')).toEqual(
      answers.filter((answer) => answer === 'PROXY.THERE_ALREADY'),
    );
    const rows = await app.database.rows('SELECT id FROM assembly_mandates WHERE assembly_id = ?', [
      assembly.id,
    ]);
    expect(rows).toHaveLength(1);
  });

  test.each(ROUNDS)(
    'the agent casts while the owner revokes: whichever is first, nothing of it counts, round %i',
    async () => {
      const mandate = await granted(ownerAt(0));
      const owner = await callerOf(ownerAt(0));
      const ending = app.nest.get(EndMandateService);
      const [cast, ended] = await Promise.all([
        castAs(mandate.principalId, 'FOR'),
        ending.byParty(owner, mandate.id, 'REVOKED'),
      ]);
      expect(ended.state).toBe('ENDED');
      // Before the revocation; or after it, found out at the door, at the roll or in the ballot's own transaction.
      expect([201, 403, 404, 409]).toContain(cast.status);
      const ballots = await app.database.rows('SELECT id FROM ballots WHERE assembly_id = ?', [assembly.id]);
      expect(ballots).toHaveLength(cast.status === 201 ? 1 : 0);
      expect(await countedOf()).toMatchObject({ participating: { heads: 0 } });
    },
  );
});
