import { beforeAll, describe, expect, test } from '@jest/globals';
import type { PetitionDetail, PetitionSummary } from '../../shared/src/assembly/index.ts';
import type { Page } from '../../shared/src/kernel/index.ts';
import { stumblingBlocks } from './eyes.ts';
import type { Person } from './person.ts';
import { walkers } from './walkers.ts';

const PETITION = '要求审计电梯维修支出';
const ELECTION = '业委会选举';

describe('an owner who wants a meeting', () => {
  const join = walkers();
  let owner: Person;
  let chair: Person;

  beforeAll(async () => {
    [owner, chair] = await Promise.all([join('owner', 'phone'), join('chair', 'laptop')]);
  });

  const petition = async (): Promise<PetitionDetail> => {
    const base = `/api/estates/${owner.estateId}/petitions`;
    const { items } = await owner.api<Page<PetitionSummary>>(base);
    const found = items.find(({ title }) => title === PETITION);
    return owner.api<PetitionDetail>(`${base}/${found?.id ?? ''}`);
  };

  test('finds the committee’s term, its election and the candidates under 议事', async () => {
    await owner.open('/pages/assembly/index');
    await owner.button(/^业委会和联名/).click();
    await owner.settled();
    await owner.screen.getByText('本届业委会', { exact: true }).waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
    await owner
      .button(new RegExp(`^${ELECTION}`))
      .first()
      .click();
    await owner.settled();
    await owner.screen.getByText('候选人 7 名').waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
  });

  test('signs after reading it back, is told what is missing, and may take it back', async () => {
    const before = await petition();
    await owner.open(`/packages/assembly/pages/petition/index?petitionId=${before.id}`);
    await owner.screen.getByText(before.progress.sentence, { exact: true }).waitFor();
    await owner.button('签名').click();
    const sheet = owner.page.getByRole('dialog', { name: '签名联名' });
    await sheet.getByText('按 1 户计').waitFor();
    await sheet.getByRole('button', { name: '确认签名' }).click();
    await sheet.waitFor({ state: 'detached' });
    await owner.screen.getByText('您已签名').waitFor();
    const signed = await petition();
    expect(signed.signedByMe).toBe(true);
    await owner.screen.getByText(signed.progress.sentence, { exact: true }).waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
    await owner.button('撤回我的签名').click();
    await owner.button('签名').waitFor();
    expect((await petition()).signedByMe).toBe(false);
  });

  test('is a number to the committee, never a name', async () => {
    await chair.open('/packages/workbench-assembly/pages/elections/index');
    await chair.screen.getByText(PETITION).first().waitFor();
    expect(await stumblingBlocks(chair)).toEqual([]);
    await chair.screen.getByText(PETITION).first().click();
    const sheet = chair.page.getByRole('dialog', { name: PETITION });
    await sheet.getByText('征集截止').waitFor();
    expect(await sheet.getByRole('button', { name: /核对签名/ }).count()).toBe(0);
  });
});
