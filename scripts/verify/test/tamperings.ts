import { Dishonest, Unreadable, verifyExport } from '../../verify.ts';
import { type Exported, exportOf, MemoryLog, ORIGIN, ownersExport, publicExport, signer } from './export.ts';
import { anyMeeting } from './meeting.ts';
import { Random } from './random.ts';
import { textSource } from './source.ts';

const logKey = signer(ORIGIN, 'LOG');
const otherKey = signer(ORIGIN, 'LOG');
const community = signer('community.example/kangning', 'WITNESS');

type Leaf = Record<string, unknown>;
interface Case extends Exported {
  readonly random: Random;
  /** The files as they are handed out. */
  readonly files: { readonly owners: string; readonly public: string };
  /** Of the same estate, another time: whole and honest, but not this vote. */
  readonly another: Exported;
}
/** What somebody with the file, but without the log's key, may try. Null where this vote offers nothing to do it to. */
type Tampering = (vote: Case) => string | Buffer | null;
export type Tamperings = Readonly<Record<string, Tampering>>;

const replaced = <T>(list: readonly T[], at: number, value: T) =>
  list.map((item, index) => (index === at ? value : item));
const without = <T>(list: readonly T[], at: number) => list.filter((_, index) => index !== at);

function changedLeaf(vote: Case, type: string, change: (leaf: Leaf) => void): string | null {
  const { parts, random } = vote;
  const places = parts.leaves.flatMap((text, index) => (text.includes(`"type":"${type}"`) ? [index] : []));
  if (places.length === 0) return null;
  const at = random.pick(places);
  const leaf = JSON.parse(parts.leaves[at] ?? '') as Leaf;
  change(leaf);
  return ownersExport({ ...parts, leaves: replaced(parts.leaves, at, JSON.stringify(leaf)) });
}

const withLeaves = ({ parts }: Case, leaves: readonly string[]) => ownersExport({ ...parts, leaves });

export const TAMPERINGS: Tamperings = {
  'a sum is edited in the public export'(vote) {
    const text = vote.files.public;
    const edited = text.replace(
      /(\\"part\\":\[)(\d+)/,
      (_, before: string, area: string) => `${before}${Number(area) + 1}`,
    );
    return edited === text ? null : edited;
  },
  'a leaf is dropped'(vote) {
    return withLeaves(vote, without(vote.parts.leaves, vote.random.below(vote.parts.leaves.length)));
  },
  'a leaf is doubled'(vote) {
    const at = vote.random.below(vote.parts.leaves.length);
    return withLeaves(vote, vote.parts.leaves.toSpliced(at, 0, vote.parts.leaves[at] ?? ''));
  },
  'two leaves change places'(vote) {
    const { leaves } = vote.parts;
    const [a, b] = [vote.random.below(leaves.length), vote.random.below(leaves.length)];
    if (leaves[a] === leaves[b]) return null;
    return withLeaves(vote, replaced(replaced(leaves, a, leaves[b] ?? ''), b, leaves[a] ?? ''));
  },
  'two ballots swap what they say'(vote) {
    const { leaves } = vote.parts;
    const ballots = leaves.flatMap((text, index) => (text.includes('"type":"ballot"') ? [index] : []));
    if (ballots.length < 2) return null;
    const [a = 0, b = 0] = vote.random.shuffled(ballots);
    const [first, second] = [leaves[a], leaves[b]].map((text) => JSON.parse(text ?? '') as Leaf);
    if (first === undefined || second === undefined) return null;
    if (JSON.stringify(first['votes']) === JSON.stringify(second['votes'])) return null;
    const swapped = [
      { ...first, votes: second['votes'] },
      { ...second, votes: first['votes'] },
    ].map((leaf) => JSON.stringify(leaf));
    return withLeaves(vote, replaced(replaced(leaves, a, swapped[0] ?? ''), b, swapped[1] ?? ''));
  },
  'an area grows in the roll'(vote) {
    const at = vote.random.below(vote.parts.rows.length);
    const row = JSON.parse(vote.parts.rows[at] ?? '') as Leaf;
    row['area'] = Number(row['area']) + vote.random.between(1, 100);
    return ownersExport({ ...vote.parts, rows: replaced(vote.parts.rows, at, JSON.stringify(row)) });
  },
  'an area grows on a ballot'(vote) {
    return changedLeaf(vote, 'ballot', (leaf) => (leaf['area'] = Number(leaf['area']) + 1));
  },
  'a unit that nobody knows joins the roll'(vote) {
    const row = JSON.parse(vote.random.pick(vote.parts.rows)) as Leaf;
    row['unit'] = Buffer.from(String(vote.random.below(2 ** 31)).padStart(16, '0')).toString('base64url');
    return ownersExport({ ...vote.parts, rows: [...vote.parts.rows, JSON.stringify(row)] });
  },
  'the roll of another time takes its place'({ parts, another }) {
    return ownersExport({ ...parts, rows: another.parts.rows });
  },
  'the last leaves are taken back to an older checkpoint'({ parts, sizes, random }) {
    const older = random.below(sizes.length - 1);
    const size = sizes[older] ?? 0;
    if (size === parts.leaves.length) return null;
    return ownersExport({
      ...parts,
      notes: parts.notes.slice(0, older + 1),
      leaves: parts.leaves.slice(0, size),
    });
  },
  'the result is edited'(vote) {
    return changedLeaf(vote, 'result', (leaf) => {
      const [motion] = leaf['motions'] as Leaf[];
      if (motion !== undefined) motion['outcome'] = motion['outcome'] === 'PASSED' ? 'REJECTED' : 'PASSED';
    });
  },
  'another is said to be elected'(vote) {
    return changedLeaf(vote, 'result', (leaf) => {
      const [election] = (leaf['elections'] ?? []) as Leaf[];
      const motions = leaf['motions'] as Leaf[];
      if (election === undefined) return void (leaf['at'] = 0);
      const elected = election['elected'] as unknown[];
      election['elected'] = elected.length > 0 ? elected.slice(1) : [motions[0]?.['motion']];
    });
  },
  'a ballot is changed and everything signed anew with another key'(vote) {
    const changed = { ...vote.parts };
    const at = vote.random.below(changed.leaves.length);
    const leaves = without(changed.leaves, at);
    const log = new MemoryLog();
    for (const leaf of leaves) log.append(leaf);
    return ownersExport({ ...changed, leaves, notes: [log.checkpoint(leaves.length, otherKey, null)] });
  },
  'a ballot is given another time'(vote) {
    return changedLeaf(
      vote,
      'ballot',
      (leaf) => (leaf['at'] = Number(leaf['at']) + vote.random.pick([-1, 1])),
    );
  },
  'the deadline is moved'(vote) {
    return changedLeaf(vote, 'agenda', (leaf) => (leaf['closesAt'] = Number(leaf['closesAt']) + 1));
  },
  'a mandate names another agent'(vote) {
    return changedLeaf(vote, 'mandate', (leaf) => (leaf['agent'] = leaf['owner']));
  },
  'a mandate’s instruction is turned round'(vote) {
    return changedLeaf(vote, 'mandate', (leaf) => (leaf['votes'] = { 'motion-a': 'ABSTAIN' }));
  },
  'a mandate was ended at another time'(vote) {
    return changedLeaf(vote, 'mandate-end', (leaf) => (leaf['at'] = Number(leaf['at']) + 1));
  },
  'an extension reaches further'(vote) {
    return changedLeaf(vote, 'extension', (leaf) => (leaf['closesAt'] = Number(leaf['closesAt']) + 1));
  },
  'a threshold is lowered'(vote) {
    return changedLeaf(vote, 'agenda', (leaf) => ((leaf['rules'] as Leaf)['quorum'] = [1, 3]));
  },
  'checkpoints of another vote are put under this one'({ parts, another }) {
    return ownersExport({ ...parts, notes: another.parts.notes });
  },
  'a checkpoint’s root is another’s'({ parts, random }) {
    const [a = '', b = ''] = random.shuffled(parts.notes);
    if (a.split('\n')[2] === b.split('\n')[2]) return null;
    const spliced = a.replace(a.split('\n')[2] ?? '', b.split('\n')[2] ?? '');
    return ownersExport({ ...parts, notes: replaced(parts.notes, parts.notes.indexOf(a), spliced) });
  },
  'a checkpoint says more leaves'({ parts, random }) {
    const at = random.below(parts.notes.length);
    const note = parts.notes[at] ?? '';
    const size = note.split('\n')[1] ?? '';
    return ownersExport({
      ...parts,
      notes: replaced(parts.notes, at, note.replace(`\n${size}\n`, `\n${Number(size) + 1}\n`)),
    });
  },
};

function accuse(text: string | Buffer): number | 'unreadable' | 'honest' {
  try {
    verifyExport(textSource(text), {
      keys: [logKey.text, community.text],
      receipt: null,
      previous: null,
      say: () => {},
    });
    return 'honest';
  } catch (error) {
    if (error instanceof Dishonest) return error.leaf;
    if (error instanceof Unreadable) return 'unreadable';
    throw error;
  }
}

/** One bit of either file. */
export const BIT_FLIPS: Tamperings = {
  'a bit of the owners’ file is flipped'({ files, random }) {
    const bytes = Buffer.from(files.owners);
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    return bytes;
  },
  'a bit of the public file is flipped'(vote) {
    const bytes = Buffer.from(vote.files.public);
    const at = vote.random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << vote.random.below(8));
    return bytes;
  },
};

/** Tries as many of these on as many votes; throws where one goes unnoticed. Answers how often each was tried. */
export function tryAll(
  tamperings: Tamperings,
  { seeds, each }: { readonly seeds: readonly number[]; readonly each: number },
): ReadonlyMap<string, number> {
  const names = Object.keys(tamperings);
  const tried = new Map<string, number>();
  for (const seed of seeds) {
    const random = new Random(seed);
    const exported = exportOf(anyMeeting(random), random, logKey, community);
    const vote: Case = {
      ...exported,
      files: { owners: ownersExport(exported.parts), public: publicExport(exported) },
      another: exportOf(anyMeeting(random), random, logKey, community),
      random,
    };
    if (accuse(vote.files.owners) !== 'honest')
      throw new Error(`seed ${seed}: accused before it was touched`);
    for (let left = each; left > 0;) {
      const name = random.pick(names);
      const text = tamperings[name]?.(vote) ?? null;
      if (text === null) continue;
      if (accuse(text) === 'honest') throw new Error(`seed ${seed}: ${name}, and nobody notices`);
      tried.set(name, (tried.get(name) ?? 0) + 1);
      left -= 1;
    }
  }
  return tried;
}
