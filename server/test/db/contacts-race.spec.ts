import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { BoardSheetCheck } from '@linli/shared/contacts';
import { newKey } from '../support/assembly-builder.ts';
import { TestApp } from '../support/app.ts';
import { multipart } from '../support/multipart.ts';
import { sample } from '../support/samples.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

test('two officers who publish a board at once leave one version in force and no gap in the numbers', async () => {
  const estateId = await app.build.estate();
  const street = await app.build.member('王海峰', 'STREET_OFFICER', [estateId]);
  const { payload, headers } = multipart('公告牌.xlsx', sample('contact-board.xlsx'));
  const url = (rest: string) => `/api/estates/${estateId}/${rest}`;
  const check = await app.call<BoardSheetCheck>('POST', url('board/sheet-checks'), {
    token: street.token,
    body: payload,
    headers,
  });
  const entries = (check.body.draft?.entries ?? []).map((entry) => ({
    departmentName: entry.departmentName,
    duties: entry.duties,
    contactName: entry.contactName,
    mobileConsent: true,
    phone: entry.phone.display,
    handles: '',
  }));
  const dates = ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24'];
  const answers = await Promise.all(
    dates.map((effectiveFrom) => {
      const body = { effectiveFrom, reason: '换号码', entries, levelPhones: [] };
      return app.post(url('boards'), street.token, body, newKey());
    }),
  );
  expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  const rows = await app.database.rows<{ version: number; current_key: string | null }>(
    'SELECT version, current_key FROM contact_boards WHERE estate_id = ? ORDER BY version',
    [estateId],
  );
  expect(rows.map(({ version }) => version)).toEqual(rows.map((_, index) => index + 1));
  expect(rows.length).toBe(answers.filter(({ status }) => status === 201).length);
  expect(rows.filter((row) => row.current_key !== null)).toEqual([rows[rows.length - 1]]);
});
