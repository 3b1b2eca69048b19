import { Inject, Injectable } from '@nestjs/common';
import {
  EXPORT_END,
  headerLine,
  type LogConsistencyResponse,
  type LoggedBallotResponse,
  type LogHeadResponse,
  noteLine,
  OWNERS_EXPORT,
  PUBLIC_EXPORT,
  sectionLine,
  wordingLine,
} from '@linli/shared/ballot-log';
import { canonicalJson, type LogHash } from '@linli/shared/transparency';
import type { Caller } from '../../../kernel/access/index.ts';
import { nodePrimitives } from '../../../kernel/crypto/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { type LogHead, LogReader, LogSequencer } from '../../ballot-log/index.ts';
import { AssembliesRepository } from '../assemblies.repository.ts';

const ROWS_A_PAGE = 1000;

/** What people take out of a log 核对: its head, that it only grew, their own receipt, and the exports. */
@Injectable()
export class ReadLogService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(LogReader) private readonly logs: LogReader,
    @Inject(LogSequencer) private readonly sequencer: LogSequencer,
  ) {}

  async head(estateId: string, assemblyId: string): Promise<LogHeadResponse> {
    const head = await this.headOf(estateId, assemblyId);
    return { origin: head.origin, keys: head.keys, size: head.size, note: head.note };
  }

  /** That the first `from` leaves are still those that the caller's phone has seen. */
  async consistency(estateId: string, assemblyId: string, from: number): Promise<LogConsistencyResponse> {
    const head = await this.headOf(estateId, assemblyId);
    if (from > head.size) throw refuse('NOT_FOUND');
    return { ...head, from, path: encoded(await this.logs.consistency(assemblyId, from, head.size)) };
  }

  /** The receipt of a ballot, for who cast it. */
  async ballot(caller: Caller, assemblyId: string, ballotId: string): Promise<LoggedBallotResponse> {
    const cast = await this.database.row(
      'SELECT id FROM ballots WHERE id = ? AND assembly_id = ? AND person_id = ?',
      [ballotId, assemblyId, caller.personId],
    );
    const leaf = cast === null ? null : await this.logs.leafAbout(assemblyId, ballotId);
    if (leaf === null) throw refuse('NOT_FOUND');
    return { ballotId, ...leaf };
  }

  /** Everything, for the owners of the estate: what the count can be done again from. */
  async ownersExport(estateId: string, assemblyId: string): Promise<AsyncIterable<string>> {
    const assembly = await this.assemblies.byId(this.database, estateId, assemblyId);
    if (assembly === null) throw refuse('NOT_FOUND');
    // Until the result is out, choices are nobody's business.
    if (assembly.publishedAt === null && assembly.cancelledAt === null) throw refuse('ASSEMBLY.LOG_NOT_OUT');
    const head = await this.wholeHead(assemblyId);
    return this.ownersLines(assemblyId, head);
  }

  /** For everybody: that the log only grew, what it commits to, and the sums of the result. */
  async publicExport(assemblyId: string): Promise<AsyncIterable<string>> {
    const published = await this.database.row(
      'SELECT id FROM assemblies WHERE id = ? AND published_at IS NOT NULL',
      [assemblyId],
    );
    if (published === null) throw refuse('NOT_FOUND');
    const head = await this.wholeHead(assemblyId);
    return this.publicLines(assemblyId, head);
  }

  private async *ownersLines(logId: string, head: LogHead): AsyncGenerator<string> {
    yield* lines(OWNERS_EXPORT, headerOf(head));
    yield* this.rollLines(logId);
    const motions = (await this.assemblies.motions(this.database, logId)).filter(
      ({ state }) => state !== 'PROPOSED',
    );
    yield* lines(
      sectionLine('wordings', motions.length),
      ...motions.map(({ id, title, text }) => wordingLine({ motion: id, title, text })),
    );
    const checkpoints = await this.logs.checkpoints(logId);
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

  private async *publicLines(logId: string, head: LogHead): AsyncGenerator<string> {
    yield* lines(PUBLIC_EXPORT, headerOf(head));
    const checkpoints = await this.logs.checkpoints(logId);
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

  private async headOf(estateId: string, assemblyId: string): Promise<LogHead> {
    const assembly = await this.assemblies.byId(this.database, estateId, assemblyId);
    const head = assembly === null ? null : await this.logs.head(assemblyId);
    if (head === null) throw refuse('NOT_FOUND');
    return head;
  }
}

const headerOf = ({ origin, keys }: LogHead) => headerLine({ origin, keys, witnesses: [] });
const encoded = (path: readonly LogHash[]) => path.map((hash) => nodePrimitives.toBase64(hash));

function* lines(...texts: readonly string[]): Generator<string> {
  for (const text of texts) yield `${text}\n`;
}
