import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PetitionDetail } from '@linli/shared/assembly';
import { TestApp } from '../support/app.ts';
import { AssemblyBuilder, newKey, type Owner } from '../support/assembly-builder.ts';

describe('many who sign a petition at once', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  async function petition(owners: number) {
    const meeting = await AssemblyBuilder.start(app);
    const people = await meeting.owners(owners);
    const base = `/api/estates/${meeting.estateId}/petitions`;
    const body = {
      kind: 'MEETING',
      title: '要求召开临时会议',
      text: '请决定是否更换单元门禁。',
      matter: 9,
      membershipIds: [],
    };
    const { body: begun } = await app.post<{ id: string }>(base, people[0]?.token, body, newKey());
    const sign = (owner: Owner) => app.post<PetitionDetail>(`${base}/${begun.id}/signature`, owner.token);
    const takeBack = (owner: Owner) =>
      app.post<PetitionDetail>(`${base}/${begun.id}/signature/take-back`, owner.token);
    const read = async () => (await app.get<PetitionDetail>(`${base}/${begun.id}`, people[0]?.token)).body;
    return { id: begun.id, people, sign, takeBack, read };
  }

  test('one owner on two phones signs once', async () => {
    const { id, people, sign, read } = await petition(20);
    const [, owner] = people;
    if (owner === undefined) throw new Error('no owner');
    const answers = await Promise.all(Array.from({ length: 6 }, () => sign(owner)));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(6).fill(200));
    const rows = await app.database.rows(
      'SELECT id FROM petition_signatures WHERE petition_id = ? AND person_id = ?',
      [id, owner.personId],
    );
    expect(rows).toHaveLength(1);
    expect((await read()).progress.heads.have).toBe(2);
  });

  test('the threshold is crossed once, and no signature that was answered is lost', async () => {
    const { id, people, sign, read } = await petition(20);
    const answers = await Promise.all(people.slice(1, 9).map(sign));
    const signed = answers.filter(({ status }) => status === 200).length;
    const live = await app.database.rows(
      'SELECT id FROM petition_signatures WHERE petition_id = ? AND live_key IS NOT NULL',
      [id],
    );
    // Who comes after the crossing is told that it is over.
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect(live).toHaveLength(signed + 1);
    const after = await read();
    expect(after).toMatchObject({ state: 'REACHED', progress: { heads: { have: signed + 1, needed: 4 } } });
    const crossings = await app.database.rows(
      "SELECT id FROM audit_log WHERE subject_id = ? AND action = 'PETITION.REACHED'",
      [id],
    );
    expect(crossings).toHaveLength(1);
  });

  test('who takes back while others sign is either counted or gone, and the number is that of the signatures', async () => {
    const { id, people, sign, takeBack, read } = await petition(40);
    const [, first, second, third, fourth] = people;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined)
      throw new Error('no owners');
    await sign(first);
    await sign(second);
    await Promise.all([takeBack(first), sign(third), takeBack(second), sign(fourth), sign(first)]);
    const live = await app.database.rows(
      'SELECT id FROM petition_signatures WHERE petition_id = ? AND live_key IS NOT NULL',
      [id],
    );
    expect((await read()).progress.heads.have).toBe(live.length);
  });
});
