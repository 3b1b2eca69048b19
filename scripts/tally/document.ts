import {
  type Ballot,
  countElection,
  type ElectionTerms,
  MARKS,
  type Mark,
  type MotionScope,
  type MotionToTally,
  type RollUnit,
  type TallyResult,
  VOTE_CLASSES,
  type VoteClass,
  type VotingRules,
  WHOLE_ESTATE,
  developerKey,
  isDeveloperKey,
  isMatterNumber,
  ownersKey,
  tally,
  voteClassOf,
} from '../../shared/src/assembly/index.ts';
import { NATIONAL_PROFILE, RULE_KEYS } from '../../shared/src/regions/index.ts';
import {
  DocumentError,
  type Json,
  flag,
  list,
  listOf,
  oneOf,
  optional,
  record,
  text,
  wholeNumber,
} from './json.ts';

/**
 * The tally document: a roll, ballots and one motion as people write them by hand to check a count.
 * `cfg` overrides the national profile; the deadline is 100 where absent; areas are in 0.01 ㎡.
 */
export interface TallyDocument {
  readonly id: string;
  readonly roll: readonly RollUnit[];
  readonly ballots: readonly Ballot[];
  readonly motion: MotionToTally;
  readonly rules: VotingRules;
  readonly deadline: number;
}

/** The result as the command prints it. */
export interface TallyLine {
  readonly id: string;
  readonly result: string;
  readonly reasons: readonly string[];
  readonly TA: number;
  readonly TH: number;
  readonly PA: number;
  readonly PH: number;
  readonly FA: number;
  readonly FH: number;
  readonly breakdown: Readonly<Record<string, readonly [areaCentiSqm: number, heads: number]>>;
  readonly rejected: readonly (readonly [ballotId: string, reason: string])[];
}

const DEFAULT_DEADLINE = 100;

export function parseTallyDocument(json: Json): TallyDocument {
  const document = record(json);
  const id = text(document['id'] ?? '', 'id');
  try {
    const rules = parseRules(record(document['cfg'] ?? {}, 'cfg'));
    return {
      id,
      rules,
      roll: uniqueIds(list(document['units'], 'units', parseUnit), 'units'),
      ballots: uniqueIds(list(document['ballots'], 'ballots', parseBallot), 'ballots'),
      motion: parseMotion(record(document['motion'], 'motion'), rules),
      deadline: wholeNumber(document['deadline'] ?? DEFAULT_DEADLINE, 'deadline'),
    };
  } catch (error) {
    if (error instanceof DocumentError && id !== '') throw new DocumentError(`${id}: ${error.message}`);
    throw error;
  }
}

export function tallyLine(id: string, result: TallyResult): TallyLine {
  const { total, participating, inFavour } = result;
  return {
    id,
    result: result.outcome,
    reasons: result.reasons,
    TA: total.areaCentiSqm,
    TH: total.heads,
    PA: participating.areaCentiSqm,
    PH: participating.heads,
    FA: inFavour.areaCentiSqm,
    FH: inFavour.heads,
    breakdown: Object.fromEntries(
      Object.entries(result.breakdown).map(([as, { areaCentiSqm, heads }]) => [as, [areaCentiSqm, heads]]),
    ),
    rejected: result.rejected.map(({ ballotId, reason }) => [ballotId, reason]),
  };
}

// --- elections -----------------------------------------------------------------------------------------------------

/** A document with an `election` in place of its motion: all candidates are counted over the same ballots. */
export interface ElectionDocument extends Omit<TallyDocument, 'motion'> {
  readonly motions: readonly MotionToTally[];
  readonly terms: ElectionTerms;
}

export interface ElectionLine {
  readonly id: string;
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly elected: readonly string[];
  readonly tied: readonly string[];
  readonly alternates: readonly string[];
  readonly open: number;
  readonly candidates: readonly TallyLine[];
}

/** `{"election": {"candidates": ["c1"], "seats": 1}}`; `sitting`, `committee` and `alternates` may be given. */
export function parseElectionDocument(json: Json): ElectionDocument | null {
  const document = record(json);
  if (document['election'] === undefined) return null;
  const election = record(document['election'], 'election');
  const motionIds = list(election['candidates'], 'election.candidates', text);
  const seats = wholeNumber(election['seats'], 'election.seats');
  if (seats < 1) throw new DocumentError('election.seats must be 1 or more');
  const [first = ''] = motionIds;
  const { motion, ...rest } = parseTallyDocument({ ...document, motion: { id: first, matter: 3 } });
  const sitting = wholeNumber(election['sitting'] ?? 0, 'election.sitting');
  const terms = {
    seats,
    sitting,
    committeeSeats: wholeNumber(election['committee'] ?? seats + sitting, 'election.committee'),
    minElected: NATIONAL_PROFILE.committee.minElected,
    alternatesMax: optional(election['alternates'], (value) => wholeNumber(value, 'election.alternates')),
  };
  const motions = motionIds.map((id) => ({ ...motion, id, election: { seats, motionIds } }));
  return { ...rest, motions, terms };
}

export function electionLine({
  id,
  roll,
  ballots,
  motions,
  rules,
  deadline,
  terms,
}: ElectionDocument): ElectionLine {
  const counts = motions.map((motion) => ({ motion, result: tally(roll, ballots, motion, rules, deadline) }));
  const result = countElection(
    counts.map(({ motion, result: { outcome, inFavour } }) => ({
      candidateId: motion.id,
      outcome,
      inFavour,
    })),
    terms,
  );
  const { outcome, reasons, elected, tied, alternates, openSeats: open } = result;
  const candidates = counts.map(({ motion, result: counted }) => tallyLine(motion.id, counted));
  return { id, outcome, reasons, elected, tied, alternates, open, candidates };
}

// --- units, ballots, motion --------------------------------------------------------------------------------------

function parseUnit(json: Json, path: string): RollUnit {
  const unit = record(json, path);
  const status = oneOf(
    ['UNSOLD', 'SOLD_UNDELIVERED', 'DELIVERED'],
    unit['status'] ?? 'DELIVERED',
    `${path}.status`,
  );
  const developer = optional(unit['developer'], (value) => text(value, `${path}.developer`));
  if (status !== 'DELIVERED' && developer === null) throw new DocumentError(`${path} names no developer`);
  const areaCentiSqm = wholeNumber(unit['area'], `${path}.area`);
  if (areaCentiSqm < 0) throw new DocumentError(`${path}.area is negative`);
  return {
    id: text(unit['id'], `${path}.id`),
    kind: oneOf(['HOME', 'SHOP', 'PARKING'], unit['kind'] ?? 'HOME', `${path}.kind`),
    areaCentiSqm,
    status,
    building: optional(unit['building'], (value) => text(value, `${path}.building`)),
    owners: list(unit['owners'] ?? [], `${path}.owners`, ownerId),
    developer,
  };
}

function parseBallot(json: Json, path: string): Ballot {
  const ballot = record(json, path);
  return {
    id: text(ballot['id'], `${path}.id`),
    principal: principalKey(text(ballot['principal'], `${path}.principal`)),
    castBy: text(ballot['by'], `${path}.by`),
    receivedAt: wholeNumber(ballot['t'], `${path}.t`),
    channel: oneOf(['ONLINE', 'PAPER'], ballot['channel'] ?? 'ONLINE', `${path}.channel`),
    signed: flag(ballot['signed'] ?? true, `${path}.signed`),
    proxy: parseProxy(ballot['proxy'], `${path}.proxy`),
    votes: parseVotes(record(ballot['votes'] ?? {}, `${path}.votes`), `${path}.votes`),
  };
}

/** `true` or `{}` is a written authority; a role may be given as text or as `{role}`. */
function parseProxy(json: Json | undefined, path: string): Ballot['proxy'] {
  if (json === undefined || json === null || json === false) return null;
  if (json === true) return { role: null };
  if (typeof json === 'string') return { role: json };
  return { role: optional(record(json, path)['role'], (value) => text(value, `${path}.role`)) };
}

function parseVotes(json: Readonly<Record<string, Json>>, path: string): Ballot['votes'] {
  return mapValues(json, path, (vote, at) =>
    typeof vote === 'string' ? parseMark(vote, at) : mapValues(record(vote, at), at, parseMark),
  );
}

function parseMark(json: Json, path: string): Mark {
  return oneOf(MARKS, json, path);
}

function parseMotion(motion: Readonly<Record<string, Json>>, rules: VotingRules): MotionToTally {
  return {
    id: text(motion['id'], 'motion.id'),
    voteClass: parseClass(motion, rules),
    notVoted:
      motion['status'] === 'WITHDRAWN' || motion['status'] === 'NOT_ON_AGENDA' ? motion['status'] : null,
    scope: parseScope(motion['scope']),
    representatives: Object.fromEntries(
      Object.entries(record(motion['rep'] ?? {}, 'motion.rep')).map(([key, person]) => [
        principalKey(key),
        text(person, `motion.rep.${key}`),
      ]),
    ),
    served: list(motion['served'] ?? [], 'motion.served', (key, path) => principalKey(text(key, path))),
  };
}

/** The class as written, or the one that follows from the matter. */
function parseClass(motion: Readonly<Record<string, Json>>, rules: VotingRules): VoteClass {
  const matter = motion['matter'];
  if (motion['cls'] === undefined && isMatterNumber(matter)) return voteClassOf(matter, rules.specialMatters);
  return oneOf(VOTE_CLASSES, motion['cls'], 'motion.cls');
}

/** Absent: the whole estate. A list names units; `{buildings}` and `{units}` say which they name. */
function parseScope(json: Json | undefined): MotionScope {
  if (json === undefined || json === null) return WHOLE_ESTATE;
  if (Array.isArray(json)) return { kind: 'UNITS', unitIds: listOf(json, 'motion.scope') };
  const scope = record(json, 'motion.scope');
  return scope['buildings'] === undefined
    ? { kind: 'UNITS', unitIds: listOf(scope['units'], 'motion.scope.units') }
    : { kind: 'BUILDINGS', buildings: listOf(scope['buildings'], 'motion.scope.buildings') };
}

// --- rules -------------------------------------------------------------------------------------------------------

/** The national profile with what `cfg` says instead. Keys of the profile that no vote depends on are let pass. */
function parseRules(cfg: Readonly<Record<string, Json>>): VotingRules {
  const own = Object.entries(cfg).flatMap(([key, value]) => {
    const path = `cfg.${key}`;
    if (isVotingKey(key)) return [[key, RULE_PARSERS[key](value, path)]];
    if (RULE_KEYS.includes(key)) return [];
    throw new DocumentError(`${path} is no key of a region profile`);
  });
  return { ...NATIONAL_PROFILE.voting, ...Object.fromEntries(own) };
}

const RULE_PARSERS: { readonly [K in keyof VotingRules]: (json: Json, path: string) => VotingRules[K] } = {
  quorum: fraction,
  ordinary: threshold,
  special: threshold,
  specialMatters: (json, path) =>
    list(json, path, (matter, at) => {
      if (isMatterNumber(matter)) return matter;
      throw new DocumentError(`${at} must be a matter, 1 to 9`);
    }),
  countParking: flag,
  headMerge: choice(['EXACT_OWNER_SET', 'SHARED_ANY']),
  nonVoter: choice(['NOT_COUNTED', 'FOLLOW_MAJORITY']),
  revote: choice(['LAST', 'FIRST']),
  channelPriority: choice(['LAST', 'PAPER', 'ONLINE']),
  blank: choice(['PARTICIPATES', 'EXCLUDED']),
  abstain: choice(['PARTICIPATES', 'EXCLUDED']),
  multiUnitSplit: choice(['INVALID', 'AREA_SPLIT']),
  coOwnerConflict: choice(['INVALID', 'LAST']),
  proxyCap: (json, path) => optional(json, (value) => wholeNumber(value, path)),
  proxyBarredRoles: listOf,
};

function isVotingKey(key: string): key is keyof VotingRules {
  return Object.hasOwn(RULE_PARSERS, key);
}

function choice<const Value extends string>(values: readonly Value[]) {
  return (json: Json, path: string): Value => oneOf(values, json, path);
}

function fraction(json: Json, path: string): readonly [number, number] {
  const [n, d, ...more] = list(json, path, wholeNumber);
  if (n === undefined || d === undefined || more.length > 0 || n < 0 || d < 1) {
    throw new DocumentError(`${path} must be [numerator, denominator]`);
  }
  return [n, d];
}

function threshold(json: Json, path: string): VotingRules['ordinary'] {
  const { r, strict } = record(json, path);
  return { share: fraction(r ?? null, `${path}.r`), strict: flag(strict ?? false, `${path}.strict`) };
}

// --- names -------------------------------------------------------------------------------------------------------

function ownerId(json: Json, path: string): string {
  const owner = text(json, path);
  if (owner === '' || owner.includes('+')) throw new DocumentError(`${path} is no owner id: "${owner}"`);
  return owner;
}

/** "b+a" names the same owners as "a+b". */
function principalKey(key: string): string {
  if (isDeveloperKey(key)) return developerKey(key.slice('DEV:'.length));
  const owners = key.split('+');
  return owners.includes('') ? key : ownersKey(owners);
}

function uniqueIds<Item extends { readonly id: string }>(
  items: readonly Item[],
  path: string,
): readonly Item[] {
  const seen = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id)) throw new DocumentError(`${path} has "${id}" twice`);
    seen.add(id);
  }
  return items;
}

function mapValues<Value>(
  json: Readonly<Record<string, Json>>,
  path: string,
  parse: (value: Json, path: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, parse(value, `${path}.${key}`)]),
  );
}
