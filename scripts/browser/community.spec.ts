import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from '../../shared/src/kernel/index.ts';
import type { TicketDetail } from '../../shared/src/tickets/index.ts';
import { stumblingBlocks } from './eyes.ts';
import type { Person, Screen } from './person.ts';
import { walkers } from './walkers.ts';

const WITNESS = '/packages/workbench-income/pages/witness/index';
const QUARTER = '2026年第二季度 第 2 版';

describe('the community witnesses a quarter', () => {
  const join = walkers();
  let officer: Person;

  beforeAll(async () => {
    officer = await join('community', 'laptop');
  });

  // Another quarter may be waiting too: specs run side by side.
  test('from the desk, which counts it, to what is submitted and what owners will see', async () => {
    await officer.open('/packages/workbench/pages/desk/index');
    await officer.button(/^收支见证，\d+ 件待办/).click();
    await officer.button(`${QUARTER}，等您见证`).click();
    await officer.screen.getByText('请您见证').waitFor();
    await officer.settled();
    const preview = officer.screen.locator('.phone-preview__screen');
    await preview.getByText('奇台县青禾园林绿化有限公司').waitFor();
    await preview.getByText('¥123,456.78').first().waitFor();
    await officer.screen.getByText('更正对照').waitFor();
    for (const name of ['公示给全体业主', '退回', '取回来改'])
      expect(await officer.button(name).count()).toBe(0);
    expect(await stumblingBlocks(officer)).toEqual([]);
  });

  test('it is read back, and then her name stands as the witness', async () => {
    await officer.button('我看过了，见证').click();
    const sheet = officer.page.getByRole('dialog', { name: '见证' });
    await sheet.getByText('季末余额 ¥123,456.78，共 11 笔').waitFor();
    await sheet.getByRole('button', { name: '见证', exact: true }).click();
    await officer.screen.getByText('见证人：东关社区居民委员会 古丽').waitFor();
    await officer.screen.locator('.phone-preview__screen').getByText('东关社区居民委员会 古丽').waitFor();
  });

  test('the list says so, on a phone and in large letters', async () => {
    await Promise.all(
      (['phone', 'elder'] as const).map(async (screen) => {
        const hand = await join('community', screen);
        await hand.open(WITNESS);
        await hand.button(`${QUARTER}，已见证`).waitFor();
        expect(await stumblingBlocks(hand)).toEqual([]);
      }),
    );
  });
});

describe('photos of a complaint that are still being checked', () => {
  const join = walkers();

  /** The complaint as it is while WeChat looks at what was sent with it: the demo has no WeChat to look. */
  async function complaint(
    screen: Screen,
    doubts: Pick<TicketDetail, 'unseenPictures'> & { readonly checking: boolean },
  ): Promise<Person> {
    const owner = await join('owner', screen);
    const { items } = await owner.api<Page<{ readonly id: string }>>('/api/me/tickets');
    const address = `/api/estates/${owner.estateId}/tickets/${items[0]?.id ?? ''}`;
    await owner.page.route(`**${address}`, async (route) => {
      const response = await route.fetch();
      const ticket = (await response.json()) as TicketDetail;
      const { checking, unseenPictures } = doubts;
      const picture = { url: '/samples/none.jpg', thumbUrl: '/samples/none.jpg', checking };
      await route.fulfill({
        response,
        json: { ...ticket, unseenPictures, pictures: checking ? [picture] : [], photos: 1 },
      });
    });
    const query = `estateId=${owner.estateId}&id=${items[0]?.id ?? ''}`;
    await owner.open(`/packages/tickets/pages/detail/index?${query}`);
    return owner;
  }

  test('their sender is told who sees them when, also in large letters', async () => {
    await Promise.all(
      (['phone', 'elder'] as const).map(async (screen) => {
        const unseenPictures = { checking: 0, withheld: 0 };
        const owner = await complaint(screen, { checking: true, unseenPictures });
        await owner.screen.getByText('照片检查中，通过后处理人才能看到').waitFor();
        await owner.screen.getByRole('button', { name: '第 1 张照片，共 1 张，点开看大图' }).waitFor();
        expect(await stumblingBlocks(owner)).toEqual([]);
        await owner.leave();
      }),
    );
  });

  test('one that did not pass is named, without a picture', async () => {
    const owner = await complaint('phone', { checking: false, unseenPictures: { checking: 0, withheld: 1 } });
    await owner.screen.getByText('1 张照片没有通过内容检查，已不显示').waitFor();
    expect(await owner.screen.getByText('只给办理的人看').count()).toBe(0);
    expect(await stumblingBlocks(owner)).toEqual([]);
    await owner.leave();
  });
});
