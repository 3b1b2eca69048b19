import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import { DAY_MS } from '@linli/shared/kernel';
import { promisedTables } from '../../src/kernel/database/ddl.ts';
import { refuse } from '../../src/kernel/errors/refused.ts';
import { MiniProgramPort, type ContentVerdict } from '../../src/wechat/mini-program.port.ts';
import { Openids } from '../../src/wechat/openids.ts';
import { TestApp, type Answer } from '../support/app.ts';
import { AssemblyBuilder } from '../support/assembly-builder.ts';
import { TicketBuilder, newKey } from '../support/ticket-builder.ts';
import { wechatConfig } from '../support/wechat-config.ts';

const BAD = '测试违规内容';

let app: TestApp;
let config: ReturnType<typeof wechatConfig>;
let tickets: TicketBuilder;
let began: number;
let say: (content: string) => Promise<ContentVerdict>;

/** WeChat finds nothing but the test's bad word. */
const strict = (content: string): Promise<ContentVerdict> =>
  Promise.resolve(content.includes(BAD) ? 'RISKY' : 'PASS');

beforeAll(async () => {
  config = wechatConfig();
  app = await TestApp.start({ WECHAT_CONFIG: config.path });
  app.nest.get(MiniProgramPort).checkText = (_openid, content) => say(content);
  app.nest.get(Openids).of = (personId) => Promise.resolve(`openid-${personId}`);
  tickets = await TicketBuilder.start(app);
});
beforeEach(() => {
  say = strict;
  app.clock.advance(1000);
  began = app.clock.now();
});
afterAll(async () => {
  await app.stop();
  config.remove();
});

/** What the log and the rate limits keep is no trace of the text. */
const KEPT_ANYWAY = ['audit_log', 'rate_limits', 'migrations'];

async function rowsOfAll(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of promisedTables()) {
    if (KEPT_ANYWAY.includes(name)) continue;
    const row = await app.database.row<{ n: number }>(`SELECT COUNT(*) AS n FROM ${name}`);
    counts[name] = Number(row?.n);
  }
  return counts;
}

/** Texts that nobody has judged and somebody should look at, since the clock was put to this test. */
async function toReview(where: string): Promise<number> {
  const rows = await app.database.rows(
    "SELECT id FROM audit_log WHERE action = 'CONTENT.TO_REVIEW' AND at >= ? AND after_json LIKE ?",
    [began, `%"${where}"%`],
  );
  return rows.length;
}

interface Situation {
  readonly what: string;
  readonly where: string;
  /** Everything up to the moment of writing; answers how to send a text. */
  readonly prepare: () => Promise<(text: string) => Promise<Answer<ErrorBody>>>;
}

const inEstate = (path: string) => `/api/estates/${tickets.estateId}/${path}`;
const step =
  (path: string, by: 'wang' | 'clerk', body: (text: string) => object, reach: () => Promise<string>) =>
  async () => {
    const id = await reach();
    return (text: string) => tickets.step<ErrorBody>(id, path, tickets[by], body(text));
  };
const rating = (comment: string) => ({ stars: 5, solved: true, satisfaction: 'SATISFIED', comment });

const COMPLAINTS: readonly Situation[] = [
  ...(['title', 'text', 'place'] as const).map((field) => ({
    what: `a complaint’s ${field}`,
    where: 'TICKET.SUBMIT',
    prepare: () =>
      Promise.resolve((text: string) => tickets.tryFile<ErrorBody>({ [field]: `楼道里的事情：${text}` })),
  })),
  {
    what: 'the handler’s reply',
    where: 'TICKET.REPLY',
    prepare: step(
      'reply',
      'clerk',
      (text) => ({ text, photoIds: [] }),
      async () => {
        const id = await tickets.file();
        await tickets.done(id, 'accept', tickets.clerk);
        return id;
      },
    ),
  },
  {
    what: 'why it is opened again',
    where: 'TICKET.REOPEN',
    prepare: step(
      'reopen',
      'wang',
      (reason) => ({ reason }),
      () => tickets.resolved(),
    ),
  },
  {
    what: 'the comment with the stars',
    where: 'TICKET.CONFIRM',
    prepare: step('confirm', 'wang', rating, () => tickets.resolved()),
  },
  {
    what: 'why more time is needed',
    where: 'TICKET.REQUEST_EXTENSION',
    prepare: step(
      'extensions',
      'clerk',
      (reason) => ({ reason, dueAt: app.clock.now() + 20 * DAY_MS }),
      async () => {
        const id = await tickets.file();
        await tickets.done(id, 'accept', tickets.clerk);
        return id;
      },
    ),
  },
];

const DISCLOSURE: readonly Situation[] = [
  {
    what: 'the question why something is not posted',
    where: 'QUESTION.ASK',
    prepare: () =>
      Promise.resolve((text: string) =>
        app.post<ErrorBody>(inEstate('radar/MANAGER/questions'), tickets.wang.token, { text }, newKey()),
      ),
  },
  {
    what: 'the answer to it',
    where: 'QUESTION.ANSWER',
    prepare: async () => {
      const asked = await app.post<{ id: string }>(
        inEstate('radar/MANAGER/questions'),
        tickets.neighbour.token,
        { text: '负责人为什么没有公示？' },
        newKey(),
      );
      return (text) =>
        app.post<ErrorBody>(inEstate(`questions/${asked.body.id}/answer`), tickets.manager.token, { text });
    },
  },
  {
    what: 'a notice',
    where: 'NOTICE.PUBLISH',
    prepare: () =>
      Promise.resolve((text: string) => {
        const notice = { kind: 'OUTAGE', title: '周四停水', body: text, fileIds: [], pinnedUntil: null };
        return app.post<ErrorBody>(inEstate('notices'), tickets.manager.token, notice, newKey());
      }),
  },
  {
    what: 'something that has to be posted',
    where: 'POSTING.PUBLISH',
    prepare: () =>
      Promise.resolve((text: string) => {
        const posting = { code: 'MANAGER', period: null, title: '负责人', fileIds: [], supersedes: null };
        const body = { ...posting, body: text };
        return app.post<ErrorBody>(inEstate('postings'), tickets.manager.token, body, newKey());
      }),
  },
  {
    what: 'where the contact board hangs',
    where: 'BOARD.PLACE',
    prepare: () =>
      Promise.resolve((text: string) => {
        const place = { description: text, photoId: null };
        return app.post<ErrorBody>(inEstate('board/places'), tickets.street.token, place, newKey());
      }),
  },
];

const ASSEMBLIES: readonly Situation[] = [
  {
    what: 'an owner’s opinion on a motion',
    where: 'OPINION.GIVE',
    prepare: async () => {
      const meeting = await AssemblyBuilder.start(app);
      const [owner] = await meeting.owners(1);
      const draft = await meeting.draft({ opinionsUntil: app.clock.now() + 3 * DAY_MS });
      await app.post(`${meeting.base}/${draft.id}/ask-opinions`, meeting.chair.token);
      const opinion = { motionId: draft.motions[0]?.id, stance: 'CHANGE' };
      return (text) =>
        app.post<ErrorBody>(`${meeting.base}/${draft.id}/opinions`, owner?.token, { ...opinion, text });
    },
  },
  {
    what: 'an objection to the roll',
    where: 'ROLL_OBJECTION.RAISE',
    prepare: async () => {
      const meeting = await AssemblyBuilder.start(app);
      const [owner] = await meeting.owners(1);
      const { id } = await meeting.noticed();
      const objection = { unitId: owner?.units[0]?.unitId, kind: 'AREA', fileIds: [] };
      return (text) =>
        app.post<ErrorBody>(
          `${meeting.base}/${id}/roll/objections`,
          owner?.token,
          { ...objection, text },
          newKey(),
        );
    },
  },
];

describe.each([...COMPLAINTS, ...DISCLOSURE, ...ASSEMBLIES])('$what', ({ where, prepare }) => {
  test('with words that may not be published is refused and leaves nothing; put right it goes on, also while WeChat is away', async () => {
    const send = await prepare();
    const before = await rowsOfAll();
    expect(await send(BAD)).toMatchObject({ status: 422, body: { code: 'CONTENT.REJECTED' } });
    expect(await rowsOfAll()).toEqual(before);
    expect(await toReview(where)).toBe(0);
    say = () => Promise.reject(refuse('WECHAT.UNREACHABLE'));
    expect([200, 201]).toContain((await send('改好了，没有别的字')).status);
    expect(await toReview(where)).toBe(1);
  });
});
