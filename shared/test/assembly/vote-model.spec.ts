import { describe, expect, it } from '@jest/globals';
import { fc } from '@fast-check/jest';
import { type Ballot, type Choice, CHOICES, tally } from '../../src/assembly/index.ts';
import { tries } from '../tries.ts';
import { ballot, DEADLINE, motion, NATIONAL_RULES, unit } from './estates.ts';

/** Sequences of what people do in a vote, held against the simplest thing that could be true of it. */
const SEQUENCES = tries(10_000);
const AREAS = [8_000, 10_000, 12_500, 6_001, 9_999, 20_000] as const;
const ROLL = AREAS.map((area, index) => unit(`u${index}`, [`o${index}`], area));
const ORDINARY = motion('ORDINARY');
const SPECIAL = motion('SPECIAL');

/** What stands: the last word of each owner. */
interface Expected {
  readonly standing: Map<number, Choice>;
  late: boolean;
}

/** What was received, in the order in which it was. */
interface Received {
  readonly ballots: Ballot[];
  now: number;
}

type Step = fc.Command<Expected, Received>;

const receive = (received: Received, owner: number, choice: Choice, more: Partial<Ballot> = {}) => {
  received.now += 1;
  const receivedAt = received.now;
  received.ballots.push(ballot(`o${owner}`, choice, { receivedAt, ...more }));
};

const votes = (owner: number, choice: Choice, channel: Ballot['channel']): Step => ({
  check: () => true,
  run(expected, received) {
    receive(received, owner, choice, { channel });
    if (!expected.late) expected.standing.set(owner, choice);
    holds(expected, received);
  },
  toString: () => `${owner} votes ${choice} (${channel})`,
});

/** Not signed, by somebody else, by the company: on the table, and not in the count. */
const intrudes = (owner: number, choice: Choice, how: Partial<Ballot>): Step => ({
  check: () => true,
  run(expected, received) {
    receive(received, owner, choice, how);
    holds(expected, received);
  },
  toString: () => `for ${owner} comes ${JSON.stringify(how)}`,
});

const ENDS: Step = {
  check: ({ late }) => !late,
  run(expected, received) {
    expected.late = true;
    received.now = DEADLINE;
    holds(expected, received);
  },
  toString: () => 'the deadline passes',
};

const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + BigInt(number), 0n);

/** Two thirds take part by area and by heads; more than half, or three quarters, of those say yes. */
function outcomeOf(standing: ReadonlyMap<number, Choice>, special: boolean): string {
  const areas = (owners: readonly number[]) => sum(owners.map((owner) => AREAS[owner] ?? 0));
  const took = [...standing.keys()];
  const yes = took.filter((owner) => standing.get(owner) === 'FOR');
  if (areas(took) * 3n < sum(AREAS) * 2n || took.length * 3 < AREAS.length * 2) return 'NO_QUORUM';
  const passes = special
    ? areas(yes) * 4n >= areas(took) * 3n && yes.length * 4 >= took.length * 3
    : areas(yes) * 2n > areas(took) && yes.length * 2 > took.length;
  return passes ? 'PASSED' : 'REJECTED';
}

function holds({ standing }: Expected, { ballots }: Received): void {
  const count = (voted: typeof ORDINARY) => tally(ROLL, ballots, voted, NATIONAL_RULES, DEADLINE);
  expect(count(ORDINARY).participating.heads).toBe(standing.size);
  expect(count(ORDINARY).outcome).toBe(outcomeOf(standing, false));
  expect(count(SPECIAL).outcome).toBe(outcomeOf(standing, true));
}

const owner = fc.nat(AREAS.length - 1);
const choice = fc.constantFrom(...CHOICES);
const INTRUSIONS: readonly Partial<Ballot>[] = [
  { signed: false },
  { castBy: 'a stranger' },
  { castBy: 'the clerk', proxy: { role: 'PM_STAFF' } },
  { annulled: true, channel: 'PAPER' },
];

describe('a vote, whatever people do', () => {
  it('comes out as the last word of each owner, at every moment', () => {
    const steps = [
      fc
        .tuple(owner, choice, fc.constantFrom('ONLINE' as const, 'PAPER' as const))
        .map(([who, what, channel]) => votes(who, what, channel)),
      fc
        .tuple(owner, choice, fc.constantFrom(...INTRUSIONS))
        .map(([who, what, how]) => intrudes(who, what, how)),
      fc.constant(ENDS),
    ];
    fc.assert(
      fc.property(fc.commands(steps, { maxCommands: 30 }), (sequence) => {
        fc.modelRun(
          () => ({ model: { standing: new Map(), late: false }, real: { ballots: [], now: 0 } }),
          sequence,
        );
      }),
      { numRuns: SEQUENCES },
    );
  });
});
