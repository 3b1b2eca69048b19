import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { Empty, PageShell } from '../src/components';
import { ApiError, type Resource, clientError } from '../src/request';
import { useDrafts, usePreferences, useSession } from '../src/stores';
import { membership, person, signedIn } from './support/people';
import { moves } from './stubs/taro';
import { settle } from './support/settle';

afterEach(settle);

beforeEach(() => {
  window.localStorage.clear();
  moves.length = 0;
  act(() => {
    useSession.getState().signOut();
    useSession.getState().signIn(signedIn());
    useDrafts.getState().discardAll();
    usePreferences.getState().setElder(false);
  });
});

const nothing = () => Promise.resolve();
const ready = <T,>(data: T, refreshError: ApiError | null = null): Resource<T> => ({
  status: 'ready',
  data,
  refreshing: false,
  refreshError,
  reload: nothing,
});

function Fees({
  resource,
  kept,
}: {
  readonly resource: Resource<readonly string[]>;
  readonly kept?: string;
}) {
  return (
    <PageShell
      route="home"
      resource={resource}
      skeleton={<p>骨架</p>}
      empty={(fees) =>
        fees.length === 0 ? <Empty title="还没有收费标准" text="物业公布后会出现在这里。" /> : null
      }
      {...(kept === undefined ? {} : { kept })}
    >
      {(fees) => <p>{fees.join('、')}</p>}
    </PageShell>
  );
}

describe('a page', () => {
  test('that is loading shows its own shape', () => {
    render(<Fees resource={{ status: 'loading', reload: nothing }} />);
    expect(screen.getByText('骨架')).toBeTruthy();
  });

  test('with nothing on it says what comes next', () => {
    render(<Fees resource={ready([])} />);
    expect(screen.getByText('还没有收费标准')).toBeTruthy();
  });

  test('that has loaded shows its content', () => {
    render(<Fees resource={ready(['物业费 0.65 元', '电梯费'])} />);
    expect(screen.getByText('物业费 0.65 元、电梯费')).toBeTruthy();
  });

  test('that did not load says what happened, what is kept, the number for support, and tries again', async () => {
    let retried = 0;
    const error = new ApiError(503, {
      code: 'DATABASE.UNREACHABLE',
      message: '暂时连不上数据库，请稍后再试',
      fields: [],
      traceId: '01ABC',
    });
    const resource: Resource<readonly string[]> = {
      status: 'error',
      error,
      reload: () => {
        retried += 1;
        return Promise.resolve();
      },
    };
    render(<Fees resource={resource} kept="您写的内容还在手机里" />);
    expect(screen.getByText('暂时连不上数据库，请稍后再试。您写的内容还在手机里')).toBeTruthy();
    expect(screen.getByText('联系客服时请报编号 01ABC')).toBeTruthy();
    fireEvent.click(screen.getByText('重试'));
    await settle();
    expect(retried).toBe(1);
  });

  test('that did not refresh keeps its content under a toast', () => {
    render(<Fees resource={ready(['物业费'], clientError('NETWORK.OFFLINE'))} />);
    expect(screen.getByText('物业费')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toBe('没有刷新成功：手机现在没有网络，连上以后再试');
  });
});

describe('signed out', () => {
  test('a page that needs a person says why signing in helps, and remembers where it was', () => {
    act(() => {
      useSession.getState().signOut();
    });
    render(<Fees resource={ready(['秘密'])} />);
    expect(screen.queryByText('秘密')).toBeNull();
    expect(screen.getByText('登录后能看到您家的待办、账单和小区最新公示。')).toBeTruthy();
    fireEvent.click(screen.getByText('登录'));
    expect(moves).toEqual([
      ['navigateTo', `/pages/sign-in/index?back=${encodeURIComponent('/pages/home/index')}`],
    ]);
  });

  test('in the middle of typing, it says that what was typed is still there', () => {
    act(() => {
      useDrafts.getState().save('complaint/new', { title: '消防通道' });
      useSession.getState().forgetToken();
    });
    render(<Fees resource={ready([])} />);
    expect(screen.getByText('登录已过期')).toBeTruthy();
    expect(screen.getByText('您没有提交的内容还在这台设备上，登录后可以接着填。')).toBeTruthy();
  });

  test('a page for everybody is shown all the same', () => {
    act(() => {
      useSession.getState().signOut();
    });
    render(<PageShell route="agreement">隐私政策全文</PageShell>);
    expect(screen.getByText('隐私政策全文')).toBeTruthy();
  });
});

describe('the workbench', () => {
  test('is closed to a resident without an office', () => {
    render(<PageShell route="desk">工单</PageShell>);
    expect(screen.queryByText('工单')).toBeNull();
    expect(screen.getByText('您没有这里的权限')).toBeTruthy();
  });

  test('is open to a member of the committee', () => {
    act(() => {
      useSession.getState().signIn(signedIn(person({ memberships: [membership()] })));
    });
    render(<PageShell route="desk">工单</PageShell>);
    expect(screen.getByText('工单')).toBeTruthy();
  });
});

describe('elder mode', () => {
  test('is another set of tokens on the same page, and reaches the tab bar outside it', () => {
    const { container } = render(<PageShell route="mine">我的</PageShell>);
    expect(container.querySelector('.linli--elder')).toBeNull();
    act(() => {
      usePreferences.getState().setElder(true);
    });
    expect(container.querySelector('.linli.linli--elder')).not.toBeNull();
    expect(document.documentElement.classList.contains('elder-mode')).toBe(true);
  });
});
