import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sign } from 'node:crypto';
import {
  announcedMotion,
  EXPORT_END,
  headerLine,
  type Leaf,
  noteLine,
  OWNERS_EXPORT,
  rowText,
  sectionLine,
  wordingLine,
} from '../../shared/src/ballot-log/index.ts';
import {
  canonicalJson,
  checkpointText,
  leafHash,
  type LogHash,
  nodeHash,
  noteOf,
  signatureLine,
} from '../../shared/src/transparency/index.ts';
import { NATIONAL_PROFILE } from '../../shared/src/regions/index.ts';
import { nodePrimitives } from '../../shared/test/transparency/node-primitives.ts';
import { root } from '../bootstrap/paths.mjs';
import { median } from './statistics.ts';
import { ORIGIN, signer, tagOfHash } from '../verify/test/export.ts';

/** What a check of one export took, node's own start included. */
export interface VerifierFigures {
  readonly ballots: number;
  readonly fileMb: number;
  /** User and kernel: what the clock shows on a machine that does nothing else, or more where threads share the work. */
  readonly cpuSeconds: number;
  readonly elapsedSeconds: number;
  /** Of what it takes to read the file, parse each line and hash it once: the least that any verifier does. */
  readonly cpuRatio: number;
  readonly peakMb: number;
}

/** Checks an export of as many homes as ballots in a process of its own, so many times: medians. */
export function measureVerifier(folder: string, ballots: number, times = 1): VerifierFigures {
  const file = join(folder, `owners-${ballots}.log.txt`);
  const bytes = writeExport(file, ballots);
  const verifier = runs(times, [join(root, 'scripts/verify.ts'), file], 'PASSED');
  const least = runs(times, ['--input-type=module', '--eval', LEAST, file], '');
  rmSync(file);
  return {
    ballots,
    fileMb: bytes / 2 ** 20,
    cpuSeconds: verifier.cpuSeconds,
    elapsedSeconds: verifier.elapsedSeconds,
    cpuRatio: verifier.cpuSeconds / least.cpuSeconds,
    peakMb: verifier.peakMb,
  };
}

const LEAST = `
import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
for await (const line of createInterface({ input: createReadStream(process.argv[1]) })) {
  if (line.startsWith('{')) JSON.parse(line);
  hash('sha256', line, 'buffer');
}`;

const TELLS_USAGE = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\n'+JSON.stringify(process.resourceUsage())))`;

function runs(times: number, args: readonly string[], says: string) {
  const all = Array.from({ length: times }, () => run(args, says));
  return {
    cpuSeconds: median(all.map(({ cpuSeconds }) => cpuSeconds)),
    elapsedSeconds: median(all.map(({ elapsedSeconds }) => elapsedSeconds)),
    peakMb: median(all.map(({ peakMb }) => peakMb)),
  };
}

function run(args: readonly string[], says: string) {
  const startedAt = performance.now();
  // Not the caller's flags: jest needs some that the verifier does not.
  const child = spawnSync(process.execPath, ['--import', TELLS_USAGE, ...args], {
    encoding: 'utf8',
    env: {},
  });
  const elapsedSeconds = (performance.now() - startedAt) / 1_000;
  if (child.status !== 0 || !child.stdout.includes(says))
    throw new Error(`${args.join(' ')} ended with ${child.status}: ${child.stdout}${child.stderr}`);
  const usage = JSON.parse(child.stderr.split('\n').at(-1) ?? '') as NodeJS.ResourceUsage;
  return {
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    elapsedSeconds,
    peakMb: usage.maxRSS / 1024,
  };
}

const { sha256, utf8, toBase64 } = nodePrimitives;

/** The root of a tree of any size in log₂(n) hashes: a million leaves need not be kept. */
class GrowingTree {
  size = 0;
  readonly #peaks: LogHash[] = [];

  append(text: string): void {
    let hash = leafHash(sha256, utf8(text));
    for (let size = this.size; size % 2 === 1; size = (size - 1) / 2)
      hash = nodeHash(sha256, this.#peaks.pop() ?? hash, hash);
    this.#peaks.push(hash);
    this.size += 1;
  }

  root(): LogHash {
    const root = this.#peaks.reduceRight<LogHash | null>(
      (right, left) => (right === null ? left : nodeHash(sha256, left, right)),
      null,
    );
    if (root === null) throw new Error('an empty tree has no root here');
    return root;
  }
}

const AREA = 9_000;
const OPENS_AT = 1_000;
const SALT = 'AAAAAAAAAAAAAAAAAAAAAA';
const MOTIONS = ['motion-1', 'motion-2', 'motion-3'] as const;
const ownerOf = (home: number) => tagOfHash(`owner ${home}`);
/** As rollRows makes it of a home with one owner. */
const principalOf = (home: number) => tagOfHash(`principal\n${ownerOf(home)}`);

function rowOf(home: number): string {
  return rowText({
    unit: tagOfHash(`unit ${home}`),
    principal: principalOf(home),
    area: AREA,
    kind: 'HOME',
    status: 'DELIVERED',
    building: tagOfHash(`building ${home % 50}`),
    owners: [ownerOf(home)],
    developer: null,
    salt: SALT,
  });
}

const ballotOf = (home: number): Leaf => ({
  v: 1,
  type: 'ballot',
  at: OPENS_AT + home,
  ballot: `01BALLOT${String(home).padStart(18, '0')}`,
  principal: principalOf(home),
  area: AREA,
  cast_by: ownerOf(home),
  channel: 'ONLINE',
  signed: true,
  proxy: null,
  supersedes: null,
  votes: Object.fromEntries(MOTIONS.map((motion) => [motion, 'FOR'])),
  salt: SALT,
});

const wordings = MOTIONS.map((motion) => wordingLine({ motion, title: `议题 ${motion}`, text: '全文' }));

const agendaOf = (homes: number): Leaf => ({
  v: 1,
  type: 'agenda',
  at: 1,
  estate: '康宁家园',
  meeting: '2026年第2次业主大会会议',
  opensAt: OPENS_AT,
  closesAt: OPENS_AT + homes,
  rules: NATIONAL_PROFILE.voting,
  motions: MOTIONS.map((motion, index) => ({
    motion,
    matter: 9,
    class: 'ORDINARY',
    wording: toBase64(sha256(utf8(wordings[index] ?? ''))),
    scope: { kind: 'ESTATE' },
  })),
});

function resultOf(homes: number): Leaf {
  const all = { areaCentiSqm: AREA * homes, heads: homes };
  const none = { areaCentiSqm: 0, heads: 0 };
  const count = {
    outcome: 'PASSED',
    reasons: ['OK'],
    total: all,
    participating: all,
    inFavour: all,
    breakdown: { FOR: all },
    followed: none,
    rejected: [],
    setAside: [],
  } as const;
  const motions = MOTIONS.map((motion) => announcedMotion(motion, count));
  return { v: 1, type: 'result', at: OPENS_AT + homes + 1, motions };
}

/** An honest export in which every home votes; its length in bytes. Written as it is made: it may be half a gigabyte. */
function writeExport(file: string, homes: number): number {
  const out = openSync(file, 'w');
  let waiting: string[] = [];
  let bytes = 0;
  const flush = () => {
    bytes += writeSync(out, waiting.map((line) => `${line}\n`).join(''));
    waiting = [];
  };
  const write = (line: string) => {
    if (waiting.push(line) === 10_000) flush();
  };
  const logKey = signer(ORIGIN, 'LOG');
  const rows = new GrowingTree();
  write(OWNERS_EXPORT);
  write(headerLine({ origin: ORIGIN, keys: [logKey.text], witnesses: [] }));
  write(sectionLine('roll', homes));
  for (let home = 0; home < homes; home += 1) {
    const row = rowOf(home);
    rows.append(row);
    write(row);
  }
  write(sectionLine('wordings', wordings.length));
  wordings.forEach(write);
  const leavesOf = function* () {
    yield { v: 1, type: 'roll', at: 1, reason: 'NOTICE', root: toBase64(rows.root()), rows: homes } as const;
    yield agendaOf(homes);
    for (let home = 0; home < homes; home += 1) yield ballotOf(home);
    yield resultOf(homes);
  };
  // Once for the checkpoint, which stands before the leaves, and once for the file.
  const log = new GrowingTree();
  for (const leaf of leavesOf()) log.append(canonicalJson({ ...leaf } as never));
  const text = checkpointText(nodePrimitives, { origin: ORIGIN, size: log.size, root: log.root() });
  const signature = signatureLine(nodePrimitives, logKey.key, sign(null, utf8(text), logKey.secret));
  write(sectionLine('checkpoints', 1));
  write(noteLine(noteOf(text, [signature])));
  write(sectionLine('leaves', log.size));
  for (const leaf of leavesOf()) write(canonicalJson({ ...leaf } as never));
  write(EXPORT_END);
  flush();
  closeSync(out);
  return bytes;
}
