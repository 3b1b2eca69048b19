import { beforeEach, describe, expect, test } from '@jest/globals';
import { act, renderHook, waitFor } from '@testing-library/react';
import { type Resource, ResourceCache, clientError, resourceCache, useResource } from '../src/request';
import { Later } from './support/later';
import { comeBack } from './stubs/taro';

beforeEach(() => {
  resourceCache.clear();
});

/** Answers one after the other; the last again and again. */
function answers<T>(...list: readonly (T | Error)[]): {
  readonly load: () => Promise<T>;
  readonly asked: () => number;
} {
  let asked = 0;
  return {
    load: () => {
      const answer = list[Math.min(asked, list.length - 1)];
      asked += 1;
      return answer instanceof Error || answer === undefined
        ? Promise.reject(answer)
        : Promise.resolve(answer);
    },
    asked: () => asked,
  };
}

const dataOf = <T,>(resource: Resource<T>): T | undefined =>
  resource.status === 'ready' ? resource.data : undefined;

describe('one thing from the server', () => {
  test('is asked for once by two pieces of a page', async () => {
    const source = answers('三季度');
    const one = renderHook(() => useResource('statement', source.load));
    const two = renderHook(() => useResource('statement', source.load));
    await waitFor(() => {
      expect(dataOf(one.result.current)).toBe('三季度');
      expect(dataOf(two.result.current)).toBe('三季度');
    });
    expect(source.asked()).toBe(1);
  });

  test('coming back to a page shows what was known at once and asks again', async () => {
    const source = answers('旧', '新');
    const first = renderHook(() => useResource('bills', source.load, { freshMs: 0 }));
    await waitFor(() => {
      expect(dataOf(first.result.current)).toBe('旧');
    });
    act(comeBack);
    expect(dataOf(first.result.current)).toBe('旧');
    await waitFor(() => {
      expect(dataOf(first.result.current)).toBe('新');
    });
  });

  test('a failed refresh keeps what was known, beside the error', async () => {
    const source = answers<string>('账单', clientError('NETWORK.OFFLINE'));
    const { result } = renderHook(() => useResource('bills', source.load));
    await waitFor(() => {
      expect(dataOf(result.current)).toBe('账单');
    });
    await act(() => result.current.reload());
    expect(dataOf(result.current)).toBe('账单');
    expect(result.current.status === 'ready' && result.current.refreshError?.code).toBe('NETWORK.OFFLINE');
  });

  test('a failed first load is an error, and a retry can mend it', async () => {
    const source = answers<string>(clientError('NETWORK.FAILED'), '账单');
    const { result } = renderHook(() => useResource('bills', source.load));
    await waitFor(() => {
      expect(result.current.status).toBe('error');
    });
    await act(() => result.current.reload());
    expect(dataOf(result.current)).toBe('账单');
  });

  test('is asked for again by itself when the network comes back', async () => {
    const source = answers<string>(clientError('NETWORK.OFFLINE'), '账单');
    const { result } = renderHook(() => useResource('bills', source.load));
    await waitFor(() => {
      expect(result.current.status).toBe('error');
    });
    act(() => {
      window.dispatchEvent(new Event('offline'));
      window.dispatchEvent(new Event('online'));
    });
    await waitFor(() => {
      expect(dataOf(result.current)).toBe('账单');
    });
  });

  test('is asked for again at once when an action has made it old', async () => {
    const source = answers('两台设备', '一台设备');
    const { result } = renderHook(() => useResource('me/sessions', source.load));
    await waitFor(() => {
      expect(dataOf(result.current)).toBe('两台设备');
    });
    act(() => {
      resourceCache.invalidate('me/');
    });
    await waitFor(() => {
      expect(dataOf(result.current)).toBe('一台设备');
    });
  });

  test('with no key yet, nothing is asked', () => {
    const source = answers('x');
    const { result } = renderHook(() => useResource(null, source.load));
    expect(result.current.status).toBe('loading');
    expect(source.asked()).toBe(0);
  });
});

describe('the cache of a session', () => {
  test('an answer that comes after the person has signed out is thrown away', async () => {
    const cache = new ResourceCache();
    const answer = new Later<string>();
    const loading = cache.load('me/home', () => answer.promise);
    cache.clear();
    answer.come('上一个人的账单');
    await loading;
    expect(cache.snapshot('me/home').loaded).toBe(false);
  });

  test('an old answer is stale, a new one is not', async () => {
    let now = 1_000;
    const cache = new ResourceCache(() => now);
    await cache.load('fees', () => Promise.resolve('0.65 元'));
    expect(cache.isFresh('fees', 15_000)).toBe(true);
    now += 15_000;
    expect(cache.isFresh('fees', 15_000)).toBe(false);
  });

  test('does not grow without end, and never drops what is on the screen', async () => {
    const cache = new ResourceCache();
    cache.subscribe('on the screen', () => undefined);
    await cache.load('on the screen', () => Promise.resolve(1));
    for (let n = 0; n < 300; n += 1) await cache.load(`ticket/${n}`, () => Promise.resolve(n));
    expect(cache.snapshot('on the screen').loaded).toBe(true);
    expect(cache.snapshot('ticket/0').loaded).toBe(false);
    expect(cache.snapshot('ticket/299').loaded).toBe(true);
  });
});
