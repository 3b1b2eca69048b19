import { beforeAll, describe, expect, test } from '@jest/globals';
import type { AssemblySummary, PaperReturn, PaperSlip } from '../../shared/src/assembly/index.ts';
import type { Page } from '../../shared/src/kernel/index.ts';
import { stumblingBlocks } from './eyes.ts';
import type { Person } from './person.ts';
import { walkers } from './walkers.ts';

const MEETING = '秋季业主大会';
const PAGES = '/packages/workbench-assembly/pages';

describe('a paper ballot', () => {
  const join = walkers();
  let member: Person;
  let community: Person;
  let assemblyId: string;
  /** Of somebody whom nobody plays and who has not voted. */
  let slip: PaperSlip;

  beforeAll(async () => {
    [member, community] = await Promise.all([join('member', 'laptop'), join('community', 'phone')]);
    const meetings = await member.api<Page<AssemblySummary>>(`/api/estates/${member.estateId}/assemblies`);
    assemblyId = meetings.items.find(({ title }) => title === MEETING)?.id ?? '';
    slip = await unreturned();
  });

  const papers = () => `/api/estates/${member.estateId}/assemblies/${assemblyId}/paper`;

  /** The last number that is still at home: far from the homes that are played. */
  async function unreturned(): Promise<PaperSlip> {
    let last: PaperSlip | undefined;
    for (let after: string | null = '0'; after !== null;) {
      const url: string = `${papers()}/slips?show=UNRETURNED&limit=100&after=${after}`;
      const page: Page<PaperSlip> = await member.api(url);
      last = page.items.at(-1) ?? last;
      after = page.next;
    }
    if (last === undefined) throw new Error('Every paper is back');
    return last;
  }

  async function returned(): Promise<PaperReturn> {
    const page = await member.api<Page<PaperReturn>>(`${papers()}/returns?limit=100`);
    const paper = page.items.find(({ numberText }) => numberText === slip.numberText);
    if (paper === undefined) throw new Error('The paper was not taken in');
    return paper;
  }

  test('is printed, an entrance at a time', async () => {
    await member.open('/packages/workbench/pages/desk/index');
    await member.button(/^纸质票/).click();
    await member.settled();
    await member.screen.getByText(MEETING).first().click();
    await member.screen.getByRole('tab', { name: /^印票/ }).click();
    const [download] = await Promise.all([
      member.page.waitForEvent('download'),
      member.button(/^打印 .* 1–\d+ 号$/).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^表决票 1-\d+\.pdf$/);
    expect(await stumblingBlocks(member)).toEqual([]);
  });

  test('is taken in by its number and read by the first, who cannot read it twice', async () => {
    await member.screen.getByRole('tab', { name: /^收票录入/ }).click();
    await member.screen.getByLabel('编号').fill(slip.numberText);
    await member.button('登记收到').click();
    await member.screen.getByRole('row', { name: slip.numberText }).click();
    await member.settled();
    await enter(member, ['同意', '反对', '未填']);
    await member.screen.getByText('现在要由另一个人独立录入').waitFor();
    expect(await stumblingBlocks(member)).toEqual([]);
  });

  test('is read by the second on a phone without seeing what the first read, and counts', async () => {
    const { id } = await returned();
    await community.open(`${PAGES}/paper-entry/index?assemblyId=${assemblyId}&returnId=${id}`);
    await community.screen.getByText('照着原票录入').waitFor();
    expect(await community.screen.getByText('录入的人').count()).toBe(0);
    expect(await stumblingBlocks(community)).toEqual([]);
    await enter(community, ['同意', '反对', '未填']);
    await community.screen.getByText('已计入', { exact: true }).first().waitFor();
    await community.screen.getByText('录入的人').waitFor();
    expect(await returned()).toMatchObject({ state: 'COUNTED' });
  });

  test('that two read differently shows both with their names to a third', async () => {
    const street = await join('street', 'laptop');
    const page = await street.api<Page<PaperReturn>>(`${papers()}/returns?state=MISMATCH`);
    const id = page.items[0]?.id ?? '';
    await street.open(`${PAGES}/paper-entry/index?assemblyId=${assemblyId}&returnId=${id}`);
    await street.screen.getByText('两次录入不一致，请再核对一次').waitFor();
    expect(await street.screen.locator('.paper-readings__one').count()).toBe(2);
    expect(await stumblingBlocks(street)).toEqual([]);
  });

  async function enter(person: Person, marks: readonly string[]): Promise<void> {
    await person.screen
      .getByRole('checkbox', { name: /签了名/ })
      .first()
      .click();
    for (const [index, word] of marks.entries())
      await person.screen
        .locator('.paper-motion')
        .nth(index)
        .getByRole('radio', { name: new RegExp(`：${word}`) })
        .click();
    await person.button('核对后提交').click();
    const sheet = person.page.getByRole('dialog', { name: '请核对' });
    await sheet.getByRole('button', { name: '提交录入' }).click();
    await sheet.waitFor({ state: 'detached' });
    await person.settled();
  }
});
