import { Inject, Injectable } from '@nestjs/common';
import {
  type BallotStandingResponse,
  EXPORT_END,
  type GrownLog,
  headerLine,
  type LogBoardResponse,
  type LogConsistencyResponse,
  type LogHead,
  type LogHeadResponse,
  type LogHeadsResponse,
  noteLine,
  OWNERS_EXPORT,
  PUBLIC_EXPORT,
  type SeenLog,
  sectionLine,
  wordingLine,
} from '@linli/shared/ballot-log';
import { canonicalJson, type LogHash } from '@linli/shared/transparency';
import { ENVIRONMENT } from '../../../config/config.module.ts';
import type { Environment } from '../../../config/environment.ts';
import { nodePrimitives } from '../../../kernel/crypto/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { type CosignedLog, LogReader, LogSequencer, LogWitnesses } from '../../ballot-log/index.ts';
import { AssembliesRepository } from '../assemblies.repository.ts';
import { checkPageQr } from './check-page-qr.ts';
import { supersededAt } from './superseded.ts';

const ROWS_A_PAGE = 1000;
/** A receipt is digits alone; a checkpoint begins with this. */
const CHECKPOINT_MARK = 'c';

/** What people take out of a log 核对: its head, that it only grew, and the exports. */
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
    return { ...head, qr: await checkPageQr(this.environment, `${CHECKPOINT_MARK}${note}`) };
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

  /** All logs that an app has seen, with the proof for each that it only grew. */
  async grownSince(seen: readonly SeenLog[]): Promise<LogHeadsResponse> {
    const heads = await this.logs.heads(seen.map(({ assemblyId }) => assemblyId));
    const logs: GrownLog[] = [];
    for (const { assemblyId, size: from } of seen) {
      const head = heads.get(assemblyId);
      if (head === undefined) continue;
      const path = from < head.size ? await this.logs.consistency(assemblyId, from, head.size) : [];
      logs.push({ assemblyId, ...head, path: encoded(path) });
    }
    return { logs };
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
