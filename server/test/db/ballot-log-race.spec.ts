import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openCheckpoint, parseNoteKey } from '@linli/shared/transparency';
import { ENVIRONMENT } from '../../src/config/config.module.ts';
import type { Environment } from '../../src/config/environment.ts';
import { BallotLog, LogReader, LogSequencer } from '../../src/features/ballot-log/index.ts';
import { LogTreeRepository } from '../../src/features/ballot-log/log-tree.repository.ts';
import { Clock } from '../../src/kernel/clock/clock.ts';
import { nodePrimitives, NoteSigner } from '../../src/kernel/crypto/index.ts';
import { Ids } from '../../src/kernel/ids/ids.ts';
import { TestApp } from '../support/app.ts';

const WRITERS = 20;
const LEAVES_EACH = 15;

describe('two replicas that keep one log', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const replica = () =>
    new LogSequencer(
      app.nest.get<Environment>(ENVIRONMENT),
      app.database,
      app.nest.get(LogTreeRepository),
      app.nest.get(NoteSigner),
      app.nest.get(Clock),
    );

  test('give every promised leaf one place, and sign no two histories', async () => {
    const estateId = await app.build.estate('康宁家园');
    const log = { id: app.nest.get(Ids).next(), origin: 'linli.example/assemblies/race' };
    const ballotLog = app.nest.get(BallotLog);
    await app.database.transaction((tx) => ballotLog.open(tx, { ...log, estateId }));
    const written = new AbortController();
    const promise = async (writer: number) => {
      for (let n = 0; n < LEAVES_EACH; n += 1)
        await app.database.transaction((tx) =>
          ballotLog.promise(tx, log, {
            v: 1,
            type: 'withdrawn',
            at: n,
            motion: `${writer}`,
            reason: '议题撤回',
          }),
        );
    };
    const sequence = async () => {
      const sequencer = replica();
      while (!written.signal.aborted) await sequencer.integrateAll();
      await sequencer.integrateAll();
    };
    const sequencing = [sequence(), sequence(), sequence()];
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => promise(writer)));
    written.abort();
    await Promise.all(sequencing);

    const rows = await app.database.rows<{ leaf_index: number }>(
      'SELECT leaf_index FROM ballot_log_leaves WHERE log_id = ? ORDER BY leaf_index',
      [log.id],
    );
    expect(rows.map(({ leaf_index }) => leaf_index)).toEqual(
      Array.from({ length: WRITERS * LEAVES_EACH }, (_, index) => index),
    );
    expect(await app.database.rows('SELECT id FROM ballot_log_pending')).toEqual([]);
    await expectOneHistory(app.nest.get(LogReader), log);
  });
});

/** Every checkpoint has the root that the tree has at that size today. */
async function expectOneHistory(reader: LogReader, log: { id: string; origin: string }): Promise<void> {
  const texts = (await reader.head(log.id))?.keys ?? [];
  const keys = texts.flatMap((text) => parseNoteKey(nodePrimitives, text) ?? []);
  const { checkpoints } = await reader.checkpoints(log.id);
  expect(checkpoints.length).toBeGreaterThan(1);
  for (const { size, note } of checkpoints) {
    const opened = openCheckpoint(nodePrimitives, note, { origin: log.origin, keys });
    expect(opened?.size).toBe(size);
    expect(Buffer.from(opened?.root ?? []).toString('base64')).toBe(await reader.rootAt(log.id, size));
  }
}
