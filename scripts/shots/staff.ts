import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import type { Person } from '../browser/person.ts';
import { firstOf, idOfFirst, inEstate, inState, NO_LISTS, type ShotPage, staff } from './page.ts';

const DESK = 'packages/workbench/pages/desk/index';
const INCOME_LIST = 'packages/workbench-income/pages/list/index';

/** What committee, company, street and departments work with. */
export const STAFF_PAGES: readonly ShotPage[] = [
  staff('chair', 'desk', DESK, { atOnce: true }),
  staff('clerk', 'desk', DESK, { atOnce: true }),
  staff('street', 'desk', DESK, { atOnce: true }),
  staff('community', 'desk', DESK, { atOnce: true }),
  ...committee(),
  ...company(),
  ...government(),
];

function committee(): ShotPage[] {
  const noAudits = {
    owed: [],
    duty: null,
    decided: [],
    drafts: [],
    published: [],
    findings: [],
    mayRecord: true,
    latestAnswerOn: '2026-12-21',
  };
  const nothing = { items: [], owed: [], mismatched: [], behind: [], published: [] };
  return [
    staff('treasurer', 'income', INCOME_LIST, { nothing: { '/income/drafts': nothing } }),
    staff('treasurer', 'income-books', 'packages/workbench-income/pages/books/index', {
      query: () => Promise.resolve('quarter=2026Q2'),
    }),
    staff('treasurer', 'income-books-now', 'packages/workbench-income/pages/books/index'),
    staff('treasurer', 'draft', 'packages/workbench-income/pages/draft/index', { query: draft }),
    staff('chair', 'spending', 'packages/workbench-income/pages/spending/index', { nothing: NO_LISTS }),
    staff('chair', 'account', 'packages/workbench-income/pages/account/index', {
      nothing: { '/income/joint-account': { payments: [], withdrawals: [], statementUntil: null } },
    }),
    staff('treasurer', 'audits', 'packages/workbench-income/pages/audits/index', {
      nothing: { '/income/audits/desk': noAudits },
    }),
    staff('treasurer', 'audit-draft', 'packages/workbench-income/pages/audit-draft/index'),
    staff('treasurer', 'roll', 'packages/workbench-roll/pages/roll/index', { nothing: NO_LISTS }),
    staff('chair', 'assemblies', 'packages/workbench-assembly/pages/list/index', { nothing: NO_LISTS }),
    staff('chair', 'convene', 'packages/workbench-assembly/pages/convene/index'),
    staff('chair', 'meeting', 'packages/workbench-assembly/pages/meeting/index', {
      query: idOfFirst('assemblyId', 'assemblies', inState('VOTING')),
    }),
    staff('chair', 'meeting-planned', 'packages/workbench-assembly/pages/meeting/index', {
      query: idOfFirst('assemblyId', 'assemblies', inState('OPINIONS')),
    }),
    staff('member', 'papers', 'packages/workbench-assembly/pages/papers/index', { nothing: NO_LISTS }),
    staff('member', 'paper', 'packages/workbench-assembly/pages/paper/index', {
      query: idOfFirst('assemblyId', 'assemblies', inState('VOTING')),
    }),
    staff('street', 'paper-entry', 'packages/workbench-assembly/pages/paper-entry/index', {
      query: mismatch,
    }),
    staff('chair', 'elections', 'packages/workbench-assembly/pages/elections/index', { nothing: NO_LISTS }),
    staff('chair', 'election', 'packages/workbench-assembly/pages/election/index', {
      query: idOfFirst('electionId', 'elections'),
    }),
    staff('chair', 'decisions', 'packages/workbench-assembly/pages/decisions/index', { nothing: NO_LISTS }),
    staff('chair', 'complaints', 'packages/workbench-tickets/pages/estate/index', { nothing: NO_LISTS }),
  ];
}

const OF_BOOK = '?book=PROPERTY_FEE';

function company(): ShotPage[] {
  const bills = 'packages/workbench-fees/pages/bills/index';
  return [
    staff('clerk', 'queue', 'packages/workbench-tickets/pages/queue/index', { nothing: NO_LISTS }),
    staff('clerk', 'ticket', 'packages/workbench-tickets/pages/handle/index', {
      query: idOfFirst('id', 'tickets/queue?scope=OURS&filter=MINE'),
    }),
    staff('manager', 'fees', 'packages/workbench-fees/pages/schedule/index'),
    staff('manager', 'billing', 'packages/workbench-fees/pages/billing/index'),
    staff('manager', 'bills', bills, { still: true }),
    staff('manager', 'bills-preview', bills, {
      still: true,
      prepare: async ({ page }) => {
        await page.getByLabel('月份').selectOption({ index: 0 });
        await page.getByRole('button', { name: '预览', exact: true }).click();
        await page.getByText('账单预览').waitFor();
      },
    }),
    staff('manager', 'payments', 'packages/workbench-fees/pages/collection/index', { nothing: NO_LISTS }),
    staff('clerk', 'dunning', 'packages/workbench-fees/pages/dunning/index', { nothing: NO_LISTS }),
    staff('manager', 'ledger', 'packages/workbench-ledger/pages/books/index', {
      nothing: { 'ledger/trial-balance': { books: [] } },
    }),
    staff('manager', 'ledger-homes', 'packages/workbench-ledger/pages/subjects/index', {
      query: () => Promise.resolve(`${OF_BOOK}&kind=UNIT_RECEIVABLE&name=${encodeURIComponent('应收款')}`),
      nothing: NO_LISTS,
    }),
    staff('manager', 'ledger-entries', 'packages/workbench-ledger/pages/entries/index', {
      query: () =>
        Promise.resolve(`${OF_BOOK}&kind=GATEWAY_CLEARING&name=${encodeURIComponent('微信支付待结算')}`),
      nothing: NO_LISTS,
    }),
    staff('manager', 'ledger-trace', 'packages/workbench-ledger/pages/trace/index', {
      query: async (person) => {
        const clearing = 'ledger/entries?book=PROPERTY_FEE&kind=GATEWAY_CLEARING';
        const { billId } = await firstOf(person, clearing, (entry) => entry['billId'] !== null);
        return `?kind=BILL&id=${String(billId)}`;
      },
    }),
    staff('manager', 'refunds', 'packages/workbench-fees/pages/refunds/index', {
      nothing: { '/fees/unmatched': { quarantined: [], credits: [] } },
    }),
    staff('manager', 'reconcile', 'packages/workbench-fees/pages/reconcile/index'),
  ];
}

function government(): ShotPage[] {
  const witness = 'packages/workbench-income/pages/witness/index';
  return [
    staff('community', 'witness', witness, {
      nothing: { '/income/drafts': { items: [], owed: [], mismatched: [], published: [], behind: [] } },
    }),
    staff('community', 'quarter', 'packages/workbench-income/pages/draft/index', {
      query: idOfFirst('id', 'income/drafts', inState('SUBMITTED')),
    }),
    staff('community', 'log-witnesses', 'packages/workbench-assembly/pages/witnesses/index', {
      nothing: NO_LISTS,
    }),
    staff('community', 'guardians', 'packages/workbench-assembly/pages/guardians/index', {
      nothing: NO_LISTS,
    }),
    staff('community', 'delegates', 'packages/workbench-assembly/pages/delegates/index', {
      nothing: NO_LISTS,
    }),

    staff('street', 'overdue', 'packages/workbench-tickets/pages/overdue/index', { nothing: NO_LISTS }),
    staff('street', 'extensions', 'packages/workbench-tickets/pages/extensions/index', { nothing: NO_LISTS }),
    staff('street', 'boards', 'packages/workbench-street/pages/boards/index'),
    staff('street', 'radar', 'packages/workbench-street/pages/radar/index'),
    staff('street', 'notices', 'packages/workbench-street/pages/notices/index', { nothing: NO_LISTS }),
    staff('community', 'relief', 'packages/workbench-street/pages/relief/index', { nothing: NO_LISTS }),
    staff('street', 'claims', 'packages/workbench-claims/pages/claims/index', { nothing: NO_LISTS }),
    staff('street', 'offices', 'packages/workbench-claims/pages/offices/index'),
  ];
}

/** A paper that two have read differently, in the running meeting. */
async function mismatch(person: Person): Promise<string> {
  const { id: assemblyId } = await firstOf(person, 'assemblies', inState('VOTING'));
  const { id } = await firstOf(person, `assemblies/${assemblyId}/paper/returns?state=MISMATCH`);
  return `?assemblyId=${assemblyId}&returnId=${id}`;
}

/** The quarter that is being worked on; the first time it is read from the treasurer's spreadsheet. */
async function draft(person: Person): Promise<string> {
  interface Drafts {
    readonly items: readonly { readonly id: string; readonly state: string }[];
  }
  const { items } = await person.api<Drafts>(inEstate(person, 'income/drafts'));
  const begun = items.find(({ state }) => state === 'DRAFT');
  if (begun !== undefined) return `?id=${begun.id}`;
  await person.open(`/${INCOME_LIST}`);
  const sheet = join(root, 'scripts', 'samples', 'kangning', 'income-2026Q3.xlsx');
  await person.give(person.page.getByRole('button', { name: '上传本季收支表' }), sheet);
  await person.page.waitForURL(/\?id=/);
  return new URL(person.page.url()).search;
}
