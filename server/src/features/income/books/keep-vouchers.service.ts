import { Inject, Injectable } from '@nestjs/common';
import type { FileRef } from '@linli/shared/files';
import type { StatementLine, VoucherView } from '@linli/shared/income';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { EstateBooks, requireKeeper } from '../estate-books.ts';
import { voucherIdsOf } from '../statement-views.ts';

/**
 * The papers behind the lines 凭证. What is shown may be a copy with names and account numbers blacked out 公开件; the
 * original is kept, and its hash stands beside the copy.
 */
@Injectable()
export class KeepVouchersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Vouchers that are new to the estate are taken over; those it has may be cited by several lines. */
  async attach(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    lines: readonly StatementLine[],
  ): Promise<void> {
    const ids = voucherIdsOf(lines);
    if (ids.length === 0) return;
    const known = await tx.rows<{ file_id: string }>(
      `SELECT file_id FROM income_vouchers WHERE estate_id = ? AND file_id IN (${places(ids)})`,
      [estateId, ...ids],
    );
    const kept = new Set(known.map((row) => row.file_id));
    await this.attachNew(
      tx,
      caller,
      estateId,
      ids.filter((id) => !kept.has(id)),
    );
  }

  /** Only what the caller has just uploaded, and nothing refers to yet. */
  async attachNew(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    fresh: readonly string[],
  ): Promise<void> {
    await this.files.attach(tx, caller, estateId, 'VOUCHER', fresh);
    await tx.insert(
      'income_vouchers',
      ...fresh.map((id) => ({ file_id: id, estate_id: estateId, attached_at: this.clock.now() })),
    );
  }

  /** From now on owners see this copy; another one may follow. */
  async redact(caller: Caller, estateId: string, originalId: string, copyId: string): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        requireKeeper(caller, await this.books.of(tx, estateId));
        const original = await tx.row(
          'SELECT file_id FROM income_vouchers WHERE estate_id = ? AND file_id = ?',
          [estateId, originalId],
        );
        if (original === null || originalId === copyId) throw refuse('NOT_FOUND');
        await this.files.attach(tx, caller, estateId, 'VOUCHER', [copyId]);
        await tx.insert('income_voucher_copies', {
          id: this.ids.next(),
          estate_id: estateId,
          original_id: originalId,
          copy_id: copyId,
          made_by: caller.personId,
          made_at: this.clock.now(),
        });
        await this.audit.record(tx, caller, {
          action: 'INCOME_VOUCHER.REDACTED',
          estateId,
          subjectType: 'file',
          subjectId: originalId,
          after: { copyId },
        });
      });
    } catch (error) {
      // The second tap on the same copy.
      if (!violates(error, 'uq_income_voucher_copies_copy')) throw error;
    }
  }

  /** What owners see of each voucher: its copy, where there is one. */
  async shown(reader: Reader, originals: readonly string[]): Promise<ReadonlyMap<string, FileRef>> {
    if (originals.length === 0) return new Map();
    const copies = await this.copiesOf(reader, originals);
    const files = await this.files.refs(
      reader,
      originals.map((id) => copies.get(id) ?? id),
    );
    const byId = new Map(files.map((file) => [file.id, file]));
    return new Map(
      originals.flatMap((id) => {
        const file = byId.get(copies.get(id) ?? id);
        return file === undefined ? [] : [[id, file] as const];
      }),
    );
  }

  /** The same with what can be checked about the originals, in the order asked. */
  async views(reader: Reader, originals: readonly string[]): Promise<VoucherView[]> {
    const copies = await this.copiesOf(reader, originals);
    const shown = await this.shown(reader, originals);
    const hashes = await this.files.digests(reader, originals);
    return originals.flatMap((originalId) => {
      const file = shown.get(originalId);
      const originalSha256 = hashes.get(originalId);
      if (file === undefined || originalSha256 === undefined) return [];
      return { originalId, shown: file, isRedacted: copies.has(originalId), originalSha256 };
    });
  }

  private async copiesOf(reader: Reader, originals: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (originals.length === 0) return new Map();
    const rows = await reader.rows<{ original_id: string; copy_id: string }>(
      `SELECT original_id, copy_id FROM income_voucher_copies WHERE original_id IN (${places(originals)}) ORDER BY id`,
      originals,
    );
    return new Map(rows.map((row) => [row.original_id, row.copy_id]));
  }
}

const places = (ids: readonly string[]) => ids.map(() => '?').join(', ');
