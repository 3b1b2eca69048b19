import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AssemblyDetail, type AssemblyResult, COUNTING_GRACE_MS } from '@linli/shared/assembly';
import { TestApp } from '../support/app.ts';
import { AssemblyBuilder, newKey, type Owner } from '../support/assembly-builder.ts';
import { PaperBuilder } from '../support/paper-builder.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

async function voting(owners: number) {
  const meeting = await AssemblyBuilder.start(app);
  const people: readonly Owner[] = await meeting.owners(owners);
  const assembly: AssemblyDetail = await meeting.voting();
  const desk = await PaperBuilder.start(app, meeting, assembly);
  const [owner] = people;
  if (owner === undefined) throw new Error('no owner');
  return { meeting, owner, people, assembly, desk };
}

const papersOf = (assemblyId: string) =>
  app.database.rows<{ id: string }>("SELECT id FROM ballots WHERE assembly_id = ? AND channel = 'PAPER'", [
    assemblyId,
  ]);

describe('the paper desk, many at once', () => {
  test('two who read the same at the same moment make one ballot', async () => {
    const { desk, owner, assembly } = await voting(1);
    const { body: paper } = await desk.receive(await desk.numberOf(owner));
    const [first, second, third] = desk.readers;
    // Both find the paper unread; whoever comes second is told to look again, and does.
    const answers = await Promise.all([desk.enter(first, paper, 'FOR'), desk.enter(second, paper, 'FOR')]);
    const losers = [first, second].filter((_, index) => answers[index]?.status !== 200);
    for (const { status, body } of answers.filter(({ status }) => status !== 200))
      expect([status, body.code]).toEqual([409, 'PAPER.MEANWHILE']);
    for (const loser of losers) expect((await desk.enter(loser, paper, 'FOR')).status).toBe(200);
    expect(await papersOf(assembly.id)).toHaveLength(1);
    expect((await desk.enter(third, paper, 'FOR')).body.code).toBe('PAPER.SETTLED');
  });

  test('two who confirm at once make one ballot, by the first reader and one of them', async () => {
    const { desk, owner, assembly } = await voting(1);
    const { body: paper } = await desk.receive(await desk.numberOf(owner));
    const [first, second, third] = desk.readers;
    await desk.enter(first, paper, 'FOR');
    const answers = await Promise.all([desk.enter(second, paper, 'FOR'), desk.enter(third, paper, 'FOR')]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers.filter(({ status }) => status !== 200))
      expect([status, ['PAPER.MEANWHILE', 'PAPER.SETTLED'].includes(body.code)]).toEqual([409, true]);
    expect(await papersOf(assembly.id)).toHaveLength(1);
    const entries = await app.database.rows('SELECT id FROM paper_entries WHERE return_id = ?', [paper.id]);
    expect(entries).toHaveLength(2);
  });

  test('a reading that is sent twenty times with one key is one reading', async () => {
    const { desk, owner } = await voting(1);
    const { body: paper } = await desk.receive(await desk.numberOf(owner));
    const key = newKey();
    const [first] = desk.readers;
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.enter(first, paper, 'FOR', key)));
    const codes = answers.filter(({ status }) => status !== 200).map(({ body }) => body.code);
    expect(codes.filter((code) => code !== 'IDEMPOTENCY.IN_FLIGHT')).toEqual([]);
    const entries = await app.database.rows('SELECT id FROM paper_entries WHERE return_id = ?', [paper.id]);
    expect(entries).toHaveLength(1);
  });

  test('one paper that is handed in at two desks at once is taken in once', async () => {
    const { desk, owner } = await voting(1);
    const number = await desk.numberOf(owner);
    const answers = await Promise.all(desk.readers.map((by) => desk.receive(number, { by })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  test('paper and phone at once are both kept, and one of them counts', async () => {
    const { desk, meeting, people, assembly } = await voting(6);
    const papers = await Promise.all(
      people.map(async (owner) => (await desk.receive(await desk.numberOf(owner))).body),
    );
    const [first, second] = desk.readers;
    for (const paper of papers) await desk.enter(first, paper, 'FOR');
    app.clock.advance(1000);
    const all = await Promise.all([
      ...papers.map((paper) => desk.enter(second, paper, 'FOR')),
      ...people.map((owner) => meeting.cast(owner, assembly, 'AGAINST')),
    ]);
    expect(all.filter(({ status }) => status >= 300)).toEqual([]);
    expect(await papersOf(assembly.id)).toHaveLength(6);
    await meeting.count(assembly);
    const url = `${meeting.base}/${assembly.id}/result`;
    const { body } = await app.get<AssemblyResult>(url, meeting.chair.token);
    // Received later, the phone speaks for each; nobody is counted twice.
    expect(body.motions[0]?.breakdown).toEqual({ AGAINST: { heads: 6, areaCentiSqm: 60_000 } });
  });

  test('a reading at the very moment of the count is counted or makes it wait, never lost', async () => {
    const { desk, meeting, people, assembly } = await voting(3);
    const [owner] = people;
    if (owner === undefined) throw new Error('no owner');
    const { body: paper } = await desk.receive(await desk.numberOf(owner));
    await desk.enter(desk.readers[0], paper, 'FOR');
    app.clock.set((assembly.closesAt ?? 0) + COUNTING_GRACE_MS);
    const [, entered] = await Promise.all([app.runJobs(), desk.enter(desk.readers[1], paper, 'FOR')]);
    expect(entered.body.state).toBe('COUNTED');
    await app.runJobs();
    const url = `${meeting.base}/${assembly.id}/result`;
    const { body } = await app.get<AssemblyResult>(url, meeting.chair.token);
    expect(body.motions[0]?.participating.heads).toBe(1);
  });
});
