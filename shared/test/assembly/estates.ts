import { fc } from '@fast-check/jest';
import {
  type Ballot,
  type Choice,
  MARKS,
  type Mark,
  type MotionToTally,
  type RollUnit,
  type VoteClass,
  type VotingRules,
  WHOLE_ESTATE,
  developerKey,
  ownersKey,
} from '../../src/assembly/index.ts';
import { NATIONAL_PROFILE } from '../../src/regions/index.ts';

/** Estates, ballots and rules for the specs: small ones by hand, many generated ones. */

export const NATIONAL_RULES: VotingRules = NATIONAL_PROFILE.voting;
export const MOTION = 'm';
export const DEADLINE = 100;

export function unit(
  id: string,
  owners: readonly string[],
  area = 10_000,
  more: Partial<RollUnit> = {},
): RollUnit {
  return {
    id,
    owners,
    areaCentiSqm: area,
    kind: 'HOME',
    status: 'DELIVERED',
    building: null,
    developer: null,
    ...more,
  };
}

/** n units of 100.00 ㎡, each of another owner: o1 … on. */
export function equalUnits(n: number): RollUnit[] {
  return Array.from({ length: n }, (_, i) => unit(`u${i + 1}`, [`o${i + 1}`]));
}

let ballotCount = 0;

export function ballot(
  principal: string,
  vote: Ballot['votes'][string] | null,
  more: Partial<Ballot> = {},
): Ballot {
  ballotCount += 1;
  const [owner = ''] = principal.split('+');
  return {
    id: `b${String(ballotCount).padStart(6, '0')}`,
    principal,
    castBy: owner,
    receivedAt: 1,
    channel: 'ONLINE',
    signed: true,
    proxy: null,
    votes: vote === null ? {} : { [MOTION]: vote },
    ...more,
  };
}

/** Owners o[from] … o[to] all choose the same. */
export function ballots(from: number, to: number, choice: Choice): Ballot[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ballot(`o${from + i}`, choice));
}

export function motion(voteClass: VoteClass = 'ORDINARY', more: Partial<MotionToTally> = {}): MotionToTally {
  return {
    id: MOTION,
    voteClass,
    notVoted: null,
    scope: WHOLE_ESTATE,
    representatives: {},
    served: [],
    ...more,
  };
}

// --- generated ---------------------------------------------------------------------------------------------------

export interface Case {
  readonly roll: readonly RollUnit[];
  readonly ballots: readonly Ballot[];
  readonly motion: MotionToTally;
  readonly rules: VotingRules;
}

const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
const STRANGERS = ['x', 'y'] as const;
const BUILDINGS = ['1', '2'] as const;
const DEVELOPER = 'dev';

const anyOwners = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...PEOPLE).map((owner) => [owner]) },
  { weight: 5, arbitrary: fc.uniqueArray(fc.constantFrom(...PEOPLE), { minLength: 2, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant<string[]>([]) },
);

const anyUnit = fc
  .record({
    owners: anyOwners,
    areaCentiSqm: fc.integer({ min: 1, max: 30_000 }),
    kind: fc.constantFrom('HOME', 'HOME', 'HOME', 'SHOP', 'PARKING'),
    status: fc.constantFrom('DELIVERED', 'DELIVERED', 'DELIVERED', 'UNSOLD', 'SOLD_UNDELIVERED'),
    building: fc.constantFrom(...BUILDINGS),
  })
  .map((fields) => Object.assign(fields, { developer: fields.status === 'DELIVERED' ? null : DEVELOPER }));

export const anyRoll: fc.Arbitrary<RollUnit[]> = fc
  .array(anyUnit, { maxLength: 8, size: 'max' })
  .map((units) => units.map((fields, index): RollUnit => ({ id: `u${index}`, ...fields })));

const anyMark = fc.constantFrom<Mark>('FOR', 'FOR', 'FOR', 'AGAINST', ...MARKS);

/** Ballots that fit the roll, and now and then one that does not. */
function anyBallots(roll: readonly RollUnit[]): fc.Arbitrary<Ballot[]> {
  const named = keysOf(roll).filter((key) => key !== '');
  const onRoll = named.length > 0 ? fc.constantFrom(...named) : fc.constant('nobody');
  const offRoll = fc.constantFrom('nobody', ownersKey(['a', 'b', 'c', 'd']));
  const principal = fc.oneof({ weight: 12, arbitrary: onRoll }, { weight: 1, arbitrary: offRoll });
  const perUnit = fc.dictionary(fc.constantFrom('u0', 'u1', 'u2', 'u3', 'u4'), anyMark);
  const vote = fc.oneof({ weight: 5, arbitrary: anyMark }, { weight: 1, arbitrary: perUnit });
  const votes = fc.oneof(
    { weight: 12, arbitrary: vote.map((mark) => ({ [MOTION]: mark })) },
    { weight: 1, arbitrary: fc.constant({}) },
  );
  const one = principal.chain((key) =>
    fc.record({
      principal: fc.constant(key),
      castBy: casterFor(key),
      receivedAt: fc.integer({ min: 80, max: 101 }),
      channel: fc.constantFrom('ONLINE', 'ONLINE', 'PAPER'),
      signed: fc.integer({ min: 0, max: 14 }).map((n) => n > 0),
      proxy: fc.constantFrom(null, { role: null }, { role: null }, { role: 'PM_STAFF' }),
      votes,
      annulled: fc.constantFrom(false, false, false, false, false, false, true),
    }),
  );
  return fc
    .array(one, { minLength: 4, maxLength: 24 })
    .map((list) =>
      list.map((fields, index): Ballot => ({ id: `b${String(index).padStart(3, '0')}`, ...fields })),
    );
}

/** Mostly somebody who may cast for the principal. */
function casterFor(key: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...key.replace('DEV:', '').split('+')) },
    { weight: 1, arbitrary: fc.constantFrom(...STRANGERS) },
  );
}

function keysOf(roll: readonly RollUnit[]): string[] {
  return [
    ...new Set(
      roll.map(({ owners, developer }) => (developer === null ? ownersKey(owners) : developerKey(developer))),
    ),
  ];
}

export const anyRules: fc.Arbitrary<VotingRules> = fc
  .record({
    countParking: fc.boolean(),
    headMerge: fc.constantFrom('EXACT_OWNER_SET', 'SHARED_ANY'),
    nonVoter: fc.constantFrom('NOT_COUNTED', 'NOT_COUNTED', 'FOLLOW_MAJORITY'),
    revote: fc.constantFrom('LAST', 'FIRST'),
    channelPriority: fc.constantFrom('LAST', 'PAPER', 'ONLINE'),
    blank: fc.constantFrom('PARTICIPATES', 'EXCLUDED'),
    abstain: fc.constantFrom('PARTICIPATES', 'EXCLUDED'),
    multiUnitSplit: fc.constantFrom('INVALID', 'AREA_SPLIT'),
    coOwnerConflict: fc.constantFrom('INVALID', 'LAST'),
    proxyCap: fc.constantFrom(null, 1, 2),
    proxyBarredRoles: fc.constantFrom([], ['PM_STAFF']),
  })
  .map((choices): VotingRules => Object.assign({}, NATIONAL_RULES, choices));

function anyMotion(roll: readonly RollUnit[]): fc.Arbitrary<MotionToTally> {
  const joint = keysOf(roll).filter((key) => key.includes('+'));
  return fc.record({
    id: fc.constant(MOTION),
    voteClass: fc.constantFrom<VoteClass>('ORDINARY', 'SPECIAL'),
    notVoted: fc.constant(null),
    scope: fc.constantFrom(
      WHOLE_ESTATE,
      WHOLE_ESTATE,
      { kind: 'BUILDINGS' as const, buildings: ['1'] },
      { kind: 'UNITS' as const, unitIds: ['u0', 'u2', 'u4'] },
    ),
    representatives: fc
      .subarray(joint)
      .map((chosen) => Object.fromEntries(chosen.map((key) => [key, key.split('+')[0] ?? '']))),
    served: fc.subarray(keysOf(roll)),
  });
}

/** Anything that can happen, under any rules. */
export const anyCase: fc.Arbitrary<Case> = fc.tuple(anyRoll, anyRules).chain(([roll, rules]) =>
  fc.record({
    roll: fc.constant(roll),
    ballots: anyBallots(roll),
    motion: anyMotion(roll),
    rules: fc.constant(rules),
  }),
);

/** A plain vote under the national rules: single owners of one unit each, some of whom keep silent. */
export const anyPlainVote: fc.Arbitrary<Case> = fc
  .record({
    voters: fc.array(
      fc.record({
        areaCentiSqm: fc.integer({ min: 1, max: 30_000 }),
        choice: fc.constantFrom<Choice | null>('FOR', 'FOR', 'FOR', 'FOR', 'FOR', 'AGAINST', 'ABSTAIN', null),
      }),
      { minLength: 1, maxLength: 20 },
    ),
    voteClass: fc.constantFrom<VoteClass>('ORDINARY', 'SPECIAL'),
  })
  .map(({ voters, voteClass }) => ({
    roll: voters.map(({ areaCentiSqm }, i) => unit(`u${i}`, [`o${i}`], areaCentiSqm)),
    ballots: voters.flatMap(({ choice }, i) => (choice === null ? [] : [ballot(`o${i}`, choice)])),
    motion: motion(voteClass),
    rules: NATIONAL_RULES,
  }));
