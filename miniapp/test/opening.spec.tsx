import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { act, cleanup, render, screen } from '@testing-library/react';
import App from '../src/app';
import { goBack, navigate } from '../src/navigate';
import { useToast } from '../src/stores';
import { Later } from './support/later';
import { settle } from './support/settle';
import { moves, openUnknown, rejectUnhandled, stack } from './stubs/taro';

/** The code of the two pages, which comes when the test says so. */
let bills: Later<unknown>;
let notices: Later<unknown>;
let lostBills: boolean;

beforeEach(() => {
  bills = new Later();
  notices = new Later();
  lostBills = false;
  moves.length = 0;
  stack.splice(0, stack.length, { path: '/pages/home/index' });
  window.history.replaceState(null, '', '/pages/home/index');
  useToast.getState().hide();
  const code = (path: string, load: () => Promise<unknown>) => ({ path, load: () => [load(), {}, {}] });
  Object.assign(window, {
    __taroAppConfig: {
      routes: [
        code('packages/payments/pages/bills/index', () =>
          lostBills ? Promise.reject(new Error('ChunkLoadError')) : bills.promise,
        ),
        code('packages/disclosure/pages/notices/index', () => notices.promise),
      ],
    },
  });
});

afterEach(async () => {
  cleanup();
  Object.assign(window, { __taroAppConfig: undefined });
  await settle();
});

const OPENED_BILLS = ['navigateTo', '/packages/payments/pages/bills/index'];
const OPENED_NOTICES = ['navigateTo', '/packages/disclosure/pages/notices/index'];

describe('a page whose code is still on its way', () => {
  test('opens when the code is there, and not before', async () => {
    navigate('bills');
    expect(moves).toEqual([]);
    bills.come({});
    await settle();
    expect(moves).toEqual([OPENED_BILLS]);
  });

  test('is opened once however often it is tapped', async () => {
    navigate('bills');
    navigate('bills');
    bills.come({});
    await settle();
    expect(moves).toEqual([OPENED_BILLS]);
  });

  test('gives way to the page that was tapped after it', async () => {
    navigate('bills');
    navigate('notices');
    notices.come({});
    await settle();
    bills.come({});
    await settle();
    expect(moves).toEqual([OPENED_NOTICES]);
  });

  test('does not open after the person has gone back', async () => {
    stack.push({ path: '/packages/disclosure/pages/notices/index' });
    navigate('bills');
    goBack();
    bills.come({});
    await settle();
    expect(moves).toEqual([['navigateBack', '']]);
  });

  test("does not open after the browser's own back", async () => {
    navigate('bills');
    window.history.replaceState(null, '', '/pages/mine/index');
    bills.come({});
    await settle();
    expect(moves).toEqual([]);
  });
});

describe('a page whose code does not come', () => {
  test('is said to be lost, and the page before stays; the next tap tries again', async () => {
    render(<App />);
    Object.assign(globalThis, { fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
    lostBills = true;
    navigate('bills');
    await settle();
    expect(moves).toEqual([]);
    expect(useToast.getState().message).toBe('网络不好，没有打开，请再点一次');

    lostBills = false;
    navigate('bills');
    bills.come({});
    await settle();
    expect(moves).toEqual([OPENED_BILLS]);
  });

  test('at the start, when nothing else is to be seen, leaves a word and a way to try again', () => {
    stack.length = 0;
    render(<App>页面</App>);
    act(() => {
      rejectUnhandled(Object.assign(new Error('Loading chunk 7 failed'), { name: 'ChunkLoadError' }));
    });
    expect(screen.getByText('没有打开，可能是网络不好。')).toBeTruthy();
    expect(screen.getByRole('button', { name: '重新打开' })).toBeTruthy();
  });

  test('by the browser’s own back, leaves the page that is seen', () => {
    render(<App>页面</App>);
    act(() => {
      rejectUnhandled(Object.assign(new Error('Loading CSS'), { code: 'CSS_CHUNK_LOAD_FAILED' }));
    });
    expect(screen.getByText('页面')).toBeTruthy();
    expect(useToast.getState().message).toBe('网络不好，没有打开，请再点一次');
  });
});

test('what goes wrong elsewhere is not taken for a lost page', () => {
  stack.length = 0;
  render(<App>页面</App>);
  act(() => {
    rejectUnhandled(new Error('something of a page'));
  });
  expect(screen.getByText('页面')).toBeTruthy();
});

test('an address that the app does not have leads to the page that says so', () => {
  render(<App />);
  act(openUnknown);
  expect(moves).toEqual([['reLaunch', '/packages/account/pages/not-found/index']]);
});
