import { describe, expect, test } from '@jest/globals';
import { Dishonest, type Options, Unreadable, verifyExport } from '../../verify.ts';
import { type Exported, exportOf, MemoryLog, ORIGIN, ownersExport, publicExport, signer } from './export.ts';
import { anyMeeting } from './meeting.ts';
import { Random } from './random.ts';
import { textSource } from './source.ts';

const logKey = signer(ORIGIN, 'LOG');
const community = signer('community.example/kangning', 'WITNESS');

const options = (more: Partial<Options> = {}): Options => ({
  keys: [logKey.text, community.text],
  receipt: null,
  previous: null,
  say: () => undefined,
  ...more,
});

function vote(seed: number): Exported {
  const random = new Random(seed);
  return exportOf(anyMeeting(random), random, logKey, community);
}

/** The leaf that is accused, or null where nothing is. */
function accused(text: string, more: Partial<Options> = {}): number | null {
  try {
    verifyExport(textSource(text), options(more));
    return null;
  } catch (error) {
    if (error instanceof Dishonest) return error.leaf;
    throw error;
  }
}

describe('a vote that was counted honestly', () => {
  test.each(Array.from({ length: 10 }, (_, part) => part * 100))(
    'a hundred times from %i on, whatever the roll, the rules and the ballots, raises no alarm',
    (first) => {
      for (let seed = first; seed < first + 100; seed += 1) {
        const exported = vote(seed);
        const found = [accused(ownersExport(exported.parts)), accused(publicExport(exported))];
        if (found.some((leaf) => leaf !== null)) throw new Error(`seed ${seed}: ${found.join()}`);
      }
    },
  );

  test('says what it checked, and every motion’s result', () => {
    const { parts } = vote(1);
    const said: string[] = [];
    accused(ownersExport(parts), { say: (line) => said.push(line) });
    const motions = said.filter((line) => line.startsWith('议题'));
    const announced = JSON.parse(parts.leaves.at(-1) ?? '') as { motions: readonly { outcome: string }[] };
    expect(motions).toHaveLength(announced.motions.length);
    for (const { outcome } of announced.motions) expect(said.join('\n')).toContain(outcome);
  });

  test('warns that a key was not given by hand, as a forger would bring his own', () => {
    const said: string[] = [];
    accused(ownersExport(vote(1).parts), { keys: [], say: (line) => said.push(line) });
    expect(said.join('\n')).toContain('--key');
  });
});

describe('a motion of a building that is not on the roll', () => {
  test('asks nobody, and those who live in no building no more than others', () => {
    const random = new Random(1);
    const meeting = anyMeeting(random);
    expect(meeting.election).toBeNull();
    const elsewhere = {
      ...meeting,
      roll: meeting.roll.map((unit) => ({ ...unit, building: null })),
      motions: meeting.motions.map((motion) => ({
        ...motion,
        scope: { kind: 'BUILDINGS' as const, buildings: ['9号楼'] },
      })),
    };
    const { parts } = exportOf(elsewhere, random, logKey, community);
    expect(parts.leaves.at(-1)).toContain('EMPTY_ROLL');
    expect(accused(ownersExport(parts))).toBeNull();
  });
});

describe('an owner with a receipt', () => {
  const exported = vote(7);
  const { log, parts, sizes } = exported;
  const size = log.leaves.length;
  const last = parts.notes.at(-1) ?? '';
  const index = log.leaves.findIndex((leaf) => leaf.includes('"type":"ballot"'));

  test('finds that the ballot is in the log as it was handed out', () => {
    expect(accused(ownersExport(parts), { receipt: log.receipt(index, size, last) })).toBeNull();
  });

  test('finds that the ballot was taken out of a log that the right key signed', () => {
    const other = vote(8);
    const receipt = log.receipt(index, size, last);
    expect(accused(ownersExport(other.parts), { receipt })).not.toBeNull();
  });

  test('finds a receipt whose leaf was written anew', () => {
    const receipt = log.receipt(index, size, last);
    const leaf = Buffer.from((log.leaves[index] ?? '').replace('"salt":"', '"salt":"0')).toString('base64');
    const forged = receipt.replace(/^extra .*$/m, `extra ${leaf}`);
    expect(forged).not.toBe(receipt);
    expect(accused(ownersExport(parts), { receipt: forged })).toBe(index);
  });

  const receipt = log.receipt(index, size, last);
  test.each([
    ['without a leaf', receipt.replace(/\nextra .*/, '')],
    ['with an empty leaf', receipt.replace(/extra .*/, 'extra ')],
    ['with something after its leaf', receipt.replace(/extra .*/, '$& more')],
    ['with a leaf in another alphabet', receipt.replace(/extra /, '$&-_')],
    ['with an index that has a second way to be written', receipt.replace('index ', 'index 0')],
    ['without a checkpoint', receipt.slice(0, receipt.indexOf('\n\n'))],
  ])('%s cannot be read: there is one way to write a receipt', (_, malformed) => {
    expect(malformed).not.toBe(receipt);
    expect(() => accused(ownersExport(parts), { receipt: malformed })).toThrow(Unreadable);
  });

  test('who kept a checkpoint finds it again; one of another history accuses the log', () => {
    const [first = ''] = parts.notes;
    const fork = vote(9);
    expect(sizes[0]).toBe(2);
    expect(accused(ownersExport(parts), { previous: first })).toBeNull();
    expect(accused(ownersExport(parts), { previous: fork.parts.notes[0] ?? '' })).toBe(0);
  });

  test('asks for a witness who has not seen the end', () => {
    const absent = signer('supervisor.example', 'WITNESS');
    const keys = [logKey.text, absent.text];
    expect(accused(ownersExport(parts), { keys })).toBe(size - 1);
  });
});

describe('an election', () => {
  /** Signed by the log's own key: only the count can tell. */
  function announcing(seed: number, change: (election: Record<string, unknown>) => void): string | null {
    const random = new Random(seed);
    const meeting = anyMeeting(random);
    if (meeting.election === null) return null;
    const exported = exportOf(meeting, random, logKey, community);
    const leaves = [...exported.parts.leaves];
    const result = JSON.parse(leaves.pop() ?? '') as { elections: Record<string, unknown>[] };
    for (const election of result.elections) change(election);
    const log = new MemoryLog();
    for (const leaf of [...leaves, JSON.stringify(result)]) log.append(leaf);
    const notes = [log.checkpoint(log.leaves.length, logKey, null)];
    return ownersExport({ ...exported.parts, leaves: log.leaves, notes });
  }

  test('is counted again: who announces another result is found out, whoever signs it', () => {
    let elections = 0;
    for (let seed = 0; seed < 120; seed += 1) {
      const honest = announcing(seed, () => undefined);
      if (honest === null) continue;
      elections += 1;
      expect(accused(honest, { keys: [logKey.text] })).toBeNull();
      const open = announcing(seed, (election) => (election['open'] = Number(election['open']) + 1)) ?? '';
      expect(accused(open, { keys: [logKey.text] })).not.toBeNull();
      const other = announcing(seed, (election) => {
        const elected = election['elected'] as string[];
        election['elected'] = elected.length > 0 ? [] : ['motion-a'];
      });
      expect(accused(other ?? '', { keys: [logKey.text] })).not.toBeNull();
    }
    expect(elections).toBeGreaterThan(20);
  });
});
