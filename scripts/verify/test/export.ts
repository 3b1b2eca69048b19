import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import {
  countElection,
  electorateOf,
  type PaperRefusal,
  principalKeyOf,
  tally,
  WHOLE_ESTATE,
} from '../../../shared/src/assembly/index.ts';
import {
  agendaElection,
  announcedElection,
  announcedMotion,
  EXPORT_END,
  headerLine,
  type Leaf,
  noteLine,
  OWNERS_EXPORT,
  principalTags,
  PUBLIC_EXPORT,
  type ResultLeaf,
  rollRows,
  rowText,
  scopeTags,
  sectionLine,
  type Tagger,
  wordingLine,
} from '../../../shared/src/ballot-log/index.ts';
import {
  canonicalJson,
  checkpointText,
  cosignedText,
  formatNoteKey,
  formatReceipt,
  leafHash,
  type LogHash,
  MerkleTree,
  type NoteKey,
  type NoteKeyType,
  nodeHash,
  noteKey,
  noteOf,
  type NodePlace,
  placesCompletedBy,
  signatureLine,
  witnessSignature,
} from '../../../shared/src/transparency/index.ts';
import { nodePrimitives } from '../../../shared/test/transparency/node-primitives.ts';
import { CLOSES_AT, FIRST_DEADLINE, type Meeting, OPENS_AT, type TestMandate } from './meeting.ts';
import type { Random } from './random.ts';

export interface Signer {
  readonly key: NoteKey;
  readonly secret: KeyObject;
  /** As people hand it on. */
  readonly text: string;
}

export const ORIGIN = 'linli.example/kangning/2026-2';
const { sha256, utf8, toBase64 } = nodePrimitives;

/** A new key; from a seed of 32 bytes the same one every time. */
export function signer(name: string, type: NoteKeyType, seed = randomBytes(32)): Signer {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  const key = noteKey(nodePrimitives, name, type, new Uint8Array(raw));
  return { key, secret, text: formatNoteKey(nodePrimitives, key) };
}

const tagOf = (text: string) => createHmac('sha256', 'the assembly’s key').update(text).digest();
const tag = (text: string) => tagOf(text).toString('base64url', 0, 16);
export const tagger: Tagger = {
  unit: (id) => tag(`unit ${id}`),
  voter: (id) => tag(`voter ${id}`),
  building: (name) => tag(`building ${name}`),
};
export const tagOfHash = (text: string) =>
  createHash('sha256').update(text).digest().toString('base64url', 0, 16);

/** A log in memory, as the server's is in the database. */
export class MemoryLog {
  readonly leaves: string[] = [];
  readonly #nodes = new Map<string, LogHash>();
  readonly tree = new MerkleTree(sha256, (place) => this.#node(place));

  append(text: string): void {
    const index = this.leaves.push(text) - 1;
    for (const place of placesCompletedBy(index)) {
      const { level, position } = place;
      const hash =
        level === 0
          ? leafHash(sha256, utf8(text))
          : nodeHash(
              sha256,
              this.#node({ level: level - 1, position: position * 2 }),
              this.#node({ level: level - 1, position: position * 2 + 1 }),
            );
      this.#nodes.set(keyOf(place), hash);
    }
  }

  checkpoint(size: number, log: Signer, witness: Signer | null): string {
    const text = checkpointText(nodePrimitives, { origin: ORIGIN, size, root: this.tree.root(size) });
    const lines = [signatureLine(nodePrimitives, log.key, sign(null, utf8(text), log.secret))];
    if (witness !== null) {
      const signature = sign(null, utf8(cosignedText(text, CLOSES_AT)), witness.secret);
      lines.push(signatureLine(nodePrimitives, witness.key, witnessSignature(CLOSES_AT, signature)));
    }
    return noteOf(text, lines);
  }

  receipt(index: number, size: number, checkpoint: string): string {
    const leaf = this.leaves[index] ?? '';
    return formatReceipt(nodePrimitives, { leaf, index, path: this.tree.inclusion(index, size), checkpoint });
  }

  #node(place: NodePlace): LogHash {
    const node = this.#nodes.get(keyOf(place));
    if (node === undefined) throw new Error(`no node ${keyOf(place)}`);
    return node;
  }
}

const keyOf = ({ level, position }: NodePlace) => `${level}:${position}`;

/** An export in its parts, so that a test can change one and write the rest as it was. */
export interface Parts {
  readonly header: string;
  readonly rows: readonly string[];
  readonly wordings: readonly string[];
  readonly notes: readonly string[];
  readonly leaves: readonly string[];
}

export const ownersExport = ({ header, rows, wordings, notes, leaves }: Parts): string =>
  [
    OWNERS_EXPORT,
    header,
    sectionLine('roll', rows.length),
    ...rows,
    sectionLine('wordings', wordings.length),
    ...wordings,
    sectionLine('checkpoints', notes.length),
    ...notes.map(noteLine),
    sectionLine('leaves', leaves.length),
    ...leaves,
    EXPORT_END,
    '',
  ].join('\n');

/** The public export of the same log: no ballots, only that it grew, and its first, second and last leaf. */
export function publicExport({ log, parts, sizes }: Exported): string {
  const encode = (path: readonly LogHash[]) => path.map(toBase64);
  const checkpoints = parts.notes.map((note, index) => {
    const before = sizes[index - 1];
    const path = before === undefined ? [] : log.tree.consistency(before, sizes[index] ?? 0);
    return canonicalJson({ note, consistency: encode(path) });
  });
  const size = log.leaves.length;
  const proven = [0, 1, size - 1].map((index) =>
    canonicalJson({ index, leaf: log.leaves[index] ?? '', path: encode(log.tree.inclusion(index, size)) }),
  );
  return [
    PUBLIC_EXPORT,
    parts.header,
    sectionLine('checkpoints', checkpoints.length),
    ...checkpoints,
    sectionLine('proven', proven.length),
    ...proven,
    EXPORT_END,
    '',
  ].join('\n');
}

export interface Exported {
  readonly log: MemoryLog;
  readonly parts: Parts;
  readonly sizes: readonly number[];
}

/** The meeting as the app would log and export it, counted with the app's own tally. */
export function exportOf(meeting: Meeting, random: Random, logKey: Signer, witness: Signer): Exported {
  const rows = rollRows(meeting.roll, meeting.rules, {
    tagger,
    tagOfHash,
    salt: () => random.below(2 ** 31).toString(16),
  }).map(rowText);
  const rowLog = new MemoryLog();
  for (const row of rows) rowLog.append(row);
  const root = toBase64(rowLog.tree.root(rows.length));
  const log = new MemoryLog();
  const add = (leaf: Leaf) => log.append(canonicalJson({ ...leaf } as never));
  const roll = { v: 1, type: 'roll', at: OPENS_AT - 9, root, rows: rows.length } as const;
  const isCorrected = random.oneIn(4);
  add({ ...roll, reason: 'NOTICE', root: isCorrected ? toBase64(sha256(utf8('the older roll'))) : root });
  addAgenda(meeting, add);
  if (isCorrected) add({ ...roll, reason: 'OBJECTION' });
  addEvents(meeting, random, add);
  addResult(meeting, add);
  const size = log.leaves.length;
  const sizes = [2, random.between(2, size), size].sort((a, b) => a - b);
  const header = headerLine({
    origin: ORIGIN,
    keys: [logKey.text],
    witnesses: [witness.text],
  });
  const notes = sizes.map((at) => log.checkpoint(at, logKey, at === size ? witness : null));
  return {
    log,
    parts: {
      header,
      rows,
      wordings: meeting.motions.map(({ id }) => wordingOf(meeting, id)),
      notes,
      leaves: log.leaves,
    },
    sizes,
  };
}

const wordingOf = ({ wordings }: Meeting, motion: string) =>
  wordingLine({ motion, ...(wordings?.[motion] ?? { title: `议题 ${motion}`, text: '全文' }) });

const ELECTION = 'election-1';

function addResult(meeting: Meeting, add: (leaf: Leaf) => void): void {
  const { roll, ballots, motions, rules, election } = meeting;
  const counts = motions.map((motion) => ({
    id: motion.id,
    result: tally(roll, ballots, motion, rules, CLOSES_AT),
  }));
  const candidates = counts.map(({ id, result }) => ({ candidateId: id, ...result }));
  add({
    v: 1,
    type: 'result',
    at: CLOSES_AT + 600,
    motions: counts.map(({ id, result }) => announcedMotion(id, result)),
    ...refusedOf(meeting),
    ...(election === null
      ? {}
      : { elections: [announcedElection(ELECTION, countElection(candidates, election))] }),
  });
}

function addAgenda(meeting: Meeting, add: (leaf: Leaf) => void): void {
  const { motions, rules, election } = meeting;
  add({
    v: 1,
    type: 'agenda',
    estate: '康宁家园',
    meeting: '2026年第2次业主大会会议',
    at: OPENS_AT - 8,
    opensAt: OPENS_AT,
    ...(meeting.mandates === undefined
      ? { closesAt: CLOSES_AT }
      : { closesAt: FIRST_DEADLINE, latest: CLOSES_AT }),
    rules,
    motions: motions.map(({ id, voteClass, scope }) => ({
      motion: id,
      matter: 9,
      class: voteClass,
      wording: toBase64(sha256(utf8(wordingOf(meeting, id)))),
      scope: scopeTags(scope, tagger),
      ...(election === null ? {} : { election: ELECTION }),
    })),
    ...(election === null ? {} : { elections: [agendaElection(ELECTION, election)] }),
  });
}

/** Withdrawals, choices and ballots in any order that a busy evening may bring. */
function addEvents(meeting: Meeting, random: Random, add: (leaf: Leaf) => void): void {
  const { roll, rules, motions, ballots, choices } = meeting;
  const tagOfUnit = principalTags(roll, rules, { tagger, tagOfHash });
  const electorate = electorateOf(roll, WHOLE_ESTATE, rules);
  const tagOfKey = new Map(
    roll.map((unit) => [electorate.find(principalKeyOf(unit))?.key ?? '', tagOfUnit(unit)]),
  );
  const withdrawn: Leaf[] = motions
    .filter(({ notVoted }) => notVoted === 'WITHDRAWN')
    .map(({ id }) => ({ v: 1, type: 'withdrawn', at: OPENS_AT, motion: id, reason: '业委会撤回' }));
  const chosen: Leaf[] = [...choices].flatMap(([key, wanted]) =>
    [...wanted].map(([owner, representative]) => ({
      v: 1 as const,
      type: 'representative' as const,
      at: OPENS_AT + 1,
      principal: tagOfKey.get(key) ?? '',
      owner: tagger.voter(owner),
      chosen: tagger.voter(representative),
      salt: 's',
    })),
  );
  const cast: Leaf[] = ballots.map((ballot) => ({
    v: 1,
    type: 'ballot',
    at: ballot.receivedAt,
    ballot: ballot.id,
    principal: tagOfKey.get(ballot.principal) ?? '',
    area: electorate.principals.get(ballot.principal)?.areaCentiSqm ?? 0,
    cast_by: tagger.voter(ballot.castBy),
    channel: ballot.channel,
    signed: ballot.signed,
    proxy: meeting.underMandate?.get(ballot.id) ?? ballot.proxy,
    supersedes: null,
    votes: Object.fromEntries(
      motions.flatMap(({ id }) => {
        const mark = ballot.votes[id];
        return typeof mark === 'string' ? [[id, mark]] : [];
      }),
    ),
    ...(ballot.channel === 'PAPER' ? { operators: READERS } : {}),
    salt: random.below(2 ** 31).toString(16),
  }));
  const refused: Leaf[] = meeting.refused.map((reason) => ({
    v: 1,
    type: 'refused',
    at: CLOSES_AT,
    principal: random.pick([null, ...tagOfKey.values()]),
    reason,
    operators: READERS,
    salt: random.below(2 ** 31).toString(16),
  }));
  const given: Leaf[] = (meeting.mandates ?? []).map(({ id, principal, owner, agent, instructions }) => ({
    v: 1,
    type: 'mandate',
    at: OPENS_AT,
    mandate: id,
    principal: tagOfKey.get(principal) ?? '',
    owner: tagger.voter(owner),
    agent: tagger.voter(agent),
    way: 'IN_APP',
    motions: null,
    votes: Object.fromEntries(motions.flatMap(({ id: motion }) => said(instructions, motion))),
    salt: 's',
  }));
  const ended: Leaf[] = (meeting.mandates ?? []).flatMap(({ id, end }) =>
    end === null
      ? []
      : [{ v: 1, type: 'mandate-end', at: end.at, mandate: id, reason: end.reason, salt: 's' }],
  );
  const extension: Leaf = {
    v: 1,
    type: 'extension',
    at: FIRST_DEADLINE,
    from: FIRST_DEADLINE,
    closesAt: CLOSES_AT,
    reason: '参与不足',
  };
  for (const leaf of random.shuffled([...withdrawn, ...chosen])) add(leaf);
  if (meeting.mandates !== undefined) for (const leaf of [...given, extension]) add(leaf);
  for (const leaf of random.shuffled([...cast, ...ended, ...refused])) add(leaf);
  for (const { id, principal, annulled } of ballots) {
    if (annulled !== true) continue;
    const [objector = ''] = electorate.principals.get(principal)?.voters ?? [];
    const operators = [READERS[0], tagger.voter(objector)] as const;
    add({ v: 1, type: 'annulled', at: CLOSES_AT, ballot: id, reason: 'MISREAD', operators });
  }
}

/** The two who read every paper. */
const READERS = [tagger.voter('reader-1'), tagger.voter('reader-2')] as const;

function refusedOf({ refused }: Meeting): Pick<ResultLeaf, 'refused'> {
  const counts: Partial<Record<PaperRefusal, number>> = {};
  for (const reason of refused) counts[reason] = (counts[reason] ?? 0) + 1;
  return refused.length === 0 ? {} : { refused: counts };
}

const said = (instructions: TestMandate['instructions'], motion: string) => {
  const choice = instructions[motion];
  return choice === undefined ? [] : [[motion, choice] as const];
};
