import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../bootstrap/paths.mjs';
import { SERVER_ALLOCATOR, SERVER_FLAGS } from '../../start/server.ts';
import { reportJson } from '../report.ts';

const figures = { ratio: 0.9, cpuRatio: 1.2, rps: 100, rawRps: 110, p99Ms: 9, rawP99Ms: 8 };

test('the report for programs has the promised figures and no others', () => {
  const json = reportJson({
    ops: { home: figures },
    growth: { home: 1.1 },
    memoryMb: { idle: 130, load: 170 },
    tally100kMs: 200,
    engine: 'MariaDB 10.11.19',
    sqlite: { home: { rps: 1, p99Ms: 1, cpuMicros: 1 } },
  });
  const { rawP99Ms: _, ...promised } = figures;
  expect(JSON.parse(json)).toEqual({
    ops: { home: promised },
    growth: { home: 1.1 },
    memoryMb: { idle: 130, load: 170 },
    tally100kMs: 200,
    engine: 'MariaDB 10.11.19',
  });
});

test('the server that is measured runs as the README says to run it', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  expect(readme).toContain(`/usr/bin/node ${SERVER_FLAGS.join(' ')} server/dist/main.js`);
  for (const [name, value] of Object.entries(SERVER_ALLOCATOR))
    expect(readme).toContain(`Environment=${name}=${value}`);
});
