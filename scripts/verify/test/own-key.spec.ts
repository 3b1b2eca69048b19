import { describe, expect, test } from '@jest/globals';
import {
  type Ballot,
  electorateOf,
  type RollUnit,
  WHOLE_ESTATE,
} from '../../../shared/src/assembly/index.ts';
import { NATIONAL_PROFILE } from '../../../shared/src/regions/index.ts';
import { isConsistent, nodeHash } from '../../../shared/src/transparency/index.ts';
import { nodePrimitives } from '../../../shared/test/transparency/node-primitives.ts';
import { Dishonest, rootsFromConsistency, verifyExport } from '../../verify.ts';
import {
  exportOf,
  MemoryLog,
  ORIGIN,
  ownersExport,
  publicExport,
  signer,
  tagger,
  tagOfHash,
} from './export.ts';
import { CLOSES_AT, type Meeting, OPENS_AT } from './meeting.ts';
import { Random } from './random.ts';
import { type ChangedLines, signedAnew } from './signed-anew.ts';
import { textSource } from './source.ts';

/**
 * What the log's own key may sign and is found out all the same: who runs the log has the key, so that nothing here can
 * be left to the signature.
 */
const logKey = signer(ORIGIN, 'LOG');
const community = signer('community.example/kangning', 'WITNESS');
const rules = NATIONAL_PROFILE.voting;

const home = (id: string, owners: readonly string[]): RollUnit => ({
  id,
  kind: 'HOME',
  areaCentiSqm: 10_000,
  status: 'DELIVERED',
  building: '1号楼',
  owners,
  developer: null,
});
const roll = [
  home('101', ['anna']),
  home('102', ['bert']),
  home('201', ['carl']),
  home('202', ['dora', 'emil']),
];
const { principals } = electorateOf(roll, WHOLE_ESTATE, rules);
const ballots = [...principals.values()].map(({ key, voters }, index): Ballot => {
  const [castBy = ''] = voters;
  const channel = castBy === 'carl' ? 'PAPER' : 'ONLINE';
  const votes = { 'motion-a': 'FOR', 'motion-b': castBy === 'anna' ? 'AGAINST' : 'FOR' } as const;
  const id = `01BALLOT${String(index).padStart(18, '0')}`;
  return {
    id,
    principal: key,
    castBy,
    receivedAt: OPENS_AT + index,
    channel,
    signed: true,
    proxy: null,
    votes,
  };
});
const meeting: Meeting = {
  roll,
  rules,
  ballots,
  choices: new Map([['dora+emil', new Map([['dora', 'emil']])]]),
  refused: ['UNSIGNED'],
  election: null,
  motions: ['motion-a', 'motion-b'].map((id) => ({
    id,
    voteClass: 'ORDINARY',
    notVoted: null,
    scope: WHOLE_ESTATE,
    representatives: {},
    served: [],
  })),
};
/** A roll that was corrected once: seeds differ in that alone. */
const exported = exportOf(meeting, new Random(1), logKey, community);
const { leaves, rows } = exported.parts;

type Leaf = Record<string, unknown>;
const leafAt = (index: number) => JSON.parse(leaves.at(index) ?? '') as Leaf;
const placesOf = (type: string) =>
  leaves.flatMap((text, index) => (text.includes(`"type":"${type}"`) ? [index] : []));

function found(changed: ChangedLines): string {
  return foundIn(signedAnew(exported, changed, logKey));
}

function foundIn(text: string): string {
  const options = { keys: [], receipt: null, previous: null, say: () => undefined };
  try {
    verifyExport(textSource(text), options);
    return 'honest';
  } catch (error) {
    if (error instanceof Dishonest) return error.message;
    throw error;
  }
}

/** One leaf of a kind with other fields. */
function withLeaf(index: number, change: (leaf: Leaf) => void): string {
  const leaf = leafAt(index);
  change(leaf);
  return found({ leaves: leaves.with(index, inOrder(leaf)) });
}

/** One leaf more, before the one at an index. */
const inserted = (index: number, leaf: Leaf) =>
  found({ leaves: leaves.toSpliced(index, 0, inOrder({ v: 1, ...leaf })) });

const inOrder = (leaf: Leaf) =>
  JSON.stringify(Object.fromEntries(Object.entries(leaf).sort(([a], [b]) => (a < b ? -1 : 1))));
const LAST = leaves.length - 1;
const [FIRST_BALLOT = 0] = placesOf('ballot');
const PAPER = leaves.findIndex((text) => text.includes('"channel":"PAPER"'));
const voter = (name: string) => tagger.voter(name);

test('the vote as it was is honest', () => {
  expect(found({})).toBe('honest');
});

describe('a roll', () => {
  test('gives nobody a second head by naming them twice', () => {
    const row = rows.findIndex((text) => text.includes(voter('anna')));
    const fields = JSON.parse(rows[row] ?? '') as Leaf;
    const anna = voter('anna');
    Object.assign(fields, { owners: [anna, anna], principal: tagOfHash(`principal\n${anna}+${anna}`) });
    expect(found({ rows: rows.with(row, inOrder(fields)) })).toContain('one twice');
  });

  test('has no more area than can be added up exactly', () => {
    const huge = rows.map((text) =>
      inOrder({ ...(JSON.parse(text) as Leaf), area: Number.MAX_SAFE_INTEGER }),
    );
    const cast = leaves.map((text) =>
      text.replace(/"area":\d+,"at"/, `"area":${Number.MAX_SAFE_INTEGER},"at"`),
    );
    expect(found({ rows: huge, leaves: cast })).toContain('more area than can be counted');
  });

  test('changes no more once the vote is open, also while nobody has voted', () => {
    const again = { ...leafAt(0), reason: 'OBJECTION', at: OPENS_AT };
    expect(inserted(FIRST_BALLOT, again)).toContain('changes after the vote opened');
    expect(inserted(2, { ...again, at: OPENS_AT - 1 })).toBe('honest');
  });
});

describe('an agenda', () => {
  test.each([
    ['that never closes', (leaf: Leaf) => (leaf['closesAt'] = null), 'closes before it opens'],
    [
      'that closes before it opens',
      (leaf: Leaf) => (leaf['closesAt'] = OPENS_AT - 1),
      'closes before it opens',
    ],
    ['that asks for no quorum', (leaf: Leaf) => ((leaf['rules'] as Leaf)['quorum'] = [0, 0]), 'no share'],
    [
      'whose quorum is turned round',
      (leaf: Leaf) => ((leaf['rules'] as Leaf)['quorum'] = [-2, -3]),
      'no share',
    ],
    [
      'that lets an ordinary majority decide a special matter',
      (leaf: Leaf) => (((leaf['motions'] as Leaf[])[0] ?? {})['matter'] = 6),
      'ordinary majority for a special matter',
    ],
  ])('%s is found', (_, change, words) => {
    expect(withLeaf(1, change)).toContain(words);
  });
});

describe('a leaf', () => {
  test('of a type that bears the name of something every object has is of no known type', () => {
    for (const type of ['toString', 'constructor', '__proto__'])
      expect(inserted(FIRST_BALLOT, { type, at: OPENS_AT })).toContain('no known type');
  });

  test('that refuses a paper counts, whatever its reason is called', () => {
    const operators = [voter('reader-1'), voter('reader-2')];
    const leaf = {
      type: 'refused',
      at: OPENS_AT,
      principal: null,
      reason: '__proto__',
      operators,
      salt: 's',
    };
    expect(inserted(FIRST_BALLOT, leaf)).toContain('other papers that took no part');
  });

  test.each([
    ['a motion is withdrawn', { type: 'withdrawn', motion: 'motion-b', reason: '业委会撤回' }],
    [
      'a co-owner chooses',
      {
        type: 'representative',
        principal: tagOfHash(`principal\n${[voter('dora'), voter('emil')].sort().join('+')}`),
        owner: voter('emil'),
        chosen: voter('emil'),
        salt: 's',
      },
    ],
  ])('comes too late where %s after the vote closed', (_, leaf) => {
    expect(inserted(LAST, { ...leaf, at: CLOSES_AT + 1 })).toBe('comes after the vote closed');
  });

  test('that takes back a mandate comes too late after the vote closed', () => {
    const mandate = {
      type: 'mandate',
      mandate: 'm',
      principal: leafAt(FIRST_BALLOT)['principal'],
      owner: leafAt(FIRST_BALLOT)['cast_by'],
      agent: voter('fritz'),
      way: 'IN_APP',
      motions: null,
      votes: {},
      salt: 's',
    };
    const end = { type: 'mandate-end', mandate: 'm', reason: 'REVOKED', salt: 's' };
    const more = [
      { ...mandate, at: OPENS_AT },
      { ...end, at: CLOSES_AT + 1 },
    ];
    const changed = leaves.toSpliced(LAST, 0, ...more.map((leaf) => inOrder({ v: 1, ...leaf })));
    expect(found({ leaves: changed })).toBe('comes after the vote closed');
  });
});

describe('a ballot', () => {
  test('takes the place of none but its own head’s', () => {
    const [first = 0, second = 0] = placesOf('ballot');
    const change = (leaf: Leaf) => (leaf['supersedes'] = leafAt(first)['ballot']);
    expect(withLeaf(second, change)).toBe('supersedes a ballot of another head');
    const later = (leaf: Leaf) => (leaf['supersedes'] = leafAt(second)['ballot']);
    expect(withLeaf(first, later)).toBe('is superseded by a ballot of another head');
    for (const ballot of [leafAt(first)['ballot'], `01BALLOT${'9'.repeat(18)}`]) {
      const nobody = (leaf: Leaf) => (leaf['supersedes'] = ballot);
      expect(withLeaf(first, nobody)).toBe('supersedes a ballot that is not there');
    }
  });

  test('may stand before the one that it supersedes, where the clocks of two computers differ', () => {
    const [first = 0] = placesOf('ballot');
    const earlier = { ...leafAt(first), ballot: `01BALLOT${'8'.repeat(18)}` };
    const later = { ...leafAt(first), supersedes: earlier.ballot, at: OPENS_AT + 9 };
    const changed = leaves.with(first, inOrder(later)).toSpliced(first + 1, 0, inOrder(earlier));
    expect(found({ leaves: changed })).toBe('honest');
  });

  test.each([[[[], []]], [['a', 'b']], [[null, 1]], [[voter('x'), voter('y'), voter('x')]]])(
    'on paper is read by two people, not by %j',
    (operators) => {
      expect(withLeaf(PAPER, (leaf) => (leaf['operators'] = operators))).toContain('two people did not read');
    },
  );

  test('on paper is annulled by its owner and a second person, never by the desk alone', () => {
    const annulled = { type: 'annulled', at: CLOSES_AT, ballot: leafAt(PAPER)['ballot'], reason: 'MISREAD' };
    for (const operators of [[voter('reader-1')], [voter('reader-1'), voter('reader-2')], [voter('carl')]])
      expect(inserted(LAST, { ...annulled, operators })).toContain('without its owner and a second person');
    const both = [voter('reader-1'), voter('carl')];
    expect(inserted(LAST, { ...annulled, operators: both })).toContain('another result than the count');
  });
});

describe('the end', () => {
  test('comes when the vote is over, not while it runs', () => {
    expect(withLeaf(LAST, (leaf) => (leaf['at'] = CLOSES_AT))).toBe(
      'announces a result before the vote closed',
    );
  });

  test('is no calling off once people may vote', () => {
    const off = inOrder({ v: 1, type: 'cancelled', at: OPENS_AT, reason: '改期' });
    expect(found({ leaves: leaves.with(LAST, off) })).toContain('calls the meeting off');
    expect(found({ leaves: [...leaves.slice(0, FIRST_BALLOT), off] })).toContain('calls the meeting off');
    const early = off.replace(`"at":${OPENS_AT}`, `"at":${OPENS_AT - 1}`);
    expect(found({ leaves: [...leaves.slice(0, 2), early] })).toBe('honest');
  });
});

describe('a roll on which sets that share an owner are one head', () => {
  const merging = { ...rules, headMerge: 'SHARED_ANY' as const };
  const shared = [...roll, home('301', ['emil', 'fritz'])];
  const vote = exportOf(
    { ...meeting, roll: shared, rules: merging, ballots: [], choices: new Map() },
    new Random(1),
    logKey,
    community,
  );
  const headOf = (names: readonly string[]) => tagOfHash(`principal\n${names.map(voter).sort().join('+')}`);
  /** The units of these owners, all under one head. */
  function joined(units: readonly string[], head: string): string {
    const changed = vote.parts.rows.map((text) => {
      const row = JSON.parse(text) as Leaf;
      return units.some((id) => row['unit'] === tagger.unit(id))
        ? inOrder({ ...row, principal: head })
        : text;
    });
    return foundIn(signedAnew(vote, { rows: changed }, logKey));
  }

  test('joins Dora, Emil and Fritz, who share homes', () => {
    expect(foundIn(ownersExport(vote.parts))).toBe('honest');
    expect(vote.parts.rows.filter((text) => text.includes(headOf(['dora', 'emil', 'fritz'])))).toHaveLength(
      2,
    );
  });

  test('joins nobody who shares none', () => {
    const words = 'the roll makes one head of those who share no unit';
    expect(joined(['101', '102'], headOf(['anna', 'bert']))).toBe(words);
    expect(joined(['202', '301'], headOf(['dora', 'emil']))).toBe(words);
  });

  test('gives nobody the area of a home without an owner', () => {
    const orphan = {
      ...meeting,
      roll: [...shared, home('401', [])],
      rules: merging,
      ballots: [],
      choices: new Map(),
    };
    const { parts } = exportOf(orphan, new Random(1), logKey, community);
    const changed = parts.rows.map((text) => {
      const row = JSON.parse(text) as Leaf;
      return row['unit'] === tagger.unit('401') ? inOrder({ ...row, principal: headOf(['anna']) }) : text;
    });
    expect(foundIn(signedAnew({ ...vote, parts }, { rows: changed }, logKey))).toContain('share no unit');
  });
});

test('the log’s own key under another name is no witness', () => {
  const seed = Buffer.alloc(32, 7);
  const [log, witness] = [signer(ORIGIN, 'LOG', seed), signer('community.example', 'WITNESS', seed)];
  const { parts } = exportOf(meeting, new Random(1), log, witness);
  expect(foundIn(ownersExport(parts))).toBe('community.example is the log itself and can witness nothing');
});

describe('the public export', () => {
  /** The same log with another result. */
  function announcing(change: (result: Leaf, motions: Leaf[]) => void): string {
    const result = leafAt(LAST);
    change(result, result['motions'] as Leaf[]);
    const log = new MemoryLog();
    for (const text of [...leaves.slice(0, LAST), inOrder(result)]) log.append(text);
    const sizes = [2, log.leaves.length];
    const notes = sizes.map((size) => log.checkpoint(size, logKey, null));
    return foundIn(publicExport({ log, sizes, parts: { ...exported.parts, notes } }));
  }

  test('as it was is honest', () => {
    expect(announcing(() => undefined)).toBe('honest');
  });

  test.each([
    [
      'says more in favour than there are marks for',
      ([, motion]: Leaf[]) => ((motion ?? {})['favour'] = [40_000, 4]),
    ],
    [
      'has a mark that there is not',
      ([motion]: Leaf[]) => ((motion ?? {})['breakdown'] = { FOR: [40_000, 4], MAYBE: [0, 0] }),
    ],
    [
      'has fewer than none',
      ([motion]: Leaf[]) => ((motion ?? {})['breakdown'] = { AGAINST: [-10_000, -1], FOR: [50_000, 5] }),
    ],
    ['has more who took part than there are', ([motion]: Leaf[]) => ((motion ?? {})['total'] = [30_000, 3])],
    [
      'does not vote on what has votes',
      ([motion]: Leaf[]) => Object.assign(motion ?? {}, { outcome: 'NOT_VOTED', reasons: ['WITHDRAWN'] }),
    ],
    ['swaps two motions', (motions: Leaf[]) => motions.splice(0, 2, ...motions.toReversed())],
    ['names a motion twice', (motions: Leaf[]) => Object.assign(motions[1] ?? {}, { motion: 'motion-a' })],
    ['omits a motion', (motions: Leaf[]) => motions.pop()],
    ['has one motion more', (motions: Leaf[]) => motions.push({ ...motions[0], motion: 'motion-c' })],
  ])('that %s is found', (_, change) => {
    expect(announcing((_result, motions) => void change(motions))).toMatch(/does not follow|other motions/);
  });

  test('that tells the result before the vote closed is found', () => {
    expect(announcing((result) => (result['at'] = CLOSES_AT))).toBe(
      'announces a result before the vote closed',
    );
  });
});

test('a tree of 2⁴⁹ − 1 leaves is not taken for a whole one', () => {
  const { sha256, utf8 } = nodePrimitives;
  const [last, next] = ['last', 'next'].map((text) => sha256(utf8(text))) as [Uint8Array, Uint8Array];
  const peaks = Array.from({ length: 48 }, (_, height) => sha256(utf8(`peak ${height}`)));
  const rootOver = (leaf: Uint8Array) => peaks.reduce((root, peak) => nodeHash(sha256, peak, root), leaf);
  const [firstRoot, secondRoot] = [rootOver(last), rootOver(nodeHash(sha256, last, next))];
  const claim = { first: 2 ** 49 - 1, firstRoot, second: 2 ** 49, secondRoot };
  const path = [last, next, ...peaks];
  expect(isConsistent(sha256, claim, path)).toBe(true);
  const binary = (hash: Uint8Array) => Buffer.from(hash).toString('latin1');
  expect(rootsFromConsistency(claim.first, binary(firstRoot), claim.second, path.map(binary))).toEqual(
    [firstRoot, secondRoot].map(binary),
  );
});
