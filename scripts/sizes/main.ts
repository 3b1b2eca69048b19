// `node scripts/with-node.mjs scripts/sizes/main.ts [weapp|h5]`: what the built app weighs against what it may weigh; exit 1 above it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { Refusal, command } from '../bootstrap/refusal.mjs';
import { type Gate, gateLine, holds } from './gate.ts';
import { measureH5 } from './h5.ts';
import { findValidators } from './validators.ts';
import { measureWeapp } from './weapp.ts';

const MEASURES: Readonly<Record<string, (dist: string) => Gate[] | Promise<Gate[]>>> = {
  weapp: measureWeapp,
  h5: measureH5,
};

async function checkPlatform(platform: string): Promise<boolean> {
  const dist = join(root, 'miniapp', 'dist', platform);
  const measure = MEASURES[platform];
  if (measure === undefined)
    throw new Refusal(`There is weapp and h5, not ${platform}.`, `没有平台 ${platform}。`);
  if (!existsSync(dist))
    throw new Refusal(`Build ${platform} first: npm run build ${platform}`, '请先构建。');
  const gates = await measure(dist);
  for (const gate of gates) console.log(gateLine(gate));
  const validators = findValidators(dist);
  for (const found of validators) console.log(`FAILED ${platform} carries validator code: ${found}`);
  return gates.every(holds) && validators.length === 0;
}

if (import.meta.main)
  await command(async () => {
    const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(MEASURES);
    let good = true;
    for (const platform of wanted) good = (await checkPlatform(platform)) && good;
    return good ? 0 : 1;
  });
