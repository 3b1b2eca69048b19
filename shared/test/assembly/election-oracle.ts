import type { Ballot, Mark, RollUnit, VotingRules } from '../../src/assembly/index.ts';

/**
 * A second count of an election, written from the rules alone and with none of the product's code. Every owner votes
 * once, in time and alone: who may speak for whom is the tally's oracle's business.
 */
export interface ElectionCase {
  readonly roll: readonly RollUnit[];
  readonly ballots: readonly Ballot[];
  readonly candidates: readonly string[];
  readonly seats: number;
  readonly sitting: number;
  readonly committeeSeats: number;
  readonly alternatesMax: number | null;
  readonly rules: VotingRules;
}

interface Sums {
  PA: bigint;
  PH: number;
  FA: bigint;
  FH: number;
}

/** Area and heads of each candidate, then who is elected, as one line to compare. */
export function electionOracle(given: ElectionCase) {
  const TA = given.roll.reduce((sum, { areaCentiSqm }) => sum + BigInt(areaCentiSqm), 0n);
  const owners = [...new Set(given.roll.map((unit) => unit.owners[0] ?? ''))];
  const sums = given.candidates.map((): Sums => ({ PA: 0n, PH: 0, FA: 0n, FH: 0 }));
  for (const owner of owners) addOwner(given, owner, sums);
  const passed = given.candidates.flatMap((id, index) => {
    const { PA, PH, FA, FH } = sums[index] ?? { PA: 0n, PH: 0, FA: 0n, FH: 0 };
    return FA * 2n > PA && FH * 2 > PH ? [{ id, FA, FH }] : [];
  });
  const [first] = sums;
  const PA = first?.PA ?? 0n;
  const PH = first?.PH ?? 0;
  if (TA === 0n || given.candidates.length === 0) return { sums, ...seat(given, []) };
  if (PA * 3n < TA * 2n || PH * 3 < owners.length * 2)
    return { sums, outcome: 'NO_QUORUM', elected: [], tied: [], alternates: [] };
  return { sums, ...seat(given, passed) };
}

function addOwner({ roll, ballots, candidates, seats, rules }: ElectionCase, owner: string, sums: Sums[]) {
  const ballot = ballots.find(({ principal }) => principal === owner);
  if (ballot === undefined) return;
  const units = roll.filter((unit) => unit.owners[0] === owner);
  const says = (candidate: string, unit: RollUnit): Mark => {
    const vote = ballot.votes[candidate] ?? 'BLANK';
    return typeof vote === 'string' ? vote : (vote[unit.id] ?? 'BLANK');
  };
  // Unit ids outside the roll count too: a ballot that says too much anywhere is void.
  const named = new Set(
    candidates.flatMap((id) => {
      const vote = ballot.votes[id];
      return vote === undefined || typeof vote === 'string' ? [] : Object.keys(vote);
    }),
  );
  const ticks = ['', ...named].map(
    (unit) =>
      candidates.filter((id) => {
        const vote = ballot.votes[id];
        return typeof vote === 'string' ? vote === 'FOR' : vote?.[unit] === 'FOR';
      }).length,
  );
  const isVoid = ticks.some((count) => count > seats);
  const table = candidates.map((id) => units.map((unit): Mark => (isVoid ? 'INVALID' : says(id, unit))));
  const splits = table.map((row) => rules.multiUnitSplit === 'AREA_SPLIT' && new Set(row).size > 1);
  const one = (row: readonly Mark[]): Mark => (new Set(row).size === 1 ? (row[0] ?? 'BLANK') : 'INVALID');
  const counts = (mark: Mark) =>
    mark === 'FOR' || mark === 'AGAINST'
      ? true
      : mark === 'ABSTAIN'
        ? rules.abstain === 'PARTICIPATES'
        : rules.blank === 'PARTICIPATES';
  const taking = units.map((_, u) =>
    splits.includes(true)
      ? table.some((row) => counts(row[u] ?? 'BLANK'))
      : table.some((row) => counts(one(row))),
  );
  if (!taking.includes(true)) return;
  table.forEach((row, c) => {
    const sum = sums[c];
    if (sum === undefined) return;
    sum.PH += 1;
    const isSplit = splits[c] === true;
    if (!isSplit && one(row) === 'FOR') sum.FH += 1;
    units.forEach((unit, u) => {
      if (taking[u] !== true) return;
      sum.PA += BigInt(unit.areaCentiSqm);
      if ((isSplit ? row[u] : one(row)) === 'FOR') sum.FA += BigInt(unit.areaCentiSqm);
    });
  });
}

type Passed = readonly { readonly id: string; readonly FA: bigint; readonly FH: number }[];

/** Groups of equals, best first; a group that does not fit into what is left waits for a run-off. */
function seat({ seats, sitting, committeeSeats, alternatesMax }: ElectionCase, passed: Passed) {
  const groups: Passed[] = [];
  let left = [...passed];
  while (left.length > 0) {
    const isBest = (a: Passed[number]) => left.every((b) => a.FH > b.FH || (a.FH === b.FH && a.FA >= b.FA));
    groups.push(left.filter(isBest));
    left = left.filter((candidate) => !isBest(candidate));
  }
  const elected: string[] = [];
  const tied: string[] = [];
  const alternates: string[] = [];
  let full = false;
  for (const group of groups) {
    const names = group.map(({ id }) => id);
    if (elected.length + tied.length < seats && elected.length + names.length <= seats)
      elected.push(...names);
    else if (elected.length < seats && tied.length === 0) tied.push(...names);
    else if (!full && (alternatesMax === null || alternates.length + names.length <= alternatesMax))
      alternates.push(...names);
    else full = true;
  }
  if (tied.length > 0) return { outcome: 'RUN_OFF', elected, tied, alternates };
  if ((sitting + elected.length) * 2 <= committeeSeats)
    return { outcome: 'FAILED', elected: [], tied: [], alternates: [] };
  return { outcome: elected.length === seats ? 'COMPLETE' : 'PARTIAL', elected, tied, alternates };
}
