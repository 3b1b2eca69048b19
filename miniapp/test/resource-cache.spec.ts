import { expect, test } from '@jest/globals';
import { ResourceCache } from '@/request/resource-cache';

test('what is invalidated while it is being asked for is asked for again', async () => {
  const cache = new ResourceCache();
  const answers: ((value: string) => void)[] = [];
  const ask = () => new Promise<string>((resolve) => answers.push(resolve));
  const loading = cache.load('notices?', ask);
  cache.invalidate('notices?');
  answers[0]?.('unread');
  await Promise.resolve();
  while (answers.length < 2) await Promise.resolve();
  answers[1]?.('read');
  await loading;
  expect(cache.snapshot('notices?').data).toBe('read');
});
