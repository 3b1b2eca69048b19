import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AssemblyDetail, AssemblySummary } from '../../shared/src/assembly/index.ts';
import type { LogHead } from '../../shared/src/ballot-log/index.ts';
import type { MyBills, ReceiptList } from '../../shared/src/fees/index.ts';
import type { HomeView } from '../../shared/src/home/index.ts';
import { PRIVACY_VERSION, type SignInResponse } from '../../shared/src/identity/index.ts';
import type { TicketDetail, TicketSummary } from '../../shared/src/tickets/index.ts';
import { root } from '../bootstrap/paths.mjs';
import { findValidators } from '../sizes/validators.ts';
import { Weapp } from './host.ts';
import { Phone } from './phone.ts';
import { Screen } from './screen.ts';

const DIST = join(root, 'miniapp', 'dist', 'weapp');
const SERVER = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const SANDBOX = process.env['LINLI_DEMO_SANDBOX'] ?? 'http://127.0.0.1:3900';
/** What `SERVER_ORIGIN` is when the weapp is built without one. */
const BAKED = process.env['SERVER_ORIGIN'] ?? 'http://127.0.0.1:3000';

const FIRST_SCREEN_BYTES = 16 * 1024;
const FIRST_SCREEN_CALLS = 3;
/** WeChat refuses more than this in one call. */
const MOST_BYTES = 256 * 1024;
/** A picture that every build has. */
const PHOTO = join(DIST, 'assets', 'tab', 'home.png');
const CHAT = mkdtempSync(join(tmpdir(), 'linli-chat-'));
const PDF = join(CHAT, '电梯年检.pdf');
writeFileSync(PDF, '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

interface List<T> {
  readonly items: readonly T[];
}

/** What the walk measured, told at its end. */
const figures: string[] = [];

let owner: SignInResponse;
let estateId: string;
let phone: Phone;
let app: Weapp;
let screen: Screen;

function newPhone(seed: string, chat: readonly string[] = []): Phone {
  const origins = { bakedOrigin: BAKED, serverOrigin: SERVER, sandboxOrigin: SANDBOX };
  const made = new Phone({ ...origins, seed, album: [PHOTO], chat });
  made.stored.set(
    'preferences',
    JSON.stringify({ elder: false, followWechatFont: true, agreedVersion: PRIVACY_VERSION }),
  );
  return made;
}

/** As the app keeps it after signing in. */
function keepSession(
  { stored }: Phone,
  { token, me }: SignInResponse,
  view: 'RESIDENT' | 'STAFF' = 'RESIDENT',
): void {
  const [home] = me.residencies;
  const [office] = me.memberships;
  const place = home?.estateId ?? office?.estates[0]?.id ?? null;
  const session = { token, me, estateId: place, unitId: home?.unitId ?? null };
  stored.set('session', JSON.stringify({ ...session, view, leftOnPurpose: false }));
}

/** Asks the server, not the app, as the owner. */
async function ask<T>(path: string): Promise<T> {
  const response = await fetch(SERVER + path, { headers: { authorization: `Bearer ${owner.token}` } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

async function openApp(): Promise<void> {
  app = new Weapp(DIST, phone);
  screen = new Screen(app);
  app.launch();
  await app.quiet();
}

/** Nothing of the app failed, and the server refused nothing. */
function endWell(): void {
  app.end();
  expect(app.faults).toEqual([]);
  expect(phone.asked.filter(({ status }) => status >= 400)).toEqual([]);
}

/** A session of somebody of the demo. */
async function enter(roleKey: string): Promise<SignInResponse> {
  const response = await fetch(`${SERVER}/api/auth/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ roleKey }),
  });
  return (await response.json()) as SignInResponse;
}

beforeAll(async () => {
  owner = await enter('owner');
  estateId = owner.me.residencies[0]?.estateId ?? '';
});

afterAll(() => {
  rmSync(CHAT, { recursive: true });
  process.stdout.write(`${figures.join('\n')}\n`);
});

test('the bundle carries no validator code', () => {
  expect(findValidators(DIST)).toEqual([]);
});

describe('the owner opens the built weapp', () => {
  beforeEach(async () => {
    phone = newPhone('walker');
    keepSession(phone, owner);
    await openApp();
  });

  afterEach(() => {
    app.end();
    for (const [route, calls] of Map.groupBy(app.setDatas, (call) => call.route)) {
      const bytes = calls.map((call) => call.bytes);
      figures.push(`  ${route}: ${sum(bytes)} bytes in ${bytes.length} calls, ${Math.max(...bytes)} at most`);
    }
    expect(app.faults).toEqual([]);
    expect(phone.asked.filter(({ status }) => status >= 400)).toEqual([]);
    expect(Math.max(...app.setDatas.map(({ bytes }) => bytes))).toBeLessThanOrEqual(MOST_BYTES);
  });

  test('home: the first screen is whole within 16 KB of setData and three calls', async () => {
    const { todos, postings, notices } = await ask<HomeView>(`/api/me/home?estateId=${estateId}`);
    const titles = [...todos, ...postings, ...notices].map(({ title }) => title);
    expect(todos.length).toBeGreaterThan(0);
    expect(
      [owner.me.residencies[0]?.estateName ?? '?', ...titles].filter((title) => !screen.has(title)),
    ).toEqual([]);
    const calls = app.setDatas.map((call) => call.bytes);
    const bytes = sum(calls);
    figures.push(`first screen of home: ${bytes} bytes of setData in ${calls.length} calls`);
    expect(calls.length).toBeLessThanOrEqual(FIRST_SCREEN_CALLS);
    expect(bytes).toBeLessThanOrEqual(FIRST_SCREEN_BYTES);
  });

  test('home → complain: a complaint with a photo is filed and its progress shown', async () => {
    const title = '三号楼东侧楼道灯不亮';
    await screen.tap('投诉');
    await screen.opens('packages/tickets/pages/list/index');
    await screen.tap('我要投诉');
    await screen.opens('packages/tickets/pages/kinds/index');
    await screen.tap('公共设施');
    await screen.opens('packages/tickets/pages/write/index');
    await screen.type('一句话说明', title);
    await screen.type('怎么了', '从上周五开始一直不亮，晚上老人上下楼看不清台阶，请尽快修好。');
    await screen.tap('添加照片，还能加 9 张');
    await screen.tap('提交');
    await screen.shows('附 1 张照片');
    await screen.tap('确认提交');
    await screen.opens('packages/tickets/pages/detail/index');
    await screen.shows(title);
    expect(app.trail).toEqual([
      'pages/home/index',
      'packages/tickets/pages/list/index',
      'packages/tickets/pages/detail/index',
    ]);

    const mine = await ask<List<TicketSummary>>('/api/me/tickets?limit=20');
    const filed = mine.items.find((ticket) => ticket.title === title);
    const ticket = await ask<TicketDetail>(`/api/estates/${estateId}/tickets/${filed?.id ?? ''}`);
    expect(ticket.title).toBe(title);
    expect(ticket.pictures).toHaveLength(1);
  });

  test('home → vote: every motion is answered, read back, cast and counted in', async () => {
    await screen.tap('投票');
    await screen.opens('pages/assembly/index');
    await screen.tap('去投票');
    await screen.opens('packages/assembly/pages/detail/index');
    await screen.tap('去投票');
    await screen.opens('packages/assembly/pages/vote/index');
    await screen.tap('同意');
    while (screen.offers('下一项')) {
      await screen.tap('下一项');
      await screen.tap('同意');
    }
    // The last one after all differently: until it is cast, a choice can be changed.
    await screen.tap('反对');
    await screen.tap('核对我的选择');
    await screen.tap('确认投票');
    await screen.shows('已计入');
    expect(app.trail).toEqual([
      'pages/assembly/index',
      'packages/assembly/pages/detail/index',
      'packages/assembly/pages/vote/index',
    ]);

    const { items } = await ask<List<AssemblySummary>>(`/api/estates/${estateId}/assemblies`);
    const voting = items.find(({ state }) => state === 'VOTING');
    const { mine } = await ask<AssemblyDetail>(`/api/estates/${estateId}/assemblies/${voting?.id ?? ''}`);
    const marks = mine[0]?.ballot?.votes.map(({ mark }) => mark) ?? [];
    expect(marks.at(-1)).toBe('AGAINST');
    expect(new Set(marks.slice(0, -1))).toEqual(new Set(['FOR']));
  });

  test('公示 → statement → a line → its voucher, full screen', async () => {
    app.tapTab('公示');
    await screen.tap('公共收益');
    await screen.opens('packages/income/pages/home/index');
    await screen.tap('凭证');
    await screen.shows('凭证号');
    await screen.tap('第 1 张照片，共 1 张，点开看大图');
    expect(phone.shown).toEqual([{ as: 'PICTURE', type: 'image/jpeg', bytes: expect.any(Number) }]);
    expect(phone.shown[0]?.bytes).toBeGreaterThan(1000);
  });

  test('home → pay: the bills are ordered, paid in WeChat, settled, and a receipt is written', async () => {
    const before = await ask<MyBills>(`/api/me/bills?estateId=${estateId}`);
    const receiptsBefore = await ask<ReceiptList>('/api/me/receipts');
    expect(before.openFen).toBeGreaterThan(0);

    await screen.tap('缴费');
    await screen.opens('packages/payments/pages/bills/index');
    await screen.tap('去支付');
    await screen.tap('确认支付');
    await screen.opens('packages/payments/pages/result/index');
    await screen.shows('钱已到账，收据开好了');

    expect(phone.payments).toEqual(['requestPayment:ok']);
    const after = await ask<MyBills>(`/api/me/bills?estateId=${estateId}`);
    const receiptsAfter = await ask<ReceiptList>('/api/me/receipts');
    expect(after.openFen).toBeLessThan(before.openFen);
    expect(receiptsAfter.items).toHaveLength(receiptsBefore.items.length + 1);

    await screen.tap('看收据');
    await screen.opens('packages/payments/pages/receipt/index');
    await screen.shows(receiptsAfter.items[0]?.number ?? '收据');
    expect(app.trail).toEqual([
      'pages/home/index',
      'packages/payments/pages/bills/index',
      'packages/payments/pages/result/index',
      'packages/payments/pages/receipt/index',
    ]);
  });
});

test('a phone that has seen another record of a vote: home says so, and leads to the vote', async () => {
  const { items } = await ask<List<AssemblySummary>>(`/api/estates/${estateId}/assemblies`);
  const assemblyId = items.find(({ state }) => state === 'VOTING')?.id ?? '';
  const { origin, note } = await ask<LogHead>(`/api/estates/${estateId}/assemblies/${assemblyId}/log`);
  phone = newPhone('witness');
  keepSession(phone, owner);
  const anotherRoot = note.replace(/^(.*\n\d+\n)(.*)/, `$1${'A'.repeat(43)}=`);
  const kept = { estateId, origin, note: anotherRoot, seenAt: Date.now(), alarm: null };
  phone.stored.set('logs', JSON.stringify([assemblyId]));
  phone.stored.set(`log/${assemblyId}`, JSON.stringify(kept));
  await openApp();
  await screen.shows('表决记录前后对不上');
  await screen.tap('看是哪一次，该找谁');
  await screen.opens('packages/assembly/pages/detail/index');
  await screen.shows('复制前后两份记录');
  endWell();
  expect(phone.asked.filter(({ path }) => path.startsWith('/api/public/log-heads'))).toHaveLength(1);
});

test('a notice with a PDF from a chat: written at the company, opened by an owner', async () => {
  const title = '电梯年检安排';
  const manager = await enter('manager');
  phone = newPhone('manager', [PDF, PHOTO]);
  keepSession(phone, manager, 'STAFF');
  await openApp();
  await screen.tap('通知');
  await screen.opens('packages/workbench-street/pages/notices/index');
  await screen.tap('写通知');
  await screen.type('标题', title);
  await screen.type('内容', '周六上午九点起，一号楼和二号楼的电梯轮流停用一小时。');
  await screen.tap('加 PDF');
  await screen.shows(basename(PDF));
  await screen.tap('发给全体住户');
  await screen.shows(title);
  endWell();

  phone = newPhone('walker');
  keepSession(phone, owner);
  await openApp();
  app.tapTab('公示');
  await screen.tap('通知');
  await screen.tap(title);
  await screen.opens('packages/disclosure/pages/notice/index');
  await screen.tap(basename(PDF));
  endWell();
  expect(phone.shown).toEqual([{ as: 'DOCUMENT', type: 'pdf', bytes: statSync(PDF).size }]);
});

test('somebody new, who has agreed to the privacy policy, is signed in by WeChat without being asked', async () => {
  phone = newPhone(`newcomer-${Date.now()}`);
  await openApp();
  await screen.shows('还没有绑定房屋');
  app.end();
  expect(app.faults).toEqual([]);
  expect(phone.asked.filter(({ path }) => path === '/api/auth/wechat')).toEqual([
    { method: 'POST', path: '/api/auth/wechat', status: 200 },
  ]);
});
