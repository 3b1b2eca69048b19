import type { AssemblyDetail, DelegatedAssembly } from '../../shared/src/assembly/index.ts';
import type { AuditOverview } from '../../shared/src/income-audit/index.ts';
import type { Page } from '../../shared/src/kernel/index.ts';
import type { Person } from '../browser/person.ts';
import { firstOf, idOfFirst, inEstate, inState, NO_LISTS, resident, type ShotPage } from './page.ts';

/** What owners, their families and tenants open. */
export const RESIDENT_PAGES: readonly ShotPage[] = [
  resident('signed-out', 'pages/home/index', { role: null, still: true }),
  resident('sign-in', 'pages/sign-in/index', { role: null }),
  resident('home', 'pages/home/index'),
  resident('tenant-home', 'pages/home/index', { role: 'tenant' }),
  resident('mine', 'pages/mine/index', { still: true }),
  ...account(),
  ...people(),
  ...disclosure(),
  ...income(),
  ...assembly(),
  ...complaints(),
  ...payments(),
];

function account(): ShotPage[] {
  return [
    resident('not-found', 'packages/account/pages/not-found/index', { role: null, still: true }),
    resident('agreement', 'packages/account/pages/agreement/index', { still: true }),
    resident('privacy', 'packages/account/pages/privacy/index', { still: true }),
    resident('sessions', 'packages/account/pages/sessions/index'),
  ];
}

function people(): ShotPage[] {
  const unit = (person: Person) => Promise.resolve(`?unitId=${unitOf(person)}`);
  return [
    resident('homes', 'packages/people/pages/homes/index', { nothing: NO_LISTS }),
    resident('home-people', 'packages/people/pages/home/index', { query: unit }),
    resident('claim', 'packages/people/pages/claim/index', { still: true }),
    resident('guardian', 'packages/people/pages/guardian/index', { nothing: NO_LISTS }),
    resident('guardian-new', 'packages/people/pages/guardian-new/index', { still: true }),
    resident('invitation', 'packages/people/pages/invitation/index', { still: true }),
    resident('inbox', 'packages/people/pages/inbox/index', { nothing: NO_LISTS }),
  ];
}

function disclosure(): ShotPage[] {
  return [
    resident('disclosure', 'pages/disclosure/index'),
    resident('fees', 'packages/fees/pages/schedule/index'),
    resident('utilities', 'packages/fees/pages/utilities/index'),
    resident('board', 'packages/contacts/pages/board/index'),
    resident('notices', 'packages/disclosure/pages/notices/index', { nothing: NO_LISTS }),
    resident('notice', 'packages/disclosure/pages/notice/index', {
      query: idOfFirst('noticeId', 'notices'),
    }),
    resident('posting', 'packages/disclosure/pages/posting/index', { query: posting }),
    resident('radar-item', 'packages/disclosure/pages/item/index', {
      query: () => Promise.resolve('?code=TANK_CLEANING'),
    }),
  ];
}

function income(): ShotPage[] {
  const nothing = { latest: null, quarters: [], owed: [], mismatched: [] };
  return [
    resident('income', 'packages/income/pages/home/index', { nothing: { '/income': nothing } }),
    resident('statement', 'packages/income/pages/statement/index', {
      query: idOfFirst('id', 'income/statements'),
    }),
    resident('spending', 'packages/income/pages/spending/index', { nothing: NO_LISTS }),
    resident('audits', 'packages/income/pages/audits/index', {
      nothing: { '/income/audits': { years: [], owed: [], duty: null, decided: [] } },
    }),
    resident('audit-report', 'packages/income/pages/audit/index', { query: auditReport }),
    resident('correction', 'packages/income/pages/diff/index', {
      query: idOfFirst('id', 'income/statements', ({ version }) => version === 2),
    }),
  ];
}

/** The report of the last year that was audited. */
async function auditReport(person: Person): Promise<string> {
  const { years } = await person.api<AuditOverview>(inEstate(person, 'income/audits'));
  return `?id=${years[0]?.report.id ?? ''}`;
}

function assembly(): ShotPage[] {
  const running = idOfFirst('assemblyId', 'assemblies', inState('VOTING'));
  return [
    resident('assembly', 'pages/assembly/index', { nothing: NO_LISTS }),
    resident('assembly-detail', 'packages/assembly/pages/detail/index', { query: running }),
    resident('vote', 'packages/assembly/pages/vote/index', {
      query: async (person) => {
        const detail = await assemblyIn(person, 'VOTING');
        return `?assemblyId=${detail.id}&principalId=${detail.mine[0]?.principalId ?? ''}`;
      },
    }),
    resident('delegate-meetings', 'pages/assembly/index', { role: 'delegate', nothing: NO_LISTS }),
    resident('delegate-meeting', 'packages/assembly/pages/detail/index', {
      role: 'delegate',
      query: async (person) => `?assemblyId=${(await delegated(person)).id}&as=delegate`,
    }),
    resident('delegate-vote', 'packages/assembly/pages/vote/index', {
      role: 'delegate',
      query: async (person) => {
        const { id, mine } = await delegated(person);
        return `?assemblyId=${id}&principalId=${mine[0]?.principalId ?? ''}&as=delegate`;
      },
    }),
    resident('result', 'packages/assembly/pages/result/index', {
      query: idOfFirst('assemblyId', 'assemblies', inState('PUBLISHED')),
    }),
    resident('hall-sheet', 'packages/assembly/pages/board/index', {
      query: idOfFirst('assemblyId', 'assemblies', inState('PUBLISHED')),
    }),
    resident('receipt-check', 'packages/assembly/pages/check/index', { role: null, still: true }),
    resident('frozen-roll', 'packages/assembly/pages/roll/index', { query: running }),
    resident('objection', 'packages/assembly/pages/objection/index', {
      query: async (person) => `${await running(person)}&unitId=${unitOf(person)}`,
    }),
    resident('opinion', 'packages/assembly/pages/opinion/index', {
      query: async (person) => {
        const detail = await assemblyIn(person, 'OPINIONS');
        return `?assemblyId=${detail.id}&motionId=${detail.motions[0]?.id ?? ''}`;
      },
    }),
    resident('decisions', 'packages/assembly/pages/decisions/index', { nothing: NO_LISTS }),
    resident('committee', 'packages/assembly/pages/committee/index', {
      nothing: { '/committee-terms/current': { term: null } },
    }),
    resident('election', 'packages/assembly/pages/election/index', {
      query: idOfFirst('electionId', 'elections'),
    }),
    resident('petition', 'packages/assembly/pages/petition/index', {
      query: idOfFirst('petitionId', 'petitions'),
    }),
    resident('petition-new', 'packages/assembly/pages/petition-new/index'),
  ];
}

function complaints(): ShotPage[] {
  return [
    resident('complaints', 'packages/tickets/pages/list/index', { nothing: NO_LISTS }),
    resident('complain', 'packages/tickets/pages/kinds/index', { still: true }),
    resident('complaint-form', 'packages/tickets/pages/write/index', {
      query: () => Promise.resolve('?category=FIRE_LANE'),
      still: true,
    }),
    resident('complaint', 'packages/tickets/pages/detail/index', {
      query: async (person) => {
        const { items } = await person.api<Page<{ readonly id: string }>>('/api/me/tickets');
        return `?estateId=${person.estateId}&id=${items[0]?.id ?? ''}`;
      },
    }),
  ];
}

function payments(): ShotPage[] {
  const receipt = async (person: Person) => {
    const { items } = await person.api<Page<{ readonly id: string }>>('/api/me/receipts');
    return items[0]?.id ?? '';
  };
  return [
    resident('bills', 'packages/payments/pages/bills/index', {
      nothing: { '/api/me/bills': { openFen: 0, overdueFen: 0, items: [], next: null } },
    }),
    resident('relief', 'packages/payments/pages/relief/index', { nothing: NO_LISTS }),
    resident('relief-form', 'packages/payments/pages/relief-form/index'),
    resident('receipts', 'packages/payments/pages/receipts/index', { nothing: NO_LISTS }),
    resident('receipt', 'packages/payments/pages/receipt/index', {
      query: async (person) => `?id=${await receipt(person)}`,
    }),
    resident('money-trace', 'packages/payments/pages/entries/index', {
      query: async (person) => `?receipt=${await receipt(person)}`,
    }),
    resident('refunds', 'packages/payments/pages/refunds/index', {
      nothing: { '/api/me/refunds': { credits: [], refunds: [] } },
    }),
    resident('pay-result', 'packages/payments/pages/result/index', {
      query: async (person) => {
        const { orderNo } = await person.api<{ orderNo: string }>(
          `/api/me/receipts/${await receipt(person)}`,
        );
        return `?orderNo=${orderNo}`;
      },
    }),
  ];
}

function unitOf(person: Person): string {
  const [home] = person.me?.me.residencies ?? [];
  if (home === undefined) throw new Error('This person lives nowhere');
  return home.unitId;
}

async function assemblyIn(person: Person, state: string): Promise<AssemblyDetail> {
  const { id } = await firstOf(person, 'assemblies', inState(state));
  return person.api<AssemblyDetail>(inEstate(person, `assemblies/${id}`));
}

/** The meeting that the developer's delegate votes in. */
async function delegated(person: Person): Promise<AssemblyDetail> {
  const own = '/api/me/delegated-assemblies';
  const [meeting] = await person.api<readonly DelegatedAssembly[]>(own);
  return person.api<AssemblyDetail>(`${own}/${meeting?.assemblyId ?? ''}`);
}

/** What somebody has posted for an item of the radar. */
async function posting(person: Person): Promise<string> {
  interface Linked {
    readonly link: { readonly kind: string; readonly id?: string } | null;
  }
  const { items } = await person.api<{ items: readonly Linked[] }>(inEstate(person, 'radar'));
  const posted = items.find(({ link }) => link?.kind === 'POSTING');
  return `?postingId=${posted?.link?.id ?? ''}`;
}
