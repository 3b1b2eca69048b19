import { expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../bootstrap/paths.mjs';
import { SERVER_ALLOCATOR, SERVER_FLAGS } from '../../start/server.ts';
import { reportJson, reportText } from '../report.ts';
import { measureVerifier } from '../verifier.ts';

const figures = { ratio: 0.9, cpuRatio: 1.2, rps: 100, rawRps: 110, p99Ms: 9, rawP99Ms: 8 };

test('the report for programs has the promised figures and no others', () => {
  const json = reportJson({
    ops: { home: figures },
    growth: { home: 1.1 },
    memoryMb: { idle: 130, load: 170 },
    tally100kMs: 200,
    verifier: [],
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

test('a vote made up for the bench is one that the verifier passes, and a line tells what it took', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linli-bench-test-'));
  try {
    const figures = measureVerifier(folder, 5);
    expect(figures.cpuSeconds).toBeGreaterThan(0);
    expect(figures.peakMb).toBeGreaterThan(1);
    const report = {
      ops: {},
      growth: {},
      memoryMb: { idle: 1, load: 1 },
      tally100kMs: 1,
      engine: 'x',
      sqlite: {},
    };
    const slow = { ...figures, ballots: 10_000, elapsedSeconds: 0.51, peakMb: 100 };
    const text = reportText({ ...report, verifier: [figures, slow] });
    expect(text).toContain('verifier    5 ballots');
    expect(text).toContain('0.51 s (≤ 0.5: NOT MET)');
    expect(text).toContain('100 MB (≤ 300: met)');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
