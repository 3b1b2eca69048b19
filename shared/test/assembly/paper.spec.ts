import { fc, test } from '@fast-check/jest';
import { describe, expect, it } from '@jest/globals';
import {
  answersAll,
  askedSteps,
  type Ballot,
  type BallotChannel,
  type Choice,
  paperCode,
  paperNumberText,
  type PaperEntry,
  paperReaders,
  type PaperReading,
  parsePaperNumber,
  spoiledElections,
  spoiledWords,
  standingOf,
  tally,
  type VotingRules,
} from '../../src/assembly/index.ts';
import { tries } from '../tries.ts';
import { ballot, DEADLINE, equalUnits, MOTION, motion, NATIONAL_RULES } from './estates.ts';
import { oracle } from './oracle.ts';

const read = (mark: 'FOR' | 'AGAINST' | 'BLANK', signers = ['o1']): PaperReading => ({
  verdict: 'BALLOT',
  signers,
  marks: { [MOTION]: mark },
});
const by = (personId: string, reading: PaperReading): PaperEntry => ({ personId, reading });
const unsigned: PaperReading = { verdict: 'REFUSED', reason: 'UNSIGNED' };

describe('an election on a paper', () => {
  const asked = (id: string, electionId: string | null) => ({
    id,
    electionId,
    electionSeats: electionId === null ? null : 2,
  });
  const motions = [asked('A', null), asked('x', 'E'), asked('B', null), asked('y', 'E'), asked('z', 'E')];

  it('is one step where its first candidate stood', () => {
    const steps = askedSteps(motions).map((step) =>
      step.kind === 'MOTION' ? step.motion.id : step.candidates.map(({ id }) => id).join(''),
    );
    expect(steps).toEqual(['A', 'xyz', 'B']);
  });

  it('is spoiled by more ticks than seats, and by nothing else', () => {
    const votes = { A: 'FOR', B: 'INVALID', x: 'FOR', y: 'FOR', z: 'BLANK' } as const;
    expect(spoiledElections(votes, motions)).toEqual([]);
    expect(spoiledElections({ ...votes, z: 'ABSTAIN' }, motions)).toEqual([]);
    const [spoiled, ...more] = spoiledElections({ ...votes, z: 'FOR' }, motions);
    expect({ spoiled, more }).toEqual({ spoiled: { seats: 2, chosen: 3 }, more: [] });
    expect(spoiled === undefined ? '' : spoiledWords(spoiled)).toBe('应选 2 人，选了 3 人，这一选举作废');
  });
});

describe('the desk', () => {
  it('has a first reader and others who confirm, as the region says', () => {
    const rules = {
      paperReceivers: ['COMMITTEE_CHAIR'],
      paperEnterers: ['COMMITTEE_MEMBER'],
      paperConfirmers: ['COMMUNITY_OFFICER'],
    } as const;
    expect([0, 1, 2].map((entries) => paperReaders(rules, entries)[0])).toEqual([
      'COMMITTEE_MEMBER',
      'COMMUNITY_OFFICER',
      'COMMUNITY_OFFICER',
    ]);
  });
});

describe('two people read a paper', () => {
  it('one reading alone never counts', () => {
    expect(standingOf([])).toEqual({ state: 'WAITING' });
    expect(standingOf([by('a', read('FOR'))])).toEqual({ state: 'ONCE' });
  });

  it('the same twice counts, with both names', () => {
    const standing = standingOf([by('a', read('FOR')), by('b', read('FOR'))]);
    expect(standing).toEqual({ state: 'AGREED', reading: read('FOR'), by: ['a', 'b'] });
  });

  it('nobody agrees with themselves', () => {
    expect(standingOf([by('a', read('FOR')), by('a', read('FOR'))]).state).toBe('MISMATCH');
  });

  it.each<[string, PaperReading]>([
    ['another mark', read('AGAINST')],
    ['another signature', read('FOR', ['o2'])],
    ['a fault of the whole', unsigned],
  ])('%s is a mismatch, until a third agrees with either', (_, other) => {
    const both = [by('a', read('FOR')), by('b', other)];
    expect(standingOf(both)).toEqual({ state: 'MISMATCH' });
    expect(standingOf([...both, by('c', other)])).toMatchObject({ state: 'AGREED', by: ['b', 'c'] });
    expect(standingOf([...both, by('c', read('BLANK'))])).toEqual({ state: 'MISMATCH' });
  });

  it('the order of signatures and motions says nothing', () => {
    const one: PaperReading = { verdict: 'BALLOT', signers: ['x', 'y'], marks: { m: 'FOR', n: 'BLANK' } };
    const two: PaperReading = { verdict: 'BALLOT', signers: ['y', 'x'], marks: { n: 'BLANK', m: 'FOR' } };
    expect(standingOf([by('a', one), by('b', two)]).state).toBe('AGREED');
  });

  it('every motion is answered, and no other', () => {
    expect(answersAll({ m: 'FOR', n: 'BLANK' }, ['m', 'n'])).toBe(true);
    expect(answersAll({ m: 'FOR' }, ['m', 'n'])).toBe(false);
    expect(answersAll({ m: 'FOR', n: 'BLANK', o: 'FOR' }, ['m', 'n'])).toBe(false);
    expect(answersAll({ m: 'FOR', o: 'FOR' }, ['m', 'n'])).toBe(false);
  });
});

describe('the number on a paper', () => {
  test.prop([fc.integer({ min: 1, max: 9_999_999 }), fc.array(fc.nat(255), { minLength: 4, maxLength: 32 })])(
    'is read back as it was printed, typed or scanned',
    (number, bytes) => {
      const code = paperCode(bytes);
      const printed = paperNumberText(number, code);
      expect(parsePaperNumber(printed)).toEqual({ number, code });
      expect(parsePaperNumber(` ${printed.toLowerCase()} `)).toEqual({ number, code });
      const address = `https://x.example/packages/assembly/pages/detail/index?id=1&paper=${printed}&e=2`;
      expect(parsePaperNumber(address)).toEqual({ number, code });
    },
  );

  it.each(['', '42', '0042', '0042-', '0042-O0I1', 'https://x.example/?id=0042-K7QF', '<0042-K7QF>'])(
    'no number in %s',
    (text) => expect(parsePaperNumber(text)).toBeNull(),
  );
});

describe('paper and phone of one owner', () => {
  const roll = equalUnits(3);
  const others = [ballot('o2', 'FOR'), ballot('o3', 'AGAINST')];
  const cast = (channel: BallotChannel, choice: Choice, receivedAt: number) =>
    ballot('o1', choice, { channel, receivedAt });
  const heads = (ballots: readonly Ballot[], rules: Partial<VotingRules>) =>
    tally(roll, [...others, ...ballots], motion(), { ...NATIONAL_RULES, ...rules }, DEADLINE).inFavour.heads;

  it.each<[VotingRules['channelPriority'], VotingRules['revote'], BallotChannel, BallotChannel]>([
    // priority, revote, which speaks when paper came first, and when the phone came first
    ['LAST', 'LAST', 'ONLINE', 'PAPER'],
    ['LAST', 'FIRST', 'PAPER', 'ONLINE'],
    ['PAPER', 'LAST', 'PAPER', 'PAPER'],
    ['PAPER', 'FIRST', 'PAPER', 'PAPER'],
    ['ONLINE', 'LAST', 'ONLINE', 'ONLINE'],
    ['ONLINE', 'FIRST', 'ONLINE', 'ONLINE'],
  ])('priority %s, revote %s', (channelPriority, revote, paperFirst, phoneFirst) => {
    const rules = { channelPriority, revote };
    const paperSpeaks = (paperAt: number, phoneAt: number) =>
      heads([cast('PAPER', 'FOR', paperAt), cast('ONLINE', 'AGAINST', phoneAt)], rules) === 2;
    expect(paperSpeaks(1, 2)).toBe(paperFirst === 'PAPER');
    expect(paperSpeaks(2, 1)).toBe(phoneFirst === 'PAPER');
  });

  it('within a channel that goes first, revoting decides', () => {
    const papers = [cast('PAPER', 'FOR', 1), cast('PAPER', 'AGAINST', 2), cast('ONLINE', 'ABSTAIN', 3)];
    expect(heads(papers, { channelPriority: 'PAPER', revote: 'FIRST' })).toBe(2);
    expect(heads(papers, { channelPriority: 'PAPER', revote: 'LAST' })).toBe(1);
  });

  it('an annulled paper leaves the phone to speak', () => {
    const annulled = { ...cast('PAPER', 'FOR', 2), annulled: true };
    const ballots = [...others, cast('ONLINE', 'AGAINST', 1), annulled];
    const rules: VotingRules = { ...NATIONAL_RULES, channelPriority: 'PAPER' };
    const result = tally(roll, ballots, motion(), rules, DEADLINE);
    expect(result.inFavour.heads).toBe(1);
    expect(result.rejected).toEqual([{ ballotId: annulled.id, reason: 'ANNULLED' }]);
  });

  const anyCast = fc.record({
    owner: fc.constantFrom('o1', 'o2', 'o3', 'o4'),
    channel: fc.constantFrom<BallotChannel>('ONLINE', 'PAPER'),
    choice: fc.constantFrom<Choice>('FOR', 'AGAINST', 'ABSTAIN'),
    receivedAt: fc.integer({ min: 90, max: DEADLINE + 2 }),
    annulled: fc.constantFrom(false, false, false, true),
  });
  const anyChannelRules = fc.record({
    channelPriority: fc.constantFrom<VotingRules['channelPriority']>('LAST', 'PAPER', 'ONLINE'),
    revote: fc.constantFrom<VotingRules['revote']>('LAST', 'FIRST'),
  });

  test.prop([fc.array(anyCast, { maxLength: 16 }), anyChannelRules], { numRuns: tries(1_000) })(
    'mixed in any way, the count is that of the naive one',
    (casts, rules) => {
      const ballots = casts.map(({ owner, choice, ...more }) => ballot(owner, choice, more));
      const voting = { ...NATIONAL_RULES, ...rules };
      const { outcome, participating, inFavour } = tally(equalUnits(5), ballots, motion(), voting, DEADLINE);
      const naive = oracle(equalUnits(5), ballots, motion(), voting, DEADLINE);
      expect([outcome, participating.heads, inFavour.heads]).toEqual([naive.outcome, naive.PH, naive.FH]);
    },
  );
});
