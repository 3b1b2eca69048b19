import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DeskView } from '@linli/shared/desk';
import type { ErrorBody } from '@linli/shared/errors';
import {
  canonicalStatement,
  type ContractList,
  type IncomeDesk,
  type IncomeOverview,
  type SaveStatementRequest,
  type StatementDraftView,
  type StatementDiffView,
  type StatementList,
  type StatementView,
} from '@linli/shared/income';
import { startOfDay } from '@linli/shared/kernel';
import { RadarFactsRegistry } from '../../src/features/disclosure/index.ts';
import { newKey } from '../support/assembly-builder.ts';
import { TestApp } from '../support/app.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { IncomeBuilder, income, spend, statement } from '../support/income-builder.ts';

let app: TestApp;
let books: IncomeBuilder;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

/** What a second person may do, with its body. */
const REVIEWS = { publish: { revision: 1 }, return: { reason: '缺一张凭证' } } as const;

const codesOf = (body: Pick<ErrorBody, 'fields'>) => body.fields.map(({ code }) => code);

describe('the community witnesses', () => {
  let community: TestPerson;

  beforeEach(async () => {
    books = await IncomeBuilder.start(app);
    community = await app.build.member('古丽', 'COMMUNITY_OFFICER', [books.estateId]);
  });

  test('only what is submitted, and nobody else signs as the witness', async () => {
    const { body: draft } = await books.begin(statement('2026Q1', 0));
    expect((await app.get(books.url(`/drafts/${draft.id}`), community.token)).status).toBe(404);
    const early = await books.step(draft.id, 'witness', community, { revision: 1 });
    expect(early.body.code).toBe('STATE.NOT_ALLOWED');
    expect((await app.get<IncomeDesk>(books.url('/drafts'), community.token)).body.items).toEqual([]);
    await books.step(draft.id, 'submit', books.treasurer, { revision: 1 });
    const desk = await app.get<IncomeDesk>(books.url('/drafts'), community.token);
    expect(desk.body.items.map(({ id }) => id)).toEqual([draft.id]);
    for (const person of [books.treasurer, books.chair])
      expect((await books.step(draft.id, 'witness', person, { revision: 1 })).status).toBe(403);
    for (const step of ['publish', 'return'] as const)
      expect((await books.step(draft.id, step, community, REVIEWS[step])).status).toBe(403);
    expect((await books.step(draft.id, 'take-back', community)).status).toBe(403);
    const told = await app.database.rows(
      "SELECT id FROM inbox_messages WHERE person_id = ? AND title LIKE '请见证%'",
      [community.personId],
    );
    expect(told).toHaveLength(1);
  });

  test('the books that it saw: taken back and changed, they are without a witness again', async () => {
    const { body: draft } = await books.begin(statement('2026Q1', 0));
    await books.step(draft.id, 'submit', books.treasurer, { revision: 1 });
    const stale = await books.step(draft.id, 'witness', community, { revision: 7 });
    expect(stale.body.code).toBe('INCOME.CHANGED_SINCE');
    const seen = await books.step(draft.id, 'witness', community, { revision: 1 });
    expect(seen.body.witness).toBe('COMMUNITY 古丽');
    const back = await books.step(draft.id, 'take-back', books.treasurer);
    expect(back.body.witness).toBeNull();
  });
});

describe('the treasurer imports the third quarter', () => {
  beforeAll(async () => {
    books = await IncomeBuilder.start(app);
  });

  test('and the sheet is read to the fen', async () => {
    const { status, body } = await books.checkSheet('income-2026Q3.xlsx');
    expect(status).toBe(200);
    expect(body).toMatchObject({ faults: [], rows: 14 });
    expect(body.draft).toMatchObject({ quarter: '2026Q3', openingFen: 12_345_678, closingFen: 16_981_560 });
    expect(body.draft?.lines).toHaveLength(12);
    const stored = await app.database.rows('SELECT id FROM income_statements WHERE estate_id = ?', [
      books.estateId,
    ]);
    expect(stored).toEqual([]);
  });

  test('or one that does not balance, which is said with its row, column and numbers', async () => {
    const { body } = await books.checkSheet('income-2026Q3-does-not-balance.xlsx');
    expect(body.draft).toBeNull();
    expect(body.faults).toMatchObject([{ code: 'INCOME_SHEET.IDENTITY', row: 17, column: '净额(元)' }]);
    expect(body.faults[0]?.expected).toContain('169,815.60');
  });

  test('or something that is no sheet, or another quarter', async () => {
    const photo = await books.checkSheet('x.xlsx', undefined, Buffer.from('PK\u0003\u0004 nothing'));
    expect(photo.body.code).toBe('SHEET.DAMAGED');
    const other = await books.checkSheet('income-2026Q3.xlsx', '2026Q2');
    expect(other.body.faults.map(({ code }) => code)).toContain('INCOME_SHEET.QUARTER_DIFFERS');
  });

  test('and fixes, proves, submits it; another member publishes what the owners then read', async () => {
    const { body: sheet } = await books.checkSheet('income-2026Q3.xlsx');
    if (sheet.draft === null) throw new Error('the sample sheet is refused');
    const request: SaveStatementRequest = {
      ...sheet.draft,
      reconciling: [],
      accountHolder: '',
      revision: 0,
    };
    const begun = await books.begin(request);
    expect(begun).toMatchObject({ status: 201, body: { state: 'DRAFT', revision: 1, version: 1 } });
    expect(begun.body.faults.map(({ code }) => code).sort()).toEqual([
      'INCOME.BANK_MISSING',
      'INCOME.HOLDER_MISSING',
    ]);
    expect(begun.body.lines[0]?.decision).toMatchObject({ cls: 'SPECIAL', passed: true });

    const refused = await books.step(begun.body.id, 'submit', books.treasurer, { revision: 1 });
    expect(refused).toMatchObject({ status: 422, body: { code: 'INCOME.STATEMENT_INVALID' } });
    expect(refused.body.message).toContain('2 处');

    const voucher = await books.file(books.treasurer);
    const lines = request.lines.map((line, index) =>
      index === 0 ? { ...line, voucherIds: [voucher] } : line,
    );
    const fixed = await books.save(begun.body.id, {
      ...request,
      lines,
      bankBalanceFen: 16_781_560,
      reconciling: [{ description: '9 月 30 日停车费在途', amountFen: 200_000 }],
      accountHolder: '康宁家园业主委员会',
      revision: 1,
    });
    expect(fixed.body).toMatchObject({ faults: [], revision: 2 });

    const { body: shown } = await books.step(begun.body.id, 'submit', books.treasurer, { revision: 2 });
    expect(shown).toMatchObject({ state: 'SUBMITTED', submittedBy: '陈玉芬', steps: ['TAKE_BACK'] });
    const own = await books.step(begun.body.id, 'publish', books.treasurer, { revision: 2 });
    expect(own).toMatchObject({ status: 403, body: { code: 'INCOME.SAME_PERSON' } });
    const desk = await app.get<IncomeDesk>(books.url('/drafts'), books.member.token);
    expect(desk.body.items).toMatchObject([{ awaitsMe: true, preparedBy: '陈玉芬' }]);

    const community = await app.build.member('古丽', 'COMMUNITY_OFFICER', [books.estateId]);
    const waiting = async () => {
      const { body: list } = await app.get<IncomeDesk>(books.url('/drafts'), community.token);
      const { body: view } = await app.get<DeskView>(
        `/api/me/desk?estateId=${books.estateId}`,
        community.token,
      );
      return [list.items[0]?.awaitsMe, view.counts.find(({ key }) => key === 'witness')?.count];
    };
    expect(await waiting()).toEqual([true, 1]);
    const seen = await app.get<StatementDraftView>(books.url(`/drafts/${begun.body.id}`), community.token);
    expect(seen.body).toMatchObject({ witness: null, steps: ['WITNESS'] });
    const witnessed = await books.step(begun.body.id, 'witness', community, { revision: 2 });
    expect(witnessed).toMatchObject({ status: 200, body: { witness: 'COMMUNITY 古丽', state: 'SUBMITTED' } });
    expect(await waiting()).toEqual([false, 0]);

    const owner = await app.build.owner('业主', [await app.build.unit(books.estateId, '101', 8_937)]);
    const early = await app.get(books.url(`/statements/${begun.body.id}`), owner.token);
    expect(early.status).toBe(404);
    const published = await books.step(begun.body.id, 'publish', books.chair, { revision: 2 });
    expect(published.body).toMatchObject({ state: 'PUBLISHED', reviewedBy: '周建国', steps: [] });

    const { body: view } = await app.get<StatementView>(books.url('/quarters/2026Q3'), owner.token);
    expect(view.witness).toBe('COMMUNITY 古丽');
    expect(view.sums).toMatchObject({
      incomeNetFen: 12_321_882,
      spendFen: 7_686_000,
      closingFen: 16_981_560,
    });
    expect(view.lines[0]?.vouchers).toMatchObject([{ id: voucher, mime: 'application/pdf' }]);
    expect((await app.get(view.lines[0]?.vouchers[0]?.url ?? '')).status).toBe(200);
    expect(view.incomeByCategory[0]).toMatchObject({
      category: 'PARKING_COMMON',
      amountFen: 9_792_000,
      lines: 3,
    });
    const { body: overview } = await app.get<IncomeOverview>(books.url(), owner.token);
    expect(overview.latest).toMatchObject({ quarter: '2026Q3', closingFen: 16_981_560 });
    expect(overview.thresholdText).toContain('5,000.00');
    const messages = await app.database.rows<{ title: string }>(
      'SELECT title FROM inbox_messages WHERE person_id = ?',
      [owner.personId],
    );
    expect(messages).toMatchObject([{ title: '2026年第三季度公共收益已公示' }]);
  });
});

describe('what stands against publication', () => {
  let id: string;
  let revision = 1;

  beforeAll(async () => {
    books = await IncomeBuilder.start(app);
    await books.decision('业主大会2026-2-1', '2026-09-01', 9, 'ORDINARY');
    await books.decision('业主大会2026-2-2', '2026-05-01', 8, 'SPECIAL', false);
    await books.published(statement('2026Q1', 10_000_000));
    const begun = await books.begin(statement('2026Q2', 12_798_400));
    ({ id, revision } = begun.body);
  });

  async function faults(request: SaveStatementRequest) {
    const saved = await books.save(id, { ...request, revision });
    expect(saved.status).toBe(200);
    revision = saved.body.revision;
    const submitted = await books.step(id, 'submit', books.treasurer, { revision });
    expect(submitted).toMatchObject({ status: 422, body: { code: 'INCOME.STATEMENT_INVALID' } });
    expect(submitted.body.fields).toEqual(saved.body.faults);
    return submitted.body.fields.map(({ path, code }) => `${path} ${code}`);
  }
  const q = '2026Q2';

  test.each<[string, SaveStatementRequest, string[]]>([
    [
      'a closing balance one fen short',
      statement(q, 12_798_400, undefined, { closingFen: 15_596_799, bankBalanceFen: 15_596_799 }),
      ['closingFen INCOME.IDENTITY'],
    ],
    [
      'an opening that is not the closing before',
      statement(q, 12_798_390),
      ['openingFen INCOME.OPENING_MISMATCH'],
    ],
    [
      'money that is not in the bank',
      statement(q, 12_798_400, undefined, { bankBalanceFen: 15_546_800 }),
      ['bankBalanceFen INCOME.BANK_MISMATCH'],
    ],
    [
      'an account in a person’s name',
      statement(q, 12_798_400, undefined, { accountHolder: '陈玉芬' }),
      ['accountHolder INCOME.HOLDER_PERSON'],
    ],
    [
      'spending above the threshold without a vote',
      statement(q, 12_798_400, [spend(q, { amountFen: 500_000 })]),
      ['lines[0].decisionNo INCOME.VOTE_REQUIRED'],
    ],
    [
      'spending before its decision',
      statement(q, 12_798_400, [spend(q, { amountFen: 500_000, decisionNo: '业主大会2026-2-1' })]),
      ['lines[0].decisionNo INCOME.DECISION_TOO_LATE'],
    ],
    [
      'a decision that nobody registered',
      statement(q, 12_798_400, [spend(q, { amountFen: 500_000, decisionNo: '业主大会2019-9-9' })]),
      ['lines[0].decisionNo INCOME.DECISION_UNKNOWN'],
    ],
    [
      'a decision that waits for its second member',
      statement(q, 12_798_400, [income(q, { decisionNo: '业主大会2026-2-2' })]),
      ['lines[0].decisionNo INCOME.DECISION_NOT_PASSED'],
    ],
    [
      'a business on common parts by an ordinary vote',
      statement(q, 12_798_400, [income(q, { decisionNo: '业主大会2025-1-1' })]),
      ['lines[0].decisionNo INCOME.DECISION_NOT_SPECIAL'],
    ],
    [
      'a business that nothing allows',
      statement(q, 12_798_400, [income(q, { decisionNo: null })]),
      ['lines[0].decisionNo INCOME.BUSINESS_NOT_AUTHORISED'],
    ],
    [
      'a net that is not gross less cost',
      statement(q, 12_798_400, [income(q, { netFen: 3_284_399 })]),
      ['lines[0].netFen INCOME.LINE_NET'],
    ],
    [
      'costs above the gross without a word',
      statement(q, 12_798_400, [income(q, { costFen: 3_900_000 })]),
      ['lines[0].costFen INCOME.COST_ABOVE_GROSS'],
    ],
    [
      'a line of another quarter',
      statement(q, 12_798_400, [spend(q, { date: '2026-07-01' })]),
      ['lines[0].date INCOME.DATE_OUTSIDE'],
    ],
    [
      'a payment booked twice',
      statement(q, 12_798_400, [spend(q), spend(q)]),
      ['lines[1] INCOME.LINE_DUPLICATE'],
    ],
    [
      'a payment without a voucher',
      statement(q, 12_798_400, [spend(q, { voucherNo: null })]),
      ['lines[0].voucherIds INCOME.VOUCHER_MISSING'],
    ],
  ])('%s', async (_, request, expected) => {
    expect(await faults(request)).toEqual(expected);
  });

  test('a decision is found though the sheet writes it with spaces and full-width digits', async () => {
    const line = spend(q, { amountFen: 500_000, decisionNo: '业主大会 2025－1－1' });
    const saved = await books.save(id, { ...statement(q, 12_798_400, [line]), revision });
    revision = saved.body.revision;
    expect(saved.body.faults).toEqual([]);
    expect(saved.body.lines[0]?.decision).toMatchObject({ cls: 'ORDINARY' });
  });

  test('a contract from before the assembly carries a business, once it is registered with its scan', async () => {
    const line = income(q, { decisionNo: null, contractNo: 'QQ-2019-01' });
    const before = await books.save(id, { ...statement(q, 12_798_400, [line]), revision });
    expect(codesOf({ fields: before.body.faults })).toEqual(['INCOME.BUSINESS_NOT_AUTHORISED']);
    const contract = {
      contractNo: 'QQ-2019-01',
      counterparty: '奇台县安泊停车服务部',
      subject: '东侧道路停车',
      signedOn: '2019-06-01',
      scanFileId: await books.file(books.treasurer),
    };
    const post = (body: object) =>
      app.post<ErrorBody>(books.url('/contracts'), books.treasurer.token, body, newKey());
    expect((await post({ ...contract, signedOn: '2026-12-01' })).body.code).toBe('INCOME.CONTRACT_IN_FUTURE');
    expect((await post(contract)).status).toBe(201);
    const again = await post({ ...contract, scanFileId: await books.file(books.treasurer) });
    expect(again.body.code).toBe('INCOME.CONTRACT_TAKEN');
    const after = await app.get<{ faults: unknown[] }>(books.url(`/drafts/${id}`), books.treasurer.token);
    expect(after.body.faults).toEqual([]);
    const { body: list } = await app.get<ContractList>(books.url('/contracts'), books.chair.token);
    expect(list.items).toMatchObject([{ contractNo: 'QQ-2019-01', scan: { mime: 'application/pdf' } }]);
  });

  test('a quarter left out, and one that is not over', async () => {
    const skipped = await books.begin(statement('2026Q3', 12_798_400));
    expect(codesOf({ fields: skipped.body.faults })).toContain('INCOME.QUARTER_GAP');
    const running = await books.begin(statement('2026Q4', 12_798_400));
    const early = await books.step(running.body.id, 'submit', books.treasurer, { revision: 1 });
    expect(early.body.code).toBe('INCOME.QUARTER_NOT_OVER');
    const long = await books.begin(statement('2025Q1', 1));
    expect(codesOf({ fields: long.body.faults })).toContain('INCOME.QUARTER_GAP');
  });
});

describe('a published statement', () => {
  let published: StatementView;
  beforeEach(async () => {
    books = await IncomeBuilder.start(app);
    published = await books.published(statement('2026Q1', 10_000_000));
  });

  test('is never edited', async () => {
    const request = statement('2026Q1', 10_000_000, [spend('2026Q1')], { revision: 1 });
    expect((await books.save(published.id, request)).body.code).toBe('INCOME.IMMUTABLE');
    expect((await books.step(published.id, 'discard', books.treasurer)).body.code).toBe('INCOME.IMMUTABLE');
    expect((await books.begin(request)).body.code).toBe('INCOME.QUARTER_PUBLISHED');
    const other = await books.step(published.id, 'publish', books.member, { revision: 1 });
    expect(other.body.code).toBe('INCOME.IMMUTABLE');
    const again = await books.step(published.id, 'publish', books.chair, { revision: 1 });
    expect(again.status).toBe(200);
  });

  test('is corrected by a new version with its reason, both stay readable side by side', async () => {
    expect((await books.amend(published.id, ' ')).body.code).toBe('INCOME.AMEND_REASON');
    const draft = await books.amend(published.id, '维修费少记了 100 元');
    expect(draft.body).toMatchObject({ version: 2, state: 'DRAFT', amends: published.id });
    const unchanged = await books.step(draft.body.id, 'submit', books.treasurer, { revision: 1 });
    expect(unchanged.body.code).toBe('INCOME.AMEND_NOTHING');
    const lines = [income('2026Q1'), spend('2026Q1', { amountFen: 496_000 })];
    await books.save(draft.body.id, statement('2026Q1', 10_000_000, lines, { revision: 1 }));
    const second = await books.publishDraft({ id: draft.body.id, revision: 2 });

    const { body: diff } = await app.get<StatementDiffView>(
      books.url(`/statements/${second.id}/diff`),
      books.member.token,
    );
    expect(diff).toMatchObject({
      before: { version: 1 },
      after: { version: 2 },
      reason: '维修费少记了 100 元',
    });
    expect(diff.diff.lines.map(({ kind }) => kind)).toEqual(['SAME', 'CHANGED']);
    const old = await app.get<StatementView>(books.url(`/statements/${published.id}`), books.member.token);
    expect(old.body).toMatchObject({ state: 'SUPERSEDED', closingFen: 12_798_400 });
    expect(old.body.versions.map(({ version, state }) => `${version} ${state}`)).toEqual([
      '2 PUBLISHED',
      '1 SUPERSEDED',
    ]);
    expect((await books.amend(published.id, '再改')).body.code).toBe('INCOME.AMEND_NOT_LATEST');
    const list = await app.get<StatementList>(books.url('/statements?limit=1'), books.member.token);
    expect(list.body).toMatchObject({ items: [{ version: 2 }], next: '2026Q1.2' });
    const rest = await app.get<StatementList>(
      books.url(`/statements?after=${list.body.next}`),
      books.member.token,
    );
    expect(rest.body).toMatchObject({ items: [{ version: 1 }], next: null });
  });

  test('that is corrected leaves the quarter after it waiting for its own correction', async () => {
    await books.published(statement('2026Q2', 12_798_400));
    const draft = await books.amend(published.id, '漏记一笔');
    const lines = [income('2026Q1'), spend('2026Q1', { amountFen: 496_000 })];
    await books.save(draft.body.id, statement('2026Q1', 10_000_000, lines, { revision: 1 }));
    await books.publishDraft({ id: draft.body.id, revision: 2 });
    const { body: overview } = await app.get<IncomeOverview>(books.url(), books.member.token);
    expect(overview.mismatched).toEqual(['2026Q2']);
    const told = await app.database.rows<{ title: string }>(
      `SELECT title FROM inbox_messages WHERE person_id = ? AND title LIKE '%期初%'`,
      [books.member.personId],
    );
    expect(told).toHaveLength(1);
    const second = await app.get<StatementView>(books.url('/quarters/2026Q2'), books.member.token);
    const fix = await books.amend(second.body.id, '一季度更正后期初变了');
    await books.save(fix.body.id, statement('2026Q2', 12_788_400, undefined, { revision: 1 }));
    await books.publishDraft({ id: fix.body.id, revision: 2 });
    const { body: now } = await app.get<IncomeOverview>(books.url(), books.member.token);
    expect(now.mismatched).toEqual([]);
  });

  test('is linked to the one before it by a hash that anybody can recompute', async () => {
    const next = await books.published(statement('2026Q2', 12_798_400));
    const rows = await app.database.rows<{ id: string; hash: string; prev_hash: string | null }>(
      'SELECT id, hash, prev_hash FROM income_statements WHERE estate_id = ? ORDER BY chain_no',
      [books.estateId],
    );
    expect(rows.map(({ prev_hash }) => prev_hash)).toEqual([null, rows[0]?.hash]);
    const { body: view } = await app.get<StatementView>(
      books.url(`/statements/${next.id}`),
      books.member.token,
    );
    const lines = view.lines.map(
      ({ index: _, categoryLabel: __, decision: ___, vouchers: ____, ...line }) => line,
    );
    const text = canonicalStatement({ ...view, lines });
    expect(createHash('sha256').update(text).digest('hex')).toBe(view.hash);
  });

  test('prints with a code that leads to its page', async () => {
    const { status, headers, body } = await app.get<string>(books.url(`/statements/${published.id}/qr.svg`));
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('image/svg+xml');
    expect(body).toContain('<svg');
  });

  test('the code of a statement that cannot be is refused in words, not as a picture', async () => {
    const { status, headers, body } = await app.get(books.url(`/statements/nothing/qr.svg`));
    expect(status).toBe(404);
    expect(headers['content-type']).toContain('application/json');
    expect(body).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('before publication', () => {
  beforeEach(async () => {
    books = await IncomeBuilder.start(app);
  });

  test('the second person returns it with a reason, the first may take it back', async () => {
    const { body: draft } = await books.begin(statement('2026Q1', 0));
    await books.step(draft.id, 'submit', books.treasurer, { revision: 1 });
    const silent = await books.step(draft.id, 'return', books.chair, { reason: '' });
    expect(silent.body.code).toBe('INCOME.RETURN_REASON');
    const own = await books.step(draft.id, 'return', books.treasurer, { reason: '自己退回' });
    expect(own.body.code).toBe('INCOME.SAME_PERSON');
    const returned = await books.step(draft.id, 'return', books.chair, { reason: '缺一张凭证' });
    expect(returned.body).toMatchObject({ state: 'RETURNED', returnedReason: '缺一张凭证' });
    const edited = await books.save(draft.id, statement('2026Q1', 0, undefined, { revision: 1 }));
    expect(edited.body).toMatchObject({ state: 'DRAFT', revision: 2 });
    await books.step(draft.id, 'submit', books.treasurer, { revision: 2 });
    expect((await books.step(draft.id, 'take-back', books.chair)).body.code).toBe('STATE.NOT_YOURS');
    expect((await books.step(draft.id, 'take-back', books.treasurer)).body.state).toBe('DRAFT');
    const late = await books.step(draft.id, 'publish', books.chair, { revision: 2 });
    expect(late.body.code).toBe('STATE.NOT_ALLOWED');
  });

  test('what is submitted cannot be edited, and what changed since is not published', async () => {
    const { body: draft } = await books.begin(statement('2026Q1', 0));
    await books.step(draft.id, 'submit', books.treasurer, { revision: 1 });
    const edited = await books.save(draft.id, statement('2026Q1', 1, undefined, { revision: 1 }));
    expect(edited.body.code).toBe('STATE.NOT_ALLOWED');
    const stale = await books.step(draft.id, 'publish', books.chair, { revision: 2 });
    expect(stale.body.code).toBe('INCOME.CHANGED_SINCE');
  });

  test('two people cannot overwrite each other’s draft', async () => {
    const { body: draft } = await books.begin(statement('2026Q1', 0));
    const edits = await Promise.all([
      books.save(draft.id, statement('2026Q1', 1, undefined, { revision: 1 }), books.treasurer),
      books.save(draft.id, statement('2026Q1', 2, undefined, { revision: 1 }), books.chair),
    ]);
    expect(edits.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(edits.find(({ status }) => status === 409)?.body.code).toBe('INCOME.CHANGED_SINCE');
  });

  test('a quarter has one draft, however often it is begun', async () => {
    const [key, request] = [newKey(), statement('2026Q1', 0)];
    const twice = await Promise.all([
      books.begin(request, books.treasurer, key),
      books.begin(request, books.treasurer, key),
    ]);
    expect(new Set(twice.map(({ body }) => body.id)).size).toBe(1);
    expect((await books.begin(request, books.chair)).body.code).toBe('INCOME.QUARTER_EXISTS');
    const { body: draft } = await books.begin(request, books.treasurer, key);
    expect((await books.step(draft.id, 'discard', books.chair)).status).toBe(204);
    expect((await books.step(draft.id, 'submit', books.chair, { revision: 1 })).status).toBe(404);
    expect((await books.begin(request, books.chair)).status).toBe(201);
  });

  test('a voucher is the uploader’s own, and may then prove several lines', async () => {
    const voucher = await books.file(books.chair);
    const lines = [
      spend('2026Q1', { voucherIds: [voucher] }),
      spend('2026Q1', { note: '余款', voucherIds: [voucher] }),
    ];
    const stolen = await books.begin(statement('2026Q1', 5_000_000, lines));
    expect(stolen.body.code).toBe('FILE.MISSING');
    expect(
      await app.database.rows('SELECT id FROM income_statements WHERE estate_id = ?', [books.estateId]),
    ).toEqual([]);
    const own = await books.begin(statement('2026Q1', 5_000_000, lines), books.chair);
    expect(own.body.lines.map(({ vouchers }) => vouchers.length)).toEqual([1, 1]);
    const kept = await books.save(own.body.id, statement('2026Q1', 5_000_000, lines, { revision: 1 }));
    expect(kept.status).toBe(200);
  });

  test.each<[string, object, string, string]>([
    ['an unknown field', { secret: 1 }, 'REQUEST.UNKNOWN_FIELD', 'secret'],
    ['a fraction of a fen', { openingFen: 1.5 }, 'REQUEST.INVALID', 'openingFen'],
    [
      'a day that is none',
      { lines: [spend('2026Q1', { date: '2026-02-30' })] },
      'REQUEST.INVALID',
      'lines[0].date',
    ],
    [
      'a line that is neither',
      { lines: [{ ...spend('2026Q1'), dir: 'GIFT' }] },
      'REQUEST.INVALID',
      'lines[0].dir',
    ],
    [
      'a spend under an income’s category',
      { lines: [{ ...spend('2026Q1'), category: 'INTEREST' }] },
      'REQUEST.INVALID',
      'lines[0].category',
    ],
    [
      'too many lines',
      { lines: Array.from({ length: 501 }, () => spend('2026Q1')) },
      'REQUEST.INVALID',
      'lines',
    ],
  ])('%s is refused with its field', async (_, change, code, path) => {
    const { body } = await books.begin({ ...statement('2026Q1', 0), ...change });
    expect(body.code).toBe(code);
    expect(body.fields.map((field) => field.path)).toContain(path);
  });
});

describe('publishing is the committee’s, where the company keeps the books as well', () => {
  let manager: TestPerson;
  let clerk: TestPerson;

  const inRegion = async (region: string) => {
    books = await IncomeBuilder.start(app, { region });
    manager = await app.build.member('赵立新', 'COMPANY_MANAGER', [books.estateId]);
    clerk = await app.build.member('李娜', 'COMPANY_CLERK', [books.estateId]);
  };
  const submittedBy = async (person: TestPerson) => {
    const lines = [spend('2026Q1', { amountFen: 1_000 })];
    const { body: draft } = await books.begin(statement('2026Q1', 5_000, lines), person);
    const submitted = await books.step(draft.id, 'submit', person, { revision: 1 });
    expect(submitted.body).toMatchObject({ state: 'SUBMITTED', publishedBy: 'COMMITTEE' });
    return draft.id;
  };

  test.each(['national', 'zhoukou', 'sishui', 'beijing', 'shanghai'])(
    'two employees of the company are not the two people that it takes: %s',
    async (region) => {
      await inRegion(region);
      const id = await submittedBy(clerk);
      for (const step of ['publish', 'return'] as const) {
        const refused = await books.step(id, step, manager, REVIEWS[step]);
        expect(refused).toMatchObject({ status: 403, body: { code: 'INCOME.COMMITTEE_PUBLISHES' } });
      }
      expect((await books.step(id, 'take-back', manager)).body.code).toBe('STATE.NOT_YOURS');
      const seen = await app.get<StatementDraftView>(books.url(`/drafts/${id}`), manager.token);
      expect(seen.body.steps).toEqual([]);
      const published = await books.step(id, 'publish', books.member, { revision: 1 });
      expect(published.body).toMatchObject({ state: 'PUBLISHED', submittedBy: '李娜' });
    },
  );

  test('北京 asks for the top-up while the fund is low: pointed at, and no bar to publishing', async () => {
    await inRegion('beijing');
    const { body: draft } = await books.begin(statement('2026Q1', 0));
    expect(draft.warnings.map(({ code }) => code)).toEqual(['INCOME.FUND_SHARE_WHILE_LOW']);
    expect(draft.faults).toEqual([]);
    expect((await books.publishDraft(draft)).warnings).toHaveLength(1);
    const { body } = await app.get<IncomeOverview>(books.url(), books.chair.token);
    expect(body.owed).toMatchObject([
      { quarter: '2026Q2', dueOn: '2027-03-31', overdueDays: 0 },
      { quarter: '2026Q3', dueOn: '2027-03-31', overdueDays: 0 },
    ]);
  });

  test('property fees are not made up for where the region does not allow it', async () => {
    await inRegion('national');
    const lines = [spend('2026Q1', { category: 'FEE_OFFSET' })];
    const { body: draft } = await books.begin(statement('2026Q1', 5_000_000, lines));
    expect(codesOf({ fields: draft.faults })).toEqual(['INCOME.OFFSET_NOT_ALLOWED']);
  });

  test('what a member submitted another member publishes, not the company', async () => {
    await inRegion('national');
    const id = await submittedBy(books.treasurer);
    const company = await books.step(id, 'publish', manager, { revision: 1 });
    expect(company.body.code).toBe('INCOME.COMMITTEE_PUBLISHES');
    const own = await books.step(id, 'publish', books.treasurer, { revision: 1 });
    expect(own.body.code).toBe('INCOME.SAME_PERSON');
    expect((await books.step(id, 'publish', books.chair, { revision: 1 })).status).toBe(200);
  });

  test('without a committee in office the community publishes, and is asked to', async () => {
    const estateId = await app.build.estate('没有业委会的小区', 'national');
    const community = await app.build.member('古丽', 'COMMUNITY_OFFICER', [estateId]);
    clerk = await app.build.member('李娜', 'COMPANY_CLERK', [estateId]);
    manager = await app.build.member('赵立新', 'COMPANY_MANAGER', [estateId]);
    const at = `/api/estates/${estateId}/income`;
    const lines = [spend('2026Q1', { category: 'REPAIR_COMMON', amountFen: 1_000 })];
    const { body: draft } = await app.post<StatementDraftView>(
      `${at}/statements`,
      clerk.token,
      statement('2026Q1', 5_000, lines),
      newKey(),
    );
    const step = (name: string, person: TestPerson, body: object) =>
      app.post<StatementDraftView & ErrorBody>(`${at}/statements/${draft.id}/${name}`, person.token, body);
    expect((await step('submit', clerk, { revision: 1 })).body).toMatchObject({ publishedBy: 'COMMUNITY' });
    const told = await app.database.rows<{ title: string }>(
      'SELECT title FROM inbox_messages WHERE person_id = ?',
      [community.personId],
    );
    expect(told.map(({ title }) => title)).toEqual([expect.stringMatching(/^请复核/)]);
    const company = await step('publish', manager, { revision: 1 });
    expect(company).toMatchObject({ status: 403, body: { code: 'INCOME.COMMUNITY_PUBLISHES' } });
    const desk = await app.get<IncomeDesk>(`${at}/drafts`, community.token);
    expect(desk.body.items).toMatchObject([{ id: draft.id, awaitsMe: true }]);
    const published = await step('publish', community, { revision: 1 });
    expect(published).toMatchObject({ status: 200, body: { state: 'PUBLISHED' } });
  });

  test('the company’s own desk counts the quarters that it owes, not what the committee has to publish', async () => {
    await inRegion('zhoukou');
    await joinedAt(books.estateId, '2026-01-01');
    await submittedBy(clerk);
    expect(await incomeCount(clerk, books.estateId)).toEqual({ count: 2, overdue: 3 });
    expect(await incomeCount(books.member, books.estateId)).toEqual({ count: 3, overdue: 3 });
    await inRegion('qitai');
    expect(await incomeCount(clerk, books.estateId)).toBeUndefined();
  });
});

const joinedAt = (estateId: string, date: string) =>
  app.database.transaction((tx) =>
    tx.run('UPDATE estates SET created_at = ? WHERE id = ?', [startOfDay(date), estateId]),
  );

const incomeCount = async ({ token }: TestPerson, estateId: string) => {
  const { body } = await app.get<DeskView>(`/api/me/desk?estateId=${estateId}`, token);
  const found = body.counts.find(({ key }) => key === 'income');
  return found && { count: found.count, overdue: found.overdue };
};

describe('where the committee keeps the books and none is in office', () => {
  let estateId: string;
  let community: TestPerson;
  let colleague: TestPerson;
  let clerk: TestPerson;

  const at = (path: string) => `/api/estates/${estateId}/income${path}`;
  const begin = (person: TestPerson) =>
    app.post<StatementDraftView & ErrorBody>(
      at('/statements'),
      person.token,
      statement('2026Q1', 5_000, [], { accountHolder: '东关社区居民委员会' }),
      newKey(),
    );

  beforeAll(async () => {
    estateId = await app.build.estate('没有业委会的奇台小区', 'qitai');
    community = await app.build.member('古丽', 'COMMUNITY_OFFICER', [estateId]);
    colleague = await app.build.member('热依罕', 'COMMUNITY_OFFICER', [estateId]);
    clerk = await app.build.member('李娜', 'COMPANY_CLERK', [estateId]);
    await joinedAt(estateId, '2026-01-01');
  });

  test('the community keeps them, as its menu says; the company does not', async () => {
    expect(await incomeCount(community, estateId)).toEqual({ count: 3, overdue: 3 });
    expect(await incomeCount(clerk, estateId)).toBeUndefined();
    expect((await begin(clerk)).status).toBe(403);
    const desk = await app.get<IncomeDesk>(at('/drafts'), community.token);
    expect(new Set(desk.body.owed.map(({ owedBy }) => owedBy))).toEqual(new Set(['COMMUNITY']));
  });

  test('one officer prepares, another publishes', async () => {
    const { body: draft } = await begin(community);
    const step = (name: string, person: TestPerson) =>
      app.post<StatementDraftView & ErrorBody>(at(`/statements/${draft.id}/${name}`), person.token, {
        revision: draft.revision,
      });
    expect((await app.get(at(`/drafts/${draft.id}`), colleague.token)).status).toBe(200);
    expect((await step('submit', community)).body).toMatchObject({ publishedBy: 'COMMUNITY' });
    expect((await step('publish', community)).body.code).toBe('INCOME.SAME_PERSON');
    expect((await step('publish', colleague)).body).toMatchObject({ state: 'PUBLISHED' });
  });

  test('a committee that takes office keeps them from then on', async () => {
    await app.build.member('王建国', 'COMMITTEE_TREASURER', [estateId]);
    expect((await begin(community)).status).toBe(403);
    expect(await incomeCount(community, estateId)).toBeUndefined();
  });
});

describe('who sees what', () => {
  test('owners and staff read; tenants do not; another estate’s statement is not there', async () => {
    books = await IncomeBuilder.start(app);
    const foreign = await IncomeBuilder.start(app, { decisions: true });
    const published = await books.published(statement('2026Q1', 0));
    const draft = await books.begin(statement('2026Q2', published.closingFen));
    const tenant = await app.build.inRole('TENANT', books.estateId);
    const owner = await app.build.inRole('OWNER', books.estateId);
    const clerk = await app.build.inRole('COMPANY_CLERK', books.estateId);
    expect((await app.get(books.url(), tenant.token)).status).toBe(403);
    expect((await app.get(books.url(), foreign.chair.token)).status).toBe(403);
    expect((await app.get(books.url('/drafts'), owner.token)).status).toBe(403);
    // 奇台: the committee keeps the books alone.
    expect((await app.get(books.url('/drafts'), clerk.token)).status).toBe(403);
    for (const path of [
      `/statements/${published.id}`,
      `/statements/${published.id}/diff`,
      `/drafts/${draft.body.id}`,
    ])
      expect((await app.get(foreign.url(path), foreign.chair.token)).status).toBe(404);
    const steps: readonly (readonly [string, object])[] = [
      ['submit', { revision: 1 }],
      ['publish', { revision: 1 }],
      ['return', { reason: '不是这个小区的' }],
      ['take-back', {}],
      ['discard', {}],
    ];
    for (const [step, body] of steps) {
      const address = foreign.url(`/statements/${draft.body.id}/${step}`);
      const answer = await app.post(address, foreign.chair.token, body);
      expect([step, answer.status]).toEqual([step, 404]);
    }
    expect((await app.get(books.url('/quarters/2026Q2'), owner.token)).status).toBe(404);
  });

  test('a quarter that is over and not published is owed, and says since when and by whom', async () => {
    books = await IncomeBuilder.start(app);
    await books.published(statement('2026Q1', 0));
    const { body } = await app.get<IncomeOverview>(books.url(), books.chair.token);
    expect(body.owed).toEqual([
      { quarter: '2026Q2', dueOn: '2026-07-30', overdueDays: 114, owedBy: 'COMMITTEE' },
      { quarter: '2026Q3', dueOn: '2026-10-30', overdueDays: 22, owedBy: 'COMMITTEE' },
    ]);
    const desk = await app.get<{ counts: object[] }>(
      `/api/me/desk?estateId=${books.estateId}`,
      books.chair.token,
    );
    expect(desk.body.counts).toContainEqual({ key: 'income', count: 2, overdue: 2 });
  });

  test('the radar knows when a quarter was posted first; a correction is not posted late', async () => {
    books = await IncomeBuilder.start(app);
    const first = await books.published(statement('2026Q1', 0));
    const { body: draft } = await books.amend(first.id, '凭证号写错');
    const lines = [income('2026Q1'), spend('2026Q1', { voucherNo: 'V-9999' })];
    await books.save(draft.id, statement('2026Q1', 0, lines, { revision: 1 }));
    app.clock.advance(86_400_000);
    await books.publishDraft({ id: draft.id, revision: 2 });
    const facts = await app.nest.get(RadarFactsRegistry).of(app.database, [books.estateId]);
    const income2026Q1 = facts.filter(({ code, period }) => code === 'PUBLIC_INCOME' && period === '2026Q1');
    expect(Math.min(...income2026Q1.map(({ postedAt }) => postedAt))).toBe(first.publishedAt);
    app.clock.advance(-86_400_000);
  });
});
