import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AssemblyDetail } from '@linli/shared/assembly';
import type {
  BallotQrResponse,
  BallotStandingResponse,
  LogBoardResponse,
  LogConsistencyResponse,
  LoggedBallotResponse,
  LogHeadResponse,
  LogKeysResponse,
  LogWitness,
} from '@linli/shared/ballot-log';
import type { ErrorBody } from '@linli/shared/errors';
import {
  checkpointText,
  checkReceipt,
  compactReceipt,
  expandReceipt,
  formatNoteKey,
  noteKey,
} from '@linli/shared/transparency';
import { Dishonest } from '../../../scripts/verify.ts';
import {
  type Ask,
  Failed,
  newSecret,
  type Round,
  verifierKey,
  witnessRound,
} from '../../../scripts/witness.ts';
import { LogSequencer } from '../../src/features/ballot-log/index.ts';
import { nodePrimitives, NoteSigner } from '../../src/kernel/crypto/index.ts';
import { TestApp } from '../support/app.ts';
import { AssemblyBuilder, newKey, type Owner } from '../support/assembly-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { verifyText } from '../support/verifier.ts';

let app: TestApp;
let meeting: AssemblyBuilder;
let officer: TestPerson;
let assembly: AssemblyDetail;
let owners: Owner[];
beforeAll(async () => {
  app = await TestApp.start();
  meeting = await AssemblyBuilder.start(app);
  officer = await app.build.member('社区工作人员', 'COMMUNITY_OFFICER', [meeting.estateId]);
  owners = await meeting.owners(4);
  assembly = await meeting.voting();
  await integrate();
});
afterAll(() => app.stop());

const integrate = () => app.nest.get(LogSequencer).integrateAll();
const witnesses = () => `/api/estates/${meeting.estateId}/log-witnesses`;
const logUrl = () => `${meeting.base}/${assembly.id}/log`;
const publicLog = () => `/api/public/assemblies/${assembly.id}/log`;
const owner = (n: number): Owner => {
  const found = owners[n];
  if (found === undefined) throw new Error(`no owner ${n}`);
  return found;
};
const head = async () => (await app.get<LogHeadResponse>(logUrl(), owner(0).token)).body;

/** The witness's laptop, which reaches the server as anybody does. */
const ask: Ask = async (method, url, body) => {
  const { status, body: answer } = await app.call(method, url.replace(/^https?:\/\/[^/]+/, ''), { body });
  if (status >= 300) throw new Failed(`${method} ${url}: ${status} ${(answer as ErrorBody).code}`);
  return answer;
};

function laptop(secret: Round['secret'], address: string, facts: Partial<Round> = {}) {
  let seen: Round['seen'] = {};
  const said: string[] = [];
  const round = () =>
    witnessRound({
      secret,
      address,
      logKeys: [],
      seen,
      ask,
      keep: (kept) => {
        seen = kept;
      },
      say: (line) => said.push(line),
      now: () => app.clock.now(),
      ...facts,
    });
  return { round, said, seen: () => seen };
}

async function register(
  label: string,
  kind = 'COMMUNITY',
): Promise<{ secret: Round['secret']; witness: LogWitness }> {
  const secret = newSecret(`witness-${newKey()}.example`);
  const body = { kind, label, key: verifierKey(secret) };
  const answer = await app.post<LogWitness>(witnesses(), officer.token, body, newKey());
  expect(answer.status).toBe(201);
  return { secret, witness: answer.body };
}

describe('a witness', () => {
  test('is named by the community, by a key that is one, once', async () => {
    const secret = newSecret('scrutineers.kangning');
    const body = { kind: 'SCRUTINEER', label: '监票组', key: verifierKey(secret) };
    expect((await app.post(witnesses(), meeting.chair.token, body, newKey())).status).toBe(403);
    const key = newKey();
    const first = await app.post<LogWitness>(witnesses(), officer.token, body, key);
    expect((await app.post<LogWitness>(witnesses(), officer.token, body, key)).body).toEqual(first.body);
    const again = await app.post<ErrorBody>(witnesses(), officer.token, body, newKey());
    expect(again).toMatchObject({ status: 409, body: { code: 'LOG_WITNESS.KNOWN' } });
    const [logKey = ''] = (await head()).keys;
    for (const wrong of ['abc', logKey]) {
      const refused = await app.post<ErrorBody>(
        witnesses(),
        officer.token,
        { ...body, key: wrong },
        newKey(),
      );
      expect(refused).toMatchObject({ status: 422, body: { code: 'LOG_WITNESS.KEY' } });
    }
    const retire = (estateId: string, { token }: TestPerson) =>
      app.post(`/api/estates/${estateId}/log-witnesses/${first.body.id}/retire`, token);
    const [own] = app.nest.get(NoteSigner).publicKeys;
    const itself = noteKey(nodePrimitives, 'scrutineers.kangning', 'WITNESS', own ?? new Uint8Array());
    const disguised = await app.post<ErrorBody>(
      witnesses(),
      officer.token,
      { ...body, key: formatNoteKey(nodePrimitives, itself) },
      newKey(),
    );
    expect(disguised).toMatchObject({ status: 422, body: { code: 'LOG_WITNESS.OWN_KEY' } });
    const elsewhere = await app.build.estate('别的小区');
    const theirs = await app.build.member('别的社区', 'COMMUNITY_OFFICER', [elsewhere]);
    expect((await retire(elsewhere, theirs)).status).toBe(404);
    expect((await retire(meeting.estateId, officer)).status).toBe(200);
    expect((await retire(meeting.estateId, officer)).status).toBe(409);
    expect((await head()).witnesses).toEqual([]);
  });

  test('signs what it saw grow; the result says who has signed it, and the file stands before who asks for it', async () => {
    const { secret, witness } = await register('康宁社区居委会');
    const { round, seen } = laptop(secret, witness.address);
    await round();
    await meeting.cast(owner(0), assembly, 'FOR');
    await integrate();
    // Two windows on one laptop, and once more: one signature.
    await Promise.all([round(), round(), round()]);
    await round();
    const shown = await head();
    expect(shown.witnesses).toEqual([
      {
        kind: 'COMMUNITY',
        label: '康宁社区居委会',
        key: witness.key,
        size: shown.size,
        at: expect.any(Number),
      },
    ]);
    expect(seen()[assembly.id]?.note).toBe(shown.note);
    const rows = await app.database.rows('SELECT tree_size FROM ballot_log_cosignatures');
    expect(rows).toHaveLength(2);
  });

  test('refuses to sign a log that was changed behind what it saw, or became shorter, and signs nothing', async () => {
    const { secret, witness } = await register('监票人', 'SCRUTINEER');
    const honest = laptop(secret, witness.address);
    await honest.round();
    const kept = honest.seen();
    const shown = await head();
    for (const answer of [forked, shorter]) {
      const tried = laptop(secret, witness.address, { seen: kept, ask: answer });
      await expect(tried.round()).rejects.toThrow(Dishonest);
      expect(tried.seen()).toEqual({});
      expect(tried.said.join('\n')).toContain(shown.note);
    }
  });

  test('cannot be played: another’s signature, another time or one who was retired is not taken', async () => {
    const { secret, witness } = await register('街道');
    const stranger = newSecret(secret.name);
    const refused = (round: Promise<void>) => expect(round).rejects;
    await refused(laptop(stranger, witness.address).round()).toThrow('COSIGNATURE.FALSE');
    const late = laptop(secret, witness.address, { now: () => app.clock.now() - 3_600_000 });
    await refused(late.round()).toThrow('COSIGNATURE.TIME');
    const body = { size: 9_999, line: `— ${secret.name} AAAA\n` };
    const url = `/api/public/log-witnesses/${witness.id}/logs/${assembly.id}`;
    expect(await app.post<ErrorBody>(url, undefined, body)).toMatchObject({
      status: 422,
      body: { code: 'COSIGNATURE.UNKNOWN' },
    });
    await app.post(`${witnesses()}/${witness.id}/retire`, officer.token);
    await refused(laptop(secret, witness.address).round()).toThrow('LOG_WITNESS.RETIRED');
  });
});

/** A server that shows this witness another history, under the log's own key. */
const forked: Ask = async (method, url, body) => {
  const answer = await ask(method, url, body);
  if (!url.includes('/head?')) return answer;
  const { origin, size } = answer as LogConsistencyResponse;
  const root = nodePrimitives.sha256(Buffer.from('a ballot fewer, another more'));
  const text = checkpointText(nodePrimitives, { origin, size: size + 1, root });
  return { ...(answer as LogConsistencyResponse), note: app.nest.get(NoteSigner).signNote(origin, text) };
};
const shorter: Ask = (method, url, body) => ask(method, url.replace(/from=\d+/, 'from=9999'), body);

describe('a receipt', () => {
  test('fits a QR code, and any phone finds with the public keys alone that the ballot is in', async () => {
    const cast = await meeting.cast(owner(2), assembly, 'AGAINST');
    await integrate();
    const url = `${logUrl()}/ballots/${cast.body.ballotId}`;
    const { body } = await app.get<LoggedBallotResponse>(url, owner(2).token);
    const digits = compactReceipt(nodePrimitives, body.receipt ?? '') ?? '';
    const code = await app.get<BallotQrResponse>(`${url}/qr`, owner(2).token);
    expect(code.body.qr).toMatch(/^data:image\/png;base64,/);
    expect((await app.get(`${url}/qr`, owner(1).token)).status).toBe(404);
    expect(digits.length).toBeLessThan(1_500);
    const keys = (await app.get<LogKeysResponse>('/api/public/log-keys')).body;
    const publicKeys = keys.keys.map((key) => Buffer.from(key, 'base64'));
    const read = expandReceipt(nodePrimitives, digits) ?? '';
    const checked = checkReceipt(nodePrimitives, read, publicKeys);
    expect(checked).toMatchObject({ index: body.index, isIncluded: true });
    expect(checked?.signedBy).not.toBeNull();
    expect(checked?.origin.endsWith(`/assemblies/${assembly.id}`)).toBe(true);
    expect(checked?.leaf).toContain('"AGAINST"');
  });

  test('says when a later ballot of the same owner took its place, and never what either says', async () => {
    const first = await meeting.cast(owner(3), assembly, 'FOR');
    const standing = (id: string) => app.get<BallotStandingResponse>(`${publicLog()}/ballots/${id}`);
    expect((await standing(first.body.ballotId)).body).toEqual({ supersededAt: null });
    app.clock.advance(60_000);
    const second = await meeting.cast(owner(3), assembly, 'AGAINST');
    expect((await standing(first.body.ballotId)).body).toEqual({ supersededAt: second.body.receivedAt });
    expect((await standing(second.body.ballotId)).body).toEqual({ supersededAt: null });
    expect((await standing(assembly.id)).status).toBe(404);
  });

  test('the notice board shows the checkpoint, which anybody compares with the log of today', async () => {
    await integrate();
    const board = (await app.get<LogBoardResponse>(`${logUrl()}/board`, owner(0).token)).body;
    expect(board.qr).toMatch(/^data:image\/png;base64,/);
    const today = await app.get<LogConsistencyResponse>(`${publicLog()}/head?from=${board.size}`);
    expect(today.body).toMatchObject({ note: board.note, path: [] });
    expect((await app.get(`${publicLog()}/head?from=9999`)).status).toBe(404);
  });
});

test('the announced result is signed by a witness, whom the file names and the verifier finds', async () => {
  const { secret, witness } = await register('康宁社区');
  await meeting.count(assembly);
  await integrate();
  await laptop(secret, witness.address).round();
  const { size, keys, witnesses: states } = await head();
  expect(states.filter((state) => state.size === size).map(({ label }) => label)).toEqual(['康宁社区']);
  const file = await app.get<string>(`${logUrl()}/export`, owner(0).token);
  expect(verifyText(file.body, { keys: [...keys, witness.key] }).join('\n')).toContain(secret.name);
  const everybody = await app.get<string>(publicLog());
  expect(verifyText(everybody.body, { keys: [...keys, witness.key] }).join('\n')).toContain(secret.name);
  // Whoever bears the same name with another key is somebody else.
  const impostor = verifierKey(newSecret(secret.name));
  expect(() => verifyText(file.body, { keys: [...keys, impostor] })).toThrow('has not witnessed the end');
});
