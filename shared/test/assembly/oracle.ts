import type { Ballot, Mark, MotionToTally, RollUnit, VotingRules } from '../../src/assembly/index.ts';

/**
 * A second tally for the specs, written from the rules alone: slow, in BigInt, with none of the product's code. Where
 * the two disagree, one of them has misread the law.
 */
export interface OracleResult {
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly TA: bigint;
  readonly TH: number;
  readonly PA: bigint;
  readonly PH: number;
  readonly FA: bigint;
  readonly FH: number;
  readonly rejected: readonly string[];
}

interface Group {
  readonly keys: Set<string>;
  readonly voters: Set<string>;
  readonly units: RollUnit[];
}

export function oracle(
  roll: readonly RollUnit[],
  ballots: readonly Ballot[],
  motion: MotionToTally,
  rules: VotingRules,
  deadline: number,
): OracleResult {
  const groups = groupsOf(roll, motion, rules);
  const TA = area(groups.flatMap(({ units }) => units));
  const TH = groups.length;
  const nothing = { PA: 0n, PH: 0, FA: 0n, FH: 0, rejected: [] };
  if (TA === 0n || TH === 0) return { outcome: 'NOT_VOTED', reasons: ['EMPTY_ROLL'], TA, TH, ...nothing };

  const rejected: string[] = [];
  const cast = new Map<Group, Ballot[]>();
  const represented: [string, Group][] = [];
  const sorted = [...ballots].sort((a, b) =>
    a.receivedAt === b.receivedAt ? (a.id < b.id ? -1 : 1) : a.receivedAt - b.receivedAt,
  );
  for (const b of sorted) {
    const group = groups.find(({ keys }) => keys.has(b.principal));
    let reason = '';
    if (b.annulled) reason = 'ANNULLED';
    else if (b.receivedAt > deadline) reason = 'LATE';
    else if (!b.signed) reason = 'UNSIGNED';
    else if (group === undefined) reason = 'NOT_ON_ROLL';
    else if (!group.voters.has(b.castBy)) {
      const others = represented.filter(([person, of]) => person === b.castBy && of !== group).length;
      const isNew = !represented.some(([person, of]) => person === b.castBy && of === group);
      if (b.proxy === null) reason = 'NO_AUTHORITY';
      else if (rules.proxyBarredRoles.includes(b.proxy.role ?? '')) reason = 'PROXY_BARRED';
      else if (isNew && rules.proxyCap !== null && others >= rules.proxyCap) reason = 'PROXY_CAP';
      else if (isNew) represented.push([b.castBy, group]);
    }
    if (reason !== '') rejected.push(`${b.id} ${reason}`);
    else if (group !== undefined) cast.set(group, [...(cast.get(group) ?? []), b]);
  }

  let [PA, PH, FA, FH, againstHeads, againstArea] = [0n, 0, 0n, 0, 0, 0n];
  const count = (mark: Mark, units: readonly RollUnit[], heads: number) => {
    if ((mark === 'BLANK' || mark === 'INVALID') && rules.blank === 'EXCLUDED') return false;
    if (mark === 'ABSTAIN' && rules.abstain === 'EXCLUDED') return false;
    PA += area(units);
    PH += heads;
    if (mark === 'FOR') [FA, FH] = [FA + area(units), FH + heads];
    if (mark === 'AGAINST') [againstArea, againstHeads] = [againstArea + area(units), againstHeads + heads];
    return true;
  };

  for (const [group, all] of cast) {
    const speaking = speakingFor(group, all, motion, rules);
    if (speaking.length === 0) continue;
    const read = (b: Ballot, unit: RollUnit): Mark => {
      const vote = b.votes[motion.id];
      return vote === undefined ? 'BLANK' : typeof vote === 'string' ? vote : (vote[unit.id] ?? 'BLANK');
    };
    const table = group.units.map((unit) => new Set(speaking.map((b) => read(b, unit))));
    const said = new Set(table.flatMap((set) => [...set]));
    const [only] = said;
    if (said.size === 1 && only !== undefined) count(only, group.units, 1);
    else if (rules.multiUnitSplit === 'AREA_SPLIT' && table.every((set) => set.size === 1)) {
      const took = group.units.map((unit, i) => count([...(table[i] ?? [])][0] ?? 'BLANK', [unit], 0));
      if (took.includes(true)) PH += 1;
    } else count('INVALID', group.units, 1);
  }

  if (rules.nonVoter === 'FOLLOW_MAJORITY' && FH !== againstHeads) {
    const side: Mark = FH > againstHeads ? 'FOR' : 'AGAINST';
    for (const group of groups) {
      const served = motion.served.some((key) => group.keys.has(key));
      if (served && !cast.has(group)) count(side, group.units, 1);
    }
  }

  const numbers = { TA, TH, PA, PH, FA, FH, rejected };
  const why: string[] = [];
  if (PA * 3n < TA * 2n) why.push('QUORUM_AREA');
  if (PH * 3 < TH * 2) why.push('QUORUM_HEADS');
  if (why.length > 0) return { outcome: 'NO_QUORUM', reasons: why, ...numbers };
  const special = motion.voteClass === 'SPECIAL';
  if (special ? FA * 4n < PA * 3n : FA * 2n <= PA) why.push('APPROVAL_AREA');
  if (special ? FH * 4 < PH * 3 : FH * 2 <= PH) why.push('APPROVAL_HEADS');
  if (why.length > 0) return { outcome: 'REJECTED', reasons: why, ...numbers };
  return { outcome: 'PASSED', reasons: ['OK'], ...numbers };
}

function groupsOf(roll: readonly RollUnit[], motion: MotionToTally, rules: VotingRules): Group[] {
  const groups: Group[] = [];
  for (const unit of roll) {
    if (unit.kind === 'PARKING' && !rules.countParking) continue;
    const developers = unit.status !== 'DELIVERED';
    const owners = [...new Set(unit.owners)].sort();
    const key = developers ? `DEV:${unit.developer}` : owners.join('+');
    const isKnown = developers || owners.length > 0;
    groups.push({
      keys: new Set(isKnown ? [key] : [`nobody owns ${unit.id}`]),
      voters: new Set(developers ? [unit.developer ?? ''] : owners),
      units: [unit],
    });
  }
  // Fold any two that are the same principal until none are left.
  const same = (a: Group, b: Group) =>
    [...a.keys].some((key) => b.keys.has(key)) ||
    (rules.headMerge === 'SHARED_ANY' &&
      !isDeveloper(a) &&
      !isDeveloper(b) &&
      [...a.voters].some((voter) => b.voters.has(voter)));
  for (let i = 0; i < groups.length; i += 1) {
    for (let j = i + 1; j < groups.length; j += 1) {
      const [a, b] = [groups[i], groups[j]];
      if (a === undefined || b === undefined || !same(a, b)) continue;
      for (const key of b.keys) a.keys.add(key);
      for (const voter of b.voters) a.voters.add(voter);
      a.units.push(...b.units);
      groups.splice(j, 1);
      [i, j] = [0, 0];
    }
  }
  for (const group of groups) {
    if (!isDeveloper(group) && group.voters.size > 0) group.keys.add([...group.voters].sort().join('+'));
  }
  const inScope = ({ id, building }: RollUnit) =>
    motion.scope.kind === 'ESTATE' ||
    (motion.scope.kind === 'BUILDINGS' && motion.scope.buildings.includes(building ?? '')) ||
    (motion.scope.kind === 'UNITS' && motion.scope.unitIds.includes(id));
  return groups
    .map((group) => ({ ...group, units: group.units.filter(inScope) }))
    .filter(({ units }) => units.length > 0);
}

function area(units: readonly RollUnit[]): bigint {
  return units.reduce((sum, unit) => sum + BigInt(unit.areaCentiSqm), 0n);
}

function isDeveloper({ keys }: Group): boolean {
  return [...keys].some((key) => key.startsWith('DEV:'));
}

function speakingFor(
  group: Group,
  all: readonly Ballot[],
  motion: MotionToTally,
  rules: VotingRules,
): Ballot[] {
  const latest = [...new Set(all.map(({ castBy }) => castBy))].map((person) => {
    const own = all.filter(({ castBy }) => castBy === person);
    const preferred = own.filter(({ channel }) => channel === rules.channelPriority);
    const candidates = preferred.length > 0 ? preferred : own;
    const chosen = rules.revote === 'LAST' ? candidates[candidates.length - 1] : candidates[0];
    if (chosen === undefined) throw new Error('a caster without a ballot');
    return chosen;
  });
  const representatives = Object.entries(motion.representatives).filter(([key]) => group.keys.has(key));
  const [, representative] = representatives[representatives.length - 1] ?? [];
  const personal = latest.filter(({ castBy }) => group.voters.has(castBy));
  let speaking = latest;
  if (representative !== undefined) speaking = latest.filter(({ castBy }) => castBy === representative);
  else if (personal.length > 0) speaking = personal;
  if (rules.coOwnerConflict === 'LAST' && speaking.length > 1) {
    speaking = all.filter((b) => speaking.includes(b)).slice(-1);
  }
  return speaking;
}
