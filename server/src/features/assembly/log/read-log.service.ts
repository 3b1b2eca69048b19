import { Inject, Injectable } from '@nestjs/common';
import {
  type BallotQrResponse,
  type BallotStandingResponse,
  EXPORT_END,
  headerLine,
  type LogBoardResponse,
  type LogConsistencyResponse,
  type LoggedBallotResponse,
  type LogHead,
  type LogHeadResponse,
  noteLine,
  OWNERS_EXPORT,
  PUBLIC_EXPORT,
  sectionLine,
  wordingLine,
} from '@linli/shared/ballot-log';
import { canonicalJson, compactReceipt, type LogHash } from '@linli/shared/transparency';
import { ENVIRONMENT } from '../../../config/config.module.ts';
import type { Environment } from '../../../config/environment.ts';
import type { Caller } from '../../../kernel/access/index.ts';
import { nodePrimitives } from '../../../kernel/crypto/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { qrCodePicture } from '../../../kernel/qr-code/qr-code.ts';
import { type CosignedLog, LogReader, LogSequencer, LogWitnesses } from '../../ballot-log/index.ts';
import { AssembliesRepository } from '../assemblies.repository.ts';
import { supersededAt } from './superseded.ts';

const ROWS_A_PAGE = 1000;
const CHECK_PAGE = 'packages/assembly/pages/check/index';
/** A receipt is digits alone; a checkpoint begins with this. */
const CHECKPOINT_MARK = 'c';

/** What people take out of a log 核对: its head, that it only grew, their own receipt, and the exports. */
@Injectable()
export class ReadLogService {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(LogReader) private readonly logs: LogReader,
    @Inject(LogSequencer) private readonly sequencer: LogSequencer,
    @Inject(LogWitnesses) private readonly witnesses: LogWitnesses,
  ) {}

  async head(estateId: string, assemblyId: string): Promise<LogHeadResponse> {
    const head = await this.headOf(estateId, assemblyId);
    return { ...head, witnesses: await this.witnesses.statesOf(assemblyId) };
  }

  /** The checkpoint as it hangs in the entrance hall. */
  async board(estateId: string, assemblyId: string): Promise<LogBoardResponse> {
    const head = await this.head(estateId, assemblyId);
    const note = Buffer.from(head.note, 'utf8').toString('base64url');
    return { ...head, qr: await this.qrCode(`${CHECKPOINT_MARK}${note}`) };
  }

  /** That the first `from` leaves are still those that the caller's phone has seen. */
  async consistency(estateId: string, assemblyId: string, from: number): Promise<LogConsistencyResponse> {
    return this.grown(await this.headOf(estateId, assemblyId), assemblyId, from);
  }

  /** The same for who holds a receipt or a printed checkpoint, and is perhaps nobody here. */
  async publicHead(assemblyId: string, from: number): Promise<LogConsistencyResponse> {
    const head = await this.logs.head(assemblyId);
    if (head === null) throw refuse('NOT_FOUND');
    return this.grown(head, assemblyId, from);
  }

  /** The receipt of a ballot, for who cast it. */
  async ballot(caller: Caller, assemblyId: string, ballotId: string): Promise<LoggedBallotResponse> {
    const cast = await this.database.row(
      `SELECT b.id FROM ballots b WHERE b.id = ? AND b.assembly_id = ? AND ((b.channel = 'ONLINE' AND b.person_id = ?)
         OR (b.channel = 'PAPER' AND EXISTS (SELECT 1 FROM assembly_roll_owners v JOIN owners o ON o.id = v.owner_id
             WHERE v.principal_id = b.principal_id AND o.person_id = ?)))`,
      [ballotId, assemblyId, caller.personId, caller.personId],
    );
    const leaf = cast === null ? null : await this.logs.leafAbout(assemblyId, ballotId);
    if (leaf === null) throw refuse('NOT_FOUND');
    return { ballotId, ...leaf };
  }

  async ballotQr(caller: Caller, assemblyId: string, ballotId: string): Promise<BallotQrResponse> {
    const { receipt } = await this.ballot(caller, assemblyId, ballotId);
    const digits = receipt === null ? null : compactReceipt(nodePrimitives, receipt);
    return { qr: digits === null ? null : await this.qrCode(digits) };
  }

  /** Whether a ballot still speaks: nothing of what it says, and nothing of who cast it. */
  async standing(assemblyId: string, ballotId: string): Promise<BallotStandingResponse> {
    const cast = await this.database.row('SELECT id FROM ballots WHERE id = ? AND assembly_id = ?', [
      ballotId,
      assemblyId,
    ]);
    if (cast === null) throw refuse('NOT_FOUND');
    return { supersededAt: await supersededAt(this.database, ballotId) };
  }

  /** Everything, for the owners of the estate: what the count can be done again from. */
  async ownersExport(estateId: string, assemblyId: string): Promise<AsyncIterable<string>> {
    const assembly = await this.assemblies.byId(this.database, estateId, assemblyId);
    if (assembly === null) throw refuse('NOT_FOUND');
    // Until the result is out, choices are nobody's business.
    if (assembly.publishedAt === null && assembly.cancelledAt === null) throw refuse('ASSEMBLY.LOG_NOT_OUT');
    const head = await this.wholeHead(assemblyId);
    return this.ownersLines(assemblyId, head, await this.logs.checkpoints(assemblyId));
  }

  /** For everybody: that the log only grew, what it commits to, and the sums of the result. */
  async publicExport(assemblyId: string): Promise<AsyncIterable<string>> {
    const published = await this.database.row(
      'SELECT id FROM assemblies WHERE id = ? AND published_at IS NOT NULL',
      [assemblyId],
    );
    if (published === null) throw refuse('NOT_FOUND');
    const head = await this.wholeHead(assemblyId);
    return this.publicLines(assemblyId, head, await this.logs.checkpoints(assemblyId));
  }

  private async *ownersLines(
    logId: string,
    head: LogHead,
    { checkpoints, witnesses }: CosignedLog,
  ): AsyncGenerator<string> {
    yield* lines(OWNERS_EXPORT, headerOf(head, witnesses));
    yield* this.rollLines(logId);
    const motions = (await this.assemblies.motions(this.database, logId)).filter(
      ({ state }) => state !== 'PROPOSED',
    );
    yield* lines(
      sectionLine('wordings', motions.length),
      ...motions.map(({ id, title, text }) => wordingLine({ motion: id, title, text })),
    );
    yield* lines(
      sectionLine('checkpoints', checkpoints.length),
      ...checkpoints.map(({ note }) => noteLine(note)),
      sectionLine('leaves', head.size),
    );
    for await (const leaf of this.logs.leaves(logId)) yield* lines(leaf);
    yield* lines(EXPORT_END);
  }

  private async *rollLines(logId: string): AsyncGenerator<string> {
    const total = await this.database.row<{ total: number }>(
      'SELECT COUNT(*) AS total FROM ballot_log_rows WHERE log_id = ?',
      [logId],
    );
    yield* lines(sectionLine('roll', Number(total?.total ?? 0)));
    for (let from = 0; ; from += ROWS_A_PAGE) {
      const rows = await this.database.rows<{ row_json: string }>(
        `SELECT row_json FROM ballot_log_rows WHERE log_id = ? AND position >= ? ORDER BY position LIMIT ${ROWS_A_PAGE}`,
        [logId, from],
      );
      yield* lines(...rows.map(({ row_json }) => row_json));
      if (rows.length < ROWS_A_PAGE) return;
    }
  }

  private async *publicLines(
    logId: string,
    head: LogHead,
    { checkpoints, witnesses }: CosignedLog,
  ): AsyncGenerator<string> {
    yield* lines(PUBLIC_EXPORT, headerOf(head, witnesses));
    yield* lines(sectionLine('checkpoints', checkpoints.length));
    for (const [index, { size, note }] of checkpoints.entries()) {
      const before = checkpoints[index - 1]?.size ?? 0;
      const consistency = encoded(await this.logs.consistency(logId, before, size));
      yield* lines(canonicalJson({ consistency, note }));
    }
    const shown = [0, 1, head.size - 1];
    yield* lines(sectionLine('proven', shown.length));
    for (const index of shown) {
      const leaf = await this.logs.leafAt(logId, index);
      const path = encoded(await this.logs.inclusion(logId, index, head.size));
      yield* lines(canonicalJson({ index, leaf, path }));
    }
    yield* lines(EXPORT_END);
  }

  /** The head with the last leaf in it, which may be a moment old. */
  private async wholeHead(logId: string): Promise<LogHead> {
    await this.sequencer.integrate(logId);
    const head = await this.logs.head(logId);
    if (head === null) throw refuse('NOT_FOUND');
    return head;
  }

  private async grown(head: LogHead, assemblyId: string, from: number): Promise<LogConsistencyResponse> {
    if (from > head.size) throw refuse('NOT_FOUND');
    return { ...head, from, path: encoded(await this.logs.consistency(assemblyId, from, head.size)) };
  }

  /** What a camera opens: the proof stands behind the "#", which no browser sends to a server. */
  private qrCode(proof: string): Promise<string> {
    return qrCodePicture(`${this.environment.publicOrigin}/${CHECK_PAGE}#${proof}`);
  }

  private async headOf(estateId: string, assemblyId: string): Promise<LogHead> {
    const assembly = await this.assemblies.byId(this.database, estateId, assemblyId);
    const head = assembly === null ? null : await this.logs.head(assemblyId);
    if (head === null) throw refuse('NOT_FOUND');
    return head;
  }
}

const headerOf = ({ origin, keys }: LogHead, witnesses: readonly string[]) =>
  headerLine({ origin, keys, witnesses });
const encoded = (path: readonly LogHash[]) => path.map((hash) => nodePrimitives.toBase64(hash));

function* lines(...texts: readonly string[]): Generator<string> {
  for (const text of texts) yield `${text}\n`;
}
