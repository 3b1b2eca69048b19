import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type AssemblyDetail,
  type AssemblyResult,
  CAST_TIME_LIMIT_MS,
  type Choice,
  COUNTING_GRACE_MS,
} from '@linli/shared/assembly';
import { transactionWithin } from '../../src/features/assembly/ballots/within-limit.ts';
import type { Transaction } from '../../src/kernel/database/index.ts';
import { refuse } from '../../src/kernel/errors/refused.ts';
import { AssemblyBuilder, newKey, type Owner } from '../support/assembly-builder.ts';
import { TestApp } from '../support/app.ts';
import { Gate } from '../support/gate.ts';

/** Makes the database slow in the worst place: after the ballot is written and before it is committed. */
function holdBallots(app: TestApp, hold: () => Promise<void>): void {
  holdInserts(app, 'ballots', hold);
}

function holdInserts(app: TestApp, held: string, hold: () => Promise<void>): void {
  const database = app.database;
  const transaction = database.transaction.bind(database);
  database.transaction = (work) =>
    transaction((tx) => {
      const slow: Transaction = {
        rows: tx.rows.bind(tx),
        row: tx.row.bind(tx),
        run: tx.run.bind(tx),
        insert: async (table, ...records) => {
          await tx.insert(table, ...records);
          if (table === held) await hold();
        },
      };
      return work(slow);
    });
}

/** A small generator, so that a failing round can be run again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % sides;
  };
}

describe('the close of a vote', () => {
  let app: TestApp;
  let meeting: AssemblyBuilder;

  beforeEach(async () => {
    app = await TestApp.start();
    meeting = await AssemblyBuilder.start(app);
  });
  afterEach(() => app.stop());

  const resultOf = async (person: Owner, assembly: AssemblyDetail) =>
    (await app.get<AssemblyResult>(`${meeting.base}/${assembly.id}/result`, person.token)).body.motions[0];
  const storedIds = async () =>
    (await app.database.rows<{ id: string }>('SELECT id FROM ballots')).map((row) => row.id).sort();
  const closesAtOf = (assembly: AssemblyDetail) => assembly.closesAt ?? 0;
  /** A ballot that comes at the last moment and is written, and not committed before the gate opens. */
  const castAtTheClose = async () => {
    const owner = await meeting.owner();
    const assembly = await meeting.voting();
    const principalId = await meeting.principalOf(owner, assembly.id);
    const gate = new Gate();
    holdBallots(app, () => gate.stand());
    app.clock.set(closesAtOf(assembly));
    const casting = meeting.castFor(owner, assembly, principalId, 'FOR');
    await gate.reached;
    return { owner, assembly, gate, casting };
  };

  test('counts a ballot that was received in time and stored a little later', async () => {
    const { owner, assembly, gate, casting } = await castAtTheClose();
    app.clock.set(closesAtOf(assembly) + CAST_TIME_LIMIT_MS);
    const early = app.runJobs();
    gate.release();
    expect((await casting).status).toBe(201);
    await early;
    await meeting.count(assembly);
    expect(await resultOf(owner, assembly)).toMatchObject({ outcome: 'PASSED', participating: { heads: 1 } });
  });

  test('refuses a ballot that could only be stored after its time, though the count is already running', async () => {
    const { owner, assembly, gate, casting } = await castAtTheClose();
    app.clock.set(closesAtOf(assembly) + COUNTING_GRACE_MS);
    const counting = app.runJobs();
    gate.release();
    expect(await casting).toMatchObject({ status: 503, body: { code: 'BALLOT.TOO_SLOW' } });
    await counting;
    await app.runJobs();
    expect(await storedIds()).toEqual([]);
    expect(await resultOf(owner, assembly)).toMatchObject({
      outcome: 'NO_QUORUM',
      participating: { heads: 0 },
    });
  });

  test.each([1, 2, 3, 4, 5, 6])(
    'never counts late and never loses an accepted ballot, round %i',
    async (seed) => {
      const roll = dice(seed);
      const owners = await meeting.owners(30);
      const assembly = await meeting.voting();
      const closesAt = closesAtOf(assembly);
      const voters = await Promise.all(
        owners.map(async (owner) => ({ owner, principalId: await meeting.principalOf(owner, assembly.id) })),
      );
      const gates: Gate[] = [];
      holdBallots(app, () => {
        if (roll(3) === 0) return Promise.resolve();
        const gate = new Gate();
        gates.push(gate);
        return gate.stand();
      });

      app.clock.set(closesAt - 10);
      const casting = voters.map(({ owner, principalId }, index) => {
        // Some arrive before the deadline, some at it, some behind it.
        if (index % 2 === 0) app.clock.advance(1);
        return meeting.castFor(owner, assembly, principalId, 'FOR');
      });
      const all = Promise.all(casting);
      const state = { settled: false };
      const done = all.then(() => (state.settled = true));
      let counting: Promise<unknown> = Promise.resolve();
      while (!state.settled) {
        // Let whatever can run, run; then move time and open a gate at random.
        await new Promise((resolve) => setImmediate(resolve));
        if (roll(4) === 0) app.clock.advance(roll(2_000));
        if (roll(3) === 0) gates.splice(roll(Math.max(1, gates.length)), 1)[0]?.release();
        if (roll(50) === 0) counting = Promise.all([counting, app.runJobs()]);
      }
      await done;
      await counting;
      const answers = await all;
      const accepted = answers.filter(({ status }) => status === 201).map(({ body }) => body.ballotId);
      const codes = answers.filter(({ status }) => status !== 201).map(({ body }) => body.code);
      expect(codes.filter((code) => !['BALLOT.CLOSED', 'BALLOT.TOO_SLOW'].includes(code))).toEqual([]);
      for (const { body } of answers.filter(({ status }) => status === 201))
        expect(body.receivedAt).toBeLessThanOrEqual(closesAt);

      app.clock.set(Math.max(app.clock.now(), closesAt + COUNTING_GRACE_MS));
      await app.runJobs();
      expect(await storedIds()).toEqual([...accepted].sort());
      const [first] = owners;
      if (first === undefined) throw new Error('no owner');
      expect((await resultOf(first, assembly))?.participating.heads).toBe(accepted.length);
    },
  );

  test.each<[string, (chair: string, owner: Owner, assembly: AssemblyDetail) => Promise<number>]>([
    [
      'a withdrawal',
      async (chair, _, { id, motions: [motion] }) => {
        const url = `${meeting.base}/${id}/motions/${motion?.id}/withdraw`;
        return (await app.post(url, chair, { reason: '先不办了' })).status;
      },
    ],
    [
      'a choice of who votes',
      async (_, owner, { id }) => {
        const principalId = await meeting.principalOf(owner, id);
        const { body: detail } = await meeting.detail(owner, id);
        const ownerId = detail.mine[0]?.coOwners[0]?.ownerId;
        const url = `${meeting.base}/${id}/representative`;
        const body = { principalId, ownerId };
        return (await app.call('PUT', url, { token: owner.token, body })).status;
      },
    ],
  ])('%s that began in time and hangs does not slip in behind the count', async (_, act) => {
    const units = [await app.build.unit(meeting.estateId, '901', 9000)];
    const [owner] = await app.build.coOwners(['张三', '李四'], units);
    if (owner === undefined) throw new Error('no owner');
    const assembly = await meeting.voting();
    const gate = new Gate();
    app.clock.set(closesAtOf(assembly));
    holdInserts(app, 'audit_log', () => gate.stand());
    const acting = act(meeting.chair.token, { ...owner, units }, assembly);
    await gate.reached;
    app.clock.set(closesAtOf(assembly) + COUNTING_GRACE_MS);
    gate.release();
    expect(await acting).toBeGreaterThanOrEqual(400);
    const written = await app.database.rows(
      `SELECT id FROM assembly_motions WHERE state = 'WITHDRAWN' UNION ALL
       SELECT owner_id FROM assembly_representations`,
    );
    expect(written).toEqual([]);
  });

  test('a motion that is withdrawn while its votes are counted stays withdrawn', async () => {
    const owner = await meeting.owner();
    const assembly = await meeting.voting();
    await meeting.cast(owner, assembly, 'FOR');
    app.clock.set(closesAtOf(assembly) + COUNTING_GRACE_MS);
    const { database } = app;
    const rows = database.rows.bind(database);
    // The count has read the motions by the time that it reads the ballots.
    database.rows = async (sql, parameters) => {
      if (sql.includes('FROM ballots')) {
        database.rows = rows;
        await database.transaction((tx) =>
          tx.run("UPDATE assembly_motions SET state = 'WITHDRAWN', withdrawn_reason = '先不办了'"),
        );
      }
      return rows(sql, parameters);
    };
    await app.runJobs();
    const states = () => database.rows('SELECT state, decision_number FROM assembly_motions');
    expect(await states()).toEqual([{ state: 'WITHDRAWN', decision_number: null }]);
    app.clock.advance(24 * 3_600_000);
    await app.runJobs();
    expect(await states()).toEqual([{ state: 'WITHDRAWN', decision_number: null }]);
    expect(await database.rows('SELECT state FROM assemblies')).toEqual([{ state: 'PUBLISHED' }]);
  });

  test('two workers that count at once publish once', async () => {
    const owner = await meeting.owner();
    const assembly = await meeting.voting();
    await meeting.cast(owner, assembly, 'FOR');
    app.clock.set(closesAtOf(assembly) + COUNTING_GRACE_MS);
    await Promise.all([app.runJobs(), app.runJobs(), app.runJobs()]);
    expect(await app.database.rows('SELECT id FROM decisions')).toHaveLength(1);
    const counted = await app.database.rows("SELECT id FROM audit_log WHERE action = 'ASSEMBLY.COUNTED'");
    expect(counted).toHaveLength(1);
  });

  test('two hundred phones that each try three times on one home leave one ballot in force', async () => {
    const [owner, other] = await meeting.owners(2);
    if (owner === undefined || other === undefined) throw new Error('no owner');
    const assembly = await meeting.voting();
    const principalId = await meeting.principalOf(owner, assembly.id);
    const choices: readonly Choice[] = ['FOR', 'AGAINST', 'ABSTAIN'];
    const phones = Array.from({ length: 200 }, (_, n) => ({
      key: newKey(),
      choice: choices[n % 3] ?? 'FOR',
    }));
    const answers = await Promise.all(
      phones.flatMap(({ key, choice }) =>
        [1, 2, 3].map(() => meeting.castFor(owner, assembly, principalId, choice, key)),
      ),
    );
    expect(answers.map(({ status }) => status).filter((status) => status !== 201)).toEqual([]);
    expect(await storedIds()).toHaveLength(200);
    const { body } = await meeting.detail(owner, assembly.id);
    expect(body.turnout?.participating).toEqual({ heads: 1, areaCentiSqm: 10_000 });
    const last = (await storedIds()).at(-1);
    expect(body.mine[0]?.ballot?.ballotId).toBe(last);
    await meeting.count(assembly);
    const standing = body.mine[0]?.ballot?.votes[0]?.mark ?? '';
    expect((await resultOf(owner, assembly))?.breakdown).toEqual({
      [standing]: { heads: 1, areaCentiSqm: 10_000 },
    });
  });

  test('gives a hanging statement up at the limit, and what it wrote is rolled back', async () => {
    const gate = new Gate();
    const writing = transactionWithin(
      app.database,
      { clock: app.clock, until: app.clock.now() + 30, late: () => new Error('late') },
      async (tx) => {
        await tx.run('UPDATE estates SET name = ?', ['不该留下的名字']);
        await gate.stand();
      },
    );
    await expect(writing).rejects.toThrow('late');
    gate.release();
    const name = await app.database.transaction((tx) => tx.row<{ name: string }>('SELECT name FROM estates'));
    expect(name).toEqual({ name: '康宁家园' });
  });

  test('a statement that waits for a lock until the alarm is the last one: what would follow it is never written', async () => {
    const lock = new Gate();
    const holding = app.database.transaction(async (tx) => {
      await tx.run('UPDATE estates SET roll_version = roll_version + 1');
      await lock.stand();
    });
    await lock.reached;
    const ended = new Gate();
    const writing = transactionWithin(
      app.database,
      { clock: app.clock, until: app.clock.now() + 50, late: () => new Error('late') },
      async (tx) => {
        try {
          await tx.run('UPDATE estates SET name = ?', ['不该留下的名字']);
          await tx.insert('audit_log', auditRow('A-LATE'));
        } finally {
          ended.release();
        }
      },
    );
    await expect(writing).rejects.toThrow('late');
    lock.release();
    await holding;
    await ended.passed;
    // Behind whatever is still on its way to the rollback.
    const left = await app.database.transaction(async (tx) => {
      await tx.run('UPDATE estates SET roll_version = roll_version + 1');
      return {
        names: await tx.rows('SELECT name FROM estates'),
        audit: await tx.rows("SELECT id FROM audit_log WHERE id = 'A-LATE'"),
      };
    });
    expect(left).toEqual({ names: [{ name: '康宁家园' }], audit: [] });
  });

  test('a ballot that was told too slow while its commit ran is there when the phone asks again', async () => {
    const owner = await meeting.owner();
    const assembly = await meeting.voting();
    const principalId = await meeting.principalOf(owner, assembly.id);
    const key = newKey();
    const transaction = app.database.transaction.bind(app.database);
    app.database.transaction = async (work) => {
      await transaction(work);
      // Committed; but the answer of the database comes behind the alarm, and behind the deadline.
      app.clock.set(closesAtOf(assembly) + 1);
      throw refuse('BALLOT.TOO_SLOW');
    };
    const told = await meeting.castFor(owner, assembly, principalId, 'FOR', key);
    app.database.transaction = transaction;
    expect(told).toMatchObject({ status: 201 });
    const again = await meeting.castFor(owner, assembly, principalId, 'FOR', key);
    expect(again.body.ballotId).toBe(told.body.ballotId);
    expect(await storedIds()).toEqual([told.body.ballotId]);
  });
});

function auditRow(id: string) {
  return {
    id,
    at: 1,
    person_id: null,
    session_id: null,
    roles: '',
    action: 'TEST.LATE',
    estate_id: null,
    subject_type: 'test',
    subject_id: id,
    before_json: null,
    after_json: null,
  };
}
