import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FILE_LIMITS } from '@linli/shared/files';
import { DAY_MS, HOUR_MS } from '@linli/shared/kernel';
import { ENVIRONMENT } from '../../src/config/config.module.ts';
import type { Environment } from '../../src/config/environment.ts';
import { SessionsService } from '../../src/features/identity/index.ts';
import type { Caller } from '../../src/kernel/access/index.ts';
import { FilesService } from '../../src/kernel/files/index.ts';
import { SweepLooseFiles } from '../../src/kernel/files/sweep-loose-files.service.ts';
import { TestApp } from '../support/app.ts';
import { Gate } from '../support/gate.ts';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');

describe('uploads that nothing refers to', () => {
  let app: TestApp;
  let files: FilesService;
  let caller: Caller;
  let estateId: string;

  beforeEach(async () => {
    app = await TestApp.start();
    files = app.nest.get(FilesService);
    estateId = await app.build.estate();
    const { token } = await app.build.person('王芳');
    const found = await app.nest.get(SessionsService).find(token);
    if (found === null) throw new Error('signed out');
    caller = found;
  });
  afterEach(() => app.stop());

  const upload = () => files.keep(caller, { purpose: 'MATERIAL', name: '方案.pdf', body: PDF });
  const attach = (fileId: string, hold: () => Promise<void> = () => Promise.resolve()) =>
    app.database.transaction(async (tx) => {
      await files.attach(tx, caller, estateId, 'MATERIAL', [fileId]);
      await hold();
    });
  const sweep = () => app.nest.get(SweepLooseFiles, { strict: false }).sweep();
  const kept = async () =>
    (await app.database.rows<{ id: string }>('SELECT id FROM files ORDER BY id')).map((row) => row.id);
  const bodies = () => {
    const { dataDir } = app.nest.get<Environment>(ENVIRONMENT);
    return readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && entry.parentPath.includes('files'),
    ).length;
  };

  test('go after a day, row and body, and the uploader may upload again; those in use stay', async () => {
    const used = await upload();
    await attach(used.id);
    for (let n = 0; n < FILE_LIMITS.maxLoose; n++) await upload();
    await expect(upload()).rejects.toThrow('FILE.TOO_MANY');
    app.clock.advance(DAY_MS - HOUR_MS);
    await app.runJobs();
    await expect(upload()).rejects.toThrow('FILE.TOO_MANY');
    app.clock.advance(HOUR_MS);
    await app.runJobs();
    expect(await kept()).toEqual([used.id]);
    expect(bodies()).toBe(1);
    const fresh = await upload();
    expect(await kept()).toEqual([used.id, fresh.id]);
  });

  test('leave no body behind where their row could not be written', async () => {
    const transaction = app.database.transaction.bind(app.database);
    app.database.transaction = (work) =>
      transaction((tx) =>
        work({
          rows: tx.rows.bind(tx),
          row: tx.row.bind(tx),
          run: tx.run.bind(tx),
          insert: (table, ...records) =>
            table === 'files' ? Promise.reject(new Error('crash')) : tx.insert(table, ...records),
        }),
      );
    await expect(upload()).rejects.toThrow('crash');
    app.database.transaction = transaction;
    expect(bodies()).toBe(1);
    const kept = await upload();
    app.clock.advance(HOUR_MS);
    await app.runJobs();
    expect(bodies()).toBe(1);
    expect(await app.database.rows('SELECT id FROM files')).toEqual([{ id: kept.id }]);
  });

  test('one that is being attached while the sweep comes by stays', async () => {
    const { id } = await upload();
    app.clock.advance(DAY_MS);
    const attaching = new Gate();
    const attached = attach(id, () => attaching.stand());
    await attaching.reached;
    // The sweep has seen it loose; only then the attaching commits.
    const seen = new Gate();
    const transaction = app.database.transaction.bind(app.database);
    app.database.transaction = (work) => {
      seen.release();
      return transaction(work);
    };
    const sweeping = sweep();
    await seen.passed;
    attaching.release();
    await Promise.all([attached, sweeping]);
    app.database.transaction = transaction;
    await app.runJobs();
    expect(await kept()).toEqual([id]);
    expect(bodies()).toBe(1);
  });

  test('one that is being swept cannot be attached any more', async () => {
    const { id } = await upload();
    app.clock.advance(DAY_MS);
    const swept = new Gate();
    const transaction = app.database.transaction.bind(app.database);
    app.database.transaction = (work) =>
      transaction(async (tx) => {
        const result = await work(tx);
        await swept.stand();
        return result;
      });
    const sweeping = sweep();
    await swept.reached;
    app.database.transaction = transaction;
    const attaching = attach(id);
    swept.release();
    await expect(attaching).rejects.toThrow('FILE.MISSING');
    await sweeping;
    await app.runJobs();
    expect(await kept()).toEqual([]);
    expect(bodies()).toBe(0);
  });

  test('thirty at once: each is either attached with its body, or gone with it', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 30; n++) ids.push((await upload()).id);
    app.clock.advance(DAY_MS);
    const [outcomes] = await Promise.all([Promise.allSettled(ids.map((id) => attach(id))), sweep(), sweep()]);
    await app.runJobs();
    const attached = ids.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(await kept()).toEqual(attached);
    expect(bodies()).toBe(attached.length);
  });
});
