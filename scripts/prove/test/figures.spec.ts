import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIGURES_FILE, figuresIn, figuresTable, tell } from '../figures.ts';
import { scoreOf } from '../mutation-score.ts';

describe('what the proofs have seen', () => {
  test('comes as a table, in the order in which they ended', () => {
    const folder = mkdtempSync(join(tmpdir(), 'linli-figures-'));
    const file = join(folder, 'figures.jsonl');
    process.env[FIGURES_FILE] = file;
    tell({ proof: 'callbacks', done: '20,000', found: '2,000 outcomes' });
    tell({ proof: 'races', done: '200 × 50', found: 'one ballot' });
    delete process.env[FIGURES_FILE];
    expect(figuresTable(figuresIn(file))).toBe(
      [
        '| proof | done | outcome |',
        '|---|---|---|',
        '| callbacks | 20,000 | 2,000 outcomes |',
        '| races | 200 × 50 | one ballot |',
      ].join('\n'),
    );
    rmSync(folder, { recursive: true });
  });

  test('nothing was told, nothing is there', () => {
    expect(figuresIn(join(tmpdir(), 'no such file'))).toEqual([]);
  });
});

describe('the score of a core', () => {
  const mutants = (...statuses: string[]) => ({ mutants: statuses.map((status) => ({ status })) });

  test('counts what a test noticed among all changes that can run', () => {
    const report = {
      files: {
        'shared/src/a.ts': mutants('Killed', 'Timeout', 'Survived', 'NoCoverage', 'CompileError'),
        'shared/src/b.ts': mutants('Survived'),
      },
    };
    expect(scoreOf(report)).toEqual({ noticed: 2, all: 5 });
  });
});
