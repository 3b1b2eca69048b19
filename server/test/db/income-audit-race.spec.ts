import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TestApp } from '../support/app.ts';
import { newKey } from '../support/assembly-builder.ts';
import { AuditBuilder, found } from '../support/audit-builder.ts';

let app: TestApp;
let estate: AuditBuilder;

beforeAll(async () => {
  app = await TestApp.start();
  estate = await AuditBuilder.start(app);
});
afterAll(() => app.stop());

test('a finding is answered twice at once, accepted and sent back at once: one of each counts', async () => {
  const clerk = await app.build.member('客服', 'COMPANY_CLERK', [estate.books.estateId]);
  const finding = found(await estate.published(), 1);
  const answers = await Promise.all([estate.answer(finding), estate.answer(finding, clerk)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  const other = await app.build.member('社区二', 'COMMUNITY_OFFICER', [estate.books.estateId]);
  const checks = await Promise.all([
    estate.accept(finding, 1),
    estate.sendBack(finding, 1, '没有附补记的凭证', other),
    estate.accept(finding, 1, other),
  ]);
  expect(checks.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  const events = await app.database.rows<{ seq: number }>(
    'SELECT seq FROM audit_finding_events WHERE finding_id = ? ORDER BY seq',
    [finding.id],
  );
  expect(events.map(({ seq }) => seq)).toEqual([1, 2]);
});

test('one key is sent many times at once: one answer', async () => {
  const finding = found(await estate.published({ year: estate.lastYear - 1 }), 1);
  const key = newKey();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => estate.answer(finding, estate.manager, { key })),
  );
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
  const events = await app.database.rows('SELECT id FROM audit_finding_events WHERE finding_id = ?', [
    finding.id,
  ]);
  expect(events).toHaveLength(1);
});

test('two correct one report at once: one draft, and one version in force', async () => {
  const report = await estate.published({ year: estate.lastYear - 2, findings: [] });
  const { chair, treasurer } = estate.books;
  const drafts = await Promise.all([
    estate.amend(report.id, '报告文号抄错了', treasurer),
    estate.amend(report.id, '摘要少抄了一句', chair),
  ]);
  expect(drafts.map(({ status }) => status).sort()).toEqual([201, 409]);
  const { id, revision } = drafts.find(({ status }) => status === 201)?.body ?? { id: '', revision: 0 };
  await Promise.all([estate.publish(id, revision, chair), estate.publish(id, revision, treasurer)]);
  const versions = await app.database.rows<{ state: string }>(
    'SELECT state FROM audit_reports WHERE estate_id = ? AND audit_year = ? ORDER BY version',
    [estate.books.estateId, report.year],
  );
  expect(versions.map(({ state }) => state)).toEqual(['SUPERSEDED', 'PUBLISHED']);
});
