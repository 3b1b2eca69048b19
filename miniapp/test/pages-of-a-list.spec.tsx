import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from '@linli/shared/kernel';
import { act, render, renderHook, screen, waitFor } from '@testing-library/react';
import { MorePages } from '../src/components';
import { type PageRequest, type Pages, clientError, resourceCache, usePages } from '../src/request';
import { Later } from './support/later';
import { comeBack, scrollToEnd } from './stubs/taro';

interface Row {
  readonly id: string;
}
type Rows = Page<Row> & { readonly unread: number };

const SIZE = 2;
const rows = (from: number, to: number): Row[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ id: String(from + index) }));

/** A server with that many rows, and what it was asked for. */
class Shelf {
  readonly asked: PageRequest[] = [];
  private readonly count: number;
  private failures = 0;

  constructor(count: number) {
    this.count = count;
  }

  failNext(): void {
    this.failures = 1;
  }

  readonly read = (page: PageRequest): Promise<Rows> => {
    this.asked.push(page);
    if (this.failures > 0) {
      this.failures -= 1;
      return Promise.reject(clientError('NETWORK.OFFLINE'));
    }
    const from = Number(page.after ?? 0) + 1;
    const to = Math.min(this.count, from + page.limit - 1);
    return Promise.resolve({
      items: rows(from, to),
      next: to < this.count ? String(to) : null,
      unread: this.asked.length,
    });
  };
}

const ids = (list: Pages<Rows>): string =>
  list.status === 'ready' ? list.data.items.map(({ id }) => id).join(' ') : list.status;

async function open(shelf: Shelf, freshMs = 60_000) {
  const hook = renderHook(({ key }: { key: string }) => usePages<Rows>(key, SIZE, shelf.read, { freshMs }), {
    initialProps: { key: 'inbox' },
  });
  await waitFor(() => {
    expect(hook.result.current.status).toBe('ready');
  });
  return hook;
}

beforeEach(() => {
  resourceCache.clear();
});

describe('a list of several pages', () => {
  test('goes on from the cursor until all is there', async () => {
    const shelf = new Shelf(5);
    const { result } = await open(shelf);
    await act(() => result.current.more.load());
    expect(ids(result.current)).toBe('1 2 3 4');
    expect(shelf.asked[1]).toEqual({ limit: SIZE, after: '2' });
    await act(() => result.current.more.load());
    expect(ids(result.current)).toBe('1 2 3 4 5');
    expect(result.current.more).toMatchObject({ left: false, several: true });
    await act(() => result.current.more.load());
    expect(shelf.asked).toHaveLength(3);
  });

  test('what is said of the whole list is what its first page said', async () => {
    const { result } = await open(new Shelf(5));
    await act(() => result.current.more.load());
    expect(result.current.status === 'ready' && result.current.data.unread).toBe(1);
  });

  test('a page that fails leaves what is there, and can be asked for again', async () => {
    const shelf = new Shelf(4);
    const { result } = await open(shelf);
    shelf.failNext();
    await act(() => result.current.more.load());
    expect(ids(result.current)).toBe('1 2');
    expect(result.current.more.error?.code).toBe('NETWORK.OFFLINE');
    await act(() => result.current.more.load());
    expect(ids(result.current)).toBe('1 2 3 4');
    expect(result.current.more.error).toBeNull();
  });

  test('coming back reads as far as was shown, in one go', async () => {
    const shelf = new Shelf(9);
    const { result } = await open(shelf, 0);
    await act(() => result.current.more.load());
    await act(() => result.current.more.load());
    act(comeBack);
    await waitFor(() => {
      expect(shelf.asked[3]).toEqual({ limit: 6 });
    });
    await waitFor(() => {
      expect(result.current.status === 'ready' && result.current.refreshing).toBe(false);
    });
    expect(ids(result.current)).toBe('1 2 3 4 5 6');
  });

  test('a page that comes while the list is asked for again is not lost', async () => {
    const shelf = new Shelf(6);
    const first = new Later<Rows>();
    let held = false;
    const read = (page: PageRequest) => {
      if (!held || page.after !== undefined) return shelf.read(page);
      return first.promise;
    };
    const { result } = renderHook(() => usePages<Rows>('inbox', SIZE, read, { freshMs: 60_000 }));
    await waitFor(() => {
      expect(ids(result.current)).toBe('1 2');
    });
    held = true;
    let refresh = Promise.resolve();
    act(() => {
      refresh = result.current.reload();
    });
    await act(() => result.current.more.load());
    await act(async () => {
      first.come({ items: rows(1, 2), next: '2', unread: 0 });
      await refresh;
    });
    expect(ids(result.current)).toBe('1 2 3 4 5 6');
  });

  test('another filter begins at its first page, and the one before is still there', async () => {
    const shelf = new Shelf(5);
    const hook = await open(shelf);
    await act(() => hook.result.current.more.load());
    hook.rerender({ key: 'overdue' });
    await waitFor(() => {
      expect(ids(hook.result.current)).toBe('1 2');
    });
    hook.rerender({ key: 'inbox' });
    expect(ids(hook.result.current)).toBe('1 2 3 4');
  });

  test('a row that has moved down since is shown once', async () => {
    const read = ({ after }: PageRequest): Promise<Rows> =>
      Promise.resolve(
        after === undefined
          ? { items: rows(1, 2), next: '2', unread: 0 }
          : { items: rows(2, 3), next: null, unread: 0 },
      );
    const { result } = renderHook(() => usePages<Rows>('queue', SIZE, read));
    await waitFor(() => {
      expect(ids(result.current)).toBe('1 2');
    });
    await act(() => result.current.more.load());
    expect(ids(result.current)).toBe('1 2 3');
  });
});

describe('the foot of a list', () => {
  function List({ shelf }: { readonly shelf: Shelf }) {
    const list = usePages<Rows>('inbox', SIZE, shelf.read);
    return (
      <>
        <span>{ids(list)}</span>
        <MorePages more={list.more} />
      </>
    );
  }

  test('the end of the page brings the following one; the last says so', async () => {
    render(<List shelf={new Shelf(4)} />);
    await screen.findByText('1 2');
    act(scrollToEnd);
    await screen.findByText('1 2 3 4');
    expect(screen.getByText('没有更多了')).toBeTruthy();
  });

  test('a list of one page says nothing', async () => {
    render(<List shelf={new Shelf(2)} />);
    await screen.findByText('1 2');
    expect(screen.queryByText('没有更多了')).toBeNull();
    expect(screen.queryByText('加载更多')).toBeNull();
  });

  test('after a failure it says why and waits for the person', async () => {
    const shelf = new Shelf(4);
    render(<List shelf={shelf} />);
    await screen.findByText('1 2');
    shelf.failNext();
    act(scrollToEnd);
    await screen.findByText(/没有加载出来/);
    act(scrollToEnd);
    expect(shelf.asked).toHaveLength(2);
    act(() => {
      screen.getByText('重试').click();
    });
    await screen.findByText('1 2 3 4');
  });
});
