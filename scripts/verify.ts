/**
 * npm run -s verify -- EXPORT [--key KEY] [--witness KEY] [--receipt FILE] [--previous FILE]
 *
 * Checks a vote from a file, on anybody's own computer: every signature, the whole log against its checkpoints, every
 * ballot against the roll, and counts again. Exit 0: honest. 2: not, with the first leaf that is wrong. 1: unreadable.
 *
 * This is one file on node:crypto alone and imports nothing of Linli, so that it can be read in one sitting and need
 * not trust what it checks. The format, for a verifier in another language: scripts/verify/FORMAT.md.
 */
import { createPublicKey, hash as digest, type KeyObject, verify as verifySignature } from 'node:crypto';
import { openSync, readFileSync, readSync } from 'node:fs';
import { parseArgs } from 'node:util';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Fields = Readonly<Record<string, Json>>;
type Double = readonly [areaCentiSqm: number, heads: number];

/** The file says something untrue; `leaf` is the first one that shows it. */
export class Dishonest extends Error {
  readonly leaf: number;
  constructor(leaf: number, message: string) {
    super(message);
    this.leaf = leaf;
  }
}
/** The file is not an export, or is cut off. */
export class Unreadable extends Error {}

// ————— hashes and the tree (RFC 6962) —————

/** 32 bytes, one a sign. Node hands out a string four times as fast as a Buffer. */
type Hash = string;

const sha256 = (bytes: Uint8Array): Hash => digest('sha256', bytes, 'binary');
const inBase64 = (hash: Hash) => Buffer.from(hash, 'latin1').toString('base64');

/** A leaf is hashed behind a 0, a node behind a 1, so that neither can pass for the other. */
const newPair = () => Buffer.alloc(65, 1);
const pairBytes = newPair();
const leafHash = (text: Uint8Array) => sha256(Buffer.concat([Buffer.alloc(1), text]));

function nodeHash(left: Hash, right: Hash): Hash {
  pairBytes.write(left, 1, 'latin1');
  pairBytes.write(right, 33, 'latin1');
  return sha256(pairBytes);
}

/** The whole tree in log₂(n) pairs: at every height the complete subtree that waits for its right neighbour. */
class Tree {
  size = 0;
  readonly #pairs: Buffer[] = [];

  append(leaf: Hash): void {
    let hash = leaf;
    let height = 0;
    for (let size = this.size; size % 2 === 1; size = (size - 1) / 2) hash = this.#completed(height++, hash);
    (this.#pairs[height] ??= newPair()).write(hash, 1, 'latin1');
    this.size += 1;
  }

  root(): Hash {
    let root: Hash | null = null;
    for (const [height, pair] of this.#pairs.entries()) {
      if (Math.floor(this.size / 2 ** height) % 2 === 0) continue;
      root = root === null ? pair.toString('latin1', 1, 33) : this.#completed(height, root);
    }
    return root ?? sha256(Buffer.alloc(0));
  }

  #completed(height: number, right: Hash): Hash {
    const pair = this.#pairs[height] ?? pairBytes;
    pair.write(right, 33, 'latin1');
    return sha256(pair);
  }
}

/** A node that is a left child without a sibling is its own parent: up to where it has a sibling on its left. */
function upToRight(node: number, last: number): [number, number] {
  return node % 2 === 1 || node === 0 ? [node, last] : upToRight(node / 2, Math.floor(last / 2));
}

/** The root that an inclusion path leads to (RFC 9162 §2.1.3.2); null where the path does not fit. */
function rootFromPath(leaf: Hash, index: number, size: number, path: readonly Hash[]): Hash | null {
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return null;
    const isRight = node % 2 === 1 || node === last;
    hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    if (isRight) [node, last] = upToRight(node, last);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : null;
}

/** Logarithms alone would take 2⁴⁹ − 1 for one. */
const isPowerOfTwo = (value: number) => 2 ** Math.round(Math.log2(value)) === value;

/** Both roots that a consistency path leads to (RFC 9162 §2.1.4.2); null where the path does not fit. */
export function rootsFromConsistency(
  first: number,
  firstRoot: Hash,
  second: number,
  path: readonly Hash[],
): readonly [Hash, Hash] | null {
  if (first < 1 || first > second) return null;
  if (first === second) return path.length === 0 ? [firstRoot, firstRoot] : null;
  const [seed, ...siblings] = isPowerOfTwo(first) ? [firstRoot, ...path] : path;
  if (seed === undefined) return null;
  let [node, last] = [first - 1, second - 1];
  while (node % 2 === 1) [node, last] = [(node - 1) / 2, Math.floor(last / 2)];
  let [old, young] = [seed, seed];
  for (const sibling of siblings) {
    if (last === 0) return null;
    const isRight = node % 2 === 1 || node === last;
    if (isRight) old = nodeHash(sibling, old);
    young = isRight ? nodeHash(sibling, young) : nodeHash(young, sibling);
    if (isRight) [node, last] = upToRight(node, last);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? [old, young] : null;
}

// ————— keys and signed notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature) —————

export interface Key {
  readonly name: string;
  readonly id: string;
  readonly isWitness: boolean;
  /** The 32 bytes of Ed25519, in base64. */
  readonly raw: string;
  readonly publicKey: KeyObject;
}

export function parseKey(text: string): Key {
  const [name = '', id = '', ...encoded] = text.split('+');
  const typed = Buffer.from(encoded.join('+'), 'base64');
  const expected = digest('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed]), 'hex').slice(0, 8);
  const isCanonical = typed.toString('base64') === encoded.join('+');
  if (!isCanonical || typed.length !== 33 || (typed[0] !== 1 && typed[0] !== 4) || id !== expected)
    throw new Unreadable(`not a key: ${text}`);
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), typed.subarray(1)]);
  return {
    name,
    id,
    isWitness: typed[0] === 4,
    raw: typed.toString('base64', 1),
    publicKey: createPublicKey({ key: der, format: 'der', type: 'spki' }),
  };
}

export interface Checkpoint {
  readonly size: number;
  readonly root: Hash;
  /** Witnesses whose signature holds. */
  readonly witnesses: readonly Key[];
}

/** Reads a checkpoint and checks the log's signature, and those of the witnesses that are known. */
export function openCheckpoint(
  note: string,
  header: Pick<Header, 'origin' | 'keys' | 'trusted'>,
  suspect: number,
  isOfTheFile = true,
): Checkpoint {
  const { origin, keys, trusted } = header;
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const [named, size = '', root = '', ...rest] = text.split('\n');
  if (
    end < 0 ||
    !note.endsWith('\n') ||
    named !== origin ||
    !/^(0|[1-9]\d{0,14})$/.test(size) ||
    rest.join() !== ''
  )
    throw new Dishonest(suspect, `a checkpoint is not one of ${origin}`);
  const hash = Buffer.from(root, 'base64').toString('latin1');
  if (hash.length !== 32 || inBase64(hash) !== root) throw new Dishonest(suspect, 'a checkpoint has no root');
  const signers = note
    .slice(end + 2, -1)
    .split('\n')
    .map((line) => signerOf(line, text, keys, suspect));
  // Elsewhere strangers may sign too; the file itself names everybody who signed in it.
  if (isOfTheFile && signers.includes(null))
    throw new Dishonest(suspect, 'a checkpoint is signed by a stranger');
  if (!signers.some((key) => key !== null && trusted.includes(key) && key.name === origin))
    throw new Dishonest(suspect, `a checkpoint of ${size} leaves is not signed by the log's key`);
  const witnesses = signers.filter((key) => key?.isWitness === true) as Key[];
  return { size: Number(size), root: hash, witnesses };
}

/** Who signed in this line: null for a stranger; a known key whose signature is false spoils everything. */
function signerOf(line: string, text: string, keys: readonly Key[], suspect: number): Key | null {
  const [dash, name, encoded = '', ...rest] = line.split(' ');
  const bytes = Buffer.from(encoded, 'base64');
  if (dash !== '—' || rest.length > 0 || bytes.toString('base64') !== encoded)
    throw new Dishonest(suspect, 'a line under a checkpoint is no signature');
  const key = keys.find((known) => known.name === name && known.id === bytes.toString('hex', 0, 4));
  if (key === undefined) return null;
  const signed = bytes.subarray(key.isWitness ? 12 : 4);
  const message =
    key.isWitness && bytes.length > 12 ? `cosignature/v1\ntime ${bytes.readBigUInt64BE(4)}\n${text}` : text;
  if (signed.length !== 64 || !verifySignature(null, Buffer.from(message), key.publicKey, signed))
    throw new Dishonest(suspect, `the signature of ${name} is false`);
  return key;
}

// ————— reading —————

const NEWLINE = 10;

/** Fills the buffer from the offset on and says how many bytes; 0 at the end. */
export type ReadBytes = (buffer: Buffer, offset: number) => number;

/** Lines of a source of any size. */
class Lines {
  readonly #read: ReadBytes;
  #buffer = Buffer.alloc(1 << 16);
  /** Before it is always a byte that was read already, or the first one. */
  #from = 1;
  #to = 1;
  #line = this.#buffer;

  constructor(read: ReadBytes) {
    this.#read = read;
  }

  /** The bytes of the next line, without its newline; they hold until the next call. */
  next(): Buffer {
    for (;;) {
      const end = this.#buffer.indexOf(NEWLINE, this.#from);
      if (end >= 0 && end < this.#to) {
        this.#line = this.#buffer.subarray(this.#from - 1, end);
        this.#from = end + 1;
        return this.#line.subarray(1);
      }
      this.#buffer.copyWithin(1, this.#from, this.#to);
      this.#to -= this.#from - 1;
      this.#from = 1;
      if (this.#to === this.#buffer.length) this.#buffer = Buffer.concat([this.#buffer, this.#buffer]);
      const read = this.#read(this.#buffer, this.#to);
      if (read === 0) throw new Unreadable('the file ends in the middle');
      this.#to += read;
    }
  }

  /** Of the line that came last, as a leaf: where it lies, with a 0 in the place of the newline before it. */
  leafHash(): Hash {
    this.#line[0] = 0;
    return sha256(this.#line);
  }

  /** `name N`: how many lines of this kind follow. */
  section(name: string): number {
    const line = this.next().toString('utf8');
    const count = line.startsWith(`${name} `) ? line.slice(name.length + 1) : '';
    if (!/^(0|[1-9]\d{0,9})$/.test(count))
      throw new Unreadable(`"${name} N" expected, found "${line.slice(0, 40)}"`);
    return Number(count);
  }

  end(): void {
    const isEnd = this.next().toString('utf8') === 'end' && this.#from === this.#to;
    if (!isEnd || this.#read(this.#buffer, 0) > 0)
      throw new Unreadable('"end" expected, and nothing after it');
  }
}

/** A value as it stands in a line, quotes and all. */
interface Written {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

function written(value: Json | undefined): Written {
  const bytes = Buffer.from(JSON.stringify(value) ?? '');
  return { bytes, from: 0, to: bytes.length };
}

const [QUOTE, BACKSLASH, MINUS, ZERO] = [34, 92, 45, 48];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT, COMMA, COLON] = [91, 93, 123, 125, 44, 58];
const MOST_DEEP = 32;
const BARE_WORDS = ['true', 'false', 'null'];
/** Signs that stand for themselves in a text; the others end it, are escaped, or are beyond ASCII. */
const isItself = new Uint8Array(256).fill(1, 32, 127);
isItself[QUOTE] = isItself[BACKSLASH] = 0;

/**
 * An object of JSON, read where it lies: of two million lines nothing is made but what is asked for. One value has one
 * text, or two readers could read one line as two things: no spaces, whole numbers, names in order and each once.
 */
class Line {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #isPlain = true;
  /** Of each name of the outermost object: where it begins and ends, and where its value does. */
  readonly #places: number[] = [];
  #names = 0;
  /** Names are asked for in their order mostly: where the search begins. */
  #next = 0;

  read(bytes: Buffer, leaf: number): this {
    this.#bytes = bytes;
    this.#at = 0;
    this.#names = 0;
    this.#next = 0;
    this.#isPlain = true;
    const isWhole = bytes[0] === OPEN_OBJECT && this.#object(0) && this.#at === bytes.length;
    if (!isWhole || (!this.#isPlain && !isCanonical(bytes)))
      throw new Dishonest(leaf, 'is not written in the one way that the format allows');
    return this;
  }

  fields(): Fields {
    return JSON.parse(this.#bytes.toString('utf8')) as Fields;
  }

  /** An empty place where there is none. */
  value(name: string): Written {
    const at = this.#find(name);
    const from = at < 0 ? 0 : (this.#places[at + 2] ?? 0);
    const to = at < 0 ? 0 : (this.#places[at + 3] ?? 0);
    return { bytes: this.#bytes, from, to };
  }

  json(name: string): Json | undefined {
    const text = this.text(name);
    return text === '' ? undefined : (JSON.parse(text) as Json);
  }

  /** The value as it is written. */
  text(name: string): string {
    const { from, to } = this.value(name);
    return this.#bytes.toString('utf8', from, to);
  }

  number(name: string): number {
    const { from, to } = this.value(name);
    const isNegative = this.#bytes[from] === MINUS;
    let value = from === to ? Number.NaN : 0;
    for (let at = isNegative ? from + 1 : from; at < to; at += 1) {
      const digit = (this.#bytes[at] ?? 0) - ZERO;
      value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
    }
    return isNegative ? -value : value;
  }

  /** Whether the value is written so. */
  is(name: string, text: string): boolean {
    const at = this.#find(name);
    if (at < 0) return false;
    const from = this.#places[at + 2] ?? 0;
    const to = this.#places[at + 3] ?? 0;
    return to - from === text.length && this.#says(text, from);
  }

  #find(name: string): number {
    const end = this.#names * 4;
    for (let left = this.#names, at = this.#next; left > 0; left -= 1, at += 4) {
      if (at >= end) at = 0;
      const from = this.#places[at] ?? 0;
      if ((this.#places[at + 1] ?? 0) - from === name.length && this.#says(name, from))
        return (this.#next = at);
    }
    return -1;
  }

  #says(text: string, from: number): boolean {
    for (let at = 0; at < text.length; at += 1)
      if (this.#bytes[from + at] !== text.charCodeAt(at)) return false;
    return true;
  }

  #value(depth: number): boolean {
    const sign = this.#bytes[this.#at];
    if (sign === QUOTE) return this.#text();
    if (sign === OPEN_OBJECT) return depth < MOST_DEEP && this.#object(depth + 1);
    if (sign === OPEN_LIST) return depth < MOST_DEEP && this.#list(depth + 1);
    const word = BARE_WORDS.find((bare) => this.#says(bare, this.#at));
    if (word === undefined) return this.#whole();
    this.#at += word.length;
    return true;
  }

  /** Signs that JSON escapes, and those beyond ASCII, are left to `isCanonical`. */
  #text(): boolean {
    const bytes = this.#bytes;
    for (let at = this.#at + 1; at < bytes.length; at += 1) {
      const sign = bytes[at] ?? 0;
      if (isItself[sign] === 1) continue;
      if (sign === QUOTE) {
        this.#at = at + 1;
        return true;
      }
      if (sign < 32) return false;
      this.#isPlain = false;
      if (sign === BACKSLASH) at += 1;
    }
    return false;
  }

  #whole(): boolean {
    const from = this.#bytes[this.#at] === MINUS ? this.#at + 1 : this.#at;
    let at = from;
    let value = 0;
    for (let digit = this.#digit(at); digit >= 0 && digit <= 9; digit = this.#digit(++at))
      value = value * 10 + digit;
    const hasLeadingZero = this.#digit(from) === 0 && (at > from + 1 || from > this.#at);
    this.#at = at;
    return at > from && !hasLeadingZero && value <= Number.MAX_SAFE_INTEGER;
  }

  #digit(at: number): number {
    return (this.#bytes[at] ?? 0) - ZERO;
  }

  #list(depth: number): boolean {
    this.#at += 1;
    if (this.#bytes[this.#at] === CLOSE_LIST) return ++this.#at > 0;
    for (;;) {
      if (!this.#value(depth)) return false;
      const sign = this.#bytes[this.#at++];
      if (sign !== COMMA) return sign === CLOSE_LIST;
    }
  }

  #object(depth: number): boolean {
    this.#at += 1;
    if (this.#bytes[this.#at] === CLOSE_OBJECT) return ++this.#at > 0;
    let before = -1;
    let end = -1;
    for (;;) {
      const name = this.#at + 1;
      if (this.#bytes[name - 1] !== QUOTE || !this.#text() || this.#bytes[this.#at] !== COLON) return false;
      if (before >= 0 && this.#isPlain && !this.#isBefore(before, end, name)) return false;
      before = name;
      end = this.#at - 1;
      this.#at += 1;
      const value = this.#at;
      if (!this.#value(depth)) return false;
      if (depth === 0) this.#note(name, end, value);
      const sign = this.#bytes[this.#at++];
      if (sign !== COMMA) return sign === CLOSE_OBJECT;
    }
  }

  #note(name: number, end: number, value: number): void {
    const at = this.#names++ * 4;
    this.#places[at] = name;
    this.#places[at + 1] = end;
    this.#places[at + 2] = value;
    this.#places[at + 3] = this.#at;
  }

  /** Whether a plain name comes before another; of two that begin alike, the one that ends first. */
  #isBefore(name: number, end: number, other: number): boolean {
    for (let at = 0; ; at += 1) {
      const sign = this.#bytes[name + at] ?? 0;
      const next = this.#bytes[other + at] ?? 0;
      if (name + at === end) return next !== QUOTE;
      if (sign !== next) return sign < next && next !== QUOTE;
    }
  }
}

/** What cannot be seen sign by sign is written again and compared. */
function isCanonical(bytes: Buffer): boolean {
  try {
    return Buffer.from(canonical(JSON.parse(bytes.toString('utf8')) as Json)).equals(bytes);
  } catch {
    return false;
  }
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value as Fields).map(
    ([name, member]) => [name, `${JSON.stringify(name)}:${canonical(member)}`] as const,
  );
  return `{${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]) => text)
    .join(',')}}`;
}

const parse = (bytes: Buffer, leaf: number): Fields => new Line().read(bytes, leaf).fields();

// ————— compact storage: a million ballots must fit into an ordinary laptop —————

/** What a file announces is believed up to here; beyond, room is made as the lines really come. */
const MOST_AT_ONCE = 1 << 21;
const room = (announced: number) => Math.max(16, Math.min(announced, MOST_AT_ONCE));

type Numbers = Float64Array | Int32Array | Int8Array;

/** A column of whole numbers that grows. */
class Column {
  #values: Numbers;
  readonly #made: (length: number) => Numbers;
  length = 0;

  /** 64 bits hold instants and areas, 8 bits marks. */
  constructor(announced: number, bits: 8 | 32 | 64 = 32) {
    this.#made = (length) =>
      bits === 64 ? new Float64Array(length) : bits === 32 ? new Int32Array(length) : new Int8Array(length);
    this.#values = this.#made(room(announced));
  }

  push(value: number): number {
    if (this.length === this.#values.length) {
      const larger = this.#made(Math.ceil(this.length * 1.5));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    return this.length++;
  }

  get(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }
}

/** How the names of one kind are written, and kept in words of 32 bits. */
interface Spelling {
  readonly words: number;
  /** Puts the name into the words; false where it is none. */
  readonly read: (name: Written, into: Int32Array) => boolean;
}

const NO_SIGN = 0xff;
const VALUE_OF = new Uint8Array(256).fill(NO_SIGN);
for (const [value, sign] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].entries())
  VALUE_OF[sign.charCodeAt(0)] = value;

const TAG_SIGNS = 22;
const ID_SIGNS = 26;
const isQuoted = ({ bytes, from, to }: Written, signs: number) =>
  to - from === signs + 2 && bytes[from] === QUOTE && bytes[to - 1] === QUOTE;

/** A tag is 16 bytes in base64url. */
const TAG: Spelling = {
  words: 4,
  read(name, into) {
    if (!isQuoted(name, TAG_SIGNS)) return false;
    let seen = 0;
    let six = 0;
    for (let word = 0; word < 4; word += 1) {
      // A word lies in six signs; of the first it leaves out what the word before has.
      const first = Math.floor((word * 32) / 6);
      const had = word * 32 - first * 6;
      let held = 0;
      for (let at = 0; at < 6; at += 1) {
        six = VALUE_OF[name.bytes[name.from + 1 + first + at] ?? 0] ?? NO_SIGN;
        seen |= six;
        held = at < 5 ? (held << 6) | six : (held << (2 + had)) | (six >> (4 - had));
      }
      into[word] = held;
    }
    // Four bits are left over, and are 0.
    return seen !== NO_SIGN && (six & 15) === 0;
  },
};

/** An id is 26 letters and digits, in the order of their making. */
const ID: Spelling = {
  words: 7,
  read(name, into) {
    if (!isQuoted(name, ID_SIGNS)) return false;
    into.fill(0);
    for (let at = 0; at < ID_SIGNS; at += 1) {
      const sign = name.bytes[name.from + 1 + at] ?? 0;
      if ((VALUE_OF[sign] ?? NO_SIGN) >= 62) return false;
      into[at >> 2] = (into[at >> 2] ?? 0) | (sign << (24 - (at % 4) * 8));
    }
    return true;
  },
};

/** Numbers names in the order of their coming. */
class Names {
  readonly #spelling: Spelling;
  readonly #sought: Int32Array;
  readonly #slotsAtFirst: number;
  #kept: Int32Array;
  /** None as long as each name comes after the one before: then a name is found by halving. */
  #slots: Int32Array | null = null;
  length = 0;

  constructor(announced: number, spelling: Spelling) {
    this.#spelling = spelling;
    this.#sought = new Int32Array(spelling.words);
    this.#kept = new Int32Array(spelling.words * room(announced));
    this.#slotsAtFirst = 2 ** Math.ceil(Math.log2(room(announced) * 1.5));
  }

  /** The name's number; -1 where it is none or not known. */
  find(name: Written): number {
    if (!this.#spelling.read(name, this.#sought)) return -1;
    if (this.#slots !== null) return this.#slots[this.#slotOf(this.#slots, this.#sought, 0)] ?? -1;
    let [from, to] = [0, this.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const order = this.#against(middle);
      if (order === 0) return middle;
      [from, to] = order < 0 ? [from, middle] : [middle + 1, to];
    }
    return -1;
  }

  /** The name's number, a new one for a new name; -1 where it is none. */
  add(name: Written): number {
    if (!this.#spelling.read(name, this.#sought)) return -1;
    if (this.#slots === null) {
      if (this.length === 0 || this.#against(this.length - 1) > 0) return this.#keep();
      this.#slots = this.#table(this.#slotsAtFirst);
    }
    const slot = this.#slotOf(this.#slots, this.#sought, 0);
    const known = this.#slots[slot] ?? -1;
    if (known >= 0) return known;
    this.#slots[slot] = this.length;
    if (this.#keep() * 1.3 > this.#slots.length) this.#slots = this.#table(this.#slots.length * 2);
    return this.length - 1;
  }

  #keep(): number {
    const start = this.length * this.#spelling.words;
    if (start === this.#kept.length) {
      const larger = new Int32Array(this.#spelling.words * Math.ceil(this.length * 1.5));
      larger.set(this.#kept);
      this.#kept = larger;
    }
    for (let word = 0; word < this.#spelling.words; word += 1)
      this.#kept[start + word] = this.#sought[word] ?? 0;
    return this.length++;
  }

  /** The sought name against one that is kept: below 0 where it comes before. */
  #against(name: number): number {
    for (let word = 0; word < this.#spelling.words; word += 1) {
      const sought = (this.#sought[word] ?? 0) >>> 0;
      const kept = this.#word(name, word);
      if (sought !== kept) return sought - kept;
    }
    return 0;
  }

  compare(a: number, b: number): number {
    const { words } = this.#spelling;
    for (let word = 0; word < words; word += 1) {
      const [first, second] = [this.#word(a, word), this.#word(b, word)];
      if (first !== second) return first - second;
    }
    return 0;
  }

  /** Whether the name is what a hash begins with. */
  begins(name: number, hash: Hash): boolean {
    for (let byte = 0; byte < this.#spelling.words * 4; byte += 1)
      if (((this.#word(name, byte >> 2) >>> (24 - (byte % 4) * 8)) & 0xff) !== hash.charCodeAt(byte))
        return false;
    return true;
  }

  /** A tag as it is written. */
  text(name: number): string {
    const bytes = Buffer.alloc(this.#spelling.words * 4);
    for (let word = 0; word < this.#spelling.words; word += 1)
      bytes.writeUInt32BE(this.#word(name, word), word * 4);
    return bytes.toString('base64url');
  }

  #word(name: number, word: number): number {
    return (this.#kept[name * this.#spelling.words + word] ?? 0) >>> 0;
  }

  /** Where the name is, or would be put. */
  #slotOf(slots: Int32Array, words: Int32Array, from: number): number {
    const length = this.#spelling.words;
    let mixed = 0;
    for (let at = from; at < from + length; at += 1) {
      mixed = Math.imul(mixed ^ (words[at] ?? 0), 0x9e3779b1);
      mixed ^= mixed >>> 15;
    }
    const mask = slots.length - 1;
    for (let slot = mixed & mask; ; slot = (slot + 1) & mask) {
      const name = slots[slot] ?? -1;
      if (name < 0 || this.#isSame(name * length, words, from)) return slot;
    }
  }

  #isSame(start: number, words: Int32Array, from: number): boolean {
    for (let at = 0; at < this.#spelling.words; at += 1)
      if (this.#kept[start + at] !== words[from + at]) return false;
    return true;
  }

  #table(length: number): Int32Array {
    const slots = new Int32Array(length).fill(-1);
    for (let name = 0; name < this.length; name += 1)
      slots[this.#slotOf(slots, this.#kept, name * this.#spelling.words)] = name;
    return slots;
  }
}

const NONE: readonly number[] = [];

/** For each head the values that were added to it, last first. */
class Chains {
  readonly #first: Column;
  readonly #value: Column;
  readonly #next: Column;

  constructor(announced: number) {
    this.#first = new Column(announced);
    this.#value = new Column(announced);
    this.#next = new Column(announced);
  }

  add(head: number, value: number): void {
    while (this.#first.length <= head) this.#first.push(-1);
    this.#value.push(value);
    this.#first.set(head, this.#next.push(this.#first.get(head)));
  }

  of(head: number): readonly number[] {
    let entry = this.#firstOf(head);
    if (entry < 0) return NONE;
    const values: number[] = [];
    for (; entry >= 0; entry = this.#next.get(entry)) values.push(this.#value.get(entry));
    return values;
  }

  has(head: number, value: number): boolean {
    let entry = this.#firstOf(head);
    while (entry >= 0 && this.#value.get(entry) !== value) entry = this.#next.get(entry);
    return entry >= 0;
  }

  isEmpty(head: number): boolean {
    return this.#firstOf(head) < 0;
  }

  #firstOf(head: number): number {
    return head >= 0 && head < this.#first.length ? this.#first.get(head) : -1;
  }
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const fieldsOf = (value: Json | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const numberOf = (value: Json | undefined): number => (typeof value === 'number' ? value : Number.NaN);
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

// ————— the roll —————

/** Two tags, not one twice. */
function areTwo(operators: Json | undefined): boolean {
  const [first, second, ...more] = listOf(operators);
  return more.length === 0 && isTag(first) && isTag(second) && first !== second;
}

const isTag = (value: Json | undefined) => TAG.read(written(value), new Int32Array(TAG.words));

const ESTATE: Fields = { kind: 'ESTATE' };

/** The frozen roll: who votes, and for how much. */
class Roll {
  readonly principals: Names;
  readonly people: Names;
  readonly voters: Chains;
  /** Until the agenda is read. */
  #units: Names | null;
  readonly #buildings = new Names(16, TAG);
  /** Of each unit. */
  readonly #area: Column;
  readonly #isParking: Column;
  readonly #principal: Column;
  readonly #building: Column;
  /** Of each person, the head first met, with parking spaces and without: whether somebody is in two. */
  #firstHead: { readonly all: Column; readonly homes: Column } | null;
  /** Some person is in two heads: against the rules where sets that share an owner are one. */
  readonly sharesPeople = { all: false, homes: false };
  /** Units of heads that are more than the unit's own voters: against the rules where every set is a head. */
  readonly #parts: Part[] = [];
  /** Of each head, whether a home, a parking space has all its voters. */
  readonly #wholes: Column;

  constructor(announced: number) {
    this.principals = new Names(announced, TAG);
    this.people = new Names(announced, TAG);
    this.voters = new Chains(announced);
    this.#units = new Names(announced, TAG);
    this.#area = new Column(announced, 64);
    this.#isParking = new Column(announced, 8);
    this.#principal = new Column(announced);
    this.#wholes = new Column(announced, 8);
    this.#building = new Column(announced);
    this.#firstHead = { all: new Column(announced), homes: new Column(announced) };
  }

  get size(): number {
    return this.#area.length;
  }

  add(row: Line): void {
    const area = row.number('area');
    if (!(area > 0)) throw new Dishonest(0, 'the roll has a unit without an area');
    const unit = this.#units?.add(row.value('unit')) ?? -1;
    if (unit < 0) throw new Dishonest(0, 'the roll has a unit without a tag');
    if (unit < this.#area.length) throw new Dishonest(0, 'the roll has a unit twice');
    this.#area.push(area);
    this.#isParking.push(row.is('kind', '"PARKING"') ? 1 : 0);
    this.#building.push(this.#buildings.add(row.value('building')));
    this.#principal.push(this.#principalOf(row));
  }

  /** A set of owners is one head, whatever it owns (法释〔2009〕7号 9): its name is the hash of theirs. */
  #principalOf(row: Line): number {
    const isDevelopers = !row.is('status', '"DELIVERED"') && !row.is('developer', 'null');
    const voters = isDevelopers ? [row.value('developer')] : tagsIn(row.value('owners'));
    const people = voters.map((voter) => this.people.add(voter));
    if (people.includes(-1)) throw new Dishonest(0, 'the roll has an owner without a tag');
    const principal = this.principals.add(row.value('principal'));
    if (principal < 0) throw new Dishonest(0, 'the roll has a unit without a principal');
    const named = headHash(voters.length > 0 ? voters : [row.value('unit')]);
    const isParking = row.is('kind', '"PARKING"');
    while (this.#wholes.length <= principal) this.#wholes.push(0);
    if (!this.principals.begins(principal, named)) this.#parts.push({ principal, people, isParking });
    else this.#wholes.set(principal, this.#wholes.get(principal) | (isParking ? PARKING : HOME));
    for (const person of people) {
      this.#meet('all', principal, person);
      if (!isParking) this.#meet('homes', principal, person);
    }
    return principal;
  }

  #meet(where: 'all' | 'homes', principal: number, person: number): void {
    const heads = this.#firstHead?.[where];
    if (heads === undefined) return;
    while (heads.length <= person) heads.push(-1);
    if (heads.get(person) < 0) heads.set(person, principal);
    if (heads.get(person) !== principal) this.sharesPeople[where] = true;
    if (!this.voters.has(principal, person)) this.voters.add(principal, person);
  }

  /** Whether heads are what the rules make of the owners. */
  checkHeads(merges: boolean, countsParking: boolean): void {
    if (!merges && this.#parts.length > 0)
      throw new Dishonest(0, 'the roll gives owner sets that differ one head');
    if (merges && this.sharesPeople[countsParking ? 'all' : 'homes'])
      throw new Dishonest(0, 'the roll gives an owner two heads');
    const isCounted = ({ isParking }: Part) => countsParking || !isParking;
    for (const [principal, parts] of Map.groupBy(this.#parts, (part) => part.principal)) {
      const voters = this.voters.of(principal);
      const tags = voters.map((voter) => this.people.text(voter)).sort();
      const isNamed = this.principals.begins(principal, headHash(tags.map(written)));
      const isWhole = (this.#wholes.get(principal) & (countsParking ? HOME | PARKING : HOME)) !== 0;
      const ownsAll = parts.every(({ people }) => people.length > 0);
      if (!isNamed || !ownsAll || !(isWhole || hangTogether(parts.filter(isCounted), voters)))
        throw new Dishonest(0, 'the roll makes one head of those who share no unit');
    }
  }

  /** The agenda is the last to ask for a unit by its tag, and whether somebody is in two heads. */
  settle(scopes: readonly Fields[], countsParking: boolean): void {
    for (const scope of scopes) this.areasIn(scope, countsParking);
    this.#units = null;
    this.#firstHead = null;
  }

  readonly #areas = new Map<string, Float64Array>();

  /** Each principal's area in a motion's scope; -1 where it has no unit there. */
  areasIn(scope: Fields, countsParking: boolean): Float64Array {
    const text = JSON.stringify([scope, countsParking]);
    const known = this.#areas.get(text);
    if (known !== undefined) return known;
    const inScope = this.#scopeFilter(scope);
    const areas = new Float64Array(this.principals.length).fill(-1);
    for (let unit = 0; unit < this.size; unit += 1) {
      if ((this.#isParking.get(unit) === 1 && !countsParking) || !inScope(unit)) continue;
      const principal = this.#principal.get(unit);
      areas[principal] = Math.max(0, areas[principal] ?? 0) + this.#area.get(unit);
    }
    this.#areas.set(text, areas);
    return areas;
  }

  #scopeFilter(scope: Fields): (unit: number) => boolean {
    if (scope['kind'] === ESTATE['kind']) return () => true;
    const byBuilding = scope['kind'] === 'BUILDINGS';
    const [names, listed] = byBuilding
      ? [this.#buildings, scope['buildings']]
      : [this.#units, scope['units']];
    const named = new Set(listOf(listed).map((tag) => names?.find(written(tag)) ?? -1));
    named.delete(-1);
    return byBuilding ? (unit) => named.has(this.#building.get(unit)) : (unit) => named.has(unit);
  }
}

const HOME = 1;
const PARKING = 2;

/** A unit whose voters are not all of its head. */
interface Part {
  readonly principal: number;
  readonly people: readonly number[];
  readonly isParking: boolean;
}

/** Whether one comes from each voter to each other by units that they share. */
function hangTogether(parts: readonly Part[], voters: readonly number[]): boolean {
  const joined = new Set(parts[0]?.people);
  for (let before = 0; before < joined.size;) {
    before = joined.size;
    for (const { people } of parts)
      if (people.some((person) => joined.has(person))) for (const person of people) joined.add(person);
  }
  return voters.every((voter) => joined.has(voter));
}

const LIST_STEP = TAG_SIGNS + 3;

/** The tags of a list, where they stand. */
function tagsIn({ bytes, from, to }: Written): readonly Written[] {
  const tags: Written[] = [];
  for (let at = from + 1; at < to - 1; at += LIST_STEP)
    tags.push({ bytes, from: at, to: at + TAG_SIGNS + 2 });
  const end = tags.at(-1)?.to ?? from + 1;
  const isList = bytes[from] === OPEN_LIST && end === to - 1;
  if (!isList) throw new Dishonest(0, 'the roll has an owner without a tag');
  return tags;
}

const HEAD = Buffer.from('principal\n');
let headBytes = Buffer.alloc(4096, '+');
HEAD.copy(headBytes);

/** A head's tag begins the hash of its voters' tags, sorted, with "+" between them. */
function headHash(voters: readonly Written[]): Hash {
  const length = HEAD.length + voters.length * (TAG_SIGNS + 1) - 1;
  if (headBytes.length < length) headBytes = Buffer.concat([headBytes, Buffer.alloc(length, '+')]);
  let last: Written | null = null;
  for (const [at, voter] of voters.entries()) {
    const [from, to] = [voter.from + 1, voter.to - 1];
    if (last !== null && voter.bytes.compare(last.bytes, last.from, last.to, voter.from, voter.to) <= 0)
      throw new Dishonest(0, 'the roll has owners out of order, or one twice');
    voter.bytes.copy(headBytes, HEAD.length + at * (TAG_SIGNS + 1), from, to);
    last = voter;
  }
  return sha256(headBytes.subarray(0, length));
}

// ————— what the leaves say —————

const MARKS = ['FOR', 'AGAINST', 'ABSTAIN', 'BLANK', 'INVALID'];
const FOR = MARKS.indexOf('FOR');
const BLANK = MARKS.indexOf('BLANK');
const INVALID = MARKS.indexOf('INVALID');
const SIGNED = 1;
const PAPER = 2;
const PROXY = 4;
const MOST_MARKS_KEPT = 4096;
/** Reasons of the clock alone; every other one needs two people. */
const BY_THE_CLOCK = ['LATE', 'NOT_ENTERED'];

/** What an owner gave somebody in writing: for whom, how far, and whether it was ended. */
interface Mandate {
  readonly principal: number;
  readonly agent: number;
  /** Null for all. */
  readonly motions: readonly Json[] | null;
  /** What the owner wants said. */
  readonly votes: Fields;
  end: { readonly reason: string; readonly at: number } | null;
}

/** Everything that the count needs, gathered leaf by leaf; a check that fails names the leaf. */
class Meeting {
  readonly roll: Roll;
  readonly wordings: ReadonlyMap<string, Fields>;
  rollRoot = '';
  rollRows = -1;
  agenda: Fields = {};
  rules: Fields = {};
  motions: readonly Fields[] = [];
  /** What the agenda says of elections; most meetings have none. */
  elections: readonly Fields[] = [];
  readonly withdrawn = new Set<Json>();
  closesAt = Number.NaN;
  result: Fields | null = null;
  strayChoice: Dishonest | null = null;
  isOver = false;
  /** Of each ballot. */
  readonly ballots: Names;
  readonly at: Column;
  readonly caster: Column;
  readonly flags: Column;
  /** A mark for each motion. */
  readonly marks: Column;
  readonly proxyRole = new Map<number, string>();
  readonly annulled = new Set<number>();
  /** Papers that took no part, by reason. */
  readonly refused = new Map<string, number>();
  readonly #mandates = new Map<string, Mandate>();
  /** Of ballots that were cast under one. */
  readonly #mandateOf = new Map<number, Mandate>();
  readonly principal: Column;
  /** Principal → co-owner → whom they chose. */
  readonly choices = new Map<number, Map<number, number>>();

  constructor(roll: Roll, wordings: ReadonlyMap<string, Fields>, announced: number) {
    this.roll = roll;
    this.wordings = wordings;
    this.ballots = new Names(announced, ID);
    this.at = new Column(announced, 64);
    this.caster = new Column(announced);
    this.flags = new Column(announced, 8);
    this.marks = new Column(announced, 8);
    this.principal = new Column(announced);
  }

  take(index: number, leaf: Line): void {
    const wrong = (message: string) => new Dishonest(index, message);
    if (!leaf.is('v', '1')) throw wrong('is of another version');
    if (this.isOver) throw wrong('comes after the end');
    if (leaf.is('type', '"ballot"') && index > 1) this.#takeBallot(leaf, wrong);
    else this.#takeOther(index, leaf.fields(), wrong);
  }

  #takeOther(index: number, leaf: Fields, wrong: (message: string) => Dishonest): void {
    const type = textOf(leaf['type']);
    if ((index === 0) !== (type === 'roll' && this.rollRows < 0))
      throw wrong('the log must begin with the roll');
    if ((index === 1) !== (type === 'agenda')) throw wrong('the agenda is the second leaf, and no other');
    const takers: Record<string, () => void> = {
      roll: () => this.#takeRoll(leaf, wrong),
      agenda: () => this.#takeAgenda(leaf, wrong),
      withdrawn: () => this.#takeWithdrawal(leaf, wrong),
      representative: () => this.#takeChoice(leaf, wrong),
      mandate: () => this.#takeMandate(leaf, wrong),
      'mandate-end': () => this.#takeMandateEnd(leaf, wrong),
      extension: () => this.#takeExtension(leaf, wrong),
      refused: () => this.#takeRefusal(leaf, wrong),
      annulled: () => this.#takeAnnulment(leaf, wrong),
      result: () => this.#takeResult(leaf, wrong),
      cancelled: () => this.#takeCancellation(leaf, wrong),
    };
    // A type may bear a name that every object has.
    if (!Object.hasOwn(takers, type)) throw wrong(`is of no known type: ${type}`);
    takers[type]?.();
  }

  #takeResult(leaf: Fields, wrong: (message: string) => Dishonest): void {
    if (!(numberOf(leaf['at']) > this.closesAt)) throw wrong('announces a result before the vote closed');
    this.result = leaf;
    this.isOver = true;
  }

  /** Once voting has begun, nobody makes the ballots go away. */
  #takeCancellation({ at }: Fields, wrong: (message: string) => Dishonest): void {
    if (this.ballots.length > 0 || !(numberOf(at) < numberOf(this.agenda['opensAt'])))
      throw wrong('calls the meeting off after the vote opened');
    this.isOver = true;
  }

  /** Again only where an objection was upheld, before the vote opened; the last one is what the file's roll must be. */
  #takeRoll(leaf: Fields, wrong: (message: string) => Dishonest): void {
    const isAgain = this.rollRows >= 0;
    if (this.ballots.length > 0) throw wrong('the roll changes after the first ballot');
    if (isAgain && !(numberOf(leaf['at']) < numberOf(this.agenda['opensAt'])))
      throw wrong('the roll changes after the vote opened');
    this.strayChoice = null;
    this.rollRoot = textOf(leaf['root']);
    this.rollRows = numberOf(leaf['rows']);
  }

  #takeAgenda(leaf: Fields, wrong: (message: string) => Dishonest): void {
    this.agenda = leaf;
    this.rules = fieldsOf(leaf['rules']);
    this.motions = listOf(leaf['motions']).map(fieldsOf);
    this.elections = electionsOf(leaf);
    this.closesAt = numberOf(leaf['closesAt']);
    checkTerms(leaf, wrong);
    const found = new Set(this.motions.map(({ motion }) => motion));
    if (found.size !== this.motions.length || found.size === 0)
      throw wrong('the agenda names a motion twice, or none');
    const worded = this.motions.filter(({ motion, wording }) => this.titleOf(wording, motion) !== null);
    if (worded.length !== this.motions.length || this.wordings.size !== worded.length)
      throw wrong('the motions do not say what the agenda commits to');
    checkElections(this.motions, this.elections, wrong);
    this.roll.checkHeads(this.rules['headMerge'] === 'SHARED_ANY', this.rules['countParking'] === true);
    const scopes = this.motions.map(({ scope }) => fieldsOf(scope));
    this.roll.settle(scopes, this.rules['countParking'] === true);
    this.#areas = this.roll.areasIn(ESTATE, this.rules['countParking'] === true);
  }

  /** What can only be told at the end. */
  checkEnd(): void {
    if (this.strayChoice !== null) throw this.strayChoice;
    for (const { missing } of this.#awaited.values()) throw missing;
  }

  titleOf(wording: Json | undefined, motion: Json | undefined): string | null {
    const worded = this.wordings.get(textOf(wording));
    return worded === undefined || worded['motion'] !== motion ? null : textOf(worded['title']);
  }

  #takeWithdrawal({ motion, at }: Fields, wrong: (message: string) => Dishonest): void {
    if (!this.motions.some((known) => known['motion'] === motion))
      throw wrong('withdraws a motion that is not there');
    this.#checkInTime(at, wrong);
    this.withdrawn.add(motion ?? null);
  }

  #takeChoice(leaf: Fields, wrong: (message: string) => Dishonest): void {
    this.#checkInTime(leaf['at'], wrong);
    const principal = this.roll.principals.find(written(leaf['principal']));
    // A head that an upheld objection took off the roll later; where no roll follows, it never was there.
    if (principal < 0)
      return void (this.strayChoice ??= wrong('somebody chooses for a head that is not on the roll'));
    const [owner, chosen] = [leaf['owner'], leaf['chosen']].map((tag) =>
      this.roll.people.find(written(tag)),
    ) as [number, number];
    const voters = this.roll.voters.of(principal);
    if (!voters.includes(owner)) throw wrong('somebody chooses for a home that is not theirs');
    if (leaf['chosen'] !== null && !voters.includes(chosen))
      throw wrong('chooses somebody who does not own the home');
    const choices = this.choices.get(principal) ?? new Map<number, number>();
    this.choices.set(principal, choices.set(owner, chosen));
  }

  #takeRefusal({ principal, reason, operators }: Fields, wrong: (message: string) => Dishonest): void {
    const name = textOf(reason);
    if (principal !== null && this.roll.principals.find(written(principal)) < 0)
      throw wrong('refuses a paper of nobody on the roll');
    if (!BY_THE_CLOCK.includes(name) && !areTwo(operators))
      throw wrong('refuses a paper that two people did not look at');
    this.refused.set(name, (this.refused.get(name) ?? 0) + 1);
  }

  /** By an owner of the head, who objected, and somebody else, who looked at the paper. */
  #takeAnnulment({ ballot, operators }: Fields, wrong: (message: string) => Dishonest): void {
    const number = this.ballots.find(written(ballot));
    if (number < 0 || (this.flags.get(number) & PAPER) === 0)
      throw wrong('annuls a paper ballot that is not there');
    const voters = this.roll.voters.of(this.principal.get(number));
    const objecting = listOf(operators).filter((tag) => voters.includes(this.roll.people.find(written(tag))));
    if (!areTwo(operators) || objecting.length !== 1)
      throw wrong('annuls a paper ballot without its owner and a second person');
    this.annulled.add(number);
  }

  /** A head that an upheld objection took off the roll later has the number -1: no ballot can be its. */
  #takeMandate(leaf: Fields, wrong: (message: string) => Dishonest): void {
    const { mandate, principal: tag, owner, agent: agentTag, motions, votes } = leaf;
    if (this.#mandates.has(textOf(mandate))) throw wrong('is a mandate that was there already');
    const principal = this.roll.principals.find(written(tag));
    const voters = this.roll.voters.of(principal);
    if (principal >= 0 && !voters.includes(this.roll.people.find(written(owner))))
      throw wrong('somebody gives away a vote that is not theirs');
    const agent = this.roll.people.add(written(agentTag));
    if (voters.includes(agent)) throw wrong('a voter of the head is made its proxy');
    this.#mandates.set(textOf(mandate), {
      principal,
      agent,
      motions: motions === null ? null : listOf(motions),
      votes: fieldsOf(votes),
      end: null,
    });
  }

  #takeMandateEnd({ mandate: name, reason, at }: Fields, wrong: (message: string) => Dishonest): void {
    const mandate = this.#mandates.get(textOf(name));
    if (mandate === undefined || mandate.end !== null) throw wrong('ends a mandate that does not run');
    this.#checkInTime(at, wrong);
    mandate.end = { reason: textOf(reason), at: numberOf(at) };
  }

  /** What decides over ballots that are in already must be said before anybody can know the count. */
  #checkInTime(at: Json | undefined, wrong: (message: string) => Dishonest): void {
    if (!(numberOf(at) <= this.closesAt)) throw wrong('comes after the vote closed');
  }

  /** Only before the deadline that it moves, and no further than the agenda says. */
  #takeExtension({ at, from, closesAt }: Fields, wrong: (message: string) => Dishonest): void {
    const [moved, latest] = [numberOf(closesAt), numberOf(this.agenda['latest'])];
    if (from !== this.closesAt || !(numberOf(at) <= this.closesAt))
      throw wrong('moves a deadline that is over, or another one');
    if (!(moved > this.closesAt && moved <= latest)) throw wrong('moves the deadline further than allowed');
    this.closesAt = moved;
  }

  /** Online nobody votes for another without a mandate in the log; on paper it may be kept with the ballot. */
  #takeProxy(number: number, leaf: Fields, wrong: (message: string) => Dishonest): void {
    const { mandate: name, role } = fieldsOf(leaf['proxy']);
    this.proxyRole.set(number, textOf(role));
    if (name === undefined && leaf['channel'] === 'PAPER') return;
    const mandate = this.#mandates.get(textOf(name));
    const isFor = mandate?.principal === this.roll.principals.find(written(leaf['principal']));
    if (mandate === undefined || !isFor || mandate.agent !== this.roll.people.find(written(leaf['cast_by'])))
      throw wrong('is cast for somebody who gave no mandate for it');
    for (const [motion, mark] of Object.entries(fieldsOf(leaf['votes']))) {
      if (mandate.motions !== null && !mandate.motions.includes(motion))
        throw wrong('goes beyond what the owner gave a mandate for');
      if ((mandate.votes[motion] ?? mark) !== mark) throw wrong('says something else than the owner wanted');
    }
    this.#mandateOf.set(number, mandate);
  }

  /** The owner's own end takes back what was cast under it, any other only what came later. */
  hasAuthority(ballot: number): boolean {
    const end = this.#mandateOf.get(ballot)?.end ?? null;
    return end === null || (end.reason !== 'REVOKED' && this.at.get(ballot) <= end.at);
  }

  #takeBallot(leaf: Line, wrong: (message: string) => Dishonest): void {
    const principal = this.roll.principals.find(leaf.value('principal'));
    if (principal < 0) throw wrong('is a ballot of nobody on the roll');
    if (leaf.number('area') !== this.areaOf(principal)) throw wrong('has another area than the roll');
    const received = leaf.number('at');
    if (!(received >= numberOf(this.agenda['opensAt']))) throw wrong('was cast before the vote opened');
    const isPaper = leaf.is('channel', '"PAPER"');
    if (!isPaper && !leaf.is('channel', '"ONLINE"')) throw wrong('was cast neither online nor on paper');
    if (!isPaper && !(received <= this.closesAt)) throw wrong('was cast after the vote closed');
    if (isPaper && !areTwo(leaf.json('operators')))
      throw wrong('is a paper ballot that two people did not read');
    const number = this.ballots.length;
    if (this.ballots.add(leaf.value('ballot')) !== number) throw wrong('is a ballot that was there already');
    if (this.#awaited.size > 0) this.#takeAwaited(principal, leaf.text('ballot'), wrong);
    if (!leaf.is('supersedes', 'null')) this.#takeSuperseded(principal, leaf, wrong);
    this.at.push(received);
    this.caster.push(this.roll.people.add(leaf.value('cast_by')));
    const isProxy = !leaf.is('proxy', 'null');
    if (isProxy) this.#takeProxy(number, leaf.fields(), wrong);
    this.flags.push((leaf.is('signed', 'true') ? SIGNED : 0) | (isPaper ? PAPER : 0) | (isProxy ? PROXY : 0));
    this.principal.push(principal);
    for (const mark of this.#marksIn(leaf.text('votes'), wrong)) this.marks.push(mark);
  }

  /** Two computers whose clocks differ may write a ballot before the one that it supersedes. */
  readonly #awaited = new Map<string, { readonly principal: number; readonly missing: Dishonest }>();

  #takeSuperseded(principal: number, leaf: Line, wrong: (message: string) => Dishonest): void {
    const earlier = this.ballots.find(leaf.value('supersedes'));
    const missing = wrong('supersedes a ballot that is not there');
    if (earlier === this.ballots.length - 1) throw missing;
    if (earlier < 0) this.#awaited.set(leaf.text('supersedes'), { principal, missing });
    else if (this.principal.get(earlier) !== principal) throw wrong('supersedes a ballot of another head');
  }

  #takeAwaited(principal: number, name: string, wrong: (message: string) => Dishonest): void {
    const awaited = this.#awaited.get(name);
    this.#awaited.delete(name);
    if (awaited !== undefined && awaited.principal !== principal)
      throw wrong('is superseded by a ballot of another head');
  }

  /** Many say the same: what was read once is not read again. */
  readonly #marksRead = new Map<string, readonly number[]>();

  #marksIn(text: string, wrong: (message: string) => Dishonest): readonly number[] {
    const known = this.#marksRead.get(text);
    if (known !== undefined) return known;
    const votes = fieldsOf(text === '' ? undefined : (JSON.parse(text) as Json));
    const voted = this.motions.filter(({ motion }) => textOf(motion) in votes).length;
    if (voted !== Object.keys(votes).length) throw wrong('votes on a motion that is not on the agenda');
    const marks = this.motions.map(({ motion }) => {
      const mark = votes[textOf(motion)];
      const number = mark === undefined ? BLANK : MARKS.indexOf(textOf(mark));
      if (number < 0) throw wrong(`says ${String(mark)} on a motion`);
      return number;
    });
    if (this.#marksRead.size < MOST_MARKS_KEPT) this.#marksRead.set(text, marks);
    return marks;
  }

  /** Of each head in the whole estate, as its ballots say. */
  #areas: Float64Array = new Float64Array(0);

  areaOf(principal: number): number {
    return this.#areas[principal] ?? -1;
  }
}

/** Times that follow each other, thresholds that are shares, and a special majority for what the rules call special. */
function checkTerms(agenda: Fields, wrong: (message: string) => Dishonest): void {
  const rules = fieldsOf(agenda['rules']);
  const [opensAt, closesAt] = [numberOf(agenda['opensAt']), numberOf(agenda['closesAt'])];
  if (!(opensAt < closesAt)) throw wrong('has a vote that closes before it opens');
  for (const share of [rules['quorum'], ...CLASSES.map((name) => fieldsOf(rules[name])['share'])]) {
    const [numerator, denominator] = listOf(share).map(numberOf);
    if (!(Number(numerator) > 0 && Number(numerator) <= Number(denominator)))
      throw wrong('has a threshold that is no share');
  }
  const special = listOf(rules['specialMatters']);
  for (const { matter, class: voteClass } of listOf(agenda['motions']).map(fieldsOf))
    if (special.includes(matter ?? null) && voteClass !== 'SPECIAL')
      throw wrong('has an ordinary majority for a special matter');
}

const CLASSES = ['ordinary', 'special'];

// ————— the count (民法典 278) —————

interface Counted {
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly total: Double;
  readonly part: Double;
  readonly favour: Double;
  readonly breakdown: Readonly<Record<string, Double>>;
  readonly rejected: Readonly<Record<string, number>>;
}

const sum = (a: Double, b: Double): Double => [a[0] + b[0], a[1] + b[1]];
const NOTHING: Double = [0, 0];

/** The ballots as the count takes them: in order of receipt, then of their ids, for each principal. */
class Cast {
  readonly meeting: Meeting;
  readonly order: Int32Array;
  readonly byPrincipal: Chains;

  constructor(meeting: Meeting) {
    this.meeting = meeting;
    const { ballots, at } = meeting;
    const inOrder = (a: number, b: number) => at.get(a) - at.get(b) || ballots.compare(a, b);
    this.byPrincipal = new Chains(ballots.length);
    this.order = new Int32Array(ballots.length);
    let isInOrder = true;
    for (let ballot = 0; ballot < ballots.length; ballot += 1) {
      this.order[ballot] = ballot;
      isInOrder &&= ballot === 0 || inOrder(ballot - 1, ballot) < 0;
    }
    // A large log mostly is, and sorting takes memory.
    if (!isInOrder) this.order.sort(inOrder);
    // A chain gives back the last first.
    for (let place = ballots.length - 1; place >= 0; place -= 1) {
      const ballot = this.order[place] ?? 0;
      this.byPrincipal.add(meeting.principal.get(ballot), ballot);
    }
  }

  count(position: number): Counted {
    const { rules, roll, motions, withdrawn } = this.meeting;
    const motion = motions[position] ?? {};
    const nothing = { part: NOTHING, favour: NOTHING, breakdown: {}, rejected: {} };
    if (withdrawn.has(motion['motion'] ?? null))
      return { outcome: 'NOT_VOTED', reasons: ['WITHDRAWN'], total: NOTHING, ...nothing };
    const areas = roll.areasIn(fieldsOf(motion['scope']), rules['countParking'] === true);
    let total = NOTHING;
    for (const area of areas) if (area >= 0) total = sum(total, [area, 1]);
    if (!Number.isSafeInteger(total[0])) throw new Dishonest(0, 'the roll has more area than can be counted');
    if (total[0] === 0) return { outcome: 'NOT_VOTED', reasons: ['EMPTY_ROLL'], total, ...nothing };

    const { refused, rejected } = this.#admit(areas);
    const slate = this.#slateOf(position);
    const breakdown: Record<string, Double> = {};
    for (let principal = 0; principal < areas.length; principal += 1) {
      const ballots = this.byPrincipal.of(principal).filter((ballot) => refused[ballot] === 0);
      const heard = this.#speaking(principal, ballots);
      if (heard.length === 0) continue;
      const mark = this.#markOf(heard, position);
      const said = slate === null ? [mark] : slate.positions.map((other) => this.#markOf(heard, other));
      if (said.some((one) => takesPart(one, rules)))
        breakdown[mark] = sum(breakdown[mark] ?? NOTHING, [areas[principal] ?? 0, 1]);
    }
    const part = Object.values(breakdown).reduce(sum, NOTHING);
    const favour = breakdown['FOR'] ?? NOTHING;
    const decided = decide(rules, motion['class'] === 'SPECIAL', total, part, favour);
    return { ...decided, total, part, favour, breakdown, rejected };
  }

  /** Which ballots take no part in a motion, and how many for which reason. */
  #admit(areas: Float64Array) {
    const refused = new Uint8Array(this.order.length);
    const rejected: Record<string, number> = {};
    const represented = new Map<number, Set<number>>();
    for (const ballot of this.order) {
      const reason = this.#refusal(ballot, areas, represented);
      if (reason === null) continue;
      refused[ballot] = 1;
      rejected[reason] = (rejected[reason] ?? 0) + 1;
    }
    return { refused, rejected };
  }

  #refusal(ballot: number, areas: Float64Array, represented: Map<number, Set<number>>): string | null {
    const { meeting } = this;
    const principal = meeting.principal.get(ballot);
    const { voters } = meeting.roll;
    if (meeting.annulled.has(ballot)) return 'ANNULLED';
    if (meeting.at.get(ballot) > meeting.closesAt) return 'LATE';
    if ((meeting.flags.get(ballot) & SIGNED) === 0) return 'UNSIGNED';
    if ((areas[principal] ?? -1) < 0 || voters.isEmpty(principal)) return 'NOT_ON_ROLL';
    const caster = meeting.caster.get(ballot);
    if (voters.has(principal, caster)) return null;
    if ((meeting.flags.get(ballot) & PROXY) === 0 || !meeting.hasAuthority(ballot)) return 'NO_AUTHORITY';
    const { proxyBarredRoles, proxyCap } = meeting.rules;
    if (listOf(proxyBarredRoles).includes(meeting.proxyRole.get(ballot) ?? '')) return 'PROXY_BARRED';
    const others = represented.get(caster) ?? new Set<number>();
    if (typeof proxyCap === 'number' && !others.has(principal) && others.size >= proxyCap) return 'PROXY_CAP';
    represented.set(caster, others.add(principal));
    return null;
  }

  /** Of the ballots for one principal, those that speak for it. */
  #speaking(principal: number, ballots: readonly number[]): readonly number[] {
    const { meeting } = this;
    const chosen = this.#representative(principal);
    if (ballots.length < 2 && chosen === null) return ballots;
    const last = new Map<number, number>();
    for (const ballot of ballots) {
      const caster = meeting.caster.get(ballot);
      const earlier = last.get(caster);
      if (earlier === undefined || this.#prevails(ballot, earlier)) last.set(caster, ballot);
    }
    const words = ballots.filter((ballot) => last.get(meeting.caster.get(ballot)) === ballot);
    const voters = meeting.roll.voters.of(principal);
    const own = words.filter((ballot) => voters.includes(meeting.caster.get(ballot)));
    const heard =
      chosen !== null
        ? words.filter((ballot) => meeting.caster.get(ballot) === chosen)
        : own.length > 0
          ? own
          : words;
    return meeting.rules['coOwnerConflict'] === 'LAST' ? heard.slice(-1) : heard;
  }

  /** The co-owner whom every one of them chose. */
  #representative(principal: number): number | null {
    const choices = this.meeting.choices.get(principal);
    if (choices === undefined) return null;
    const voters = this.meeting.roll.voters.of(principal);
    if (voters.length < 2) return null;
    const [first = -1, ...others] = voters.map((voter) => choices.get(voter) ?? -1);
    return first >= 0 && others.every((choice) => choice === first) ? first : null;
  }

  #prevails(later: number, earlier: number): boolean {
    const { revote, channelPriority } = this.meeting.rules;
    const channel = (ballot: number) => ((this.meeting.flags.get(ballot) & PAPER) === 0 ? 'ONLINE' : 'PAPER');
    if (channelPriority !== 'LAST' && channel(later) !== channel(earlier))
      return channel(later) === channelPriority;
    return revote === 'LAST';
  }

  readonly #slates = new Map<Json, Slate>();

  /** Of a candidate's motion: the election's motions that are voted on. They share one set of participants. */
  #slateOf(position: number): Slate | null {
    const { motions, elections, withdrawn } = this.meeting;
    const election = motions[position]?.['election'];
    if (election === undefined) return null;
    const known = this.#slates.get(election);
    if (known !== undefined) return known;
    const voted = ({ motion }: Fields) => !withdrawn.has(motion ?? null);
    const slate = {
      seats: numberOf(elections.find((one) => one['election'] === election)?.['seats']),
      positions: motions.flatMap((motion, at) =>
        motion['election'] === election && voted(motion) ? [at] : [],
      ),
    };
    this.#slates.set(election, slate);
    return slate;
  }

  /** A ballot that chooses more candidates than there are seats is void for all of them. */
  #markOn(ballot: number, position: number): number {
    const { marks, motions } = this.meeting;
    const mark = (at: number) => marks.get(ballot * motions.length + at);
    const slate = this.#slateOf(position);
    if (slate === null) return mark(position);
    const chosen = slate.positions.filter((at) => mark(at) === FOR).length;
    return chosen > slate.seats ? INVALID : mark(position);
  }

  /** The one mark that all of them bear; INVALID where they differ. */
  #markOf(ballots: readonly number[], position: number): string {
    let mark = this.#markOn(ballots[0] ?? 0, position);
    for (const ballot of ballots) if (this.#markOn(ballot, position) !== mark) mark = INVALID;
    return MARKS[mark] ?? '';
  }
}

function takesPart(mark: string, rules: Fields): boolean {
  if (mark === 'BLANK' || mark === 'INVALID') return rules['blank'] === 'PARTICIPATES';
  return mark !== 'ABSTAIN' || rules['abstain'] === 'PARTICIPATES';
}

/** Part/whole against a threshold, in whole numbers of any size: -1 below, 0 exactly there, 1 above. */
function against(part: number, whole: number, threshold: Json | undefined): number {
  const [numerator, denominator] = listOf(threshold).map((value) => BigInt(numberOf(value))) as [
    bigint,
    bigint,
  ];
  if (whole === 0) return -1;
  const difference = BigInt(part) * denominator - BigInt(whole) * numerator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function decide(rules: Fields, isSpecial: boolean, total: Double, part: Double, favour: Double) {
  const approval = fieldsOf(rules[isSpecial ? 'special' : 'ordinary']);
  const least = approval['strict'] === true ? 1 : 0;
  const failing = (
    names: readonly string[],
    have: Double,
    of: Double,
    threshold: Json | undefined,
    needed: number,
  ) => names.filter((_, index) => against(have[index] ?? 0, of[index] ?? 0, threshold) < needed);
  const quorum = failing(['QUORUM_AREA', 'QUORUM_HEADS'], part, total, rules['quorum'], 0);
  if (quorum.length > 0) return { outcome: 'NO_QUORUM', reasons: quorum };
  const missing = failing(['APPROVAL_AREA', 'APPROVAL_HEADS'], favour, part, approval['share'], least);
  return missing.length > 0
    ? { outcome: 'REJECTED', reasons: missing }
    : { outcome: 'PASSED', reasons: ['OK'] };
}

// ————— elections —————

interface Slate {
  readonly seats: number;
  /** Of its motions on the agenda. */
  readonly positions: readonly number[];
}

const electionsOf = (agenda: Fields): readonly Fields[] =>
  agenda['elections'] === undefined ? [] : listOf(agenda['elections']).map(fieldsOf);

/** Every candidate stands in an election of the agenda, and no election is there twice. */
function checkElections(
  motions: readonly Fields[],
  elections: readonly Fields[],
  wrong: (message: string) => Dishonest,
): void {
  const named = new Set(elections.map(({ election }) => election));
  if (named.size !== elections.length || elections.some(({ seats }) => !(numberOf(seats) > 0)))
    throw wrong('names an election twice, or one without seats');
  if (motions.some(({ election }) => election !== undefined && !named.has(election)))
    throw wrong('has a candidate of no election');
}

type CandidateSums = Pick<Counted, 'outcome' | 'favour'> & { readonly motion: Json };

/** Who is elected: the double majority, then heads, then area; equals at the last seat stand again. */
function elect(election: Fields, candidates: readonly CandidateSums[]): Json {
  const [seats, sitting, committee] = ['seats', 'sitting', 'committee'].map((key) =>
    numberOf(election[key]),
  ) as [number, number, number];
  const voted = candidates.filter(({ outcome }) => outcome !== 'NOT_VOTED');
  const told = (outcome: string, reasons: readonly string[], places: Partial<Places> = {}): Json => {
    const { elected = [], tied = [], alternates = [] } = places;
    return {
      alternates: motionsOf(alternates),
      elected: motionsOf(elected),
      election: election['election'] ?? null,
      open: seats - elected.length,
      outcome,
      reasons,
      tied: motionsOf(tied),
    };
  };
  if (voted.length > 0 && voted.every(({ outcome }) => outcome === 'NO_QUORUM'))
    return told('NO_QUORUM', ['QUORUM']);
  const ranked = voted
    .filter(({ outcome }) => outcome === 'PASSED')
    .sort((a, b) => b.favour[1] - a.favour[1] || b.favour[0] - a.favour[0]);
  const { elected, tied, rest } = fill(ranked, seats);
  const most = election['alternates'];
  const second = typeof most === 'number' && rest.length > most ? fill(rest, most) : null;
  const places = { elected, tied, alternates: second?.elected ?? rest };
  const cut = second !== null && second.tied.length > 0 ? ['ALTERNATES_TIED'] : [];
  if (tied.length > 0) return told('RUN_OFF', ['TIE_AT_LAST_SEAT', ...cut], places);
  const minimum = fieldsOf(election['minimum']);
  const enough = against(sitting + elected.length, committee, minimum['share']);
  if (enough < (minimum['strict'] === true ? 1 : 0)) return told('FAILED', ['TOO_FEW_ELECTED']);
  return elected.length === seats
    ? told('COMPLETE', ['OK', ...cut], places)
    : told('PARTIAL', ['SEATS_LEFT'], places);
}

interface Places {
  readonly elected: readonly CandidateSums[];
  readonly tied: readonly CandidateSums[];
  readonly alternates: readonly CandidateSums[];
}

const motionsOf = (candidates: readonly CandidateSums[]) => candidates.map(({ motion }) => motion);

function fill(ranked: readonly CandidateSums[], seats: number) {
  const [last, next] = [ranked[seats - 1], ranked[seats]];
  const isEqual = (a: CandidateSums | undefined) =>
    JSON.stringify(a?.favour) === JSON.stringify(last?.favour);
  if (last === undefined || next === undefined || !isEqual(next))
    return { elected: ranked.slice(0, seats), tied: [], rest: ranked.slice(seats) };
  const tied = ranked.filter(isEqual);
  const first = ranked.findIndex(isEqual);
  return { elected: ranked.slice(0, first), tied, rest: ranked.slice(first + tied.length) };
}

/** The elections of the agenda counted again from the motions' sums, against what the last leaf says. */
function checkElected(
  agenda: Fields,
  result: Fields,
  counted: readonly Pick<Counted, 'outcome' | 'favour'>[],
  size: number,
  { say, titleOf }: Pick<Options, 'say'> & { readonly titleOf: (position: number) => string },
): void {
  const elections = electionsOf(agenda);
  const motions = listOf(agenda['motions']).map(fieldsOf);
  const told = result['elections'] === undefined ? [] : listOf(result['elections']);
  if (told.length !== elections.length)
    throw new Dishonest(size - 1, 'announces other elections than the agenda');
  for (const [index, election] of elections.entries()) {
    const candidates = motions.flatMap(({ election: of, motion }, position) => {
      const { outcome, favour } = counted[position] ?? { outcome: 'NOT_VOTED', favour: NOTHING };
      return of === election['election'] ? [{ outcome, favour, motion: motion ?? null }] : [];
    });
    const found = elect(election, candidates);
    if (JSON.stringify(told[index]) !== JSON.stringify(found))
      throw new Dishonest(size - 1, `announces others than those whom the count elects`);
    const { outcome, elected } = fieldsOf(found);
    const names = listOf(elected).map((motion) =>
      titleOf(motions.findIndex((one) => one['motion'] === motion)),
    );
    say(`选举 election     ${textOf(outcome)}: ${names.join('、')}`);
  }
}

/** As the last leaf announces it: the keys in the one order of the format. */
function announced(motion: Fields, counted: Counted): Json {
  const sorted = <T extends Json>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { breakdown, favour, outcome, part, reasons, rejected, total } = counted;
  return {
    breakdown: sorted(breakdown),
    favour,
    motion: motion['motion'] ?? null,
    outcome,
    part,
    reasons,
    rejected: sorted(rejected),
    total,
  };
}

// ————— the export —————

export interface Options {
  /** Keys of the log and of witnesses, as `name+id+key`. */
  readonly keys: readonly string[];
  /** The text of a receipt, of a checkpoint that was kept. */
  readonly receipt: string | null;
  readonly previous: string | null;
  readonly say: (line: string) => void;
}

export interface Header {
  readonly origin: string;
  /** All that are known, from the caller and from the file. */
  readonly keys: readonly Key[];
  /** Keys of the log that a checkpoint may stand on. */
  readonly trusted: readonly Key[];
  /** Those that the caller vouches for. */
  readonly given: readonly Key[];
}

/** What must be found on the way through the leaves: a root at a size, or a leaf at an index. */
interface Expected {
  readonly what: string;
  readonly size: number;
  readonly root: Hash;
  readonly leaf?: { readonly index: number; readonly text: Buffer };
}

/** The file's own records have these keys and no others. */
function checkKeys(fields: Fields, keys: string): void {
  if (Object.keys(fields).join() !== keys) throw new Unreadable(`a record with ${keys} expected`);
}

/** 32 bytes in base64, written in the one way. */
export function hashOf(text: Json | undefined): Hash {
  const hash = Buffer.from(textOf(text), 'base64').toString('latin1');
  if (hash.length !== 32 || inBase64(hash) !== text) throw new Unreadable('a hash expected');
  return hash;
}

function readHeader(lines: Lines, { keys, say }: Options): Header {
  const fields = parse(lines.next(), 0);
  checkKeys(fields, 'keys,origin,witnesses');
  const given = keys.map(parseKey);
  // Most of the keys that the file names are those that the caller holds; to make one is dear.
  const known = new Map(keys.map((text, index) => [text, given[index]]));
  const named = [...listOf(fields['keys']), ...listOf(fields['witnesses'])]
    .map(textOf)
    .map((text) => known.get(text) ?? parseKey(text));
  const isLogKey = ({ isWitness }: Key) => !isWitness;
  if (!given.some(isLogKey))
    say('注意：没有给 --key，用的是文件自己写的公钥 · no --key given: the key is the file’s own');
  const trusted = given.some(isLogKey) ? given.filter(isLogKey) : named.filter(isLogKey);
  const all = [...given, ...named];
  for (const { name, isWitness, raw } of all)
    if (isWitness && all.some((key) => isLogKey(key) && key.raw === raw))
      throw new Dishonest(0, `${name} is the log itself and can witness nothing`);
  return { origin: textOf(fields['origin']), keys: all, trusted, given };
}

/** The owners' export holds everything, so everything is counted again. */
function verifyOwners(lines: Lines, options: Options): void {
  const header = readHeader(lines, options);
  const rows = lines.section('roll');
  const roll = new Roll(rows);
  const rollTree = new Tree();
  const row = new Line();
  for (let left = rows; left > 0; left -= 1) {
    const bytes = lines.next();
    rollTree.append(lines.leafHash());
    roll.add(row.read(bytes, 0));
  }
  const wordings = readWordings(lines);
  const notes: string[] = [];
  for (let left = lines.section('checkpoints'); left > 0; left -= 1)
    notes.push(textOf(parse(lines.next(), 0)['note']));
  const expected = expectations(header, options, notes);
  const size = lines.section('leaves');
  const meeting = new Meeting(roll, wordings, size);
  readLeaves(lines, size, meeting, expected, options);
  if (meeting.rollRoot !== inBase64(rollTree.root()) || meeting.rollRows !== rollTree.size)
    throw new Dishonest(0, 'the roll in the file is not the one that the log commits to');
  options.say(
    `名册 roll         ${rollTree.size} units, ${roll.principals.length} heads: the one committed to`,
  );
  options.say(`日志 log          ${size} leaves, ${notes.length} checkpoints: whole, signed, in order`);
  checkWitnesses(notes, header, options, size);
  checkResult(meeting, size, options);
}

/** What the motions say, by the hash of the line, to which the agenda commits. */
function readWordings(lines: Lines): Map<string, Fields> {
  const wordings = new Map<string, Fields>();
  for (let left = lines.section('wordings'); left > 0; left -= 1) {
    const line = lines.next();
    wordings.set(inBase64(sha256(line)), parse(line, 1));
  }
  return wordings;
}

/** Every signed checkpoint, oldest first, then what the caller holds. */
function expectations(header: Header, options: Options, notes: readonly string[]): Expected[] {
  const expected: Expected[] = [];
  let suspect = 0;
  for (const note of notes) {
    const checkpoint = openCheckpoint(note, header, suspect);
    if (checkpoint.size < suspect)
      throw new Dishonest(checkpoint.size, 'a later checkpoint has fewer leaves');
    suspect = checkpoint.size;
    expected.push({ what: `the checkpoint of ${suspect} leaves`, ...checkpoint });
  }
  if (expected.length === 0) throw new Dishonest(0, 'there is no checkpoint');
  if (options.previous !== null) {
    const checkpoint = openCheckpoint(options.previous, header, 0, false);
    expected.push({ what: 'the checkpoint kept from before', ...checkpoint });
  }
  if (options.receipt !== null) expected.push(readReceipt(options.receipt, header));
  return expected.sort((a, b) => a.size - b.size);
}

/** A receipt (C2SP tlog-proof): its path must lead to its checkpoint; its leaf and that root must be in the log. */
function readReceipt(text: string, header: Header): Expected {
  const end = text.indexOf('\n\n');
  const [first, extra = '', index = '', ...hashes] = text.slice(0, Math.max(0, end)).split('\n');
  const encoded = /^extra (\S+)$/.exec(extra)?.[1];
  const number = /^index (0|[1-9]\d{0,14})$/.exec(index)?.[1];
  const leaf = Buffer.from(encoded ?? '', 'base64');
  if (first !== 'c2sp.org/tlog-proof@v1' || number === undefined || leaf.toString('base64') !== encoded)
    throw new Unreadable('the receipt is none');
  const place = Number(number);
  const path = hashes.map(hashOf);
  const checkpoint = openCheckpoint(text.slice(end + 2), header, place, false);
  const root = place < checkpoint.size ? rootFromPath(leafHash(leaf), place, checkpoint.size, path) : null;
  if (root !== checkpoint.root) throw new Dishonest(place, 'the receipt does not prove its leaf');
  return { what: 'the receipt’s checkpoint', ...checkpoint, leaf: { index: place, text: leaf } };
}

function readLeaves(
  lines: Lines,
  size: number,
  meeting: Meeting,
  expected: readonly Expected[],
  { say }: Options,
): void {
  const tree = new Tree();
  const leaf = new Line();
  const receipt = expected.find(({ leaf }) => leaf !== undefined)?.leaf;
  let next = 0;
  let sound = 0;
  for (let index = 0; index <= size; index += 1) {
    for (let at = expected[next]; at?.size === index; at = expected[(next += 1)]) {
      // Up to the checkpoint before, all was well: the first wrong leaf comes right after it.
      if (tree.root() !== at.root) throw new Dishonest(sound, `the leaves do not lead to ${at.what}`);
    }
    if (expected[next - 1]?.size === index) sound = index;
    if (index === size) break;
    const bytes = lines.next();
    tree.append(lines.leafHash());
    if (receipt?.index === index && !receipt.text.equals(bytes))
      throw new Dishonest(index, 'is not the leaf of the receipt');
    meeting.take(index, leaf.read(bytes, index));
  }
  lines.end();
  const beyond = expected[next];
  if (beyond !== undefined) throw new Dishonest(size, `${beyond.what} has more leaves than the log`);
  if (sound !== size) throw new Dishonest(sound, 'no checkpoint covers the last leaves');
  if (receipt !== undefined) say(`回执 receipt      leaf ${receipt.index}: in the log, as it was handed out`);
}

/** A witness that the caller asks for must have seen the last checkpoint. Anybody may bear a witness's name: the key counts. */
function checkWitnesses(notes: readonly string[], header: Header, options: Options, size: number): void {
  const { witnesses } = openCheckpoint(notes.at(-1) ?? '', header, size - 1);
  for (const asked of header.given)
    if (asked.isWitness && !witnesses.some(({ name, id }) => name === asked.name && id === asked.id))
      throw new Dishonest(size - 1, `${asked.name} has not witnessed the end`);
  const words = witnesses.map(
    (key) => `${key.name} (${header.given.includes(key) ? '--witness' : 'by the file'})`,
  );
  options.say(`见证 witnesses    ${words.length === 0 ? 'none' : words.join(', ')}`);
}

function checkResult(meeting: Meeting, size: number, { say }: Options): void {
  meeting.checkEnd();
  if (!meeting.isOver) throw new Dishonest(size - 1, 'the log ends without a result');
  if (meeting.result === null) return say('结果 result       cancelled');
  sayRules(meeting.agenda, say);
  const cast = new Cast(meeting);
  const told = listOf(meeting.result['motions']);
  if (told.length !== meeting.motions.length)
    throw new Dishonest(size - 1, 'announces other motions than the agenda');
  const counts: Counted[] = [];
  for (const [position, motion] of meeting.motions.entries()) {
    const counted = cast.count(position);
    counts.push(counted);
    if (JSON.stringify(told[position]) !== JSON.stringify(announced(motion, counted)))
      throw new Dishonest(size - 1, `announces another result than the count of motion ${position + 1}`);
    sayResult(say, `${position + 1} ${meeting.titleOf(motion['wording'], motion['motion']) ?? ''}`, counted);
  }
  const titleOf = (position: number) =>
    meeting.titleOf(meeting.motions[position]?.['wording'], meeting.motions[position]?.['motion']) ?? '';
  checkElected(meeting.agenda, meeting.result, counts, size, { say, titleOf });
  checkRefused(meeting, size, say);
}

/** Papers that took no part stand in the log one by one; the result announces how many, by reason. */
function checkRefused({ refused, result }: Meeting, size: number, say: Options['say']): void {
  const inOrder = (counts: Iterable<readonly [string, Json]>) =>
    JSON.stringify([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  if (inOrder(Object.entries(fieldsOf(result?.['refused']))) !== inOrder(refused))
    throw new Dishonest(size - 1, 'announces other papers that took no part than the log tells of');
  const told = [...refused].map(([reason, papers]) => `${reason} ${papers}`);
  if (told.length > 0) say(`不计 refused      ${told.join(', ')}`);
}

/** The thresholds that the agenda commits to, for who knows what the law asks. */
function sayRules(agenda: Fields, say: Options['say']): void {
  const rules = fieldsOf(agenda['rules']);
  const words = CLASSES.map((name) => {
    const { share, strict } = fieldsOf(rules[name]);
    return `${strict === true ? '>' : '≥'} ${listOf(share).join('/')}`;
  });
  const [ordinary = '', special = ''] = words;
  say(
    `规则 rules        参与 quorum ≥ ${listOf(rules['quorum']).join('/')}, 一般 ordinary ${ordinary}, 特别 special ${special}`,
  );
}

type Told = Pick<Counted, 'outcome' | 'reasons' | 'total' | 'part' | 'favour'>;

function sayResult(say: Options['say'], name: string, { outcome, reasons, total, part, favour }: Told): void {
  const words = [total, part, favour].map(([area, heads]) => `${(area / 100).toFixed(2)} ㎡ / ${heads}`);
  say(`议题 motion       ${name}`);
  say(`                  ${outcome} (${reasons.join(', ')})`);
  say(`                  总 all ${words[0]}, 参与 took part ${words[1]}, 同意 for ${words[2]}`);
}

/** The public export holds no ballots: that the log only grew, what was voted on, and that the result follows. */
function verifyPublic(lines: Lines, options: Options): void {
  const header = readHeader(lines, options);
  const notes: string[] = [];
  let before: Checkpoint | null = null;
  for (let left = lines.section('checkpoints'); left > 0; left -= 1) {
    const fields = parse(lines.next(), before?.size ?? 0);
    checkKeys(fields, 'consistency,note');
    const { consistency, note } = fields;
    const suspect: number = before?.size ?? 0;
    const checkpoint = openCheckpoint(textOf(note), header, suspect);
    checkGrowth(before, checkpoint, listOf(consistency));
    notes.push(textOf(note));
    before = checkpoint;
  }
  if (before === null) throw new Dishonest(0, 'there is no checkpoint');
  const leaves = readProven(lines, before);
  lines.end();
  options.say(
    `日志 log          ${before.size} leaves, ${notes.length} checkpoints: signed, each the beginning of the next`,
  );
  checkWitnesses(notes, header, options, before.size);
  checkSums(leaves, before.size, options);
}

function checkGrowth(before: Checkpoint | null, after: Checkpoint, consistency: readonly Json[]): void {
  const path = consistency.map(hashOf);
  if (before === null) return checkFirst(path);
  const roots = rootsFromConsistency(before.size, before.root, after.size, path);
  if (roots === null || roots[0] !== before.root || roots[1] !== after.root)
    throw new Dishonest(before.size, 'a later checkpoint does not begin with the one before');
}

function checkFirst(path: readonly Hash[]): void {
  if (path.length > 0) throw new Unreadable('the first checkpoint has nothing to be consistent with');
}

function readProven(lines: Lines, { size, root }: Checkpoint): Map<number, Fields> {
  const leaves = new Map<number, Fields>();
  for (let left = lines.section('proven'); left > 0; left -= 1) {
    const fields = parse(lines.next(), 0);
    checkKeys(fields, 'index,leaf,path');
    const { index, leaf, path } = fields;
    const place = numberOf(index);
    const text = Buffer.from(textOf(leaf));
    const hashes = listOf(path).map(hashOf);
    const led = place >= 0 && place < size ? rootFromPath(leafHash(text), place, size, hashes) : null;
    if (led !== root) throw new Dishonest(place, 'is not proven to be in the log');
    leaves.set(place, parse(text, place));
  }
  return leaves;
}

function checkSums(leaves: ReadonlyMap<number, Fields>, size: number, { say }: Options): void {
  const [agenda = {}, last = {}] = [leaves.get(1), leaves.get(size - 1)];
  if (leaves.get(0)?.['type'] !== 'roll') throw new Dishonest(0, 'the commitment to the roll is missing');
  if (agenda['type'] !== 'agenda') throw new Dishonest(1, 'the agenda is missing');
  if (last['type'] === 'cancelled') return say('结果 result       cancelled');
  if (last['type'] !== 'result') throw new Dishonest(size - 1, 'the result is missing');
  if (!(numberOf(last['at']) > numberOf(agenda['closesAt'])))
    throw new Dishonest(size - 1, 'announces a result before the vote closed');
  checkTerms(agenda, (message) => new Dishonest(1, message));
  sayRules(agenda, say);
  const motions = listOf(agenda['motions']).map(fieldsOf);
  const told = listOf(last['motions']).map(fieldsOf);
  if (told.length !== motions.length)
    throw new Dishonest(size - 1, 'announces other motions than the agenda');
  const counts = motions.map((motion, position) => {
    const counted = countedFrom(told[position] ?? {}, motion, fieldsOf(agenda['rules']));
    if (counted === null || JSON.stringify(told[position]) !== JSON.stringify(announced(motion, counted)))
      throw new Dishonest(
        size - 1,
        `what is announced of motion ${position + 1} does not follow from its sums`,
      );
    sayResult(say, `${position + 1}`, counted);
    return counted;
  });
  checkElected(agenda, last, counts, size, { say, titleOf: (position) => String(position + 1) });
}

/** The count of a motion from what was announced of its marks and its whole; null where those are no counts. */
function countedFrom(told: Fields, motion: Fields, rules: Fields): Counted | null {
  const marks = Object.entries(fieldsOf(told['breakdown']));
  const [total, ...counts] = [told['total'], ...marks.map(([, count]) => count)].map(doubleOf);
  const doubles = counts.filter((count) => count != null);
  const part = doubles.reduce(sum, NOTHING);
  const isCount = doubles.length === marks.length && marks.every(([mark]) => MARKS.includes(mark));
  if (total == null || !isCount || part[0] > total[0] || part[1] > total[1]) return null;
  const breakdown = Object.fromEntries(marks.map(([mark], at) => [mark, doubles[at] ?? NOTHING]));
  const favour = breakdown['FOR'] ?? NOTHING;
  const rejected = fieldsOf(told['rejected']) as Counted['rejected'];
  const [reason = ''] = listOf(told['reasons']).map(textOf);
  if (told['outcome'] === 'NOT_VOTED') {
    const isEmpty = marks.length === 0 && total[0] === 0 && ['WITHDRAWN', 'EMPTY_ROLL'].includes(reason);
    return isEmpty
      ? { outcome: 'NOT_VOTED', reasons: [reason], total, part, favour, breakdown, rejected: {} }
      : null;
  }
  const decided = decide(rules, motion['class'] === 'SPECIAL', total, part, favour);
  return { ...decided, total, part, favour, breakdown, rejected };
}

function doubleOf(value: Json | undefined): Double | null {
  const [area, heads, ...more] = listOf(value).map(numberOf);
  return more.length === 0 && Number(area) >= 0 && Number(heads) >= 0 ? [Number(area), Number(heads)] : null;
}

/** Throws `Dishonest` or `Unreadable`; says on the way what it checked. */
export function verifyExport(read: ReadBytes, options: Options): void {
  const lines = new Lines(read);
  const title = lines.next().toString('utf8');
  if (title === 'linli-ballot-log/v1 owners') verifyOwners(lines, options);
  else if (title === 'linli-ballot-log/v1 public') verifyPublic(lines, options);
  else throw new Unreadable('the file is no export of a vote');
}

// ————— the command —————

function main(args: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      key: { type: 'string', multiple: true, default: [] },
      witness: { type: 'string', multiple: true, default: [] },
      receipt: { type: 'string' },
      previous: { type: 'string' },
    },
  });
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0)
    throw new Unreadable(
      'npm run -s verify -- EXPORT [--key KEY] [--witness KEY] [--receipt FILE] [--previous FILE]',
    );
  const file = openSync(path, 'r');
  const textIn = (name: string | undefined) => (name === undefined ? null : readFileSync(name, 'utf8'));
  verifyExport((buffer, offset) => readSync(file, buffer, offset, buffer.length - offset, null), {
    keys: [...values.key, ...values.witness],
    receipt: textIn(values.receipt),
    previous: textIn(values.previous),
    say: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write('核对无误 · honest\n');
}

/** Who reads no further (`verify … | head`) need not be told; the exit code still says what was found. */
function whoeverReads(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

if (import.meta.main) {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', whoeverReads);
  try {
    main(process.argv.slice(2));
  } catch (error) {
    const isFound = error instanceof Dishonest;
    const text = error instanceof Error ? error.message : String(error);
    const line = isFound ? `不符 · not honest: leaf ${error.leaf} ${text}` : `读不了 · unreadable: ${text}`;
    process.stderr.write(`${line}\n`);
    process.exitCode = isFound ? 2 : 1;
  }
}
