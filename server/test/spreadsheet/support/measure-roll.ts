// Run as a process of its own: prints how much memory the check of a roll took at its highest, over what was there.
import { checkRoll } from '@linli/shared/estate';
import { readSheet } from '../../../src/kernel/spreadsheet/index.ts';

const [, , sample = '', roll = ''] = process.argv;
// Loads the code and the parser's tables, which a running server has loaded already.
await checkRoll(readSheet(sample));
const before = process.memoryUsage.rss();
let peak = before;
const onProgress = () => {
  peak = Math.max(peak, process.memoryUsage.rss());
};
const check = await checkRoll(readSheet(roll, { onProgress }), { onProgress });
onProgress();
process.stdout.write(JSON.stringify({ units: check.units.length, grownBytes: peak - before }));
