import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  openCheckpoint,
  openSuccession,
  parseNoteKey,
  reachedKeys,
  successionText,
} from '@linli/shared/transparency';
import { ENVIRONMENT } from '../../src/config/config.module.ts';
import type { Environment } from '../../src/config/environment.ts';
import { BallotLog, LogKeys, LogSequencer } from '../../src/features/ballot-log/index.ts';
import { LogTreeRepository } from '../../src/features/ballot-log/log-tree.repository.ts';
import { Clock } from '../../src/kernel/clock/clock.ts';
import { nodePrimitives, NoteSigner } from '../../src/kernel/crypto/index.ts';
import { Ids } from '../../src/kernel/ids/ids.ts';
import { TestApp } from '../support/app.ts';

describe('the key of the logs is changed twice', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)];
  const keysWith = (signer: NoteSigner) =>
    new LogKeys(app.database, signer, app.nest.get(Clock), app.nest.get(Ids));
  const sequencerWith = (signer: NoteSigner) =>
    new LogSequencer(
      app.nest.get<Environment>(ENVIRONMENT),
      app.database,
      app.nest.get(LogTreeRepository),
      signer,
      app.nest.get(Clock),
    );

  /** As it was written once: under the "host:port" of its day. */
  async function recordAsOf(host: string, signer: NoteSigner): Promise<void> {
    const [next = new Uint8Array(), former = new Uint8Array()] = signer.publicKeys;
    const text = successionText(nodePrimitives, { former, next }).replace(/^.*/, host);
    const note = signer.signNote(host, text);
    const replaced = await app.database.transaction((tx) =>
      tx.run('UPDATE log_key_successions SET note = ?', [note]),
    );
    expect(replaced).toBe(1);
  }

  test('checkpoints of the first key stay checkable, a phone learns the last, and no stolen key comes in', async () => {
    const estateId = await app.build.estate('康宁家园');
    const log = { id: app.nest.get(Ids).next(), origin: 'linli.example/log' };
    const ballotLog = app.nest.get(BallotLog);
    await app.database.transaction((tx) => ballotLog.open(tx, { ...log, estateId }));
    // Each start of the server with its keys, newest first; a start that is repeated changes nothing.
    const starts = [[first], [second, first], [second, first], [second], [third, second], [third]] as const;
    for (const [position, seeds] of starts.entries()) {
      const signer = new NoteSigner(seeds);
      await keysWith(signer).onApplicationBootstrap();
      // The first change was recorded when its note still bore the address of the logs, which has changed since.
      if (position === 1) await recordAsOf('old.linli.example', signer);
      await app.database.transaction((tx) =>
        ballotLog.promise(tx, log, { v: 1, type: 'withdrawn', at: position, motion: 'm', reason: '撤回' }),
      );
      await sequencerWith(signer).integrate(log.id);
    }
    const last = keysWith(new NoteSigner([third]));
    const { keys, successions } = await last.response();
    expect(successions).toHaveLength(2);
    expect(keys).toHaveLength(3);
    const noteKeys = (await last.keysOf(log.origin)).flatMap(
      (text) => parseNoteKey(nodePrimitives, text) ?? [],
    );
    const notes = await app.database.rows<{ note: string }>('SELECT note FROM ballot_log_checkpoints');
    expect(notes).toHaveLength(starts.length);
    for (const { note } of notes)
      expect(openCheckpoint(nodePrimitives, note, { origin: log.origin, keys: noteKeys })).not.toBeNull();
    // A phone that was away since the first key.
    const steps = successions.flatMap((note) => openSuccession(nodePrimitives, note) ?? []);
    const known = [...new NoteSigner([first]).publicKeys];
    expect(reachedKeys(nodePrimitives, known, steps, 'next').map(nodePrimitives.toBase64)).toContain(keys[0]);
    // Who stole the first key cannot lead the server's own list to a key of theirs.
    await keysWith(new NoteSigner([randomBytes(32), first])).onApplicationBootstrap();
    expect((await last.response()).keys).toEqual(keys);
  });
});
