import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  BoardSheetCheck,
  ContactBoardView,
  PublishBoardRequest,
  PublishBoardResponse,
} from '@linli/shared/contacts';
import type { RadarView } from '@linli/shared/disclosure';
import type { ErrorBody } from '@linli/shared/errors';
import type { FileRef } from '@linli/shared/files';
import { DAY_MS } from '@linli/shared/kernel';
import type { ResponsibleAnswer } from '@linli/shared/tickets';
import sharp from 'sharp';
import { newKey } from '../support/assembly-builder.ts';
import { SessionsService } from '../../src/features/identity/index.ts';
import { TestApp } from '../support/app.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { multipart } from '../support/multipart.ts';
import { sample } from '../support/samples.ts';

let app: TestApp;
let estateId: string;
let street: TestPerson;
let owner: TestPerson;
let request: PublishBoardRequest;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

const url = (rest: string) => `/api/estates/${estateId}/${rest}`;
const publish = (body: PublishBoardRequest, by = street, key = newKey()) =>
  app.post<PublishBoardResponse & ErrorBody>(url('boards'), by.token, body, key);

/** Signed in anew: sessions do not live as long as boards. */
async function again(person: TestPerson): Promise<string> {
  const sessions = app.nest.get(SessionsService);
  return app.database.transaction((tx) => sessions.open(tx, person.personId, '测试'));
}

async function start(): Promise<void> {
  estateId = await app.build.estate();
  street = await app.build.member('王海峰', 'STREET_OFFICER', [estateId]);
  owner = await app.build.inRole('OWNER', estateId);
  const check = await checkSheet(sample('contact-board.xlsx'));
  request = {
    effectiveFrom: '2026-11-21',
    reason: '',
    entries: (check.body.draft?.entries ?? []).map(({ handles, phone, ...entry }) => ({
      departmentName: entry.departmentName,
      duties: entry.duties,
      contactName: entry.contactName,
      mobileConsent: true,
      phone: phone.display,
      handles: handles.join('、'),
    })),
    levelPhones: [
      { level: 'STREET', organisation: '奇台镇人民政府', phone: '0994-7200101', hours: '工作日' },
    ],
  };
}

function checkSheet(body: Buffer, by = street) {
  const { payload, headers } = multipart('公告牌.xlsx', body);
  return app.call<BoardSheetCheck & ErrorBody>('POST', url('board/sheet-checks'), {
    token: by.token,
    body: payload,
    headers,
  });
}

describe('the street publishes the board from its spreadsheet', () => {
  beforeAll(start);

  test('the sample is read without a fault; nothing is stored by looking', async () => {
    const { status, body } = await checkSheet(sample('contact-board.xlsx'));
    expect(status).toBe(200);
    expect(body.faults).toEqual([]);
    expect(body.draft?.entries.length).toBeGreaterThan(5);
    expect((await app.get<ErrorBody>(url('board'), owner.token)).body.code).toBe('BOARD.NONE');
  });

  test('a tap twice publishes once; owners read it, are told, and complaints know its phones', async () => {
    const key = newKey();
    const twice = await Promise.all([publish(request, street, key), publish(request, street, key)]);
    expect(twice.some(({ status }) => status === 201)).toBe(true);
    const { body: board } = await app.get<ContactBoardView>(url('board'), owner.token);
    expect(board).toMatchObject({ version: 1, stale: false, checkedDaysAgo: 0 });
    expect(board.versions).toHaveLength(1);
    expect(board.entries).toHaveLength(request.entries.length);
    expect(board.levels.find(({ level }) => level === 'STREET')?.phone?.display).toBe('0994-7200101');
    expect(board.levels.find(({ level }) => level === 'CITY')?.phone).toBeNull();
    const messages = await app.database.rows<{ title: string }>(
      'SELECT title FROM inbox_messages WHERE person_id = ?',
      [owner.personId],
    );
    expect(messages).toEqual([{ title: '执法部门公告牌已公示' }]);
    const fire = board.entries.find(({ department }) => department === 'FIRE');
    const answer = await app.get<ResponsibleAnswer>(
      url('tickets/responsible?category=FIRE_LANE'),
      owner.token,
    );
    expect(fire).toBeDefined();
    expect(JSON.stringify(answer.body)).toContain(fire?.phone.display);
    const qr = await app.get<string>(url('board/qr.svg'));
    expect(qr.body).toContain('<svg');
  });

  test('the radar has it as posted, and as overdue when nobody has called the numbers for 90 days', async () => {
    const row = async () => {
      const { body } = await app.get<RadarView>(url('radar'), await again(owner));
      return body.items.find(({ item }) => item.code === 'CONTACT_BOARD');
    };
    expect(await row()).toMatchObject({ state: 'POSTED', link: { kind: 'CONTACTS' } });
    const before = app.clock.now();
    app.clock.set(before + 95 * DAY_MS);
    expect(await row()).toMatchObject({ state: 'OVERDUE', days: 5 });
    expect((await app.get<ContactBoardView>(url('board'), await again(owner))).body).toMatchObject({
      stale: true,
      checkedDaysAgo: 95,
    });
    const checked = await app.post(url('board/check'), await again(street), { note: '都打过了' });
    expect(checked.status).toBe(200);
    expect(await row()).toMatchObject({ state: 'POSTED' });
    app.clock.set(before);
  });

  test('a new version says why; the old one stays readable', async () => {
    const [first, ...rest] = request.entries;
    if (first === undefined) throw new Error('an empty sample');
    const changed = { ...request, entries: [{ ...first, phone: '0994-7209999' }, ...rest] };
    expect((await publish(request)).body.code).toBe('BOARD.UNCHANGED');
    expect((await publish(changed)).body.code).toBe('BOARD.REASON');
    expect((await publish({ ...changed, reason: '换了值班电话' })).body.version).toBe(2);
    const old = await app.get<ContactBoardView>(url('boards/1'), owner.token);
    expect(old.body.entries[0]?.phone.display).toBe(first.phone);
    expect((await app.get(url('boards/9'), owner.token)).status).toBe(404);
    expect((await app.get(url('boards/x'), owner.token)).status).toBe(404);
  });
});

describe('what stands against a board', () => {
  beforeAll(start);

  test('a wrong phone is named with its line, a missing department with its name', async () => {
    const entries = request.entries.map((entry, index) => (index === 1 ? { ...entry, phone: '12' } : entry));
    const { status, body } = await publish({ ...request, entries });
    expect(status).toBe(422);
    expect(body.fields).toMatchObject([{ path: 'entries[1].phone', code: 'BOARD.PHONE_INVALID' }]);
    const none = await publish({ ...request, entries: [] });
    expect(none.body.fields.map(({ code }) => code)).toEqual(['BOARD.EMPTY']);
    const level = { level: 'CITY', organisation: '热线', phone: '一二三', hours: '' } as const;
    const bad = await publish({ ...request, levelPhones: [level] });
    expect(bad.body.fields).toMatchObject([{ path: 'levelPhones[0].phone' }]);
    expect(await app.database.rows('SELECT id FROM contact_boards WHERE estate_id = ?', [estateId])).toEqual(
      [],
    );
  });

  test('a file that is no sheet, an unknown field, a person who is not the street', async () => {
    expect((await checkSheet(Buffer.from('PK\u0003\u0004 nothing'))).status).toBe(422);
    const extra = await app.post<ErrorBody>(
      url('boards'),
      street.token,
      { ...request, colour: 'red' },
      newKey(),
    );
    expect(extra.status).toBe(400);
    const clerk = await app.build.inRole('COMPANY_CLERK', estateId);
    expect((await publish(request, clerk)).status).toBe(403);
    const elsewhere = await app.build.member('别处', 'STREET_OFFICER', [await app.build.estate('幸福里')]);
    expect((await publish(request, elsewhere)).status).toBe(403);
    expect((await app.post(url('board/check'), street.token, { note: '' })).status).toBe(404);
  });
});

describe('where it hangs', () => {
  beforeAll(start);

  test('a place with its photo, changed and taken down; another estate does not reach it', async () => {
    const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#886644' } })
      .jpeg()
      .toBuffer();
    const { payload, headers } = multipart('公告牌.jpg', picture);
    const upload = await app.call<FileRef>('POST', '/api/files?purpose=BOARD_PHOTO', {
      token: street.token,
      body: payload,
      headers,
    });
    const body = { description: '南门公示栏', photoId: upload.body.id };
    const place = await app.post<{ id: string }>(url('board/places'), street.token, body, newKey());
    expect(place.status).toBe(201);
    const again = await app.post<ErrorBody>(url('board/places'), street.token, body, newKey());
    expect(again.body.code).toBe('FILE.MISSING');
    const published = await publish(request);
    const codes = published.body.warnings.map(({ code }) => code);
    expect(codes).toContain('BOARD.PLACES_TOO_FEW');
    const { body: board } = await app.get<ContactBoardView>(url('board'), owner.token);
    expect(board.places).toMatchObject([{ description: '南门公示栏', photographedAt: app.clock.now() }]);
    expect((await app.get(board.places[0]?.photoUrl ?? '')).status).toBe(200);

    const there = await app.build.estate('幸福里');
    const other = await app.build.member('别处', 'STREET_OFFICER', [there]);
    const path = `board/places/${place.body.id}`;
    const foreign = await app.call<ErrorBody>('PUT', `/api/estates/${there}/${path}`, {
      token: other.token,
      body,
    });
    expect(foreign.body.code).toBe('BOARD.PLACE_UNKNOWN');
    const renamed = { ...body, description: '南门值班室外墙' };
    expect((await app.call('PUT', url(path), { token: street.token, body: renamed })).status).toBe(204);
    expect((await app.post(url(`${path}/remove`), street.token)).status).toBe(204);
    expect((await app.post<ErrorBody>(url(`${path}/remove`), street.token)).body.code).toBe(
      'BOARD.PLACE_UNKNOWN',
    );
  });
});
