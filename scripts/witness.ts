/**
 * npm run -s witness -- new NAME --secret FILE
 * npm run -s witness -- sign ADDRESS --secret FILE [--log-key KEY]
 *
 * A witness of the ballot logs 见证程序, for the laptop of a 监票人 or a 社区. It remembers the last checkpoint of every
 * log that it saw, asks for the proof that the newest one begins with it, and only then signs. It never signs two
 * histories of one log: that is all that a witness is for. Exit 0: signed or nothing to sign. 2: a log was changed
 * behind what this witness saw; keep the two checkpoints that are printed and call the street. 1: something failed.
 *
 * The secret stays in FILE on this computer. What was seen is kept beside it, in FILE.seen.
 */
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  type Checkpoint,
  Dishonest,
  hashOf,
  type Key,
  openCheckpoint,
  parseKey,
  rootsFromConsistency,
} from './verify.ts';

const WITNESS_TYPE = 4;
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

interface Secret {
  readonly name: string;
  /** 32 bytes, base64. */
  readonly seed: string;
}

/** What this witness saw of one log. */
interface Seen {
  readonly note: string;
  /** Keys of the log, as they were first met or given by hand. */
  readonly keys: readonly string[];
}
type AllSeen = Readonly<Record<string, Seen>>;

interface Head {
  readonly origin: string;
  readonly keys: readonly string[];
  readonly size: number;
  readonly note: string;
  readonly path: readonly string[];
}

interface Duties {
  readonly label: string;
  readonly logs: readonly {
    readonly assemblyId: string;
    readonly origin: string;
    readonly size: number;
    readonly signed: number | null;
  }[];
}

/** How to reach the server; a test brings its own. */
export type Ask = (method: 'GET' | 'POST', url: string, body?: unknown) => Promise<unknown>;

export class Failed extends Error {}

// ————— the key —————

const secretKey = ({ seed }: Secret) =>
  createPrivateKey({
    key: Buffer.concat([PRIVATE_PREFIX, Buffer.from(seed, 'base64')]),
    format: 'der',
    type: 'pkcs8',
  });

/** `name+id+key` (C2SP signed-note): what 社区 or 街道 registers. */
export function verifierKey(secret: Secret): string {
  const der = createPublicKey(secretKey(secret)).export({ format: 'der', type: 'spki' });
  const typed = Buffer.concat([Buffer.from([WITNESS_TYPE]), der.subarray(-32)]);
  return `${secret.name}+${keyId(secret.name, typed).toString('hex')}+${typed.toString('base64')}`;
}

const keyId = (name: string, typed: Buffer) =>
  createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);

export function newSecret(name: string): Secret {
  if (!/^[^\s+]+$/u.test(name)) throw new Failed('the name is one word without spaces and "+"');
  return { name, seed: randomBytes(32).toString('base64') };
}

/** The line under a checkpoint (C2SP tlog-cosignature): that this witness saw it at this second. */
function cosignature(secret: Secret, note: string, now: number): string {
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
  const seconds = Math.floor(now / 1000);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), secretKey(secret));
  const id = Buffer.from(verifierKey(secret).split('+')[1] ?? '', 'hex');
  return `— ${secret.name} ${Buffer.concat([id, time, signature]).toString('base64')}\n`;
}

// ————— one round —————

export interface Round {
  readonly secret: Secret;
  /** As 社区 or 街道 sees it beside the registered witness. */
  readonly address: string;
  /** Keys of the logs that were given by hand. */
  readonly logKeys: readonly string[];
  readonly seen: AllSeen;
  readonly ask: Ask;
  /** Keeps what was seen; called before anything is signed, so that a crash cannot make two histories of it. */
  readonly keep: (seen: AllSeen) => void;
  readonly say: (line: string) => void;
  readonly now: () => number;
}

/** Signs what there is to sign. Throws `Dishonest` for a log that does not begin with what was seen. */
export async function witnessRound(round: Round): Promise<void> {
  const { label, logs } = (await round.ask('GET', round.address)) as Duties;
  round.say(`${label}: ${logs.length} 份表决日志 logs`);
  let seen = round.seen;
  let alarm: Dishonest | null = null;
  for (const { assemblyId, signed } of logs)
    try {
      seen = await witnessLog(round, seen, assemblyId, signed);
    } catch (error) {
      // The other logs of the estate are signed all the same.
      if (!(error instanceof Dishonest)) throw error;
      alarm ??= error;
      round.say(`警告 ALARM  ${error.message}`);
    }
  if (alarm !== null) throw alarm;
}

async function witnessLog(
  round: Round,
  before: AllSeen,
  assemblyId: string,
  signed: number | null,
): Promise<AllSeen> {
  const { address, ask, say } = round;
  const url = `${new URL(address).origin}/api/public/assemblies/${assemblyId}/log/head`;
  const known = before[assemblyId];
  const from = known === undefined ? 1 : sizeOf(known.note);
  const head = await headOf(ask, `${url}?from=${from}`, known);
  const keys = keysFor(round, known, head);
  const newest = opened(head.note, head.origin, keys);
  if (known !== undefined) checkGrowth(opened(known.note, head.origin, keys), newest, head, known.note);
  if (newest.size === signed) return before;
  const seen = { ...before, [assemblyId]: { note: head.note, keys } };
  round.keep(seen);
  const line = cosignature(round.secret, head.note, round.now());
  await ask('POST', `${address}/logs/${assemblyId}`, { size: newest.size, line });
  say(`已见证 signed  ${head.origin}  ${newest.size}`);
  return seen;
}

/** A log that has become shorter answers nothing from beyond its end. */
async function headOf(ask: Ask, url: string, known: Seen | undefined): Promise<Head> {
  try {
    return (await ask('GET', url)) as Head;
  } catch (error) {
    if (known === undefined || !(error instanceof Failed) || !error.message.includes('404')) throw error;
    throw new Dishonest(
      sizeOf(known.note),
      `the log is shorter than what this witness saw, or gone. Seen:\n${known.note}`,
    );
  }
}

/** By hand, else as first met: a log that comes with another key later has to be told of by hand. */
function keysFor({ logKeys }: Round, known: Seen | undefined, head: Head): readonly string[] {
  const named = logKeys.filter((text) => parseKey(text).name === head.origin);
  return named.length > 0 ? named : (known?.keys ?? head.keys);
}

function opened(note: string, origin: string, keys: readonly string[]): Checkpoint {
  const known: Key[] = keys.map(parseKey);
  return openCheckpoint(note, { origin, keys: known, trusted: known }, 0, false);
}

function checkGrowth(before: Checkpoint, after: Checkpoint, head: Head, keptNote: string): void {
  const roots = rootsFromConsistency(before.size, before.root, after.size, head.path.map(hashOf));
  if (roots === null || roots[0] !== before.root || roots[1] !== after.root)
    throw new Dishonest(
      before.size,
      `the log does not begin with what this witness saw. Seen:\n${keptNote}\nShown now:\n${head.note}`,
    );
}

const sizeOf = (note: string) => Number(note.split('\n')[1]);

// ————— the command —————

const askServer: Ask = async (method, url, body) => {
  const response = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Failed(`${method} ${url}: ${response.status} ${text.slice(0, 200)}`);
  return text === '' ? null : (JSON.parse(text) as unknown);
};

/** Never half a file: what was seen must survive a power cut. */
function writeWhole(path: string, value: unknown): void {
  writeFileSync(`${path}.part`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const USAGE = `npm run -s witness -- new NAME --secret FILE
npm run -s witness -- sign ADDRESS --secret FILE [--log-key KEY]`;

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      secret: { type: 'string' },
      'log-key': { type: 'string', multiple: true, default: [] },
    },
  });
  const [act, what] = positionals;
  const path = values.secret;
  if (path === undefined || what === undefined || (act !== 'new' && act !== 'sign')) throw new Failed(USAGE);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  if (act === 'new') {
    if (existsSync(path)) throw new Failed(`${path} is there already`);
    const secret = newSecret(what);
    writeWhole(path, secret);
    say(`请社区或街道在“见证方”里登记这一行 · have this line registered:\n${verifierKey(secret)}`);
    return;
  }
  const seenPath = `${path}.seen`;
  await witnessRound({
    secret: readJson(path) as Secret,
    address: what,
    logKeys: values['log-key'],
    seen: existsSync(seenPath) ? (readJson(seenPath) as AllSeen) : {},
    ask: askServer,
    keep: (seen) => {
      writeWhole(seenPath, seen);
    },
    say,
    now: Date.now,
  });
}

if (import.meta.main)
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof Dishonest ? 2 : 1;
  }
