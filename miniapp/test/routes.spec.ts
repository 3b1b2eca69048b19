import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import appConfig from '../src/app.config';
import { ROUTE_NAMES, pagePath, routeAt, routeOf, routeUrl } from '../src/routes';

const source = (path: string) => new URL(`../src/${path}`, import.meta.url);

describe('every route', () => {
  test.each(ROUTE_NAMES)('%s has its page, and the page takes its title from the table', (name) => {
    expect(existsSync(source(`${pagePath(name)}.tsx`))).toBe(true);
    expect(readFileSync(source(`${pagePath(name)}.config.ts`), 'utf8')).toContain(`pageConfig('${name}')`);
  });

  test('has a path of its own', () => {
    expect(new Set(ROUTE_NAMES.map(pagePath)).size).toBe(ROUTE_NAMES.length);
  });

  test('is in the app, in the main package or in its subpackage', () => {
    const pages = [
      ...appConfig.pages,
      ...appConfig.subpackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
    ];
    expect([...pages].sort()).toEqual(ROUTE_NAMES.map(pagePath).sort());
  });
});

describe('the tab bar', () => {
  test('holds the four tabs of residents, all in the main package, in order', () => {
    expect(appConfig.tabBar.list.map(({ text }) => text)).toEqual(['首页', '公示', '议事', '我的']);
    for (const name of ROUTE_NAMES) if (routeOf(name).tab) expect(routeOf(name).package).toBeUndefined();
  });

  test('has an icon of at most 40 KB for each', () => {
    for (const { iconPath, selectedIconPath } of appConfig.tabBar.list) {
      for (const icon of [iconPath, selectedIconPath]) {
        expect(readFileSync(source(icon)).byteLength).toBeLessThan(40_960);
      }
    }
  });
});

describe('an address', () => {
  test('carries its parameters encoded, and leaves out what is missing', () => {
    expect(routeUrl('signIn', { back: '/pages/mine/index?a=1', other: undefined })).toBe(
      `/pages/sign-in/index?back=${encodeURIComponent('/pages/mine/index?a=1')}`,
    );
  });

  test('is found in the table again, with its query', () => {
    expect(routeAt('/packages/workbench/pages/desk/index?x=1')).toBe('desk');
    expect(routeAt('https://elsewhere.example/')).toBeUndefined();
  });
});
