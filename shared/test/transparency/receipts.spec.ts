import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  checkReceipt,
  compactReceipt,
  compareHeads,
  expandReceipt,
  type KeySuccession,
  type LogHash,
  noteOf,
  openSuccession,
  reachedKeys,
  SUCCESSION_NAME,
  successionText,
  utf8Text,
} from '../../src/transparency/index.ts';
import { tries } from '../tries.ts';
import { nodePrimitives } from './node-primitives.ts';
import { lineOf, logOf, ORIGIN, type Pair, pair } from './test-log.ts';

const { utf8 } = nodePrimitives;
const logKey = pair();
const formerKey = pair();

const id = fc.string({
  unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
  minLength: 26,
  maxLength: 26,
});
const tag = fc.string({
  unit: fc.constantFrom(...'ABCabcxyz019-_'),
  minLength: 22,
  maxLength: 22,
});
const ballotLeaf = fc
  .record({
    area: fc.nat(1_000_000),
    at: fc.nat(2_000_000_000_000),
    ballot: id,
    cast_by: tag,
    channel: fc.constantFrom('ONLINE', 'PAPER'),
    principal: tag,
    proxy: fc.option(fc.record({ role: fc.option(fc.string({ unit: 'grapheme' })) })),
    salt: tag,
    signed: fc.boolean(),
    supersedes: fc.option(id),
    votes: fc.dictionary(id, fc.constantFrom('FOR', 'AGAINST', 'ABSTAIN', 'BLANK', 'INVALID'), {
      maxKeys: 6,
    }),
  })
  .map(({ votes, ...rest }) => JSON.stringify({ ...rest, type: 'ballot', v: 1, votes }));

describe('a receipt in a QR code', () => {
  test('is the same receipt again, whatever the ballot, in two thirds of the bits of its text at most', () => {
    fc.assert(
      fc.property(fc.array(ballotLeaf, { minLength: 1, maxLength: 20 }), fc.nat(19), (leaves, at) => {
        const index = at % leaves.length;
        const text = logOf(leaves, logKey).receipt(index);
        const digits = compactReceipt(nodePrimitives, text) ?? '';
        expect(digits).toMatch(/^\d+$/);
        expect(expandReceipt(nodePrimitives, digits)).toBe(text);
        // Ten bits hold three digits, eight bits one sign.
        expect((digits.length * 10) / 3).toBeLessThan((utf8(text).length * 8) / 1.5);
      }),
      { numRuns: tries(150, 20) },
    );
  });

  test('keeps one signature of the log, the newest key’s', () => {
    const { receipt } = logOf(['{"a":1}', '{"b":2}'], logKey);
    const digits = compactReceipt(nodePrimitives, receipt(1, [logKey, formerKey])) ?? '';
    expect(expandReceipt(nodePrimitives, digits)).toBe(receipt(1, [logKey]));
  });

  test('digits that a camera misread, or that are of something else, are no receipt or one that fails', () => {
    const text = logOf(['{"a":1}', '{"b":2}', '{"c":3}'], logKey).receipt(1);
    const digits = compactReceipt(nodePrimitives, text) ?? '';
    fc.assert(
      fc.property(fc.nat(digits.length - 1), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const wrong = (Number(digits[at]) + by) % 10;
        const read = expandReceipt(nodePrimitives, `${digits.slice(0, at)}${wrong}${digits.slice(at + 1)}`);
        const checked = read === null ? null : checkReceipt(nodePrimitives, read, [logKey.publicKey]);
        expect(checked !== null && checked.signedBy !== null && checked.isIncluded).toBe(false);
      }),
      { numRuns: tries(400) },
    );
    for (const other of ['', 'abc', '12', '000', digits.slice(0, -15), `${digits}000`])
      expect(expandReceipt(nodePrimitives, other)).toBeNull();
  });
});

describe('a receipt that is checked on the phone', () => {
  const { receipt } = logOf(['{"a":1}', '{"b":2}', '{"c":3}'], logKey);

  test('stands with the log’s key, and not with another', () => {
    const checked = checkReceipt(nodePrimitives, receipt(2), [logKey.publicKey]);
    expect(checked).toMatchObject({ origin: ORIGIN, index: 2, size: 3, leaf: '{"c":3}', isIncluded: true });
    expect(checked?.signedBy?.name).toBe(ORIGIN);
    expect(checkReceipt(nodePrimitives, receipt(2), [formerKey.publicKey])?.signedBy).toBeNull();
  });

  test('says apart that the leaf is another one and that the signature is false', () => {
    const another = receipt(2).replace(/^extra .*$/m, `extra ${nodePrimitives.toBase64(utf8('{"c":4}'))}`);
    const checked = checkReceipt(nodePrimitives, another, [logKey.publicKey]);
    expect([checked?.isIncluded, checked?.signedBy === null]).toEqual([false, false]);
    const root = receipt(2).replace(/\n3\n.{4}/, '\n3\nAAAA');
    expect(checkReceipt(nodePrimitives, root, [logKey.publicKey])?.signedBy).toBeNull();
  });
});

describe('the checkpoint that a phone kept', () => {
  const leaves = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const log = { origin: ORIGIN, publicKeys: [logKey.publicKey] };
  const { note, tree } = logOf(leaves, logKey);
  const other = logOf(['a', 'b', 'X', 'd', 'e', 'f', 'g'], logKey);

  test('of a log that grew or stayed is found in it again', () => {
    for (let first = 1; first <= leaves.length; first += 1)
      for (let second = first; second <= leaves.length; second += 1)
        expect(
          compareHeads(nodePrimitives, log, note(first), {
            note: note(second),
            path: tree.consistency(first, second),
          }),
        ).toBe(first === second ? 'SAME' : 'GREW');
  });

  test('of a server that forked, forgot or signs with another key is told apart', () => {
    const shown = (head: string, path: readonly LogHash[] = []) =>
      compareHeads(nodePrimitives, log, note(4), { note: head, path });
    expect(shown(other.note(6), other.tree.consistency(4, 6))).toBe('FORKED');
    expect(shown(other.note(4))).toBe('FORKED');
    expect(shown(note(6))).toBe('FORKED');
    expect(shown(note(3))).toBe('FEWER');
    expect(shown(note(6, [formerKey]), tree.consistency(4, 6))).toBe('UNSIGNED');
    expect(shown('nothing')).toBe('UNSIGNED');
  });
});

describe('a change of the logs’ key', () => {
  const [old, now, next] = [pair(), pair(), pair()];
  const noteBy = (former: Pair, later: Pair, signers: readonly Pair[], name = SUCCESSION_NAME) => {
    const own = successionText(nodePrimitives, { former: former.publicKey, next: later.publicKey });
    const text = own.replace(/^.*/, name);
    return noteOf(
      text,
      signers.map((key) => lineOf(name, key, text)),
    );
  };

  const opened = (note: string) => openSuccession(nodePrimitives, note);

  test('holds only where both keys signed it', () => {
    expect(opened(noteBy(old, now, [old, now]))).toEqual({ former: old.publicKey, next: now.publicKey });
    expect(opened(noteBy(old, now, [old]))).toBeNull();
    expect(opened(noteBy(old, now, [now]))).toBeNull();
    expect(opened(noteBy(old, now, [old, next]))).toBeNull();
  });

  test('holds under the address of its day too, but not where its name was exchanged or is none', () => {
    const older = noteBy(old, now, [old, now], 'linli.example:8443');
    expect(opened(older)).toEqual({ former: old.publicKey, next: now.publicKey });
    expect(opened(older.replace(/^.*/, SUCCESSION_NAME))).toBeNull();
    expect(opened(older.replace(/^.*/, 'two words'))).toBeNull();
    expect(opened(older.replace(/^.*/, ''))).toBeNull();
  });

  test('leads a phone forwards and the log backwards, never on from a stolen key', () => {
    const steps: KeySuccession[] = [
      { former: now.publicKey, next: next.publicKey },
      { former: old.publicKey, next: now.publicKey },
    ];
    const reached = (key: Pair, towards: 'next' | 'former') =>
      reachedKeys(nodePrimitives, [key.publicKey], steps, towards).length;
    expect([reached(old, 'next'), reached(now, 'next'), reached(next, 'next')]).toEqual([3, 2, 1]);
    expect([reached(old, 'former'), reached(now, 'former'), reached(next, 'former')]).toEqual([1, 2, 3]);
  });
});

test('bytes that are no text are none', () => {
  expect(utf8Text(utf8('已计入 ✓'))).toBe('已计入 ✓');
  expect(utf8Text(Uint8Array.from([0xc3]))).toBeNull();
});
