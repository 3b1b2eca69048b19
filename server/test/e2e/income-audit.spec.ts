import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DeskView } from '@linli/shared/desk';
import type { RadarView } from '@linli/shared/disclosure';
import type { ErrorBody } from '@linli/shared/errors';
import type { AuditDesk, AuditMarks } from '@linli/shared/income-audit';
import { addDays, DAY_MS } from '@linli/shared/kernel';
import { TEST_NOW, TestApp } from '../support/app.ts';
import { newKey } from '../support/assembly-builder.ts';
import { AuditBuilder, found } from '../support/audit-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { income, spend, statement } from '../support/income-builder.ts';

let app: TestApp;
let estate: AuditBuilder;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());
beforeEach(async () => {
  app.clock.set(Math.max(TEST_NOW, app.clock.now()));
  estate = await AuditBuilder.start(app);
});

const waiting = async (person: TestPerson) => {
  const { body } = await app.get<DeskView>(`/api/me/desk?estateId=${estate.books.estateId}`, person.token);
  return body.counts.find(({ key }) => key === 'audits');
};
const titles = async ({ personId }: TestPerson) => {
  const rows = await app.database.rows<{ title: string }>(
    'SELECT title FROM inbox_messages WHERE person_id = ? ORDER BY id',
    [personId],
  );
  return rows.map(({ title }) => title);
};

describe('a year’s report', () => {
  test('is recorded by one, published by another, and read by the owners with the hash of its original', async () => {
    const { treasurer, chair, member } = estate.books;
    const key = newKey();
    const facts = await estate.request();
    const draft = await estate.begin(facts, treasurer, key);
    expect(draft).toMatchObject({ status: 201, body: { state: 'DRAFT', revision: 1, faults: [] } });
    expect((await estate.begin(facts, treasurer, key)).body.id).toBe(draft.body.id);
    expect((await estate.begin()).body.code).toBe('AUDIT.YEAR_EXISTS');
    const { id } = draft.body;
    expect((await app.get(estate.url(`/reports/${id}`), estate.owner.token)).status).toBe(404);
    expect((await estate.publish(id, 1, treasurer)).body.code).toBe('AUDIT.SAME_PERSON');
    expect((await estate.publish(id, 1, member)).body.code).toBe('AUDIT.NOT_YOURS');
    expect((await estate.publish(id, 2)).body.code).toBe('AUDIT.CHANGED_SINCE');
    expect((await waiting(chair))?.count).toBe(1);
    expect((await estate.publish(id, 1)).status).toBe(200);
    expect((await estate.publish(id, 1)).status).toBe(200);
    const report = await estate.report(id);
    expect(report).toMatchObject({
      opinion: 'QUALIFIED',
      recordedBy: '陈玉芬',
      publishedBy: '周建国',
      version: 1,
      postedUntil: null,
      scanSha256: createHash('sha256').update('%PDF-1.4\n% a scan\n').digest('hex'),
    });
    expect(report.findings.map(({ no, state, duty }) => [no, state, duty?.by])).toEqual([
      [1, 'OPEN', 'COMPANY'],
      [2, 'OPEN', 'COMMITTEE'],
    ]);
    expect((await estate.overview()).years).toMatchObject([
      { report: { id, year: estate.lastYear }, findings: { all: 2, accepted: 0, overdue: 0 } },
    ]);
    expect(await titles(estate.owner)).toContain(`${estate.lastYear} 年度审计报告公示了`);
    expect(await titles(estate.manager)).toContain('有 1 条审计发现等物业企业答复');
    expect((await estate.begin()).body.code).toBe('AUDIT.YEAR_PUBLISHED');
    expect((await estate.save(id, facts)).body.code).toBe('AUDIT.IMMUTABLE');
  });

  test('is saved over what was seen only, discarded as a draft, and refused with what stands against it', async () => {
    const { body: draft } = await estate.begin({ findings: [estate.finding(1, { dueOn: estate.today })] });
    const again = await estate.request({ scanFileId: '' });
    const kept = { ...again, scanFileId: draft.scan?.id ?? '', revision: 1 };
    expect((await estate.save(draft.id, { ...kept, year: 2001 })).body.code).toBe('AUDIT.IMMUTABLE');
    const late = [estate.finding(1, { dueOn: addDays(estate.today, 31) })];
    const saved = await estate.save(draft.id, { ...kept, findings: late });
    expect(saved.body).toMatchObject({
      revision: 2,
      faults: [{ code: 'AUDIT.DUE_RANGE', findingNo: 1 }],
    });
    expect((await estate.save(draft.id, kept)).body.code).toBe('AUDIT.CHANGED_SINCE');
    expect((await estate.publish(draft.id, 2)).body.code).toBe('AUDIT.DUE_RANGE');
    const discard = () => app.post(estate.url(`/reports/${draft.id}/discard`), estate.books.chair.token);
    expect([(await discard()).status, (await discard()).status]).toEqual([204, 404]);
    expect((await estate.begin()).status).toBe(201);
  });

  test('is corrected in a new version that takes no finding away; the earlier one stays readable', async () => {
    const first = await estate.published();
    await estate.answer(found(first, 1));
    expect((await estate.amend(first.id, '错')).body.code).toBe('AUDIT.AMEND_REASON');
    const { body: draft } = await estate.amend(first.id, '第 1 条金额抄错了');
    expect(draft).toMatchObject({ version: 2, reason: '第 1 条金额抄错了', fixedNos: [1, 2] });
    const [one, two] = draft.findings;
    if (one === undefined || two === undefined) throw new Error('The findings are not in the draft');
    const request = await estate.request({ scanFileId: draft.scan?.id ?? '' });
    const save = (findings: typeof request.findings, revision: number) =>
      estate.save(draft.id, { ...request, findings, revision });
    expect((await save([one], 1)).body.faults).toEqual([{ code: 'AUDIT.FINDING_DROPPED', findingNo: 2 }]);
    const handed = await save([{ ...one, responsible: 'COMMITTEE' }, two], 2);
    expect(handed.body.faults).toEqual([{ code: 'AUDIT.RESPONSIBLE_CHANGED', findingNo: 1 }]);
    await save([{ ...one, amountFen: 210_000 }, two, estate.finding(3)], 3);
    expect((await estate.publish(draft.id, 4)).status).toBe(200);
    const [before, after] = [await estate.report(first.id), await estate.report(draft.id)];
    expect(before).toMatchObject({ state: 'SUPERSEDED', findings: [{ amountFen: 120_000 }, { no: 2 }] });
    expect(after.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(after.findings.map(({ no, state, amountFen }) => [no, state, amountFen])).toEqual([
      [1, 'ANSWERED', 210_000],
      [2, 'OPEN', null],
      [3, 'OPEN', 120_000],
    ]);
    expect(found(after, 1).id).toBe(found(first, 1).id);
    expect((await estate.overview()).years).toHaveLength(1);
    expect((await estate.amend(first.id, '再来一次更正')).body.code).toBe('AUDIT.AMEND_NOT_LATEST');
  });

  test('is nobody else’s to record, and another estate’s is not found', async () => {
    const { member } = estate.books;
    expect((await estate.begin({}, member)).body.code).toBe('AUDIT.NOT_YOURS');
    expect((await estate.begin({}, estate.community)).body.code).toBe('AUDIT.NOT_YOURS');
    expect((await estate.begin({}, estate.manager)).status).toBe(403);
    const report = await estate.published();
    const other = await AuditBuilder.start(app);
    const finding = found(report, 1);
    expect((await app.get(other.url(`/reports/${report.id}`), other.owner.token)).status).toBe(404);
    expect((await app.get(other.url(`/findings/${finding.id}`), other.owner.token)).status).toBe(404);
    expect((await other.answer(finding)).status).toBe(404);
    expect((await other.amend(report.id, '别的小区的报告')).status).toBe(404);
    expect((await app.get(estate.url(), other.owner.token)).status).toBe(403);
    const statementId = (await other.books.published(statement('2026Q2', 0, []))).id;
    const foreign = await estate.begin({ year: 2024, findings: [estate.finding(1, { statementId })] });
    expect(foreign.body.code).toBe('AUDIT.CONCERN_UNKNOWN');
  });
});

describe('a finding', () => {
  test('is answered, sent back, answered again and accepted by another party; every word stays', async () => {
    const finding = found(await estate.published(), 1);
    const key = newKey();
    const fileIds = [await estate.books.file(estate.manager)];
    expect((await estate.answer(finding, estate.books.chair)).body.code).toBe('AUDIT.NOT_YOURS');
    expect((await estate.accept(finding, 0)).status).toBe(400);
    expect((await estate.accept(finding, 1)).body.code).toBe('AUDIT.STATE');
    expect(await waiting(estate.manager)).toEqual({ key: 'audits', count: 1, overdue: 0 });
    const answered = await estate.answer(finding, estate.manager, { fileIds, key });
    expect(answered).toMatchObject({ status: 201, body: { state: 'ANSWERED', can: [] } });
    const text = '已经补记，凭证附后';
    expect((await estate.answer(finding, estate.manager, { text, fileIds, key })).status).toBe(201);
    expect((await estate.answer(finding)).body.code).toBe('AUDIT.STATE');
    expect([(await waiting(estate.manager))?.count, (await waiting(estate.community))?.count]).toEqual([
      0, 1,
    ]);
    expect((await estate.accept(finding, 1, estate.street)).body.code).toBe('AUDIT.NOT_YOURS');
    expect((await estate.sendBack(finding, 1, '不行')).body.code).toBe('AUDIT.REASON');
    expect((await estate.sendBack(finding, 1)).body.state).toBe('SENT_BACK');
    expect(await titles(estate.manager)).toContain('审计发现的答复被退回，请重新答复');
    await estate.answer(finding, estate.manager, { text: '凭证已经补上' });
    expect((await estate.accept(finding, 1)).body.code).toBe('AUDIT.STATE');
    const accepted = await estate.accept(finding, 3);
    expect(accepted.body).toMatchObject({ state: 'ACCEPTED', duty: null, can: [] });
    expect(accepted.body.events.map(({ event, text: said, by, as }) => [event, said, by, as])).toEqual([
      ['ANSWER', '已经补记，凭证附后', '经理', 'COMPANY'],
      ['SEND_BACK', '没有附补记的凭证', '社区', 'COMMUNITY'],
      ['ANSWER', '凭证已经补上', '经理', 'COMPANY'],
      ['ACCEPT', '', '社区', 'COMMUNITY'],
    ]);
    expect(accepted.body.events[0]?.files).toHaveLength(1);
    expect((await estate.overview()).years).toMatchObject([{ findings: { all: 2, accepted: 1 } }]);
    await expect(
      app.database.transaction((tx) =>
        tx.run('UPDATE audit_findings SET accepted_by = answered_by WHERE id = ?', [finding.id]),
      ),
    ).rejects.toThrow();
  });

  test('of the committee is accepted by the community; whoever holds both offices does not accept themselves', async () => {
    const { chair, estateId } = estate.books;
    await app.build.appoint(chair, 'COMMUNITY_OFFICER', [estateId]);
    const finding = found(await estate.published(), 2);
    expect((await estate.answer(finding, chair)).status).toBe(201);
    expect((await estate.accept(finding, 1, chair)).body.code).toBe('AUDIT.ANSWERED_YOURSELF');
    expect((await estate.accept(finding, 1)).status).toBe(200);
  });

  test('is answered by the community while no committee is in office, and the street accepts it', async () => {
    const { books, street } = estate;
    const report = await estate.published();
    await app.database.transaction((tx) =>
      tx.run(
        `UPDATE memberships SET ends_on = ? WHERE role LIKE 'COMMITTEE%' AND organisation_id IN
           (SELECT organisation_id FROM organisation_estates WHERE estate_id = ?)`,
        [addDays(estate.today, -1), books.estateId],
      ),
    );
    const finding = found(report, 2);
    expect((await estate.answer(finding, estate.community)).body.duty).toMatchObject({ by: 'STREET' });
    expect((await estate.accept(finding, 1)).body.code).toBe('AUDIT.NOT_YOURS');
    expect((await estate.accept(finding, 1, street)).status).toBe(200);
    expect((await estate.begin({ year: 2024, findings: [] }, estate.community)).status).toBe(201);
  });

  test('that nobody answers is late for everyone to see, and those who owe it hear of it twice', async () => {
    const report = await estate.published({ findings: [estate.finding(1)] });
    const soon = '审计发现快到答复期限了';
    const late = '审计发现逾期没有答复，应由物业企业办理';
    const count = async (title: string) =>
      (await titles(estate.manager)).filter((one) => one === title).length;
    app.clock.advance(13 * DAY_MS);
    await app.runJobs();
    expect([await count(soon), await count(late)]).toEqual([1, 0]);
    app.clock.advance(7 * DAY_MS);
    await app.runJobs();
    expect(found(await estate.report(report.id), 1).duty?.overdueDays).toBe(0);
    app.clock.advance(DAY_MS);
    await app.runJobs();
    app.clock.advance(DAY_MS);
    await app.runJobs();
    expect([await count(soon), await count(late)]).toEqual([1, 1]);
    expect(await titles(estate.community)).toContain(late);
    expect(found(await estate.report(report.id), 1).duty).toMatchObject({ by: 'COMPANY', overdueDays: 2 });
    expect((await estate.overview()).years).toMatchObject([{ findings: { overdue: 1 } }]);
    expect(await waiting(estate.manager)).toMatchObject({ count: 1, overdue: 1 });
  });

  test('names the line of the statement that it concerns, and the statement names the finding', async () => {
    const quarter = '2026Q2';
    const contract = {
      contractNo: 'TC-2024-01',
      counterparty: '安泊',
      subject: '地面停车',
      signedOn: '2019-05-01',
    };
    const scanFileId = await estate.books.file(estate.books.treasurer);
    const registered = await app.post<{ id: string }>(
      estate.books.url('/contracts'),
      estate.books.treasurer.token,
      { ...contract, scanFileId },
      newKey(),
    );
    const lines = [
      income(quarter, { category: 'INTEREST', decisionNo: null, costFen: 0, netFen: 3_864_000 }),
      spend(quarter),
    ];
    const { id: statementId } = await estate.books.published(statement(quarter, 0, lines));
    const findings = [
      estate.finding(1, { statementId, lineIndex: 1 }),
      estate.finding(2, { contractId: registered.body.id }),
    ];
    const unknown = [estate.finding(1, { statementId, lineIndex: 2 })];
    expect((await estate.begin({ findings: unknown })).body.code).toBe('AUDIT.CONCERN_UNKNOWN');
    const report = await estate.published({ findings });
    expect(found(report, 1).concern).toMatchObject({ kind: 'STATEMENT', statementId, quarter, lineIndex: 1 });
    expect(found(report, 2).concern).toMatchObject({ kind: 'CONTRACT', text: '合同 TC-2024-01 · 地面停车' });
    const marks = await app.get<AuditMarks>(
      estate.url(`/marks?statementId=${statementId}`),
      estate.owner.token,
    );
    expect(marks.body.items).toMatchObject([{ no: 1, lineIndex: 1, reportId: report.id, state: 'OPEN' }]);
  });
});

describe('a year without a report', () => {
  test('is owed from the year in which the books began where the region asks for it', async () => {
    const shanghai = await AuditBuilder.start(app, 'shanghai');
    expect(await shanghai.overview()).toMatchObject({ owed: [], duty: { by: 'REGION' } });
    const year = Number(shanghai.today.slice(0, 4));
    app.clock.set(Date.parse(`${year + 1}-06-24T04:00:00Z`));
    await app.runJobs();
    const { chair } = shanghai.books;
    const soon = `${year} 年度审计报告快到期了`;
    expect(await titles(chair)).toContain(soon);
    app.clock.set(Date.parse(`${year + 1}-06-30T04:00:00Z`));
    await app.runJobs();
    await app.runJobs();
    const late = `${year} 年度审计报告逾期没有公示`;
    expect((await titles(chair)).filter((title) => title === late)).toHaveLength(1);
  });

  test('is owed where the owners decided on it, from the decision’s day; other estates owe none', async () => {
    const { chair, treasurer } = estate.books;
    expect(await estate.overview()).toMatchObject({ owed: [], duty: null });
    await estate.books.decision('业主大会2026-3-1', '2026-03-15', 9, 'ORDINARY');
    const commit = (decisionNumber: string, by = treasurer) =>
      app.post<AuditDesk & ErrorBody>(
        estate.url('/commitment'),
        by.token,
        { sinceYear: 2024, decisionNumber },
        newKey(),
      );
    expect((await commit('没有这个决定')).body.code).toBe('AUDIT.DECISION_UNKNOWN');
    const committed = await commit('业主大会2026-3-1');
    expect(committed.body.owed.map(({ year, dueOn, owedBy }) => [year, dueOn, owedBy])).toEqual(
      Array.from({ length: estate.lastYear - 2023 }, (_, index) => [
        2024 + index,
        index < 2 ? '2026-09-11' : `${2025 + index}-06-29`,
        'COMMITTEE',
      ]),
    );
    expect((await commit('业主大会2026-3-1', chair)).body.code).toBe('AUDIT.COMMITTED');
    const before = committed.body.owed.length;
    await estate.published();
    expect((await estate.overview()).owed).toHaveLength(before - 1);
  });

  test('is ended, or decided anew, by a later decision of the owners; what was owed by then stays owed', async () => {
    const { books } = estate;
    await books.decision('业主大会2026-3-1', '2026-03-15', 9, 'ORDINARY');
    await books.decision('业主大会2026-9-1', '2026-09-01', 9, 'ORDINARY');
    await books.decision('业主大会2026-9-2', '2026-09-02', 9, 'ORDINARY');
    const change = (sinceYear: number, decisionNumber: string, isOwed: boolean, by = books.treasurer) =>
      app.post<AuditDesk & ErrorBody>(
        estate.url('/commitment/changes'),
        by.token,
        { sinceYear, decisionNumber, isOwed },
        newKey(),
      );
    expect((await change(2026, '业主大会2026-9-1', false)).body.code).toBe('AUDIT.NOT_COMMITTED');
    await app.post(
      estate.url('/commitment'),
      books.treasurer.token,
      { sinceYear: 2024, decisionNumber: '业主大会2026-3-1' },
      newKey(),
    );
    expect((await change(2026, '没有这个决定', false)).body.code).toBe('AUDIT.DECISION_UNKNOWN');
    expect((await change(2026, '业主大会2026-3-1', false)).body.code).toBe('AUDIT.DECISION_NOT_LATER');
    expect((await change(2025, '业主大会2026-9-1', false)).body).toMatchObject({
      code: 'AUDIT.PAST_STAYS_OWED',
      message: '作出决定时已经结束的年度仍然要审计，最早从 2026 年度起停止',
    });
    expect((await change(2026, '业主大会2026-9-1', false, estate.owner)).status).toBe(403);
    const ended = await change(2026, '业主大会2026-9-1', false);
    expect(ended.body).toMatchObject({ duty: null });
    expect(ended.body.owed.map(({ year }) => year)).toEqual([2024, 2025]);
    expect((await estate.overview()).decided).toMatchObject([
      { sinceYear: 2024, decisionNumber: '业主大会2026-3-1', isOwed: true },
      { sinceYear: 2026, decisionNumber: '业主大会2026-9-1', isOwed: false },
    ]);
    expect(await titles(estate.owner)).toContain('每年审计停止了');
    expect((await change(2026, '业主大会2026-9-2', false)).body.code).toBe('AUDIT.NOTHING_TO_END');
    const [first, second] = await Promise.all([
      change(2026, '业主大会2026-9-2', true),
      change(2026, '业主大会2026-9-2', true, books.chair),
    ]);
    expect([first.status, second.status].filter((status) => status === 200 || status === 201)).toHaveLength(
      1,
    );
    expect((await estate.overview()).duty).toMatchObject({
      by: 'DECISION',
      decisionNumber: '业主大会2026-9-2',
    });
    // A decision that a court takes back ends nothing and asks for nothing.
    await app.database.transaction((tx) =>
      tx.run("UPDATE decisions SET status = 'ANNULLED' WHERE estate_id = ? AND decision_number = ?", [
        books.estateId,
        '业主大会2026-9-2',
      ]),
    );
    expect(await estate.overview()).toMatchObject({ duty: null, decided: { length: 2 } });
  });

  test('is on the posting radar until its report is published', async () => {
    const shanghai = await AuditBuilder.start(app, 'shanghai');
    await shanghai.published({ findings: [] });
    const radar = await app.get<RadarView>(
      `/api/estates/${shanghai.books.estateId}/radar`,
      shanghai.owner.token,
    );
    const audit = radar.body.items.find(({ item }) => item.code === 'INCOME_AUDIT');
    expect(audit?.link).toEqual({ kind: 'INCOME' });
  });
});
