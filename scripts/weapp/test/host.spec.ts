import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Weapp } from '../host.ts';
import { Phone } from '../phone.ts';
import { Screen } from '../screen.ts';

/** A mini-program of two pages, as Taro's templates and data look. */
const BASE_WXML = `
<template name="tmpl_0_8">
  <view aria-label="{{i.p1}}" bindtap="eh" id="{{i.uid||i.sid}}" data-sid="{{i.sid}}">
  </view>
</template>
<template name="tmpl_0_3">
  <view class="{{i.cl}}" id="{{i.uid||i.sid}}">
  </view>
</template>
<template name="tmpl_0_33_blur">
  <input value="{{i.p2}}" placeholder="{{xs.b(i.p5,'')}}" bindinput="eh" aria-label="{{i.p1}}">
</template>`;
const APP_JSON = {
  pages: ['pages/first/index'],
  subpackages: [{ root: 'packages/more', pages: ['pages/second/index'] }],
  tabBar: { list: [{ pagePath: 'pages/first/index' }] },
};
const SECOND = `Page({ data: {}, onLoad(query) { this.setData({ root: { cn: [{ nn: '9', v: query.name }] } }); } })`;

const folders: string[] = [];
const apps: Weapp[] = [];

/** Runs a mini-program whose first page is the script given. */
async function run(first: string): Promise<{ readonly app: Weapp; readonly screen: Screen }> {
  const dist = mkdtempSync(join(tmpdir(), 'linli-weapp-'));
  folders.push(dist);
  const files = {
    'app.json': JSON.stringify(APP_JSON),
    'base.wxml': BASE_WXML,
    'app.js': `App({ onLaunch() {} })`,
    'pages/first/index.js': first,
    'packages/more/pages/second/index.js': SECOND,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    writeFileSync(join(dist, path), text);
  }
  const nowhere = 'http://127.0.0.1:9';
  const origins = { bakedOrigin: nowhere, serverOrigin: nowhere, sandboxOrigin: nowhere };
  const app = new Weapp(dist, new Phone({ ...origins, seed: 'nobody', album: [] }));
  apps.push(app);
  app.launch();
  await app.quiet();
  return { app, screen: new Screen(app) };
}

afterEach(() => {
  for (const app of apps.splice(0)) app.end();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A page with these nodes that notes the events it gets as `got` in its data. */
const pageOf = (nodes: string, more = '') => `Page({
  data: { root: { cn: ${nodes} } },
  eh(event) { this.got = (this.got || '') + event.type + ':' + event.currentTarget.dataset.sid
    + (event.detail.value || '') + ' '; this.setData({ got: this.got }); },
  ${more}
})`;

describe('a page in the stand-in', () => {
  test('that throws when it opens is noted as a fault', async () => {
    const { app } = await run(`Page({ data: {}, onLoad() { throw new TypeError('lost its estate'); } })`);
    expect(app.faults.join()).toContain('lost its estate');
  });

  test('that throws later, in a timer or in the answer to a request, is noted too', async () => {
    const { app } = await run(`Page({ data: {}, onLoad() {
      setTimeout(() => { throw new Error('in a timer'); });
      wx.request({ url: 'http://127.0.0.1:9/x', fail() { throw new Error('in an answer'); } });
    } })`);
    expect(app.faults.join()).toContain('in a timer');
    expect(app.faults.join()).toContain('in an answer');
  });

  test('that writes an error to the console has failed', async () => {
    const { app } = await run(`Page({ data: {}, onLoad() { console.error('no such node'); } })`);
    expect(app.faults).toEqual(['no such node']);
  });

  test('has no browser and no Node around it', async () => {
    const { app } = await run(`Page({ data: {}, onLoad() {
      this.setData({ found: [typeof window, typeof document, typeof fetch, typeof process, typeof crypto] });
    } })`);
    expect(new Set(app.page.data['found'] as string[])).toEqual(new Set(['undefined']));
  });
});

describe('setData', () => {
  test('changes the place that its path names, and is counted in bytes of UTF-8', async () => {
    const { app, screen } = await run(
      pageOf(
        `[{ nn: '3', cn: [{ nn: '9', v: 'before' }] }]`,
        `onLoad() { this.setData({ 'root.cn.[0].cn.[0].v': '以后' }); }`,
      ),
    );
    expect(screen.text).toBe('以后');
    expect(app.setDatas.map(({ bytes }) => bytes)).toEqual([
      Buffer.byteLength('{"root.cn.[0].cn.[0].v":"以后"}'),
    ]);
  });
});

describe('a finger', () => {
  const WITHIN = `[{ nn: '8', sid: 'card', cn: [{ nn: '3', sid: 'box', cn: [{ nn: '8', sid: 'button',
    cn: [{ nn: '9', v: 'Pay' }] }] }] }]`;

  test('reaches what it touches and everything bound around it, innermost first', async () => {
    const { app, screen } = await run(pageOf(WITHIN));
    await screen.tap('Pay');
    expect(app.page.data['got']).toBe('tap:button tap:card ');
  });

  test('finds nothing to tap where no template binds a tap', async () => {
    const { screen } = await run(pageOf(`[{ nn: '3', sid: 'box', cn: [{ nn: '9', v: 'Pay' }] }]`));
    expect(screen.has('Pay')).toBe(true);
    expect(screen.offers('Pay')).toBe(false);
  });

  test('types into the field that is read aloud by that name', async () => {
    const { app, screen } = await run(
      pageOf(`[{ nn: '33', sid: 'a', p1: 'Place' }, { nn: '33', sid: 'b', p1: 'Title' }]`),
    );
    await screen.type('Title', 'x');
    expect(app.page.data['got']).toBe('input:bx ');
  });
});

describe('moving between pages', () => {
  const goes = (call: string) =>
    `Page({ data: {}, onLoad() { const fail = ({ errMsg }) => this.setData({ errMsg }); ${call} } })`;

  test('opens a page of a subpackage with its query as it was written', async () => {
    const { app, screen } = await run(
      goes(
        `wx.navigateTo({ url: '/packages/more/pages/second/index?name=' + encodeURIComponent('康宁'), fail })`,
      ),
    );
    expect(app.page.route).toBe('packages/more/pages/second/index');
    expect(decodeURIComponent(screen.text)).toBe('康宁');
  });

  test.each([
    ['a page that is not there', `wx.navigateTo({ url: '/pages/none/index', fail })`, 'is not found'],
    ['a tab, other than by switching', `wx.navigateTo({ url: '/pages/first/index', fail })`, 'tabbar page'],
    ['back from the first page', `wx.navigateBack({ fail })`, 'first page'],
    [
      'a request by a method that WeChat lacks',
      `wx.request({ url: 'http://127.0.0.1:9/', method: 'PATCH', fail })`,
      'PATCH',
    ],
  ])('fails for %s', async (_what, call, reason) => {
    const { app } = await run(goes(call));
    expect(app.page.data['errMsg']).toContain(reason);
  });
});
