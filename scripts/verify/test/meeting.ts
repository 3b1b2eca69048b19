import {
  type Ballot,
  type Choice,
  type ElectionTerms,
  electorateOf,
  type MandateEnd,
  MARKS,
  PAPER_REFUSALS,
  type PaperRefusal,
  type MotionScope,
  type MotionToTally,
  type PrincipalKey,
  type RollUnit,
  standsUnder,
  type VotingRules,
  WHOLE_ESTATE,
} from '../../../shared/src/assembly/index.ts';
import { NATIONAL_PROFILE } from '../../../shared/src/regions/index.ts';
import type { Random } from './random.ts';

/** An assembly as the app's own types know it. */
export interface Meeting {
  readonly roll: readonly RollUnit[];
  readonly rules: VotingRules;
  readonly motions: readonly MotionToTally[];
  readonly ballots: readonly Ballot[];
  /** Principal → co-owner → whom they want. */
  readonly choices: ReadonlyMap<PrincipalKey, ReadonlyMap<string, string>>;
  /** Motion → what it says, where that matters. */
  readonly wordings?: Readonly<Record<string, { readonly title: string; readonly text: string }>>;
  /** Papers that took no part. */
  readonly refused: readonly PaperRefusal[];
  readonly mandates?: readonly TestMandate[];
  /** Ballots of agents, by id: what the log says, also where the mandate was revoked and the count knows no proxy. */
  readonly underMandate?: ReadonlyMap<string, { readonly mandate: string; readonly role: string }>;
  /** Where all its motions are candidates of one election. */
  readonly election: ElectionTerms | null;
}

export interface TestMandate {
  readonly id: string;
  readonly principal: PrincipalKey;
  readonly owner: string;
  readonly agent: string;
  readonly instructions: Readonly<Record<string, Choice>>;
  readonly end: { readonly reason: MandateEnd; readonly at: number } | null;
}

export const OPENS_AT = 1_000_000;
export const CLOSES_AT = 2_000_000;
/** As the notice gave it, before the extension. */
export const FIRST_DEADLINE = 1_900_000;
const LATEST_PAPER = 2_000_500;
const PEOPLE = Array.from({ length: 24 }, (_, index) => `owner-${index}`);
const STRANGER = 'cousin';
const AGENTS = ['neighbour', 'lawyer'] as const;
const DEVELOPER = '康宁置业';
const BUILDINGS = ['1号楼', '2号楼'] as const;
const MOTIONS = ['motion-a', 'motion-b', 'motion-c'] as const;

export function anyMeeting(random: Random): Meeting {
  const rules = anyRules(random);
  const roll = Array.from({ length: random.between(3, 14) }, (_, index) => anyUnit(random, index));
  const electorate = electorateOf(roll, WHOLE_ESTATE, rules);
  const voting = [...electorate.principals.values()].filter(({ voters }) => voters.size > 0);
  const choices = new Map<PrincipalKey, Map<string, string>>();
  const ballots: Ballot[] = [];
  for (const { key, voters } of voting) {
    const people = [...voters];
    if (people.length > 1 && random.oneIn(2)) choices.set(key, anyChoices(random, people));
    if (random.oneIn(6)) continue;
    for (let left = random.oneIn(3) ? 3 : 1; left > 0; left -= 1)
      ballots.push(anyBallot(random, ballots.length, key, people));
  }
  const agency = anyAgency(random, voting);
  ballots.push(...agency.ballots);
  const representatives = agreed(choices, voting);
  const motions = MOTIONS.slice(0, random.between(1, 3)).map((id) =>
    anyMotion(random, id, roll, representatives),
  );
  const refused = Array.from({ length: random.below(3) }, () => random.pick(PAPER_REFUSALS));
  const election = roll.length % 3 === 0 ? termsFor(roll.length) : null;
  return {
    roll,
    rules,
    motions: election === null ? motions : candidatesOf(motions, election),
    ballots,
    choices,
    refused,
    election,
    ...agency.kept,
  };
}

/** Every third meeting elects, one or two of up to three candidates. */
function termsFor(units: number): ElectionTerms {
  const seats = 1 + (units % 2);
  return {
    seats,
    sitting: units % 4 === 0 ? 1 : 0,
    committeeSeats: seats + 1,
    minElected: { share: [1, 2], strict: true },
    alternatesMax: units % 5 === 0 ? 1 : null,
  };
}

function candidatesOf(motions: readonly MotionToTally[], { seats }: ElectionTerms): MotionToTally[] {
  const motionIds = motions.filter(({ notVoted }) => notVoted === null).map(({ id }) => id);
  return motions.map((motion) => ({
    ...motion,
    voteClass: 'ORDINARY',
    scope: WHOLE_ESTATE,
    election: { seats, motionIds },
  }));
}

/** Rules of any region or estate; who is merged with whom stays as it is everywhere today. */
function anyRules(random: Random): VotingRules {
  return {
    ...NATIONAL_PROFILE.voting,
    countParking: random.oneIn(2),
    headMerge: random.pick(['EXACT_OWNER_SET', 'EXACT_OWNER_SET', 'SHARED_ANY']),
    revote: random.pick(['LAST', 'FIRST']),
    channelPriority: random.pick(['LAST', 'PAPER', 'ONLINE']),
    blank: random.pick(['PARTICIPATES', 'EXCLUDED']),
    abstain: random.pick(['PARTICIPATES', 'EXCLUDED']),
    coOwnerConflict: random.pick(['INVALID', 'LAST']),
    proxyCap: random.pick([null, 1, 2]),
    proxyBarredRoles: ['PM_STAFF'],
  };
}

function anyUnit(random: Random, index: number): RollUnit {
  const status = random.pick(['DELIVERED', 'DELIVERED', 'DELIVERED', 'DELIVERED', 'UNSOLD'] as const);
  const owners = random.oneIn(12) ? [] : random.shuffled(PEOPLE).slice(0, random.oneIn(3) ? 2 : 1);
  return {
    id: `unit-${index}`,
    kind: random.pick(['HOME', 'HOME', 'HOME', 'SHOP', 'PARKING'] as const),
    areaCentiSqm: random.between(1_000, 20_000),
    status,
    building: random.pick(BUILDINGS),
    owners,
    developer: status === 'DELIVERED' ? null : DEVELOPER,
  };
}

function anyChoices(random: Random, people: readonly string[]): Map<string, string> {
  const wanted = random.pick(people);
  return new Map(people.map((person) => [person, random.oneIn(4) ? random.pick(people) : wanted]));
}

function agreed(
  choices: Meeting['choices'],
  principals: readonly { readonly key: PrincipalKey; readonly voters: ReadonlySet<string> }[],
): Record<PrincipalKey, string> {
  const found: Record<PrincipalKey, string> = {};
  for (const { key, voters } of principals) {
    const wanted = new Set([...voters].map((voter) => choices.get(key)?.get(voter)));
    const [only] = wanted;
    if (wanted.size === 1 && only !== undefined) found[key] = only;
  }
  return found;
}

function anyBallot(
  random: Random,
  index: number,
  principal: PrincipalKey,
  people: readonly string[],
): Ballot {
  const channel = random.pick(['ONLINE', 'ONLINE', 'PAPER'] as const);
  const byProxy = channel === 'PAPER' && random.oneIn(4);
  const marks = channel === 'PAPER' ? MARKS : (['FOR', 'FOR', 'AGAINST', 'ABSTAIN'] as const);
  const marked = MOTIONS.filter(() => !random.oneIn(6)).map((id) => [id, random.pick(marks)] as const);
  return {
    id: `01BALLOT${String(index).padStart(18, '0')}`,
    principal,
    castBy: byProxy ? STRANGER : random.pick(people),
    receivedAt: random.between(OPENS_AT, channel === 'PAPER' ? LATEST_PAPER : CLOSES_AT),
    channel,
    signed: channel === 'ONLINE' || !random.oneIn(8),
    proxy: byProxy && !random.oneIn(4) ? { role: random.pick([null, 'PM_STAFF', 'FAMILY']) } : null,
    votes: Object.fromEntries(marked),
    annulled: channel === 'PAPER' && random.oneIn(8),
  };
}

/** Some owners send somebody; some take it back, sell or die, before the agent voted or after. */
function anyAgency(
  random: Random,
  voting: readonly { readonly key: PrincipalKey; readonly voters: ReadonlySet<string> }[],
) {
  const mandates: TestMandate[] = [];
  const ballots: Ballot[] = [];
  const underMandate = new Map<string, { mandate: string; role: string }>();
  for (const { key, voters } of voting) {
    if (!random.oneIn(4)) continue;
    const index = mandates.length;
    const instructions = random.oneIn(2) ? { [MOTIONS[0]]: random.pick(['FOR', 'AGAINST'] as const) } : {};
    const end = random.oneIn(3)
      ? {
          reason: random.pick(['REVOKED', 'SOLD', 'DIED', 'RESIGNED'] as const),
          at: random.between(OPENS_AT, CLOSES_AT),
        }
      : null;
    const mandate = {
      id: `01MANDATE${String(index).padStart(17, '0')}`,
      principal: key,
      owner: random.pick([...voters]),
      agent: random.pick(AGENTS),
      instructions,
      end,
    };
    mandates.push(mandate);
    if (random.oneIn(5)) continue;
    const id = `01AGENTS${String(index).padStart(18, '0')}`;
    const role = random.pick(['OTHER', 'OTHER', 'PM_STAFF']);
    const receivedAt = random.between(OPENS_AT, CLOSES_AT);
    underMandate.set(id, { mandate: mandate.id, role });
    ballots.push({
      id,
      principal: key,
      castBy: mandate.agent,
      receivedAt,
      channel: 'ONLINE',
      signed: true,
      proxy: standsUnder(receivedAt, end) ? { role } : null,
      votes: { [MOTIONS[0]]: random.pick(['FOR', 'AGAINST', 'ABSTAIN'] as const), ...instructions },
    });
  }
  return { ballots, kept: { mandates, underMandate } };
}

function anyMotion(
  random: Random,
  id: string,
  roll: readonly RollUnit[],
  representatives: Record<PrincipalKey, string>,
): MotionToTally {
  return {
    id,
    voteClass: random.pick(['ORDINARY', 'SPECIAL']),
    notVoted: random.oneIn(8) ? 'WITHDRAWN' : null,
    scope: anyScope(random, roll),
    representatives,
    served: [],
  };
}

function anyScope(random: Random, roll: readonly RollUnit[]): MotionScope {
  if (random.oneIn(3)) return { kind: 'BUILDINGS', buildings: [random.pick(BUILDINGS)] };
  if (random.oneIn(5))
    return { kind: 'UNITS', unitIds: roll.filter(() => random.oneIn(2)).map(({ id }) => id) };
  return WHOLE_ESTATE;
}
