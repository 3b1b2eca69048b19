import { beforeEach, describe, expect, test } from '@jest/globals';
import { act, fireEvent, render, renderHook, screen } from '@testing-library/react';
import { Button } from '../src/components';
import { type ApiError, clientError, keyOf, useAction } from '../src/request';
import { refusalOf } from './support/server';

beforeEach(() => {
  window.localStorage.clear();
});

describe('a double tap', () => {
  test('sends once', async () => {
    let sent = 0;
    const finish: (() => void)[] = [];
    render(
      <Button
        onTap={() => {
          sent += 1;
          return new Promise<void>((resolve) => finish.push(resolve));
        }}
      >
        提交
      </Button>,
    );
    const button = screen.getByRole('button');
    fireEvent.click(button);
    fireEvent.click(button);
    expect(sent).toBe(1);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await act(async () => {
      finish[0]?.();
      await Promise.resolve();
    });
    fireEvent.click(button);
    expect(sent).toBe(2);
  });

  test('in the same tick runs the action once, before the button has been drawn anew', async () => {
    let sent = 0;
    const { result } = renderHook(() =>
      useAction(async () => {
        sent += 1;
        await Promise.resolve();
      }),
    );
    await act(async () => {
      await Promise.all([result.current.run(), result.current.run()]);
    });
    expect(sent).toBe(1);
  });

  test('on a disabled button does nothing, with the keyboard neither', () => {
    let sent = 0;
    render(
      <Button
        disabled
        onTap={() => {
          sent += 1;
        }}
      >
        提交
      </Button>,
    );
    fireEvent.click(screen.getByRole('button'));
    fireEvent.keyDown(screen.getByRole('button'), { key: 'Enter' });
    expect(sent).toBe(0);
  });
});

function attempts(outcomes: readonly (ApiError | null)[], name?: string) {
  const keys: string[] = [];
  const { result } = renderHook(() =>
    useAction(
      (key) => {
        const outcome = outcomes[keys.length] ?? null;
        keys.push(key);
        return outcome === null ? Promise.resolve() : Promise.reject(outcome);
      },
      name === undefined ? {} : { name },
    ),
  );
  const run = () => act(() => result.current.run());
  return { keys, run, result };
}

describe('the key of an action', () => {
  test('stays the same when the network was lost and the person tries again', async () => {
    const { keys, run } = attempts([clientError('NETWORK.TIMEOUT'), refusalOf(503, 'SERVER.BUSY'), null]);
    await run();
    await run();
    await run();
    expect(new Set(keys).size).toBe(1);
  });

  test('stays the same when the answer was lost and what was changed is plainly refused', async () => {
    const { keys, run } = attempts([
      clientError('NETWORK.TIMEOUT'),
      refusalOf(422, 'CONTENT.RISKY'),
      refusalOf(400, 'REQUEST.INVALID'),
      null,
    ]);
    for (let attempt = 0; attempt < 4; attempt++) await run();
    expect(new Set(keys).size).toBe(1);
  });

  test('is a new one once the server says that the first attempt was done with other words', async () => {
    const { keys, run } = attempts([
      clientError('NETWORK.TIMEOUT'),
      refusalOf(422, 'IDEMPOTENCY.MISMATCH'),
      null,
    ]);
    for (let attempt = 0; attempt < 3; attempt++) await run();
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  test('is a new one after success', async () => {
    const { keys, run } = attempts([null, null]);
    await run();
    await run();
    expect(new Set(keys).size).toBe(2);
  });

  test('stays the same when the session ran out in the middle', async () => {
    const { keys, run } = attempts([refusalOf(401, 'AUTH.REQUIRED'), null]);
    await run();
    await run();
    expect(new Set(keys).size).toBe(1);
  });

  test('under a name it outlives the app: reopened and sent again, the draft is not filed twice', async () => {
    const first = attempts([clientError('NETWORK.FAILED')], 'complaint/new');
    await first.run();
    const afterRestart = attempts([null], 'complaint/new');
    await afterRestart.run();
    expect(afterRestart.keys).toEqual(first.keys);
    expect(keyOf('complaint/new')).not.toBe(first.keys[0]);
  });

  test('the sentence of the failure is shown until the next attempt', async () => {
    const { run, result } = attempts([clientError('NETWORK.OFFLINE'), null]);
    await run();
    expect(result.current.error?.message).toBe('手机现在没有网络，连上以后再试');
    await run();
    expect(result.current.error).toBeNull();
  });
});
