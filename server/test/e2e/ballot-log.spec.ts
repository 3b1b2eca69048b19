import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AssemblyDetail } from '@linli/shared/assembly';
import type {
  LogConsistencyResponse,
  LoggedBallotResponse,
  LogHeadResponse,
  LogHeadsResponse,
} from '@linli/shared/ballot-log';
import type { ErrorBody } from '@linli/shared/errors';
import { isConsistent, openCheckpoint, parseNote, parseNoteKey } from '@linli/shared/transparency';
import { LogSequencer } from '../../src/features/ballot-log/index.ts';
import { nodePrimitives } from '../../src/kernel/crypto/index.ts';
import { TestApp } from '../support/app.ts';
import { AssemblyBuilder, motion, newKey, type Owner } from '../support/assembly-builder.ts';
import { verifyText } from '../support/verifier.ts';

let app: TestApp;
let meeting: AssemblyBuilder;
beforeEach(async () => {
  app = await TestApp.start();
  meeting = await AssemblyBuilder.start(app);
});
afterEach(() => app.stop());

const integrate = () => app.nest.get(LogSequencer).integrateAll();
const logOf = (assembly: AssemblyDetail) => `${meeting.base}/${assembly.id}/log`;

async function head(assembly: AssemblyDetail, owner: Owner): Promise<LogHeadResponse> {
  await integrate();
  return (await app.get<LogHeadResponse>(logOf(assembly), owner.token)).body;
}

async function ballot(
  assembly: AssemblyDetail,
  owner: Owner,
  ballotId: string,
): Promise<LoggedBallotResponse> {
  const url = `${logOf(assembly)}/ballots/${ballotId}`;
  return (await app.get<LoggedBallotResponse>(url, owner.token)).body;
}

describe('a vote that everybody can count again', () => {
  test('the owners’ file and the public one both stand before the verifier, with the announced result', async () => {
    const owners = await meeting.owners(5);
    const [first, second] = owners;
    if (first === undefined || second === undefined) throw new Error('no owner');
    const assembly = await meeting.voting({ motions: [motion(), motion({ title: '增加两个监控探头' })] });
    for (const owner of owners) await meeting.cast(owner, assembly, owner === second ? 'AGAINST' : 'FOR');
    app.clock.advance(60_000);
    await meeting.cast(second, assembly, 'FOR');
    const { keys } = await head(assembly, first);
    await meeting.count(assembly);
    const whole = await app.get<string>(`${logOf(assembly)}/export`, first.token);
    const said = verifyText(whole.body, { keys });
    expect(said.join('\n')).toContain('用公共收益更换单元门禁');
    expect(said.filter((line) => line.includes('PASSED'))).toHaveLength(2);
    const everybody = await app.get<string>(`/api/public/assemblies/${assembly.id}/log`);
    expect(verifyText(everybody.body, { keys }).filter((line) => line.includes('PASSED'))).toHaveLength(2);
    expect(everybody.body).not.toContain('门禁');
    expect(everybody.body).not.toContain('"type\\":\\"ballot');
  });

  test('a ballot is promised with its receipt, and a second later it has its place and its proof', async () => {
    const [owner, neighbour] = await meeting.owners(2);
    if (owner === undefined || neighbour === undefined) throw new Error('no owner');
    const assembly = await meeting.voting();
    const cast = await meeting.cast(owner, assembly, 'FOR');
    const promise = cast.body.promise ?? '';
    const { keys } = await head(assembly, owner);
    const key = parseNoteKey(nodePrimitives, keys[0] ?? '');
    const [origin = '', kind, leafHash = ''] = parseNote(nodePrimitives, promise)?.text.split('\n') ?? [];
    expect([origin, kind]).toEqual([key?.name, 'promise']);
    const logged = await ballot(assembly, owner, cast.body.ballotId);
    expect(logged.promise).toBe(promise);
    expect(logged.receipt).toContain(`index ${logged.index}`);
    const leaf = Buffer.from(/^extra (\S+)$/m.exec(logged.receipt ?? '')?.[1] ?? '', 'base64');
    const hashed = nodePrimitives.sha256(Buffer.concat([Buffer.from([0]), leaf]));
    expect(nodePrimitives.toBase64(hashed)).toBe(leafHash);
    // Whose it is stays between the voter and the log.
    const url = `${logOf(assembly)}/ballots/${cast.body.ballotId}`;
    expect((await app.get(url, neighbour.token)).status).toBe(404);
    await meeting.count(assembly);
    const { body } = await app.get<string>(`${logOf(assembly)}/export`, neighbour.token);
    expect(verifyText(body, { keys, receipt: logged.receipt }).join('\n')).toContain('回执');
  });

  test('a tap that is repeated gets the same promise', async () => {
    const owner = await meeting.owner();
    const assembly = await meeting.voting();
    const key = newKey();
    const first = await meeting.cast(owner, assembly, 'FOR', key);
    await integrate();
    const again = await meeting.cast(owner, assembly, 'FOR', key);
    expect(again.body.promise).toBe(first.body.promise);
    const leaves = await app.database.rows('SELECT id FROM ballot_log_leaves WHERE subject_id IS NOT NULL');
    expect(leaves).toHaveLength(1);
  });

  test('a phone that kept a checkpoint is shown that the log only grew', async () => {
    const owners = await meeting.owners(3);
    const [owner] = owners;
    if (owner === undefined) throw new Error('no owner');
    const assembly = await meeting.voting();
    const kept = await head(assembly, owner);
    for (const voter of owners) await meeting.cast(voter, assembly, 'FOR');
    await integrate();
    const url = `${logOf(assembly)}/consistency?from=${kept.size}`;
    const { body } = await app.get<LogConsistencyResponse>(url, owner.token);
    const keys = kept.keys.flatMap((text) => parseNoteKey(nodePrimitives, text) ?? []);
    const [before, after] = [kept.note, body.note].map((note) =>
      openCheckpoint(nodePrimitives, note, { origin: kept.origin, keys }),
    );
    if (before == null || after == null) throw new Error('a checkpoint does not open');
    const claim = {
      first: before.size,
      firstRoot: before.root,
      second: after.size,
      secondRoot: after.root,
    };
    const path = body.path.map((hash) => Buffer.from(hash, 'base64'));
    expect(after.size).toBe(before.size + 3);
    expect(isConsistent(nodePrimitives.sha256, claim, path)).toBe(true);
    expect((await app.get(`${logOf(assembly)}/consistency?from=9999`, owner.token)).status).toBe(404);
    expect((await app.get(`${logOf(assembly)}/consistency?from=0`, owner.token)).status).toBe(400);
    // An app that starts asks for all that it has seen at once, though nobody is signed in.
    const unknown = `${'0'.repeat(26)}-7`;
    const seen = (...logs: readonly string[]) =>
      app.get<LogHeadsResponse>(`/api/public/log-heads?seen=${logs.join(',')}`);
    const one = { assemblyId: assembly.id, size: body.size, note: body.note };
    expect((await seen(`${assembly.id}-${kept.size}`, unknown)).body.logs).toEqual([
      { ...one, path: body.path },
    ]);
    for (const size of [body.size, 9999])
      expect((await seen(`${assembly.id}-${size}`)).body.logs).toEqual([{ ...one, path: [] }]);
    for (const wrong of ['', 'x', `${assembly.id}-0`, Array(21).fill(unknown).join(',')])
      expect((await seen(wrong)).status).toBe(400);
  });

  test('nothing of it is out before the result, and never for who does not own here', async () => {
    const [owner] = await meeting.owners(2);
    const unit = owner?.units[0];
    if (owner === undefined || unit === undefined) throw new Error('no owner');
    const tenant = await app.build.resident('租户', unit, 'TENANT');
    const assembly = await meeting.voting();
    await meeting.cast(owner, assembly, 'FOR');
    const early = await app.get<ErrorBody>(`${logOf(assembly)}/export`, owner.token);
    expect(early).toMatchObject({ status: 409, body: { code: 'ASSEMBLY.LOG_NOT_OUT' } });
    expect((await app.get(`/api/public/assemblies/${assembly.id}/log`)).status).toBe(404);
    await meeting.count(assembly);
    expect((await app.get(`${logOf(assembly)}/export`, tenant.token)).status).toBe(403);
    expect((await app.get(`${logOf(assembly)}/export`)).status).toBe(401);
  });

  test('the count gives every promise its place before the result, where no sequencer was there to', async () => {
    const owners = await meeting.owners(3);
    const assembly = await meeting.voting();
    await integrate();
    const before = await app.database.rows('SELECT id FROM ballot_log_leaves');
    for (const owner of owners) await meeting.cast(owner, assembly, 'FOR');
    await meeting.count(assembly);
    const rows = await app.database.rows<{ subject_id: string | null }>(
      'SELECT subject_id FROM ballot_log_leaves ORDER BY leaf_index',
    );
    const added = rows.slice(before.length).map(({ subject_id }) => subject_id !== null);
    expect(added).toEqual([true, true, true, false]);
    expect(await app.database.rows('SELECT id FROM ballot_log_pending')).toEqual([]);
  });

  test('a ballot whose leaf was taken out of the database stops the count', async () => {
    const owners = await meeting.owners(3);
    const [owner] = owners;
    if (owner === undefined) throw new Error('no owner');
    const assembly = await meeting.voting();
    const cast: string[] = [];
    for (const voter of owners) cast.push((await meeting.cast(voter, assembly, 'FOR')).body.ballotId);
    await integrate();
    await app.database.transaction(async (tx) => {
      // Past the rule of the embedded database, as somebody with its file could.
      if (app.database.dialect === 'sqlite') await tx.run('DROP TRIGGER tr_ballot_log_leaves_delete');
      await tx.run('DELETE FROM ballot_log_leaves WHERE subject_id = ?', [cast[1] ?? '']);
    });
    app.clock.set((assembly.closesAt ?? 0) + 10 * 60_000);
    await app.runJobs();
    const { body } = await app.get<AssemblyDetail>(`${meeting.base}/${assembly.id}`, owner.token);
    expect(body.state).not.toBe('PUBLISHED');
  });
});
