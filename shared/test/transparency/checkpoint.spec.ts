import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  checkpointText,
  checkSignatures,
  cosignedText,
  formatNoteKey,
  type NoteKey,
  type NoteKeyType,
  noteKey,
  noteOf,
  openCheckpoint,
  parseNote,
  parseNoteKey,
  parseReceipt,
  formatReceipt,
  signatureLine,
  witnessSignature,
} from '../../src/transparency/index.ts';
import { nodePrimitives } from './node-primitives.ts';

const ORIGIN = 'linli.example/estate-1/assembly-1';
const root = nodePrimitives.sha256(nodePrimitives.utf8('root'));
const SEEN_AT = Date.UTC(2026, 10, 21, 8, 30, 15);

interface Signer {
  readonly key: NoteKey;
  readonly secret: KeyObject;
}

function signer(name: string, type: NoteKeyType): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { key: noteKey(nodePrimitives, name, type, new Uint8Array(raw)), secret: privateKey };
}

const text = checkpointText(nodePrimitives, { origin: ORIGIN, size: 42, root });
const bytes = (message: string) => nodePrimitives.utf8(message);
const logLine = ({ key, secret }: Signer, message = text) =>
  signatureLine(nodePrimitives, key, sign(null, bytes(message), secret));
const witnessLine = ({ key, secret }: Signer, at = SEEN_AT) =>
  signatureLine(nodePrimitives, key, witnessSignature(at, sign(null, bytes(cosignedText(text, at)), secret)));

const log = signer(ORIGIN, 'LOG');
const community = signer('community.example/kangning', 'WITNESS');
const keys = [log.key, community.key];
const open = (note: string, known = keys) =>
  openCheckpoint(nodePrimitives, note, { origin: ORIGIN, keys: known });

describe('the example of the C2SP specification', () => {
  const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const note =
    'This is an example message.\n\n' +
    '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

  test('reads and writes its key, and its signature holds', () => {
    const key = parseNoteKey(nodePrimitives, vkey);
    if (key === null) throw new Error('not a key');
    expect(formatNoteKey(nodePrimitives, key)).toBe(vkey);
    const parsed = parseNote(nodePrimitives, note);
    if (parsed === null) throw new Error('not a note');
    expect(checkSignatures(nodePrimitives, parsed, [key])).toEqual([{ key, at: null }]);
  });

  test('a key whose id is not its own is none', () => {
    expect(parseNoteKey(nodePrimitives, vkey.replace('530d903a', '530d903b'))).toBeNull();
  });
});

describe('a checkpoint', () => {
  test('that the log signed and a witness saw says both, and when', () => {
    const opened = open(noteOf(text, [logLine(log), witnessLine(community)]));
    expect(opened).toMatchObject({ origin: ORIGIN, size: 42 });
    expect(opened?.signedBy.map(({ key }) => key.name)).toEqual([ORIGIN]);
    expect(opened?.witnessedBy).toEqual([{ key: community.key, at: SEEN_AT }]);
  });

  test('that only a witness signed is not the log’s', () => {
    expect(open(noteOf(text, [witnessLine(community)]))).toBeNull();
  });

  test('signed by another key of the same name is not the log’s', () => {
    expect(open(noteOf(text, [logLine(signer(ORIGIN, 'LOG'))]))).toBeNull();
  });

  test('of another log is refused though its key is known', () => {
    const other = checkpointText(nodePrimitives, { origin: 'linli.example/other', size: 42, root });
    expect(open(noteOf(other, [logLine(log, other)]))).toBeNull();
  });

  test('changed after it was signed is refused', () => {
    const note = noteOf(text, [logLine(log)]);
    expect(open(note.replace('\n42\n', '\n43\n'))).toBeNull();
    expect(open(note.replace('\n42\n', '\n042\n'))).toBeNull();
  });

  test('on which a known witness’s signature is false is refused whole', () => {
    const early = witnessLine(community, SEEN_AT);
    const at = witnessSignature(SEEN_AT + 60_000, new Uint8Array(64));
    const forged = signatureLine(nodePrimitives, community.key, at);
    expect(open(noteOf(text, [logLine(log), early]))).not.toBeNull();
    expect(open(noteOf(text, [logLine(log), forged]))).toBeNull();
  });

  test('keeps its meaning while a key is changed: both sign, either is enough', () => {
    const next = signer(ORIGIN, 'LOG');
    const note = noteOf(text, [logLine(log), logLine(next)]);
    expect(open(note, [log.key])?.size).toBe(42);
    expect(open(note, [next.key])?.size).toBe(42);
    expect(open(note, [log.key, next.key])?.signedBy).toHaveLength(2);
  });

  test.each([
    ['no signature', text],
    ['no text', '\n'],
    ['a control character', noteOf(text, [logLine(log)]).replace('42', '4\u00012')],
    [
      'seventeen signatures',
      noteOf(
        text,
        Array.from({ length: 17 }, () => logLine(log)),
      ),
    ],
    ['a cut signature', noteOf(text, ['— linli.example/estate-1/assembly-1 AAAA\n'])],
  ])('with %s is no checkpoint', (_, note) => {
    expect(open(note)).toBeNull();
  });
});

describe('a receipt on paper', () => {
  const checkpoint = noteOf(text, [logLine(log)]);
  const receipt = { leaf: '{"choice":"同意"}', index: 7, path: [root, root], checkpoint };

  test('reads back as it was written', () => {
    const read = parseReceipt(nodePrimitives, formatReceipt(nodePrimitives, receipt));
    expect(read).toEqual({ ...receipt, leaf: bytes(receipt.leaf) });
  });

  test.each(['index 07', 'index -1', 'index 7x'])('with %s is none', (index) => {
    const written = formatReceipt(nodePrimitives, receipt).replace('index 7', index);
    expect(parseReceipt(nodePrimitives, written)).toBeNull();
  });

  test('with a hash that lost a byte is none', () => {
    const short = nodePrimitives.toBase64(root.slice(1));
    const written = formatReceipt(nodePrimitives, receipt).replace(nodePrimitives.toBase64(root), short);
    expect(parseReceipt(nodePrimitives, written)).toBeNull();
  });
});
