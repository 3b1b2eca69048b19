import { beforeAll, describe, expect, test } from '@jest/globals';
import { stumblingBlocks } from './eyes.ts';
import type { Person } from './person.ts';
import { stands } from './standing.ts';
import { walkers } from './walkers.ts';

const MEETING = '大门和健身角改造';

/** One motion a page, to the read-back, and through it. */
async function vote(who: Person, words: readonly string[], readBack: string): Promise<void> {
  for (const [index, word] of words.entries()) {
    await who.screen.getByText(`第 ${index + 1} 项，共 ${words.length} 项`).waitFor();
    await who.screen.getByRole('radio', { name: new RegExp(`^${word}`) }).click();
    await who.button(index === words.length - 1 ? '核对我的选择' : '下一项').click();
  }
  const sheet = who.page.getByRole('dialog', { name: '请核对' });
  await sheet.getByText(readBack).first().waitFor();
  expect(await stumblingBlocks(who)).toEqual([]);
  await sheet.getByRole('button', { name: '确认投票' }).click();
  await who.screen.getByText('已计入', { exact: true }).waitFor();
  await who.button('完成').click();
}

/** In the small estate, on a meeting that nothing else votes on. */
describe('who votes for another', () => {
  const join = walkers();
  let agent: Person;
  let grantor: Person;

  beforeAll(async () => {
    [agent, grantor] = await Promise.all([join('agent', 'phone'), join('grantor', 'phone')]);
  });

  test('an agent votes for both, each read back, and the owner’s wish is in sight', async () => {
    await agent.open('/pages/assembly/index');
    await agent.screen.getByText(MEETING).first().click();
    await agent.screen.getByText('冯* 委托您代投').waitFor();
    await agent.screen.getByText('第 1 项投“反对”，其余由代理人决定').waitFor();
    expect(await stumblingBlocks(agent)).toEqual([]);
    await agent.button('去投票').click();
    await vote(agent, ['同意', '同意'], '第 1 项投“同意”，第 2 项投“同意”');
    await stands(agent, ['同意', '同意']);
    await agent.button('去投票').click();
    await vote(agent, ['反对', '同意'], '第 1 项投“反对”，第 2 项投“同意”');
    await agent.screen.getByText('代投的票', { exact: true }).waitFor();
    await stands(agent, ['同意', '同意', '反对', '同意']);
  });

  test('the owner sees it, takes the mandate back, and what was cast for him counts no more', async () => {
    await grantor.open('/pages/assembly/index');
    await grantor.screen.getByText(MEETING).first().click();
    await grantor.screen.getByText('已代投', { exact: true }).waitFor();
    await grantor.button('撤销委托').click();
    const sheet = grantor.page.getByRole('dialog', { name: '撤销委托' });
    await sheet.getByText('已经代投的票也不再计入').waitFor();
    expect(await stumblingBlocks(grantor)).toEqual([]);
    await sheet.getByRole('button', { name: '撤销', exact: true }).click();
    await grantor.screen.getByText('的委托已终止：业主撤销').waitFor();
    await grantor.button('去投票').waitFor();
    expect(await grantor.screen.locator('.my-mark').count()).toBe(0);
  });

  test('who gives a mandate signs with a code to the own phone; a wrong one signs nothing', async () => {
    await grantor.button('没空投？委托别人投').click();
    const form = grantor.page.getByRole('dialog', { name: '委托别人投票' });
    await form.getByLabel('代理人的手机号').fill('19900008110');
    await form.getByText('发到您自己的手机 199****8112').waitFor();
    const [sent] = await Promise.all([
      grantor.page.waitForResponse(/\/mandates\/code$/),
      form.getByRole('button', { name: '发送验证码' }).click(),
    ]);
    expect(sent.ok()).toBe(true);
    await form.getByLabel('短信验证码').fill('000000');
    expect(await stumblingBlocks(grantor)).toEqual([]);
    await form.getByRole('button', { name: '确认委托' }).click();
    await form.getByRole('alert').getByText('验证码不对或已过期').waitFor();
  });

  test('the right code, which the demonstration shows, signs it, and the agent is told', async () => {
    const form = grantor.page.getByRole('dialog', { name: '委托别人投票' });
    const shown = await form.getByText(/^演示环境不发短信，这次的验证码是 \d{6}$/).textContent();
    await form.getByLabel('短信验证码').fill(shown?.slice(-6) ?? '');
    await form.getByRole('button', { name: '确认委托' }).click();
    await form.waitFor({ state: 'detached' });
    await grantor.button('撤销委托').waitFor();
    await agent.open('/packages/people/pages/inbox/index');
    await agent.screen.getByText('有业主委托您投票').first().click();
    await agent.screen.getByText('冯* 委托您代投').waitFor();
    expect(await stumblingBlocks(agent)).toEqual([]);
  });

  test('a guardian who lives elsewhere registers, is checked by the community, and votes', async () => {
    const daughter = await join('daughter', 'phone');
    await daughter.open('/packages/people/pages/homes/index');
    await daughter.button(/^业主不能自己投票？/).click();
    await daughter.button('登记监护人').click();
    await fillIn(daughter);
    await daughter.screen.getByText('待社区核对').waitFor();
    expect(await stumblingBlocks(daughter)).toEqual([]);

    const community = await join('community2', 'laptop');
    await community.open('/packages/workbench/pages/desk/index');
    await community.button(/^监护人，/).click();
    await community.screen.getByText('林* 作 林* 的监护人').waitFor();
    expect(await stumblingBlocks(community)).toEqual([]);
    await community.button('证明属实，通过').click();
    await community.screen.getByText('已生效').waitFor();

    await daughter.open('/pages/assembly/index');
    await daughter.screen.getByText(MEETING).first().click();
    await daughter.screen.getByText('您是 林* 的监护人').waitFor();
    expect(await stumblingBlocks(daughter)).toEqual([]);
    await daughter.button('去投票').click();
    await vote(daughter, ['同意', '弃权'], '第 1 项投“同意”，第 2 项投“弃权”');
    await stands(daughter, ['同意', '弃权']);
  });

  async function fillIn(daughter: Person): Promise<void> {
    await daughter.screen.getByLabel('小区').fill('梧桐');
    await daughter.button(/^梧桐里/).click();
    await daughter.screen.getByLabel('房屋').fill('701');
    await daughter.button('1号楼 1单元 701').click();
    await daughter.screen.getByLabel('业主姓名').fill('林桂英');
    await daughter.screen.getByRole('radio', { name: /^自己不能办事的业主/ }).click();
    await daughter.button('请加监护证明').waitFor();
    expect(await stumblingBlocks(daughter)).toEqual([]);
    await daughter.give(daughter.button('加 PDF'), {
      name: '指定监护人的判决书.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4 判决书'),
    });
    await daughter.screen.getByText('指定监护人的判决书.pdf').waitFor();
    await daughter.button('核对并提交').click();
    const sheet = daughter.page.getByRole('dialog', { name: '请核对' });
    await sheet.getByText('您申请作 梧桐里 1号楼 1单元 701 业主 林桂英 的监护人').waitFor();
    expect(await stumblingBlocks(daughter)).toEqual([]);
    await sheet.getByRole('button', { name: '提交登记' }).click();
  }
});
