import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fc } from '@fast-check/jest';
import { type AssemblyDetail, type AssemblyResult, type Choice, CHOICES } from '@linli/shared/assembly';
import { DAY_MS } from '@linli/shared/kernel';
import { tell } from '../../../scripts/prove/figures.ts';
import { AssemblyBuilder, newKey, type Owner } from '../support/assembly-builder.ts';
import { TestApp } from '../support/app.ts';
import { ENGINE } from '../support/engine.ts';

/** Meetings of a small estate, each voted on in its own way against the running server. */
const SEQUENCES = 300;
const OWNERS = 5;

interface Known {
  readonly standing: Map<number, Choice>;
  over: boolean;
}

interface Real {
  readonly assembly: AssemblyDetail;
  readonly principals: readonly string[];
  /** The last tap of each, as the phone would repeat it. */
  readonly taps: Map<number, { readonly choice: Choice; readonly key: string }>;
}

type Step = fc.AsyncCommand<Known, Real>;

let app: TestApp;
let meeting: AssemblyBuilder;
let owners: Owner[];
let meetings = 0;
let steps = 0;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

/** A meeting takes three weeks: after some of them sessions have run out, and another estate begins. */
const MEETINGS_OF_AN_ESTATE = 4;

async function nextMeeting(): Promise<AssemblyDetail> {
  if (meetings % MEETINGS_OF_AN_ESTATE === 0) {
    meeting = await AssemblyBuilder.start(app);
    owners = await meeting.owners(OWNERS);
  }
  meetings += 1;
  return meeting.voting();
}

const ownerAt = (index: number): Owner => {
  const owner = owners[index];
  if (owner === undefined) throw new Error(`no owner ${index}`);
  return owner;
};

async function cast(by: number, of: number, { assembly, principals }: Real, choice: Choice, key: string) {
  steps += 1;
  app.clock.advance(1);
  return meeting.castFor(ownerAt(by), assembly, principals[of] ?? '', choice, key);
}

const votes = (who: number, choice: Choice): Step => ({
  check: () => true,
  async run(known, real) {
    const key = newKey();
    const { status } = await cast(who, who, real, choice, key);
    expect(status).toBe(known.over ? 409 : 201);
    if (known.over) return;
    known.standing.set(who, choice);
    real.taps.set(who, { choice, key });
  },
  toString: () => `${who} votes ${choice}`,
});

const repeats = (who: number): Step => ({
  check: ({ standing }) => standing.has(who),
  async run(_known, real) {
    const tap = real.taps.get(who);
    if (tap !== undefined) expect((await cast(who, who, real, tap.choice, tap.key)).status).toBe(201);
  },
  toString: () => `the phone of ${who} asks again`,
});

const meddles = (who: number, choice: Choice): Step => ({
  check: () => true,
  async run(_known, real) {
    const { status } = await cast(who, (who + 1) % OWNERS, real, choice, newKey());
    expect([403, 404, 409]).toContain(status);
  },
  toString: () => `${who} votes for the next one`,
});

const ENDS: Step = {
  check: ({ over }) => !over,
  run(known, { assembly }) {
    known.over = true;
    app.clock.set((assembly.closesAt ?? 0) + 1);
    return Promise.resolve();
  },
  toString: () => 'the deadline passes',
};

/** All homes are equally large: two thirds take part, more than half of them say yes. */
function outcomeOf(standing: ReadonlyMap<number, Choice>): string {
  const yes = [...standing.values()].filter((choice) => choice === 'FOR').length;
  if (standing.size * 3 < OWNERS * 2) return 'NO_QUORUM';
  return yes * 2 > standing.size ? 'PASSED' : 'REJECTED';
}

test('whatever owners do, the result is the last word of each, and the verifier says so too', async () => {
  const who = fc.nat(OWNERS - 1);
  const choice = fc.constantFrom(...CHOICES);
  const sequences = fc.commands(
    [
      fc.tuple(who, choice).map(([by, what]) => votes(by, what)),
      who.map((by) => repeats(by)),
      fc.tuple(who, choice).map(([by, what]) => meddles(by, what)),
      fc.constant(ENDS),
    ],
    { maxCommands: 14 },
  );
  await fc.assert(
    fc.asyncProperty(sequences, async (sequence) => {
      const assembly = await nextMeeting();
      const principals = await Promise.all(owners.map((owner) => meeting.principalOf(owner, assembly.id)));
      const known: Known = { standing: new Map(), over: false };
      const real: Real = { assembly, principals, taps: new Map() };
      await fc.asyncModelRun(() => ({ model: known, real }), sequence);
      // Counts over the file of everybody too, and fails where the verifier comes to something else.
      await meeting.count(assembly);
      const { body } = await app.get<AssemblyResult>(
        `${meeting.base}/${assembly.id}/result`,
        ownerAt(0).token,
      );
      expect(body.motions.map(({ outcome }) => outcome)).toEqual([outcomeOf(known.standing)]);
      expect(body.motions[0]?.participating.heads).toBe(known.standing.size);
      app.clock.advance(DAY_MS);
    }),
    { numRuns: SEQUENCES, endOnFailure: true },
  );
  tell({
    proof: `model of a vote against the server (${ENGINE})`,
    done: `${meetings} meetings, ${steps} steps`,
    found: 'every result is the last word of each owner, and the verifier comes to the same',
  });
}, 3_600_000);
