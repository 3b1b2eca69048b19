import { sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  checkpointText,
  checkSignatures,
  cosignedText,
  formatReceipt,
  MOST_SIGNATURES,
  type NoteKeyType,
  noteKey,
  noteOf,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseReceipt,
  signatureLine,
  witnessSignature,
} from '../../src/transparency/index.ts';
import { nodePrimitives as p } from './node-primitives.ts';
import { lineOf, ORIGIN, pair } from './test-log.ts';

const root = p.sha256(p.utf8('root'));
const encoded = p.toBase64(root);
const logKey = pair();
const text = checkpointText(p, { origin: ORIGIN, size: 42, root });
const line = lineOf(ORIGIN, logKey, text);
const keyOf = (name: string, type: NoteKeyType, { publicKey } = logKey) => noteKey(p, name, type, publicKey);

describe('the text of a checkpoint', () => {
  test.each([0, 7, 10, 123, 999_999_999_999_999])('of %i leaves reads back', (size) => {
    const checkpoint = { origin: ORIGIN, size, root };
    expect(parseCheckpoint(p, checkpointText(p, checkpoint))).toEqual(checkpoint);
  });

  test.each([
    ['without a name', `\n42\n${encoded}\n`],
    ['without a size', `${ORIGIN}\n\n${encoded}\n`],
    ['of one line', ORIGIN],
    ['with something before its size', `${ORIGIN}\n+42\n${encoded}\n`],
    ['with something after its size', `${ORIGIN}\n42 \n${encoded}\n`],
    ['with a size that is not exact', `${ORIGIN}\n9999999999999999\n${encoded}\n`],
    ['with a root that is no base64', `${ORIGIN}\n42\n***\n`],
    ['with a root that lost a byte', `${ORIGIN}\n42\n${p.toBase64(root.slice(1))}\n`],
    ['that does not end its last line', `${ORIGIN}\n42\n${encoded}`],
    ['that goes on', `${ORIGIN}\n42\n${encoded}\nmore`],
    ['that goes on after an empty line', `${ORIGIN}\n42\n${encoded}\n\nmore`],
  ])('%s is none', (_, malformed) => {
    expect(parseCheckpoint(p, malformed)).toBeNull();
  });
});

describe('a checkpoint whose note', () => {
  const expected = (...keys: readonly ReturnType<typeof keyOf>[]) => ({ origin: ORIGIN, keys });

  test('is no note at all is none', () => {
    expect(openCheckpoint(p, text, expected(keyOf(ORIGIN, 'LOG')))).toBeNull();
  });

  test('is signed but says nothing of a log is none', () => {
    const other = 'hello\n';
    const note = noteOf(other, [lineOf(ORIGIN, logKey, other)]);
    expect(openCheckpoint(p, note, expected(keyOf(ORIGIN, 'LOG')))).toBeNull();
  });

  test('another log signed too is signed by its own log alone', () => {
    const other = pair();
    const note = noteOf(text, [line, lineOf('other.example', other, text)]);
    const own = keyOf(ORIGIN, 'LOG');
    const opened = openCheckpoint(p, note, expected(own, keyOf('other.example', 'LOG', other)));
    expect([opened?.signedBy, opened?.witnessedBy]).toEqual([[{ key: own, at: null }], []]);
  });

  test('only a witness of the log’s name signed is not the log’s', () => {
    const witness = keyOf(ORIGIN, 'WITNESS');
    const seen = witnessSignature(5_000, sign(null, p.utf8(cosignedText(text, 5_000)), logKey.secret));
    const note = noteOf(text, [signatureLine(p, witness, seen)]);
    expect(openCheckpoint(p, note, expected(witness))).toBeNull();
  });
});

describe('a signed note', () => {
  test('reads as its text and its signatures, as many as sixteen', () => {
    const parsed = parseNote(
      p,
      noteOf(
        text,
        Array.from({ length: MOST_SIGNATURES }, () => line),
      ),
    );
    expect(parsed?.text).toBe(text);
    expect(parsed?.signatures.map(({ name, bytes }) => [name, bytes.length])).toEqual(
      Array.from({ length: MOST_SIGNATURES }, () => [ORIGIN, 64]),
    );
  });

  test('may say nothing but an empty line', () => {
    expect(parseNote(p, `\n\n${line}`)?.text).toBe('\n');
  });

  test.each([
    ['whose signature is not apart from its text', `x${line}`],
    ['with a control character', noteOf('a\u0001b\n', [line])],
    ['whose last line does not end', `${noteOf(text, [line]).slice(0, -1)}x`],
    [
      'with seventeen signatures',
      noteOf(
        text,
        Array.from({ length: MOST_SIGNATURES + 1 }, () => line),
      ),
    ],
    ['with a line that is no signature', noteOf(text, [line, 'x\n'])],
    ['signed by nobody', noteOf(text, [line.replace(ORIGIN, '')])],
    ['with more than a signature in its line', noteOf(text, [line.replace('\n', ' more\n')])],
    ['with a signature that is no base64', noteOf(text, [`— ${ORIGIN} ***\n`])],
    [
      'with a key’s id and no signature',
      noteOf(text, [signatureLine(p, keyOf(ORIGIN, 'LOG'), new Uint8Array())]),
    ],
  ])('%s is none', (_, malformed) => {
    expect(parseNote(p, malformed)).toBeNull();
  });

  test('of a key of the same id and another name is signed by somebody unknown', () => {
    const parsed = { text, signatures: parseNote(p, noteOf(text, [line]))?.signatures ?? [] };
    const own = keyOf(ORIGIN, 'LOG');
    expect(checkSignatures(p, parsed, [{ ...own, name: 'other.example' }])).toEqual([]);
    expect(checkSignatures(p, parsed, [own])).toEqual([{ key: own, at: null }]);
  });
});

describe('what a witness signs', () => {
  const witness = keyOf('community.example', 'WITNESS');

  test('is the note with the second, as C2SP writes it', () => {
    expect(cosignedText('log\n4\nroot\n', 1_679_315_147_999)).toBe(
      'cosignature/v1\ntime 1679315147\nlog\n4\nroot\n',
    );
  });

  test('keeps a second that no longer fits into 32 bits', () => {
    const at = (2 ** 32 + 5) * 1_000;
    const seen = witnessSignature(at, sign(null, p.utf8(cosignedText(text, at)), logKey.secret));
    expect(seen.slice(0, 8)).toEqual(Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 5));
    const parsed = parseNote(p, noteOf(text, [signatureLine(p, witness, seen)]));
    expect(parsed && checkSignatures(p, parsed, [witness])).toEqual([{ key: witness, at }]);
  });

  test('is false where there is not even a time', () => {
    const signature = { name: witness.name, keyId: witness.id, bytes: Uint8Array.of(1, 2) };
    expect(checkSignatures(p, { text, signatures: [signature] }, [witness])).toBeNull();
  });
});

describe('a receipt', () => {
  const checkpoint = noteOf(text, [line]);
  const written = formatReceipt(p, { leaf: '{"a":1}', index: 123, path: [root], checkpoint });

  test('is written as C2SP has it', () => {
    const extra = p.toBase64(p.utf8('{"a":1}'));
    expect(written).toBe(`c2sp.org/tlog-proof@v1\nextra ${extra}\nindex 123\n${encoded}\n\n${checkpoint}`);
    expect(parseReceipt(p, written)).toEqual({
      leaf: p.utf8('{"a":1}'),
      index: 123,
      path: [root],
      checkpoint,
    });
  });

  test.each([
    ['without a checkpoint', `${written.slice(0, written.indexOf('\n\n'))}\n`],
    ['of another version', written.replace('@v1', '@v2')],
    ['of one line', 'c2sp.org/tlog-proof@v1\n\nx'],
    ['with something before its index', written.replace('index', 'an index')],
    ['without a leaf', written.replace(/extra \S+\n/, '')],
    ['with an empty leaf', written.replace(/extra \S+/, 'extra ')],
    ['with something before its leaf', written.replace('extra', 'an extra')],
    ['with something after its leaf', written.replace(/extra \S+/, '$& more')],
    ['with a leaf that is no base64', written.replace(/extra \S+/, 'extra ***')],
    ['with a hash that is no base64', written.replace(`${encoded}\n\n`, '***\n\n')],
  ])('%s is none', (_, malformed) => {
    expect(parseReceipt(p, malformed)).toBeNull();
  });
});
