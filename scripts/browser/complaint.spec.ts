import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import type { FileTicketResponse, TicketDetail, TicketSummary } from '../../shared/src/tickets/index.ts';
import { stumblingBlocks } from './eyes.ts';
import { launchChromium, Person } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const WRITE = '/packages/tickets/pages/write/index?category=LITTER';
const TITLE = '3号楼垃圾桶满了三天没人清';
const ICE = '3号楼北门台阶上的冰没人除';
/** Of the demo’s story: answered, and waiting for the owner’s word. */
const DARK = '1号楼单元门口路灯不亮';
const MEGABYTE = 1024 * 1024;

describe('a complaint, from the first word to the last', () => {
  let browser: Browser;
  let owner: Person;
  let clerk: Person;

  beforeAll(async () => {
    browser = await launchChromium();
    [owner, clerk] = await Promise.all([
      Person.at(browser, ORIGIN, 'owner', 'phone'),
      Person.at(browser, ORIGIN, 'clerk', 'laptop'),
    ]);
  });
  afterAll(async () => {
    expect([...owner.faults, ...clerk.faults]).toEqual([]);
    await browser.close();
  });

  const text = (words: string | RegExp) => owner.screen.getByText(words).first();
  const field = (label: string) => owner.screen.getByLabel(label, { exact: true });
  const photos = () => owner.screen.locator('.photo-picker__image');
  const addPhoto = () => owner.button(/^添加照片/);
  const failure = () => owner.screen.getByRole('alert');
  const sendSheet = () => owner.page.getByRole('dialog', { name: '提交投诉' });
  const really = () => sendSheet().getByRole('button', { name: '确认提交' });

  async function filed(title: string): Promise<readonly TicketSummary[]> {
    const { items } = await owner.api<{ items: TicketSummary[] }>('/api/me/tickets?limit=20');
    return items.filter((ticket) => ticket.title === title);
  }

  async function onlyOne(title: string): Promise<TicketSummary> {
    const [ticket, ...others] = await filed(title);
    if (ticket === undefined || others.length > 0) throw new Error(`Not exactly one “${title}” was filed`);
    return ticket;
  }

  /** A step of the clerk's, with the keyboard. */
  async function step(name: string, fill: (sheet: Locator) => Promise<void>): Promise<void> {
    await press(clerk, clerk.button(name));
    const sheet = clerk.page.getByRole('dialog', { name, exact: true });
    await fill(sheet);
    await press(clerk, sheet.getByRole('button', { name, exact: true }));
    await sheet.waitFor({ state: 'detached' });
    // The queue is asked for again after a step.
    await clerk.settled();
  }

  async function say(sheet: Locator, words: string): Promise<void> {
    await sheet.getByLabel('写给居民的话').focus();
    await clerk.page.keyboard.insertText(words);
  }

  test('who answers for it, and the number, are there before the first word', async () => {
    await owner.open('/pages/home/index');
    await owner.button(/^投诉，/).click();
    await owner.button('我要投诉').click();
    await owner.button(/^垃圾脏乱/).click();
    await text('谁负责').waitFor();
    await text('提交后先由奇台县安泰物业服务有限公司受理').waitFor();
    await owner.button(/^打电话给.*着急可以先打电话/).waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
  });

  test('what is no photo, and what is too large, is refused in words and in the way of nothing', async () => {
    const paper = { name: '说明.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('这不是照片') };
    await owner.give(addPhoto(), paper);
    await failure().getByText('不支持这种文件，请换成照片').waitFor();
    await owner.button('不要这张照片').click();
    const large = { name: '大.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(11 * MEGABYTE) };
    await owner.give(addPhoto(), large);
    await failure().getByText('文件超过 10 MB，请压缩后再传').waitFor();
    await owner.button('不要这张照片').click();
    await failure().waitFor({ state: 'detached' });
  });

  test('too few words are asked for before anything is sent', async () => {
    await owner.button('提交').click();
    await text(/^标题请写 \d+ 到 \d+ 个字/).waitFor();
    expect(await sendSheet().count()).toBe(0);
  });

  test('going back and a reload lose neither words nor photos', async () => {
    await field('一句话说明').fill(TITLE);
    await field('在哪里').fill('3号楼北侧');
    await field('怎么了').fill('垃圾桶周五就满了，袋子堆在地上，野猫翻得到处都是，味道很大。');
    await owner.give(addPhoto(), await owner.photo());
    await owner.button('删去第 1 张照片').waitFor();
    await owner.page.goBack();
    await owner.button('我要投诉').click();
    await owner.button(/^垃圾脏乱/).click();
    await owner.button('删去第 1 张照片').waitFor();
    await owner.page.reload();
    await owner.settled();
    expect(await field('一句话说明').inputValue()).toBe(TITLE);
    expect(await field('在哪里').inputValue()).toBe('3号楼北侧');
    expect(await field('怎么了').inputValue()).toContain('野猫翻得到处都是');
    expect(await photos().count()).toBe(1);
  });

  test('no network at the moment of sending: said, kept, and nothing filed', async () => {
    await owner.button('提交').click();
    await sendSheet().getByText(`反映“${TITLE}”，附 1 张照片`).waitFor();
    await owner.page.context().setOffline(true);
    await really().click();
    await failure().getByText('手机现在没有网络，连上以后再试').waitFor();
    expect(await failure().innerText()).toContain('您写的内容和照片都留着，再点“提交”不会重复');
    expect(await field('一句话说明').inputValue()).toBe(TITLE);
    await owner.page.context().setOffline(false);
    expect(await filed(TITLE)).toEqual([]);
  });

  test('the answer is lost after it was filed: sending again, with two taps, does not file it twice', async () => {
    let lost = false;
    await owner.page.route(
      (url) => url.pathname.endsWith('/tickets'),
      async (route) => {
        if (lost || route.request().method() !== 'POST') return route.fallback();
        lost = true;
        await route.fetch();
        return route.abort();
      },
    );
    await owner.button('提交').click();
    await really().click();
    await failure().getByText('连不上服务器，请检查网络后再试').waitFor();
    await owner.button('提交').click();
    await really().dblclick();
    await owner.screen.getByRole('heading', { name: '投诉进展' }).waitFor();
    await text('等奇台县安泰物业服务有限公司受理').waitFor();
    await onlyOne(TITLE);
    expect(await stumblingBlocks(owner)).toEqual([]);
  });

  test('once it is sent, the form is empty again', async () => {
    await owner.open(WRITE);
    expect(await field('一句话说明').inputValue()).toBe('');
    expect(await photos().count()).toBe(0);
  });

  test('the clerk finds it in her queue, takes it in and says what was done, without the mouse', async () => {
    await clerk.open('/packages/workbench-tickets/pages/queue/index');
    await toRow(clerk, TITLE);
    await clerk.page.keyboard.press('Enter');
    await step('受理', async () => undefined);
    await step('答复', async (sheet) => {
      await say(sheet, '保洁今天下午来清。');
    });
    await step('办结', async (sheet) => {
      await say(sheet, '垃圾已清运，加了一只桶，每天早晚各清一次。');
      await clerk.give(sheet.getByRole('button', { name: /^添加照片/ }), await clerk.photo());
      await sheet.getByRole('button', { name: '删去第 1 张照片' }).waitFor();
    });
  });

  test('the owner sees the answer, confirms and rates; the timeline tells all of it', async () => {
    await owner.open(`/packages/tickets/pages/detail/index?id=${(await onlyOne(TITLE)).id}`);
    await owner.button('确认并评价').click();
    const sheet = owner.page.getByRole('dialog', { name: '确认处理结果' });
    await sheet.getByRole('radio', { name: '解决了', exact: true }).click();
    await sheet.getByRole('radio', { name: '满意', exact: true }).click();
    await sheet.getByRole('radio', { name: '5 颗星' }).click();
    expect(await stumblingBlocks(owner)).toEqual([]);
    await sheet.getByRole('button', { name: '确认办结并评价' }).click();
    await text(/^已确认/).waitFor();
    const steps = (await owner.screen.locator('.timeline').innerText()).replace(/\s+/g, ' ');
    expect(steps).toMatch(/确认.*办结.*垃圾已清运，加了一只桶.*答复.*保洁今天下午来清.*受理.*提交投诉/);
    expect((await onlyOne(TITLE)).state).toBe('CONFIRMED');
  });

  test('an answer that does not hold is sent back, with the reason', async () => {
    await owner.open('/packages/tickets/pages/list/index');
    await owner.button(new RegExp(DARK)).click();
    await owner.button('没解决，要求重办（还能 2 次）').click();
    const sheet = owner.page.getByRole('dialog', { name: '要求重新办理' });
    await sheet.getByLabel('原因').fill('亮了一晚又灭了，换的线头还是松的。');
    await sheet.getByRole('button', { name: '要求重办' }).click();
    await sheet.waitFor({ state: 'detached' });
    await owner.screen.locator('.timeline').getByText('亮了一晚又灭了，换的线头还是松的。').waitFor();
    expect((await onlyOne(DARK)).state).toBe('REOPENED');
  });

  test('a neighbour’s open complaint is offered before it is written again, and joining it is enough', async () => {
    const { id } = await owner.post<FileTicketResponse>(`/api/estates/${owner.estateId}/tickets`, {
      category: 'FACILITY',
      kind: 'COMPLAINT',
      title: ICE,
      text: '北门台阶结了一层冰，昨天有位老人滑倒了。',
      place: '3号楼北门',
      photoIds: [],
      danger: false,
      anonymous: false,
    });
    const neighbour = await Person.at(browser, ORIGIN, 'owner2', 'elder');
    await neighbour.open('/packages/tickets/pages/write/index?category=FACILITY');
    await neighbour.screen.getByLabel('在哪里').fill('3号楼北门台阶');
    await neighbour.button(`我也遇到：${ICE}`).click();
    expect(await stumblingBlocks(neighbour)).toEqual([]);
    const sheet = neighbour.page.getByRole('dialog', { name: '我也遇到' });
    await sheet.getByRole('button', { name: '算我一个' }).click();
    await neighbour.screen.getByRole('heading', { name: '投诉进展' }).waitFor();
    await neighbour.screen.getByText(ICE).first().waitFor();
    const ticket = await neighbour.api<TicketDetail>(`/api/estates/${neighbour.estateId}/tickets/${id}`);
    expect(ticket.followed).toBe(true);
    expect(neighbour.faults).toEqual([]);
    await neighbour.leave();
  });
});

/** Down the queue with j, as far as there are rows. */
async function toRow(person: Person, title: string): Promise<void> {
  const { page } = person;
  const row = page.locator('.data-table__row').filter({ hasText: title });
  await row.waitFor();
  await person.settled();
  const cursor = page.locator('.data-table__row--cursor').filter({ hasText: title });
  for (let left = await page.locator('.data-table__row').count(); left > 0; left -= 1) {
    if ((await cursor.count()) === 1) return;
    await page.keyboard.press('j');
  }
  throw new Error(`j does not lead to “${title}”`);
}

/** With the keyboard. */
async function press({ page }: Person, button: Locator): Promise<void> {
  await button.focus();
  await page.keyboard.press('Enter');
}
