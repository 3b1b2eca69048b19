import { beforeAll, describe, expect, test } from '@jest/globals';
import type { AssemblyDetail, DelegatedAssembly } from '../../shared/src/assembly/index.ts';
import { stumblingBlocks } from './eyes.ts';
import type { Person } from './person.ts';
import { walkers } from './walkers.ts';

const DELEGATES = '/packages/workbench-assembly/pages/delegates/index';
const MEETING = '秋季业主大会';
const DELEGATE_PHONE = '19900008011';
const LETTER = {
  name: '授权委托书.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4 授权委托书'),
};

type Word = '同意' | '反对' | '弃权';

describe('the developer’s delegate', () => {
  const join = walkers();
  let community: Person;
  let delegate: Person;

  beforeAll(async () => {
    [community, delegate] = await Promise.all([join('community', 'laptop'), join('delegate', 'phone')]);
  });

  const dialog = (name: string) => community.page.getByRole('dialog', { name });

  test('is in the running meeting’s place of the community’s desk, with what the one vote weighs', async () => {
    await community.open('/packages/workbench/pages/desk/index');
    await community.button(/^建设单位代表，/).click();
    await community.settled();
    await community.screen.getByText(MEETING, { exact: true }).waitFor();
    await community.screen
      .getByText(/^16 套、[\d,.]+ ㎡，按 1 户计$/)
      .first()
      .waitFor();
    await community.screen.getByText('孙*', { exact: true }).waitFor();
    expect(await stumblingBlocks(community)).toEqual([]);
  });

  test('is registered on a letter and the number of an account, read back before it counts', async () => {
    await community.button(new RegExp(`^${MEETING}，.*换人$`)).click();
    const form = dialog('登记建设单位代表');
    const on = form.getByRole('button', { name: '核对登记' });
    await form.getByLabel('代表的手机号').fill('13912345678');
    expect(await on.getAttribute('aria-disabled')).toBe('true');
    await community.give(form.getByRole('button', { name: '加 PDF' }), LETTER);
    await form.getByText(LETTER.name).waitFor();
    await on.click();
    const check = dialog('请核对');
    await check.getByText('手机号 139 1234 5678 的人将代表').waitFor();
    await check.getByRole('button', { name: '登记', exact: true }).click();
    await check.getByText('这个手机号还没有登录过，请让本人先登录一次').waitFor();
    await check.getByRole('button', { name: '再看看' }).click();
    await form.getByLabel('代表的手机号').fill(DELEGATE_PHONE);
    await on.click();
    await check.getByText('原来登记的 孙* 不再投票').waitFor();
    expect(await stumblingBlocks(community)).toEqual([]);
    await check.getByRole('button', { name: '登记', exact: true }).click();
    await check.waitFor({ state: 'detached' });
    await community.screen.getByText('已登记', { exact: true }).first().waitFor();
  });

  test('opens the meeting from the message, with no home and no role in the estate', async () => {
    await delegate.open('/packages/people/pages/inbox/index');
    await delegate.screen.getByText('您被登记为建设单位的投票人').first().click();
    await delegate.screen.getByText('您代表建设单位投票').waitFor();
    await delegate.screen.getByText('屋面渗漏现场照片.jpg').waitFor();
    await delegate.screen.getByText('特别事项：双四分之三').first().waitFor();
    expect(await delegate.button('看公示的业主名册').count()).toBe(0);
    expect(await stumblingBlocks(delegate)).toEqual([]);
  });

  test('votes with a read-back, and may think again until the deadline', async () => {
    await delegate.button('去投票').click();
    await vote(['同意', '弃权', '同意']);
    await stands(['同意', '弃权', '同意']);
    await delegate.button('修改我的投票').click();
    await vote(['反对', '弃权', '同意']);
    await stands(['反对', '弃权', '同意']);
    await delegate.screen.getByText(/^您投于/).waitFor();
    expect(await stumblingBlocks(delegate)).toEqual([]);
  });

  test('gets the receipt of the ballot, and has it checked on the own phone', async () => {
    await delegate.screen.getByText(/^您代投的票已计入，编号/).waitFor();
    await delegate.button('看回执和二维码').click();
    await delegate.screen.getByText('用任何一部手机的相机扫这个码').waitFor();
    await delegate.button('在这部手机上核对').click();
    await delegate.screen.getByText('这张票已计入', { exact: true }).waitFor();
  });

  test('finds the meeting again under 议事, in large letters', async () => {
    const elder = await join('delegate', 'elder');
    await elder.open('/pages/assembly/index');
    await elder.screen.getByText(MEETING).click();
    await elder.screen.getByText('已计入', { exact: true }).waitFor();
    expect(await stumblingBlocks(elder)).toEqual([]);
  });

  test('is taken back by the community from a phone, and then has no meeting; the ballot stands', async () => {
    const before = await meeting();
    const officer = await join('community', 'phone');
    await officer.open(DELEGATES);
    expect(await stumblingBlocks(officer)).toEqual([]);
    await officer.button(new RegExp(`^${MEETING}，.*撤销登记$`)).click();
    const sheet = officer.page.getByRole('dialog', { name: '撤销登记' });
    await sheet.getByText('已经投的票仍然算数').waitFor();
    await sheet.getByRole('button', { name: '撤销', exact: true }).click();
    await officer.screen.getByText('还没有代表').first().waitFor();
    await delegate.open('/pages/assembly/index');
    await delegate.screen.getByText('还没有绑定房屋').waitFor();
    const seen = await officer.api<AssemblyDetail>(
      `/api/estates/${officer.estateId}/assemblies/${before.id}`,
    );
    // Others vote in this meeting too; without the developer's sixteen homes it would be less than before.
    expect(seen.turnout?.quorum.area.have).toBeGreaterThanOrEqual(
      before.turnout?.quorum.area.have ?? Infinity,
    );
  });

  async function vote(choices: readonly Word[]): Promise<void> {
    for (const [index, word] of choices.entries()) {
      await delegate.screen.getByText(`第 ${index + 1} 项，共 ${choices.length} 项`).waitFor();
      await delegate.screen.getByRole('radio', { name: new RegExp(`^${word}`) }).click();
      await delegate.button(index === choices.length - 1 ? '核对我的选择' : '下一项').click();
    }
    const sheet = delegate.page.getByRole('dialog', { name: '请核对' });
    await sheet.getByText(/^建设单位 16 套房、[\d,.]+ ㎡，按 1 户计：第 1 项投/).waitFor();
    await sheet.getByRole('button', { name: '确认投票' }).click();
    await delegate.screen.getByText('已计入').first().waitFor();
    await delegate.button('完成').click();
    await delegate.button('修改我的投票').waitFor();
  }

  /** The page says that this is how the delegate has voted. */
  async function stands(words: readonly Word[]): Promise<void> {
    const marks = delegate.screen.locator('.my-mark');
    for (const [index, word] of words.entries()) await marks.nth(index).filter({ hasText: word }).waitFor();
    expect(await marks.count()).toBe(words.length);
  }

  async function meeting(): Promise<AssemblyDetail> {
    const own = '/api/me/delegated-assemblies';
    const [first] = await delegate.api<readonly DelegatedAssembly[]>(own);
    return delegate.api<AssemblyDetail>(`${own}/${first?.assemblyId ?? ''}`);
  }
});
