import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import SessionsPage from '../src/packages/account/pages/sessions/index';
import HomePage from '../src/pages/home/index';
import MinePage from '../src/pages/mine/index';
import { resourceCache } from '../src/request';
import { useDrafts, useSession } from '../src/stores';
import { home, membership, person, signedIn } from './support/people';
import { settle } from './support/settle';
import { TestServer, ok, refusal } from './support/server';
import { moves } from './stubs/taro';

let server: TestServer;

beforeEach(() => {
  window.localStorage.clear();
  moves.length = 0;
  act(() => {
    resourceCache.clear();
    useDrafts.getState().discardAll();
    useSession.getState().signOut();
    useSession.getState().signIn(signedIn());
  });
  server = new TestServer().on('GET /api/me', () => ok(person())).install();
});

afterEach(settle);

function last<T>(list: readonly T[]): T {
  const item = list[list.length - 1];
  if (item === undefined) throw new Error('there is none');
  return item;
}

const NO_NEWS = { todos: [], postings: [], notices: [] };

describe('the first page', () => {
  test('shows the four actions also while the server cannot be reached', async () => {
    server.on('GET /api/me/home', () => refusal(503, 'DATABASE.UNREACHABLE', '暂时连不上数据库，请稍后再试'));
    render(<HomePage />);
    await screen.findByText('暂时连不上数据库，请稍后再试');
    for (const word of ['投诉', '缴费', '投票', '打电话']) expect(screen.getByText(word)).toBeTruthy();
  });

  test('says so where nothing waits', async () => {
    server.on('GET /api/me/home', () => ok(NO_NEWS));
    render(<HomePage />);
    expect(await screen.findByText('现在没有等您办的事')).toBeTruthy();
  });

  test('changing the home asks for the other estate', async () => {
    const other = home({
      id: 'r2',
      estateId: 'e2',
      estateName: '滨河花园',
      unitId: 'u2',
      unitName: '2号楼 301',
    });
    const me = person({ residencies: [home(), other] });
    server.on('GET /api/me', () => ok(me)).on('GET /api/me/home', () => ok(NO_NEWS));
    act(() => {
      useSession.getState().signIn(signedIn(me));
    });
    render(<HomePage />);
    fireEvent.click(await screen.findByText('换一套'));
    fireEvent.click(screen.getByText('2号楼 301'));
    await waitFor(() => {
      expect(server.requests('GET /api/me/home').map(({ path }) => path)).toContain(
        '/api/me/home?estateId=e2',
      );
    });
    expect(screen.getByText('滨河花园')).toBeTruthy();
  });

  test('a session that has run out shows the sign-in state, and no error', async () => {
    server.on('GET /api/me/home', () => refusal(401, 'AUTH.REQUIRED', '登录已过期，请重新登录'));
    server.on('GET /api/me', () => refusal(401, 'AUTH.REQUIRED', '登录已过期，请重新登录'));
    render(<HomePage />);
    expect(await screen.findByText('重新登录')).toBeTruthy();
  });

  test('of a person who has no home yet says how to get one', async () => {
    server.on('GET /api/me', () => ok(person({ residencies: [] })));
    act(() => {
      useSession.getState().signIn(signedIn(person({ residencies: [] })));
    });
    render(<HomePage />);
    expect((await screen.findAllByText('还没有绑定房屋')).length).toBeGreaterThan(0);
    expect(server.requests('GET /api/me/home')).toEqual([]);
  });
});

describe('the signed-in devices', () => {
  test('one is made to leave only after the sheet has named it, and is gone then', async () => {
    const here = { id: 's1', device: '这台电脑', createdAt: 1, lastSeenAt: 2, current: true };
    const phone = { id: 's2', device: '微信小程序 · 华为', createdAt: 1, lastSeenAt: 2, current: false };
    let known = [here, phone];
    server
      .on('GET /api/me/sessions', () => ok(known))
      .on('DELETE /api/me/sessions/s2', () => {
        known = [here];
        return ok({});
      });
    render(<SessionsPage />);
    fireEvent.click(await screen.findByText('让它退出'));
    expect(screen.getByText('“微信小程序 · 华为”将退出登录，要再用得重新登录。')).toBeTruthy();
    expect(server.requests('DELETE /api/me/sessions/s2')).toEqual([]);
    fireEvent.click(last(screen.getAllByText('让它退出')));
    await waitFor(() => {
      expect(screen.queryByText('微信小程序 · 华为')).toBeNull();
    });
  });
});

describe('signing out', () => {
  test('forgets the person on this phone also where the server cannot be reached', async () => {
    server.on('POST /api/auth/sign-out', () => 'NO NETWORK');
    render(<MinePage />);
    await settle();
    fireEvent.click(screen.getByText('退出登录'));
    fireEvent.click(last(screen.getAllByText('退出登录')));
    await waitFor(() => {
      expect(useSession.getState().me).toBeNull();
    });
  });

  test('says beforehand that drafts will be lost', async () => {
    act(() => {
      useDrafts.getState().save('complaint/new', { title: '消防通道' });
    });
    render(<MinePage />);
    await settle();
    fireEvent.click(screen.getByText('退出登录'));
    expect(screen.getByText('这台设备上有 1 份没有提交的草稿，退出后会删掉，不能找回。')).toBeTruthy();
  });
});

describe('the way to the workbench', () => {
  test('is there for a member of the committee, and leads there', async () => {
    const member = person({ memberships: [membership()] });
    server.on('GET /api/me', () => ok(member));
    act(() => {
      useSession.getState().signIn(signedIn(member));
    });
    render(<MinePage />);
    await settle();
    fireEvent.click(screen.getByText('切换到工作台'));
    expect(useSession.getState().view).toBe('STAFF');
    expect(last(moves)).toEqual(['reLaunch', '/packages/workbench/pages/desk/index']);
  });

  test('is not there for a resident', async () => {
    render(<MinePage />);
    await settle();
    expect(screen.queryByText('切换到工作台')).toBeNull();
  });
});
