import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { BillView, DunningView } from '@linli/shared/fees';
import { DAY_MS, addDays, shanghaiDate } from '@linli/shared/kernel';
import type { Inbox } from '@linli/shared/notifications';
import { type Answer, TEST_NOW, TestApp } from '../support/app.ts';
import { newKey } from '../support/assembly-builder.ts';
import { FeesBuilder } from '../support/fees-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { HALF, ReliefBuilder } from '../support/relief-builder.ts';

let app: TestApp;
let fees: FeesBuilder;
let owner: TestPerson;
let bill: BillView;
let room = 100;

beforeAll(async () => {
  app = await TestApp.start();
  fees = await FeesBuilder.start(app);
  await fees.publish();
});
afterAll(() => app.stop());
beforeEach(async () => {
  app.clock.set(TEST_NOW);
  owner = await app.build.owner(`业主${++room}`, [await fees.home(String(room))]);
  await fees.issue('2026-10');
  bill = await fees.billOf(owner);
});

const path = (billId = bill.id) => `${fees.base}/bills/${billId}/dunning`;
const view = async () => (await app.get<DunningView>(path(), fees.clerk.token)).body;
const today = () => shanghaiDate(app.clock.now());

function take(
  step: string,
  facts: object = {},
  by = fees.clerk,
  key = newKey(),
): Promise<Answer<DunningView & ErrorBody>> {
  const request = {
    step,
    takenOn: today(),
    respondBy: addDays(today(), 15),
    handledBy: '物业 李娜',
    note: '',
    ...facts,
  };
  return app.post(path(), by.token, request, key);
}

const later = (days: number) => app.clock.advance(days * DAY_MS);

describe('依法催缴', () => {
  it('goes step by step, each with its day, its person and its time to answer', async () => {
    expect(await view()).toMatchObject({
      overdueFen: 5809,
      steps: [],
      next: { step: 'REMINDER', notBefore: null },
    });
    expect((await take('REMINDER', { respondBy: addDays(today(), 7) })).status).toBe(201);
    expect((await take('NOTICE')).body.code).toBe('FEES.DUNNING_TOO_SOON');
    later(8);
    expect((await take('NOTICE', { respondBy: addDays(today(), 14) })).body.code).toBe('FEES.DUNNING_PERIOD');
    expect((await take('NOTICE', { handledBy: '李娜送达，王芳见证' })).status).toBe(201);
    expect(await view()).toMatchObject({
      steps: [
        { step: 'REMINDER', takenOn: '2026-11-21', amountFen: 5809, recordedBy: '李*' },
        { step: 'NOTICE', respondBy: '2026-12-14', handledBy: '李娜送达，王芳见证' },
      ],
      next: { step: 'COMMITTEE', notBefore: '2026-12-15' },
    });
  });

  it('leaves no step out', async () => {
    for (const step of ['NOTICE', 'COMMITTEE', 'MEDIATION', 'SUIT'])
      expect((await take(step)).body.code).toBe('FEES.DUNNING_ORDER');
    expect((await take('CUT_WATER')).body.code).toBe('REQUEST.INVALID');
  });

  it('tells the household each time, and where to ask for help; no amount on the lock screen', async () => {
    await take('REMINDER');
    const { items } = (await app.get<Inbox>('/api/me/inbox', owner.token)).body;
    // Each test sets the clock back, and ids have no order then.
    const told = items.find(({ title }) => title === '有账单到期还没有缴');
    expect(told?.kind).toBe('BILL');
    expect(told?.body).toContain('减免或缓缴');
    expect(told?.body).not.toContain('58.09');
  });

  it('is not begun with whom nothing is overdue, nor with whom the street has given time', async () => {
    const relief = await ReliefBuilder.start(app, fees.estateId);
    const facts = { kind: 'DEFERRAL', wishedUntil: '2027-02-28' };
    await relief.approved(owner, [bill], facts, {
      ...HALF,
      percent: null,
      funder: null,
      until: '2027-02-28',
    });
    await app.runJobs();
    expect(await view()).toMatchObject({ overdueFen: 0, next: null });
    expect((await take('REMINDER')).body.code).toBe('FEES.DUNNING_NOTHING_DUE');
  });

  it('begins anew where what it was about is settled', async () => {
    await take('REMINDER');
    const relief = await ReliefBuilder.start(app, fees.estateId);
    await relief.approved(owner, [bill], {}, { ...HALF, percent: 100 });
    await app.runJobs();
    await fees.issue('2026-11');
    later(12);
    expect((await view()).steps).toEqual([]);
    expect((await take('NOTICE')).body.code).toBe('FEES.DUNNING_ORDER');
    expect((await take('REMINDER')).status).toBe(201);
  });

  it('once, whoever taps twice or at once', async () => {
    const key = newKey();
    const taps = await Promise.all([
      take('REMINDER', {}, fees.clerk, key),
      take('REMINDER', {}, fees.clerk, key),
    ]);
    expect(taps.map(({ status }) => status)).toEqual([201, 201]);
    expect((await view()).steps).toHaveLength(1);
    later(16);
    const two = await Promise.all([take('NOTICE'), take('NOTICE', {}, fees.manager)]);
    expect(two.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect((await view()).steps).toHaveLength(2);
  });

  it('is between the company and the household: nobody else reads it, and no bill of another estate', async () => {
    const neighbour = await app.build.owner('邻居', [await fees.home(String(++room))]);
    const chair = await app.build.member('主任', 'COMMITTEE_CHAIR', [fees.estateId]);
    for (const person of [owner, neighbour, chair]) {
      expect((await app.get(path(), person.token)).status).toBe(403);
      expect((await take('REMINDER', {}, person)).status).toBe(403);
    }
    const other = await FeesBuilder.start(app);
    expect((await app.get(`${other.base}/bills/${bill.id}/dunning`, other.clerk.token)).status).toBe(404);
  });
});
