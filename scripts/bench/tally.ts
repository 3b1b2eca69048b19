import { tally } from '../../shared/src/assembly/index.ts';
import { parseTallyDocument } from '../tally/document.ts';
import { median } from './statistics.ts';

const BALLOTS = 100_000;
const RUNS = 5;

/** How long the count of 100,000 ballots takes with the function that the server calls. */
export function tallyMilliseconds(): number {
  const numbers = Array.from({ length: BALLOTS }, (_, index) => index);
  const document = parseTallyDocument({
    id: 'bench',
    units: numbers.map((number) => ({ id: `u${number}`, owners: [`o${number}`], area: 9_000 })),
    ballots: numbers.map((number) => ({
      id: `b${String(number).padStart(6, '0')}`,
      principal: `o${number}`,
      by: `o${number}`,
      t: 1,
      votes: { m: number % 3 === 0 ? 'AGAINST' : 'FOR' },
    })),
    motion: { id: 'm', cls: 'ORDINARY' },
    cfg: {},
  });
  const { roll, ballots, motion, rules, deadline } = document;
  const runs = Array.from({ length: RUNS }, () => {
    const startedAt = performance.now();
    const { outcome } = tally(roll, ballots, motion, rules, deadline);
    if (outcome !== 'PASSED') throw new Error(`The count says ${outcome}`);
    return performance.now() - startedAt;
  });
  return median(runs);
}
