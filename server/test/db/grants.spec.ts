import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeableTables, grantStatements, openDatabase } from '../../src/kernel/database/index.ts';
import { balances } from '../support/ledger-reader.ts';
import { ENGINE } from '../support/engine.ts';
import { PayWorld } from '../support/pay-world.ts';

describe('the grants', () => {
  const statements = grantStatements('linli', "'app'@'10.%'");

  it('let the application add and read entries, and nothing else', () => {
    expect(statements.filter((statement) => statement.includes('`ledger_entries`'))).toEqual([
      "GRANT SELECT, INSERT ON `linli`.`ledger_entries` TO 'app'@'10.%'",
    ]);
  });
  it('nor of the logs of votes and of what people did', () => {
    for (const table of ['ballot_log_leaves', 'ballot_log_nodes', 'ballot_log_checkpoints', 'audit_log'])
      expect(statements).toContain(`GRANT SELECT, INSERT ON \`linli\`.\`${table}\` TO 'app'@'10.%'`);
  });
  it('let it do with the rows of other tables what it has to, and nothing to any schema', () => {
    expect(statements).toContain("GRANT SELECT, INSERT, UPDATE, DELETE ON `linli`.`bills` TO 'app'@'10.%'");
    expect(statements).toContain("GRANT SELECT ON `linli`.`migrations` TO 'app'@'10.%'");
    expect(
      statements.filter((statement) => /\b(ALL|DROP|ALTER|CREATE|GRANT OPTION)\b|\.\*/.test(statement)),
    ).toEqual([]);
  });
});

(ENGINE === 'mariadb' ? describe : describe.skip)('a server that runs as the restricted user', () => {
  let world: PayWorld;

  beforeAll(async () => {
    world = await PayWorld.start({ restrictedUser: true });
  });
  afterAll(() => world.stop());

  it('bills, is paid, cancels, credits late money and sets wrong money aside', async () => {
    const first = await world.debtor('101');
    await world.pay(await world.ordered(first.owner, [first.bill]));
    await world.deliver();
    const second = await world.debtor('102');
    const closed = await world.ordered(second.owner, [second.bill]);
    await world.app.post(`/api/me/pay-orders/${closed.orderNo}/cancel`, second.owner.token);
    await world.pay(closed, { force: true });
    await world.deliver();
    const third = await world.debtor('103');
    await world.fault({ kind: 'contradict', change: { amountFen: 17 }, everywhere: true });
    await world.pay(await world.ordered(third.owner, [third.bill]));
    await world.deliver();
    const { bill } = await world.debtor('104');
    const cancelled = await world.app.post(
      `${world.fees.base}/bills/${bill.id}/cancel`,
      world.fees.manager.token,
      { reason: '面积登记错了，重新出账' },
    );
    expect(cancelled.status).toBe(200);
    expect(await balances(world.app.database, world.fees.estateId)).toEqual({
      UNIT_RECEIVABLE: 2 * 5809,
      GATEWAY_CLEARING: 2 * 5809 + 17,
      FEE_INCOME: 3 * 5809,
      UNIT_CREDIT: 5809,
      SUSPENSE: 17,
    });
  });

  it.each([
    'UPDATE ledger_entries SET amount_fen = amount_fen + 1',
    'DELETE FROM ledger_entries',
    'REPLACE INTO ledger_entries SELECT * FROM ledger_entries',
    'INSERT INTO ledger_entries SELECT * FROM ledger_entries ON DUPLICATE KEY UPDATE amount_fen = 1',
    'TRUNCATE TABLE ledger_entries',
    'DROP TABLE ledger_entries',
    'ALTER TABLE ledger_entries DROP CONSTRAINT ck_ledger_entries_amount',
  ])('is refused %s, with error 1142', async (sql) => {
    const before = await world.count('ledger_entries');
    const refused = world.app.database.transaction((tx) => tx.run(sql));
    await expect(refused).rejects.toMatchObject({ driverError: { errno: 1142 } });
    expect([before > 0, await world.count('ledger_entries')]).toEqual([true, before]);
  });

  it('can say that it may change nothing of the books; the owner of the schema cannot', async () => {
    expect(await changeableTables(world.app.database)).toEqual([]);
    const { migrationDatabaseUrl, ...environment } = world.app.environment;
    const owner = await openDatabase(
      { ...environment, databaseUrl: migrationDatabaseUrl, migrationDatabaseUrl: null },
      { migrate: false },
    );
    expect(await changeableTables(owner)).toContain('ledger_entries');
    await owner.close();
  });
});
