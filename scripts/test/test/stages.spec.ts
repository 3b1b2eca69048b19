import { describe, expect, test } from '@jest/globals';
import { kindOf, KINDS } from '../specs.ts';
import { PROOFS, select, STAGES } from '../stages.ts';

describe('a spec runs in the stage that has what it needs', () => {
  test.each([
    ['shared/test/fees/bills.spec.ts', 'unit:shared'],
    ['server/test/spreadsheet/csv.spec.ts', 'unit:server'],
    ['server/test/db/ballots/race.spec.ts', 'server:db'],
    ['server/test/e2e/sign-in.spec.ts', 'server:e2e'],
    ['miniapp/test/button.spec.tsx', 'unit:miniapp'],
    ['scripts/sandbox/test/paying.spec.ts', 'unit:scripts'],
    ['scripts/mariadb/test/find.spec.ts', 'unit:scripts'],
    ['scripts/mariadb/test/mariadb/private-server.spec.ts', 'scripts:mariadb'],
    ['scripts/bench/test/mariadb/statements.spec.ts', 'scripts:mariadb'],
    ['scripts/start/test/running/start.spec.ts', 'scripts:start'],
    ['scripts/weapp/walk.spec.ts', 'scripts:weapp'],
    ['scripts/weapp/test/render.spec.ts', 'unit:scripts'],
    ['server/test/prove/callbacks.spec.ts', 'prove:server'],
    ['scripts/prove/kill.spec.ts', 'prove:scripts'],
    ['scripts/prove/test/figures.spec.ts', 'unit:scripts'],
    ['scripts/browser/resident.spec.ts', 'scripts:browser'],
  ])('%s in %s', (spec, kind) => {
    expect(kindOf(spec)).toBe(kind);
  });

  test('and every kind of spec has a stage', () => {
    const run = [...STAGES, ...PROOFS].flatMap((stage) => ('specs' in stage ? [stage.specs] : []));
    expect(new Set(run)).toEqual(new Set(KINDS.map(({ kind }) => kind)));
  });
});

const enginesOf = (kind: string) =>
  STAGES.flatMap((stage) =>
    'specs' in stage && stage.specs === kind ? [stage.env?.['LINLI_TEST_ENGINE']] : [],
  );

test('database and end-to-end specs run on both engines', () => {
  expect(enginesOf('server:db')).toEqual(['sqlite', 'mariadb']);
  expect(enginesOf('server:e2e')).toEqual(['sqlite', 'mariadb']);
});

const idsOf = (only: string | null) => select(STAGES, only).map(({ id }) => id);

describe('--only', () => {
  test('takes a group, a single stage, or an engine', () => {
    expect(idsOf('types')).toEqual(['types:shared', 'types:server', 'types:scripts', 'types:miniapp']);
    expect(idsOf('db:sqlite')).toEqual(['db:sqlite']);
    expect(idsOf('mariadb')).toEqual(['db:mariadb', 'e2e:mariadb', 'scripts:mariadb']);
    expect(idsOf('lint, format')).toEqual(['format', 'lint']);
  });

  test('takes nothing that is not a stage, and everything when it is left out', () => {
    expect(idsOf('unt')).toEqual([]);
    expect(idsOf(null)).toHaveLength(STAGES.length);
  });
});
