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

test('an answer from before a step does not undo what the step has answered', async () => {
  const cache = new ResourceCache();
  let answerEarly = (_value: string): void => undefined;
  const early = new Promise<string>((resolve) => (answerEarly = resolve));
  const answers = [early, Promise.resolve('taken in')];
  const seen: unknown[] = [];
  cache.subscribe('ticket/1', () => seen.push(cache.snapshot('ticket/1').data));
  cache.put('ticket/1', 'new');
  const loading = cache.load('ticket/1', () => answers.shift() ?? early);
  cache.put('ticket/1', 'taken in');
  answerEarly('new');
  await loading;
  expect(answers).toEqual([]);
  expect(seen.lastIndexOf('new')).toBeLessThan(seen.indexOf('taken in'));
});
