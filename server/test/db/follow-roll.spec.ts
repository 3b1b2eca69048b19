import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BindRollService } from '../../src/features/identity/index.ts';
import type { Transaction } from '../../src/kernel/database/index.ts';
import { TestApp } from '../support/app.ts';

describe('residencies follow the roll', () => {
  let app: TestApp;
  let estateId: string;

  beforeEach(async () => {
    app = await TestApp.start();
    estateId = await app.build.estate();
  });
  afterEach(() => app.stop());

  const follow = () =>
    app.database.transaction((tx) => app.nest.get(BindRollService).followRoll(tx, estateId));

  /** Owners of a home each whose phone has an account that is not bound yet. */
  async function strangers(count: number): Promise<string[]> {
    const people: string[] = [];
    for (let n = 0; n < count; n++) {
      const unit = await app.build.unit(estateId, `${count}-${n}`, 9000);
      const { personId } = await app.build.owner('业主', [unit]);
      const phone = `${count}-${n}`;
      await app.database.transaction(async (tx) => {
        await tx.run('DELETE FROM residencies WHERE person_id = ?', [personId]);
        await tx.run('UPDATE persons SET phone_index = ? WHERE id = ?', [phone, personId]);
        const owner = await tx.row<{ id: string }>('SELECT id FROM owners WHERE person_id = ?', [personId]);
        await tx.insert('owner_phones', { phone_index: phone, owner_id: owner?.id ?? '' });
        await tx.run('UPDATE owners SET person_id = NULL WHERE person_id = ?', [personId]);
      });
      people.push(personId);
    }
    return people;
  }

  async function inForce(): Promise<string[]> {
    const rows = await app.database.rows<{ person_id: string }>(
      "SELECT person_id FROM residencies WHERE estate_id = ? AND kind = 'OWNER' AND ends_at IS NULL ORDER BY person_id",
      [estateId],
    );
    return rows.map((row) => row.person_id);
  }

  async function statementsOf(count: number): Promise<number> {
    await strangers(count);
    let statements = 0;
    await app.database.transaction(async (tx) => {
      statements = 0;
      const counted = <Answer>(ask: Promise<Answer>): Promise<Answer> => {
        statements += 1;
        return ask;
      };
      const counting: Transaction = {
        rows: (sql, values) => counted(tx.rows(sql, values)),
        row: (sql, values) => counted(tx.row(sql, values)),
        run: (sql, values) => counted(tx.run(sql, values)),
        insert: (table, ...records) => counted(tx.insert(table, ...records)),
      };
      await app.nest.get(BindRollService).followRoll(counting, estateId);
    });
    return statements;
  }

  test('accounts that the roll names get their homes, and only once', async () => {
    const people = await strangers(3);
    expect((await follow()).toSorted()).toEqual(people.toSorted());
    expect(await inForce()).toEqual(people.toSorted());
    await follow();
    expect(await inForce()).toEqual(people.toSorted());
  });

  test('an account that was closed is left alone', async () => {
    const [closed = '', open] = await strangers(2);
    await app.database.transaction((tx) => tx.run('UPDATE persons SET closed_at = 1 WHERE id = ?', [closed]));
    await follow();
    expect(await inForce()).toEqual([open]);
  });

  test('whoever sold and bought back lives there again, on the same line', async () => {
    const [personId = ''] = await strangers(1);
    await follow();
    const sold = await app.database.rows<{ unit_id: string; owner_id: string }>(
      'SELECT unit_id, owner_id FROM ownerships WHERE estate_id = ?',
      [estateId],
    );
    await app.database.transaction((tx) => tx.run('DELETE FROM ownerships WHERE estate_id = ?', [estateId]));
    await follow();
    expect(await inForce()).toEqual([]);
    await app.database.transaction((tx) =>
      tx.insert('ownerships', ...sold.map((row) => ({ ...row, estate_id: estateId, position: 0 }))),
    );
    await follow();
    expect(await inForce()).toEqual([personId]);
    const lines = await app.database.rows('SELECT id FROM residencies WHERE person_id = ?', [personId]);
    expect(lines).toHaveLength(1);
  });

  test('forty owners take no more statements than two', async () => {
    const few = await statementsOf(2);
    expect(await statementsOf(40)).toBe(few);
  });
});
