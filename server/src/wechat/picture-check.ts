import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENVIRONMENT } from '../config/config.module.ts';
import type { Environment } from '../config/environment.ts';
import type { Caller } from '../kernel/access/index.ts';
import { Audit } from '../kernel/audit/audit.ts';
import { Clock } from '../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction } from '../kernel/database/index.ts';
import { FilesService } from '../kernel/files/index.ts';
import { Jobs } from '../kernel/jobs/jobs.ts';
import { MessagePush, type PictureVerdict } from './message-push.ts';
import { MiniProgramPort } from './mini-program.port.ts';
import { Openids } from './openids.ts';

const JOB = 'wechat.check-picture';

/** A picture that somebody put on something of the estate. */
export interface CheckedPicture {
  readonly fileId: string;
  readonly personId: string;
  readonly estateId: string;
}

/** Why a picture is not for everybody: CHECKING waits for its verdict and is somebody else's, OWN_CHECKING is one's own. */
export type PictureDoubt = 'CHECKING' | 'OWN_CHECKING' | 'RISKY';

type RiskyHandler = (tx: Transaction, picture: CheckedPicture) => Promise<void>;

/** WeChat promises its verdict within this time; after it people judge. */
const PATIENCE_MS = 30 * 60_000;

/**
 * Content safety 内容安全 of pictures. WeChat fetches them and pushes its verdict within half an hour. What the picture is
 * on does not wait for it; the picture itself is for its sender only until it has passed.
 *
 * - no WeChat, no message push, or a sender who never came through WeChat: nothing is asked, the picture is shown;
 * - REVIEW, also where WeChat could not fetch it, and no verdict in time: shown; the audit log has the former under
 *   CONTENT.TO_REVIEW;
 * - RISKY: shown to nobody.
 */
@Injectable()
export class PictureCheck implements OnModuleInit {
  private readonly handlers: RiskyHandler[] = [];

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Database) private readonly database: Database,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(MiniProgramPort) private readonly miniProgram: MiniProgramPort,
    @Inject(MessagePush) private readonly push: MessagePush,
    @Inject(Openids) private readonly openids: Openids,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, (picture: CheckedPicture) => this.ask(picture));
  }

  /** What else happens when a picture is withheld, in the same transaction. */
  onRisky(handler: RiskyHandler): void {
    this.handlers.push(handler);
  }

  /** Has pictures looked at once the thing that they are on is written. */
  async plan(tx: Transaction, caller: Caller, estateId: string, fileIds: readonly string[]): Promise<void> {
    if (!this.push.connected) return;
    const { personId } = caller;
    await tx.insert(
      'picture_checks',
      ...fileIds.map((fileId) => ({
        file_id: fileId,
        person_id: personId,
        estate_id: estateId,
        // Stands for the trace until there is one.
        trace_id: fileId,
        state: 'ASKED',
        asked_at: this.clock.now(),
        settled_at: null,
      })),
    );
    for (const fileId of fileIds)
      await this.jobs.enqueue(tx, {
        kind: JOB,
        payload: { fileId, personId, estateId } satisfies CheckedPicture,
        dedupeKey: `picture:${fileId}`,
      });
  }

  /** Those of the pictures that are being checked or did not pass, as this person stands to them. */
  async doubts(
    reader: Reader,
    personId: string,
    fileIds: readonly string[],
  ): Promise<ReadonlyMap<string, PictureDoubt>> {
    if (fileIds.length === 0 || !this.push.connected) return new Map();
    const rows = await reader.rows<{ file_id: string; state: 'RISKY' | 'ASKED'; person_id: string }>(
      `SELECT file_id, state, person_id FROM picture_checks WHERE file_id IN (${fileIds.map(() => '?').join(', ')})
         AND (state = 'RISKY' OR (state = 'ASKED' AND asked_at > ?))`,
      [...fileIds, this.clock.now() - PATIENCE_MS],
    );
    return new Map(
      rows.map((row) => {
        if (row.state === 'RISKY') return [row.file_id, 'RISKY'];
        return [row.file_id, row.person_id === personId ? 'OWN_CHECKING' : 'CHECKING'];
      }),
    );
  }

  /** Once for each question; a push that is repeated changes nothing. False where we never asked. */
  async settle({ traceId, verdict }: PictureVerdict): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const row = await tx.row<{ file_id: string; person_id: string; estate_id: string }>(
        'SELECT file_id, person_id, estate_id FROM picture_checks WHERE trace_id = ?',
        [traceId],
      );
      if (row === null) return false;
      const settled = await tx.run(
        "UPDATE picture_checks SET state = ?, settled_at = ? WHERE trace_id = ? AND state = 'ASKED'",
        [verdict, this.clock.now(), traceId],
      );
      if (settled === 0 || verdict === 'PASS') return true;
      const picture = { fileId: row.file_id, personId: row.person_id, estateId: row.estate_id };
      await this.remember(tx, picture, verdict === 'RISKY' ? 'CONTENT.REJECTED' : 'CONTENT.TO_REVIEW');
      if (verdict === 'RISKY') for (const handler of this.handlers) await handler(tx, picture);
      return true;
    });
  }

  private async ask(picture: CheckedPicture): Promise<void> {
    const { fileId, personId } = picture;
    const waiting = await this.database.row(
      "SELECT 1 AS found FROM picture_checks WHERE file_id = ? AND trace_id = ? AND state = 'ASKED'",
      [fileId, fileId],
    );
    // Asked before, by a worker that did not live to say so.
    if (waiting === null) return;
    const openid = await this.openids.of(personId);
    const [ref] = await this.files.refs(this.database, [fileId]);
    if (openid === null || ref === undefined) return this.forget(fileId);
    const traceId = await this.miniProgram.checkPicture(openid, `${this.environment.publicOrigin}${ref.url}`);
    await this.database.transaction(async (tx) => {
      if (traceId !== null) {
        await tx.run('UPDATE picture_checks SET trace_id = ? WHERE file_id = ?', [traceId, fileId]);
        return;
      }
      await tx.run("UPDATE picture_checks SET state = 'REVIEW', settled_at = ? WHERE file_id = ?", [
        this.clock.now(),
        fileId,
      ]);
      await this.remember(tx, picture, 'CONTENT.TO_REVIEW');
    });
  }

  /** Nobody will ever say anything about it. */
  private forget(fileId: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await tx.run('DELETE FROM picture_checks WHERE file_id = ?', [fileId]);
    });
  }

  private remember(tx: Transaction, { fileId, estateId }: CheckedPicture, action: string): Promise<void> {
    return this.audit.record(tx, 'SYSTEM', { action, estateId, subjectType: 'file', subjectId: fileId });
  }
}
