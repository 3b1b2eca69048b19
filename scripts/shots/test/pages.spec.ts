import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../../bootstrap/paths.mjs';
import { PAGES } from '../pages.ts';
import { planOf } from '../plan.ts';

interface RouteTable {
  readonly ROUTE_NAMES: readonly string[];
  pagePath(name: string): string;
}

describe('the pictures', () => {
  test('every page of the route table is taken, and no page that is not there', async () => {
    // By its path: the app is bundled under other rules than a program that Node runs.
    const { ROUTE_NAMES, pagePath } = (await import(join(root, 'miniapp', 'src', 'routes.ts'))) as RouteTable;
    const taken = new Set(PAGES.map(({ path }) => path));
    expect([...taken].toSorted()).toEqual(ROUTE_NAMES.map(pagePath).toSorted());
  });

  test('no picture is written over another', () => {
    const names = planOf(PAGES).flatMap(({ shots }) => shots.map(({ name }) => name));
    expect(names.length).toBe(new Set(names).size);
  });

  test('a filter picks by page, screen or state', () => {
    const [sitting, ...others] = planOf(PAGES, ['clerk-queue.laptop.']);
    expect(others).toEqual([]);
    expect(sitting?.shots.map(({ state }) => state)).toEqual([
      'ready',
      'empty',
      'loading',
      'offline',
      'failing',
      'expired',
    ]);
  });

  test('a page that asks the server for nothing has nothing to wait for', () => {
    const states = planOf(PAGES, ['agreement.phone.']).flatMap(({ shots }) =>
      shots.map(({ state }) => state),
    );
    expect(states).toEqual(['ready']);
  });
});
