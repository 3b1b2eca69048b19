import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tally } from '../../../shared/src/assembly/index.ts';
import { electionLine, parseElectionDocument, parseTallyDocument, tallyLine } from '../document.ts';
import type { Json } from '../json.ts';

const COMMAND = fileURLToPath(new URL('../../tally.ts', import.meta.url));
const VECTORS = fileURLToPath(new URL('../../samples/tally-vectors.json', import.meta.url));

interface Vector {
  readonly id: string;
  readonly desc: string;
  readonly expect: Record<string, unknown>;
}

const vectors: readonly (Vector & Record<string, Json>)[] = JSON.parse(await readFile(VECTORS, 'utf8'));

function count(document: Json) {
  const { id, roll, ballots, motion, rules, deadline } = parseTallyDocument(document);
  return tallyLine(id, tally(roll, ballots, motion, rules, deadline));
}

/** A small estate; each spec says what differs. */
function estate(change: Record<string, Json>): Record<string, Json> {
  return {
    id: 'E',
    units: ['a', 'b', 'c'].map((owner) => ({ id: `u-${owner}`, owners: [owner], area: 100 })),
    ballots: ['a', 'b'].map((owner) => ({
      id: `b-${owner}`,
      principal: owner,
      by: owner,
      t: 1,
      votes: { m: 'FOR' },
    })),
    motion: { id: 'm', cls: 'ORDINARY' },
    ...change,
  };
}

function run(...files: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--conditions=source', COMMAND, ...files], { env: {} }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

/** One ballot of the owner a, cast by somebody else. */
function castBy(proxy: Json): Json {
  return [{ id: 'x', principal: 'a', by: 'p', t: 1, proxy, votes: { m: 'FOR' } }];
}

describe('the tally vectors', () => {
  it.each(vectors.map((vector) => [vector.id, vector.desc, vector] as const))('%s %s', (_, __, vector) => {
    expect(count(vector)).toMatchObject(vector.expect);
    expect(count(vector).breakdown).toEqual(vector.expect['breakdown'] ?? {});
  });
});

describe('a tally document', () => {
  it('counts to 100 where it names no deadline', () => {
    const late = { id: 'late', principal: 'c', by: 'c', t: 101, votes: { m: 'FOR' } };
    expect(count(estate({ ballots: [late] })).rejected).toEqual([['late', 'LATE']]);
    expect(count(estate({ ballots: [late], deadline: 101 })).rejected).toEqual([]);
  });

  it('may say in cfg what differs from the national profile', () => {
    expect(count(estate({ cfg: { quorum: [1, 1] } })).result).toBe('NO_QUORUM');
    expect(count(estate({ cfg: { ordinary: { r: [1, 1], strict: true } } })).result).toBe('REJECTED');
    expect(count(estate({ cfg: { noticeDays: 20, committee: { min: 3 } } })).result).toBe('PASSED');
  });

  it('a matter decides the class where the class is not written', () => {
    const third = { id: 'b-c', principal: 'c', by: 'c', t: 1, votes: { m: 'AGAINST' } };
    const ballots = [...(estate({})['ballots'] as Json[]), third];
    expect(count(estate({ ballots, motion: { id: 'm', matter: 5 } })).result).toBe('PASSED');
    expect(count(estate({ ballots, motion: { id: 'm', matter: 6 } })).result).toBe('REJECTED');
  });

  it('names co-owners in any order', () => {
    const units = [{ id: 'u', owners: ['a', 'b'], area: 100 }];
    const ballots = [{ id: 'x', principal: 'b+a', by: 'b', t: 1, votes: { m: 'FOR' } }];
    expect(count(estate({ units, ballots })).result).toBe('PASSED');
  });

  it('a proxy may be true, a role, or an object with a role', () => {
    expect(count(estate({ ballots: castBy(true) })).PH).toBe(1);
    expect(count(estate({ ballots: castBy({ role: 'NEIGHBOUR' }) })).PH).toBe(1);
    expect(count(estate({ ballots: castBy('PM_STAFF') })).rejected).toEqual([['x', 'PROXY_BARRED']]);
    expect(count(estate({ ballots: castBy(false) })).rejected).toEqual([['x', 'NO_AUTHORITY']]);
  });

  it.each<[string, Json, string]>([
    ['no units', estate({ units: null }), 'E: units must be a list, found null'],
    [
      'an area in words',
      estate({ units: [{ id: 'u', owners: ['a'], area: '89.37' }] }),
      'E: units[0].area must be a whole number, found "89.37"',
    ],
    [
      'a negative area',
      estate({ units: [{ id: 'u', owners: ['a'], area: -1 }] }),
      'E: units[0].area is negative',
    ],
    [
      'the same unit twice',
      estate({
        units: [
          { id: 'u', owners: ['a'], area: 1 },
          { id: 'u', owners: ['b'], area: 1 },
        ],
      }),
      'E: units has "u" twice',
    ],
    [
      'an unsold unit of nobody',
      estate({ units: [{ id: 'u', owners: [], area: 1, status: 'UNSOLD' }] }),
      'E: units[0] names no developer',
    ],
    [
      'an unknown choice',
      estate({ ballots: [{ id: 'x', principal: 'a', by: 'a', t: 1, votes: { m: 'YES' } }] }),
      'E: ballots[0].votes.m must be one of FOR, AGAINST, ABSTAIN, BLANK, INVALID, found "YES"',
    ],
    [
      'a misspelt key of cfg',
      estate({ cfg: { qourum: [1, 2] } }),
      'E: cfg.qourum is no key of a region profile',
    ],
    [
      'a share that is no fraction',
      estate({ cfg: { quorum: [2] } }),
      'E: cfg.quorum must be [numerator, denominator]',
    ],
    [
      'no class and no matter',
      estate({ motion: { id: 'm' } }),
      'E: motion.cls must be one of ORDINARY, SPECIAL, found nothing',
    ],
    ['no object', 7, 'document must be an object, found 7'],
  ])('is refused with its place: %s', (_, document, message) => {
    expect(() => count(document)).toThrow(message);
  });
});

describe('npm run tally', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'linli-tally-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function file(content: string): Promise<string> {
    const path = join(folder, 'document.json');
    await writeFile(path, content);
    return path;
  }

  it('prints an array for an array', async () => {
    const { code, out, err } = await run(VECTORS);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject(vectors.map(({ id, expect: { result } }) => ({ id, result })));
  });

  it('prints one object for one document, with exactly these keys', async () => {
    const { out } = await run(await file(`\uFEFF${JSON.stringify(estate({}))}`));
    expect(JSON.parse(out)).toEqual({
      id: 'E',
      result: 'PASSED',
      reasons: ['OK'],
      TA: 300,
      TH: 3,
      PA: 200,
      PH: 2,
      FA: 200,
      FH: 2,
      breakdown: { FOR: [200, 2] },
      rejected: [],
    });
  });

  it.each([
    ['a file that is not JSON', '{', /document\.json: is not JSON\n$/],
    ['a document at fault', '[{"id":"X"}]', /document\.json: X: units must be a list, found nothing\n$/],
    [
      'a roll beyond the integers',
      JSON.stringify(
        estate({ units: [0, 1].map((i) => ({ id: `u${i}`, owners: ['a'], area: Number.MAX_SAFE_INTEGER })) }),
      ),
      /document 1: total area must be a safe integer/,
    ],
  ])('refuses %s in one line and exits 1', async (_, content, message) => {
    const { code, out, err } = await run(await file(content));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('refuses a file that is not there, and no file at all', async () => {
    expect(await run(join(folder, 'nowhere.json'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('ENOENT'),
    });
    expect(await run()).toMatchObject({ code: 1, err: 'Usage: npm run -s tally -- FILE\n' });
  });
});

describe('an election document', () => {
  const cast = (by: string, ...chosen: readonly string[]) => ({
    id: `b-${by}`,
    principal: by,
    by,
    t: 1,
    votes: Object.fromEntries(chosen.map((id) => [id, 'FOR'])),
  });
  const elect = (election: Record<string, Json>, ballots: Json) => {
    const document = parseElectionDocument(estate({ election, ballots }));
    if (document === null) throw new Error('no election');
    return electionLine(document);
  };

  it('counts every candidate over the same ballots, and void is who chooses too many', () => {
    const ballots = [cast('a', 'x'), cast('b', 'x'), cast('c', 'x', 'y')];
    const line = elect({ candidates: ['x', 'y'], seats: 1 }, ballots);
    expect(line).toMatchObject({ outcome: 'COMPLETE', elected: ['x'], open: 0 });
    expect(line.candidates.map(({ FH, PH }) => [FH, PH])).toEqual([
      [2, 3],
      [0, 3],
    ]);
  });

  it('fills the seats that there are, and none where too few are chosen', () => {
    const ballots = ['a', 'b', 'c'].map((owner) => cast(owner, 'x', 'y'));
    expect(elect({ candidates: ['x', 'y', 'z'], seats: 2 }, ballots).elected).toEqual(['x', 'y']);
    const one = ['a', 'b', 'c'].map((owner) => cast(owner, 'x'));
    expect(elect({ candidates: ['x', 'y'], seats: 1, sitting: 4 }, one).outcome).toBe('COMPLETE');
    const ties = elect({ candidates: ['x', 'y', 'z'], seats: 3, sitting: 0, committee: 7 }, ballots);
    expect(ties).toMatchObject({ outcome: 'FAILED', elected: [] });
  });

  it('needs a seat to fill', () => {
    expect(() => elect({ candidates: ['x'], seats: 0 }, [])).toThrow('election.seats');
  });
});
