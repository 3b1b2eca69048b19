import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkRollFile, importRollFile } from '../../src/cli/roll-file.ts';
import { Jobs } from '../../src/kernel/jobs/jobs.ts';
import { TestApp } from '../support/app.ts';
import { sample } from '../support/samples.ts';

describe('npm run import:roll', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linli-roll-'));
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(async () => {
    await app.stop();
    rmSync(folder, { recursive: true });
  });

  function file(name: string, body: Buffer): string {
    const path = join(folder, name);
    writeFileSync(path, body);
    return path;
  }

  test.each([
    ['an empty file', 'empty.xlsx', Buffer.alloc(0), 'SHEET.EMPTY'],
    ['a page of the web', 'page.xlsx', Buffer.from('<html><table></table></html>'), 'SHEET.WEB_PAGE'],
    ['an archive that breaks off', 'broken.xlsx', sample('roll.xlsx').subarray(0, 4000), /^SHEET\./],
  ])('reports %s as one fault, in the shape of every report', async (_, name, body, code) => {
    const report = await checkRollFile(file(name, body));
    expect(report).toMatchObject({ rows: 0, accepted: 0, ignored: [] });
    expect(report.errors).toHaveLength(1);
    const [fault] = report.errors;
    expect(fault).toMatchObject({ row: 0, column: '文件', found: name });
    expect(fault?.code).toMatch(code);
    expect(fault?.expected).toMatch(/[\u4e00-\u9fff]/);
  });

  test('reports a file that is not there, and a folder, in words', async () => {
    const missing = await checkRollFile(join(folder, 'nowhere.xlsx'));
    expect(missing.errors).toMatchObject([{ code: 'FILE.NOT_FOUND', found: 'nowhere.xlsx' }]);
    expect(missing.errors[0]?.expected).toContain('没有这个文件');
    expect((await checkRollFile(folder)).errors).toMatchObject([{ code: 'FILE.NOT_FOUND' }]);
  });

  test('waits for a check that the running server took, and the log names the command line', async () => {
    const estateId = await app.build.estate();
    const operator = await app.build.member('运维', 'OPERATOR', [estateId]);
    const jobs = app.nest.get(Jobs);
    const drain = jobs.drain.bind(jobs);
    let looks = 0;
    // The first look finds nothing to do: another worker has the lease.
    jobs.drain = () => (++looks === 1 ? Promise.resolve(0) : drain());
    const applied = await importRollFile(app.nest, file('roll.xlsx', sample('roll.xlsx')), undefined);
    jobs.drain = drain;
    expect(looks).toBe(2);
    expect(applied).toMatchObject({ added: 720, changed: 0, removed: 0 });
    const logged = await app.database.rows(
      "SELECT person_id, session_id FROM audit_log WHERE action = 'ROLL.APPLIED'",
    );
    expect(logged).toEqual([{ person_id: null, session_id: 'CLI' }]);
    expect(await app.database.rows('SELECT created_by FROM roll_imports')).toEqual([
      { created_by: operator.personId },
    ]);
  });
});
