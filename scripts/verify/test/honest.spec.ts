import { describe, expect, test } from '@jest/globals';
import { Dishonest, type Options, verifyExport } from '../../verify.ts';
import { type Exported, exportOf, ORIGIN, ownersExport, publicExport, signer } from './export.ts';
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
  test('a thousand times over, whatever the roll, the rules and the ballots, raises no alarm', () => {
    for (let seed = 0; seed < 1_000; seed += 1) {
      const exported = vote(seed);
      const found = [accused(ownersExport(exported.parts)), accused(publicExport(exported))];
      if (found.some((leaf) => leaf !== null)) throw new Error(`seed ${seed}: ${found.join()}`);
    }
  });

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
