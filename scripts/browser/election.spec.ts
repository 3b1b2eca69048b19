import { beforeAll, describe, expect, test } from '@jest/globals';
import type { AssemblySummary, ElectionSummary } from '../../shared/src/assembly/index.ts';
import type { Page } from '../../shared/src/kernel/index.ts';
import { stumblingBlocks } from './eyes.ts';
import type { Person } from './person.ts';
import { stands } from './standing.ts';
import { walkers } from './walkers.ts';

/** In the small estate, where nothing else votes. */
describe('an owner at a by-election', () => {
  const join = walkers();
  let voter: Person;

  beforeAll(async () => {
    voter = await join('voter', 'phone');
  });

  const text = (words: string | RegExp) => voter.screen.getByText(words).first();
  const candidate = (words: string) => voter.screen.getByRole('checkbox', { name: new RegExp(`${words}$`) });
  const readBack = () => voter.page.getByRole('dialog', { name: '请核对' });

  async function tick(name: string): Promise<void> {
    await candidate(name).click();
    await candidate(`${name}，已选中`).waitFor();
  }

  /** Submits, and looks at what then stands, candidate by candidate. */
  async function castAs(marks: readonly string[]): Promise<void> {
    await readBack().getByRole('button', { name: '确认投票' }).click();
    await text('您的票已计入，编号').waitFor();
    expect(await stumblingBlocks(voter)).toEqual([]);
    await voter.button('完成').click();
    await stands(voter, marks);
    await voter.button('修改我的投票').waitFor();
  }

  test('finds it under 议事 and may choose at most the seats', async () => {
    const { items } = await voter.api<Page<AssemblySummary>>(`/api/estates/${voter.estateId}/assemblies`);
    const meeting = items.find(({ title }) => title.includes('补选'));
    await voter.open('/pages/assembly/index');
    await text(meeting?.title ?? '').click();
    await text('我的票').waitFor();
    await voter.button('去投票').click();
    await text('最多选 2 人').waitFor();
    for (const name of ['许文斌', '唐晓燕', '董雪']) await tick(name);
    await text('多选了 1 人，请取消 1 人再继续').waitFor();
    expect(await voter.button('核对我的选择').getAttribute('aria-disabled')).toBe('true');
    expect(await stumblingBlocks(voter)).toEqual([]);
  });

  test('is read back whom she chose, and it counts', async () => {
    await candidate('唐晓燕，已选中').click();
    await text('已选 2 人').waitFor();
    await voter.button('核对我的选择').click();
    await readBack().getByText('选 1号 许文斌、4号 董雪，共 2 人').waitFor();
    expect(await stumblingBlocks(voter)).toEqual([]);
    await castAs(['选', '不选', '不选', '选']);
  });

  test('may think again until the deadline, and then chooses nobody', async () => {
    await voter.button('修改我的投票').click();
    await tick('都不选');
    await voter.button('核对我的选择').click();
    await readBack().getByText('候选人都不选').waitFor();
    await castAs(['不选', '不选', '不选', '不选']);
  });

  test('sees of the last election who was elected, who is an alternate, and why', async () => {
    const { items } = await voter.api<Page<ElectionSummary>>(`/api/estates/${voter.estateId}/elections`);
    const last = items.find(({ state }) => state === 'COUNTED');
    await voter.open(`/packages/assembly/pages/election/index?electionId=${last?.id ?? ''}`);
    await text('选举结果').waitFor();
    for (const place of ['当选', '候补', '未当选'])
      await voter.screen.getByText(place, { exact: true }).first().waitFor();
    expect(await stumblingBlocks(voter)).toEqual([]);
    await voter.button('看每名候选人的得票').click();
    await text('参与表决').waitFor();
    expect(await stumblingBlocks(voter)).toEqual([]);
  });
});
