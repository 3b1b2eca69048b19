import { beforeAll, describe, expect, test } from '@jest/globals';
import { stumblingBlocks } from './eyes.ts';
import type { Person } from './person.ts';
import { walkers } from './walkers.ts';

const COMMITTEE = '/packages/assembly/pages/committee/index';

/** In the small estate, whose owners recalled the chair last week. */
describe('after a recall', () => {
  const join = walkers();
  let recalled: Person;
  let successor: Person;

  beforeAll(async () => {
    [recalled, successor] = await Promise.all([join('recalled', 'elder'), join('successor', 'phone')]);
  });

  test('the chair is told, and has no desk any more', async () => {
    await recalled.open('/packages/people/pages/inbox/index');
    await recalled.screen.getByText('您的业委会任职已结束').first().waitFor();
    expect(await stumblingBlocks(recalled)).toEqual([]);
    expect(recalled.me?.me.memberships).toEqual([]);
  });

  test('everybody reads what was decided and that the seat is to be filled', async () => {
    await successor.open(COMMITTEE);
    await successor.screen.getByText('罢免后空缺 1 席，选举已经启动').waitFor();
    expect(await stumblingBlocks(successor)).toEqual([]);
    await successor.button(/^提议罢免业委会主任/).click();
    await successor.screen.getByText('何志远任职结束').waitFor();
    expect(await stumblingBlocks(successor)).toEqual([]);
  });

  test('the chair hands over a seal, the committee confirms it, and what is not there the street hears of', async () => {
    await recalled.screen.getByText('您的业委会任职已结束').first().click();
    await recalled.screen.getByText('被罢免的委员移交给在任委员').waitFor();
    await recalled.button('业主大会印章，我已移交').click();
    await recalled.screen.getByText('移交人已签').first().waitFor();
    expect(await stumblingBlocks(recalled)).toEqual([]);

    await successor.open(COMMITTEE);
    await successor.button('业主大会印章，我已收到').click();
    await successor.screen.getByText('何志远 移交，沈丽 接收').waitFor();
    await successor.button('业主委员会印章，没有收到').click();
    const sheet = successor.page.getByRole('dialog', { name: '没有收到' });
    await sheet.locator('textarea').fill('说在上一届的柜子里，没有找到');
    expect(await stumblingBlocks(successor)).toEqual([]);
    await sheet.getByRole('button', { name: '记为缺失' }).click();
    await successor.screen.getByText('缺失，已告知街道').waitFor();
    expect(await stumblingBlocks(successor)).toEqual([]);
  });

  test('the street finds it on its desk', async () => {
    const street = await join('street2', 'laptop');
    await street.open('/packages/workbench-assembly/pages/elections/index');
    await street.screen.getByText('罢免后空缺 1 席，选举已经启动').waitFor();
    expect(await stumblingBlocks(street)).toEqual([]);
  });
});
