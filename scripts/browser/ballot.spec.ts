import { beforeAll, describe, expect, test } from '@jest/globals';
import type { AssemblyDetail, AssemblySummary, BallotReceipt } from '../../shared/src/assembly/index.ts';
import type { LoggedBallotResponse, LogHead } from '../../shared/src/ballot-log/index.ts';
import type { Page } from '../../shared/src/kernel/index.ts';
import { compactReceipt } from '../../shared/src/transparency/index.ts';
import { nodePrimitives } from '../../shared/test/transparency/node-primitives.ts';
import { stumblingBlocks } from './eyes.ts';
import type { Person } from './person.ts';
import { walkers } from './walkers.ts';

const page = (name: string, assemblyId: string) =>
  `/packages/assembly/pages/${name}/index?assemblyId=${assemblyId}`;
const sqm = (centi: number) => (centi / 100).toLocaleString('en', { minimumFractionDigits: 2 });

type Word = '同意' | '反对' | '弃权';

/** What a voter does on the screens, the same on every one of them. */
class Voter {
  readonly who: Person;
  constructor(who: Person) {
    this.who = who;
  }

  text(words: string | RegExp) {
    return this.who.screen.getByText(words).first();
  }

  get readBack() {
    return this.who.page.getByRole('dialog', { name: '请核对' });
  }

  /** One motion a page, to the read-back. */
  async choose(...choices: readonly Word[]): Promise<void> {
    for (const [index, word] of choices.entries()) {
      await this.text(`第 ${index + 1} 项，共 ${choices.length} 项`).waitFor();
      await this.who.screen.getByRole('radio', { name: new RegExp(`^${word}`) }).click();
      await this.who.screen.getByRole('radio', { name: `${word}，已选中` }).waitFor();
      expect(await stumblingBlocks(this.who)).toEqual([]);
      await this.who.button(index === choices.length - 1 ? '核对我的选择' : '下一项').click();
    }
    const said = choices.map((word, index) => `第 ${index + 1} 项投“${word}”`).join('，');
    await this.readBack.getByText(said).waitFor();
    expect(await stumblingBlocks(this.who)).toEqual([]);
  }

  async confirm(): Promise<void> {
    await this.readBack.getByRole('button', { name: '确认投票' }).click();
  }

  /** The ballot is in, and the record has given it its number. */
  async counted(): Promise<void> {
    await this.text('已计入').waitFor();
    await this.text('您的票已计入，编号').waitFor();
    expect(await stumblingBlocks(this.who)).toEqual([]);
  }

  /** The page says that this is how she has voted. */
  async stands(...words: readonly Word[]): Promise<void> {
    const marks = this.who.screen.locator('.my-mark');
    for (const [index, word] of words.entries()) await marks.nth(index).filter({ hasText: word }).waitFor();
    expect(await marks.count()).toBe(words.length);
  }

  assembly(id: string): Promise<AssemblyDetail> {
    return this.who.api<AssemblyDetail>(`/api/estates/${this.who.estateId}/assemblies/${id}`);
  }
}

describe('the owners’ assembly', () => {
  const come = walkers();
  let owner: Voter;
  let running: string;

  async function join(role: string, screen: 'phone' | 'elder'): Promise<Voter> {
    return new Voter(await come(role, screen));
  }

  async function assemblies(): Promise<readonly AssemblySummary[]> {
    const { who } = owner;
    const list = await who.api<{ items: AssemblySummary[] }>(`/api/estates/${who.estateId}/assemblies`);
    return list.items;
  }

  async function idOf(title: string): Promise<string> {
    const found = (await assemblies()).find((assembly) => assembly.title === title);
    if (found === undefined) throw new Error(`The demo has no ${title}`);
    return found.id;
  }

  beforeAll(async () => {
    owner = await join('owner', 'phone');
    running = await idOf('秋季业主大会');
  });

  test('from the card on the home page to what is decided, and what her vote weighs', async () => {
    await owner.who.open('/pages/home/index');
    await owner.text('秋季业主大会正在投票').click();
    await owner.text('2 套房、178.74 ㎡，按 1 户计').waitFor();
    await owner.text('特别事项：双四分之三').waitFor();
    await owner.text('12.72 ㎡（登记簿），车位不计入表决').waitFor();
    expect(await stumblingBlocks(owner.who)).toEqual([]);
  });

  test('she votes on each motion, is read back what she chose, and both counts go up by what is hers', async () => {
    const before = (await owner.assembly(running)).turnout?.quorum;
    if (before === undefined) throw new Error('The demo’s running assembly shows no turnout');
    await owner.who.button('去投票').click();
    await owner.choose('同意', '反对', '弃权');
    await owner.confirm();
    await owner.counted();
    await owner.who.button('完成').click();
    await owner.text(`${before.heads.have + 1} 户 / ${before.heads.of} 户`).waitFor();
    await owner.text(`${sqm(before.area.have + 17_874)} ㎡ / ${sqm(before.area.of)} ㎡`).waitFor();
    await owner.stands('同意', '反对', '弃权');
  });

  test('until the deadline she may think again; the last one counts, once', async () => {
    const before = (await owner.assembly(running)).turnout?.quorum;
    await owner.who.button('修改我的投票').click();
    await owner.choose('反对', '反对', '同意');
    await owner.confirm();
    await owner.counted();
    await owner.who.button('完成').click();
    await owner.stands('反对', '反对', '同意');
    expect((await owner.assembly(running)).turnout?.quorum).toEqual(before);
  });

  test('her receipts, opened by another phone’s camera: the later ballot is in, the earlier one was superseded', async () => {
    const log = `/api/estates/${owner.who.estateId}/assemblies/${running}`;
    const cast = await owner.who.api<Page<BallotReceipt>>(`${log}/ballots/mine`);
    const [later, earlier] = cast.items;
    const code = async (ballot: BallotReceipt | undefined) => {
      const { receipt } = await owner.who.api<LoggedBallotResponse>(`${log}/log/ballots/${ballot?.ballotId}`);
      return compactReceipt(nodePrimitives, receipt ?? '');
    };
    const scans = { 这张票已计入: await code(later), 这张票已被后来投的一票取代: await code(earlier) };
    for (const [words, digits] of Object.entries(scans)) {
      const stranger = await come(null, 'phone');
      await stranger.open(`/packages/assembly/pages/check/index#${digits}`);
      await stranger.screen.getByText(words).waitFor();
      expect(await stumblingBlocks(stranger)).toEqual([]);
    }
  });

  test('the notice board’s code of a past vote still fits the record', async () => {
    const past = (await assemblies()).find(({ state }) => state === 'PUBLISHED');
    const { note } = await owner.who.api<LogHead>(
      `/api/estates/${owner.who.estateId}/assemblies/${past?.id}/log`,
    );
    await owner.who.open(page('board', past?.id ?? ''));
    await owner.text('检查点').waitFor();
    expect(await stumblingBlocks(owner.who)).toEqual([]);
    const passer = await come(null, 'phone');
    const code = Buffer.from(note).toString('base64url');
    await passer.open(`/packages/assembly/pages/check/index#c${code}`);
    await passer.screen.getByText('公告栏上的和现在的记录一致').waitFor();
  });

  test('a tenant is told why there is nothing to vote, and a copied address does not help', async () => {
    const tenant = await join('tenant', 'phone');
    await tenant.who.open(page('detail', running));
    await tenant.text('您在这次大会没有票').waitFor();
    expect(await tenant.who.button('去投票').count()).toBe(0);
    const [mine] = (await owner.assembly(running)).mine;
    await tenant.who.open(`${page('vote', running)}&principalId=${mine?.principalId ?? ''}`);
    await tenant.text('您不在这次投票的名册里').waitFor();
    await tenant.text('家人和租户不能代投').waitFor();
  });

  test('signed out while submitting: it says so, and the choices are there after signing in again', async () => {
    const neighbour = await join('owner2', 'elder');
    await neighbour.who.open(page('detail', running));
    await neighbour.who.button('去投票').click();
    await neighbour.choose('同意', '同意', '反对');
    await neighbour.who.post('/api/auth/sign-out');
    await neighbour.confirm();
    await neighbour.text('登录已过期').waitFor();
    await neighbour.text('您没有提交的内容还在这台设备上').waitFor();
    expect(await stumblingBlocks(neighbour.who)).toEqual([]);
    await neighbour.who.button('重新登录').click();
    await neighbour.text('与家人共有一套房，也能投票').click();
    for (const [index, word] of (['同意', '同意', '反对'] as const).entries()) {
      await neighbour.text(`第 ${index + 1} 项，共 3 项`).waitFor();
      await neighbour.who.screen.getByRole('radio', { name: `${word}，已选中` }).waitFor();
      await neighbour.who.button(/^下一项$|^核对我的选择$/).click();
    }
    await neighbour.readBack.getByText('第 1 项投“同意”，第 2 项投“同意”，第 3 项投“反对”').waitFor();
    await neighbour.confirm();
    await neighbour.counted();
  });

  test.each([
    ['of nobody', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
    ['that is no id', '不是编号'],
  ])('an address %s says that there is nothing, and leads back', async (_what, id) => {
    await owner.who.open(page('detail', encodeURIComponent(id)));
    await owner.text('没有找到').waitFor();
    await owner.who.button('返回').click();
    await owner.who.button(/^投票，/).waitFor();
  });

  test('what was decided: both shares against both thresholds, in words, and the decision’s number', async () => {
    await owner.who.open(page('result', await idOf('夏季业主大会')));
    await owner.text('通过：同意 329 户（70.44%）、35,346.21 ㎡（71.17%），须都超过一半').waitFor();
    await owner.text('未通过：同意 282 户（60.38%）、30,598.38 ㎡（61.61%），须都达到四分之三').waitFor();
    await owner.text('同意 282 户，占参与表决 467 户 的 60.38%，没有达到四分之三').waitFor();
    await owner.text(/^业主大会\d{4}-\d+-1$/).waitFor();
    await owner.who.screen
      .getByRole('img', { name: /^户数：467 户 \/ 557 户，83\.8%，门槛 2\/3/ })
      .first()
      .waitFor();
    expect(await stumblingBlocks(owner.who)).toEqual([]);
  });

  test('what was not decided, for want of a quorum, says by how much', async () => {
    await owner.who.open(page('result', await idOf('电动车充电棚专题会议')));
    await owner.text(/^未达法定人数：参与表决 207 户（37\.16%）/).waitFor();
    await owner.text(/没有达到三分之二，还差 165 户/).waitFor();
    await owner.text(/没有达到三分之二，还差 17,335\.56 ㎡/).waitFor();
    expect(await stumblingBlocks(owner.who)).toEqual([]);
  });
});
