import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newKey } from '../support/assembly-builder.ts';
import { TestApp } from '../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

test('a notice that is corrected and withdrawn at once is one of the two, never both', async () => {
  const estateId = await app.build.estate();
  const manager = await app.build.member('赵立新', 'COMPANY_MANAGER', [estateId]);
  const notice = { kind: 'OUTAGE', title: '周四停水', body: '清洗水箱', fileIds: [], pinnedUntil: null };
  const base = `/api/estates/${estateId}/notices`;
  for (let round = 0; round < 5; round++) {
    const { body } = await app.post<{ id: string }>(base, manager.token, notice, newKey());
    const path = `${base}/${body.id}`;
    const answers = await Promise.all([
      app.post(`${path}/corrections`, manager.token, { ...notice, reason: '改到周五' }, newKey()),
      app.post(`${path}/withdraw`, manager.token, { reason: '不停了' }),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
  }
});

test('two owners who ask at once both may, one owner who asks twice may not', async () => {
  const estateId = await app.build.estate();
  const [first, second] = [
    await app.build.inRole('OWNER', estateId),
    await app.build.inRole('OWNER', estateId),
  ];
  const url = `/api/estates/${estateId}/radar/MANAGER/questions`;
  const answers = await Promise.all(
    [first, first, second].map(({ token }) => app.post(url, token, { text: '为什么没有公示？' }, newKey())),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409]);
});
