import { describe, expect, test } from '@jest/globals';
import { Dishonest, verifyExport } from '../../verify.ts';
import { exportOf, ORIGIN, signer } from './export.ts';
import { anyMeeting } from './meeting.ts';
import { Random } from './random.ts';
import { signedAnew } from './signed-anew.ts';
import { textSource } from './source.ts';

const logKey = signer(ORIGIN, 'LOG');
const community = signer('community.example/kangning', 'WITNESS');
const random = new Random(3);
const exported = exportOf(anyMeeting(random), random, logKey, community);
const { leaves, rows } = exported.parts;
const BALLOT = leaves.findIndex((leaf) => leaf.includes('"type":"ballot"'));
const ballot = leaves[BALLOT] ?? '';
const row = rows.findIndex((text) => text.includes('"status":"DELIVERED"') && !text.includes('"owners":[]'));

function found(changed: { rows?: readonly string[]; leaves?: readonly string[] }): string {
  const options = { keys: [logKey.text], receipt: null, previous: null, say: () => undefined };
  try {
    verifyExport(textSource(signedAnew(exported, changed, logKey)), options);
    return 'honest';
  } catch (error) {
    if (error instanceof Dishonest) return `leaf ${error.leaf} ${error.message}`;
    throw error;
  }
}

const withBallot = (text: string) => found({ leaves: leaves.with(BALLOT, text) });
const withRow = (change: (fields: Record<string, unknown>) => void) => {
  const fields = JSON.parse(rows[row] ?? '') as Record<string, unknown>;
  change(fields);
  return found({ rows: rows.with(row, JSON.stringify(fields)) });
};

describe('a line that could be written in two ways', () => {
  test.each([
    ['with a space', ballot.replace('"at":', '"at": ')],
    ['with its names in another order', `{"v":1,${ballot.slice(1).replace('"v":1,', '')}`],
    ['with a name twice', ballot.replace('"at":', '"at":1,"at":')],
    ['with a name twice inside', ballot.replace('"votes":{', '"votes":{"a":"FOR","a":"FOR",')],
    ['with names out of order inside', ballot.replace('"votes":{', '"votes":{"z":"FOR","a":"FOR",')],
    ['with a name that begins like the one before it', ballot.replace('"at":', '"atx":1,"at":')],
    ['with a fraction', ballot.replace(/"at":\d+/, '$&.5')],
    ['with an exponent', ballot.replace(/"at":\d+/, '$&e0')],
    ['with a zero in front', ballot.replace('"at":', '"at":0')],
    ['with a zero that is negative', ballot.replace(/"at":\d+/, '"at":-0')],
    ['with a number that is not exact', ballot.replace(/"at":\d+/, '"at":9007199254740993')],
    ['with an escape that is not needed', ballot.replace('"type":"ballot"', '"type":"b\\u0061llot"')],
    ['with a sign that must be escaped', ballot.replace('"salt":"', '"salt":"\t')],
    ['with something after it', `${ballot}{}`],
    ['without its end', ballot.slice(0, -1)],
    [
      'of lists in lists without end',
      ballot.replace('"area":', `"a":${'['.repeat(99)}${']'.repeat(99)},"area":`),
    ],
    ['that is a list', '[]'],
    ['that is a number', '7'],
  ])('%s is refused', (_, text) => {
    expect(text).not.toBe(ballot);
    expect(withBallot(text)).toBe(`leaf ${BALLOT} is not written in the one way that the format allows`);
  });

  test('may hold anything that JSON escapes and any script', () => {
    const salt = JSON.stringify('a"b\\\n\u0001 é 邻里 😀');
    expect(withBallot(ballot.replace(/"salt":"[^"]*"/, `"salt":${salt}`))).toBe('honest');
  });
});

describe('a ballot', () => {
  test('is cast online or on paper, and in no third way', () => {
    expect(withBallot(ballot.replace(/"channel":"[A-Z]+"/, '"channel":"PHONE"'))).toBe(
      `leaf ${BALLOT} was cast neither online nor on paper`,
    );
  });

  test('has an id of letters and digits', () => {
    expect(withBallot(ballot.replace(/"ballot":"./, '"ballot":"-'))).toBe(
      `leaf ${BALLOT} is a ballot that was there already`,
    );
  });
});

describe('a row of the roll', () => {
  test.each([
    ['an owner who is no tag', (fields: Record<string, unknown>) => (fields['owners'] = ['me'])],
    ['an owner who is no text', (fields: Record<string, unknown>) => (fields['owners'] = [7])],
    ['owners who are no list', (fields: Record<string, unknown>) => (fields['owners'] = 'me')],
    [
      'a tag with bits left over',
      (fields: Record<string, unknown>) => (fields['owners'] = [`${'A'.repeat(21)}B`]),
    ],
    [
      'a developer who is no tag',
      (fields: Record<string, unknown>) => Object.assign(fields, { status: 'UNSOLD', developer: '' }),
    ],
  ])('with %s is refused', (_, change) => {
    expect(withRow(change)).toBe('leaf 0 the roll has an owner without a tag');
  });

  test('names its owners in order', () => {
    const owners = ['B', 'A'].map((sign) => sign.repeat(21) + 'A');
    const found = 'leaf 0 the roll has owners out of order, or one twice';
    expect(withRow((fields) => (fields['owners'] = owners))).toBe(found);
    expect(withRow((fields) => (fields['owners'] = [owners[0], owners[0]]))).toBe(found);
  });

  test('has an area that is something', () => {
    expect(withRow((fields) => (fields['area'] = 0))).toBe('leaf 0 the roll has a unit without an area');
    expect(withRow((fields) => (fields['area'] = '9'))).toBe('leaf 0 the roll has a unit without an area');
  });
});
