import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { DiscardFiles } from '../../../kernel/files/index.ts';
import { Jobs } from '../../../kernel/jobs/jobs.ts';
import { evidenceOf } from './claims.repository.ts';

const JOB = 'claims.delete-evidence';

/** Photos of certificates and leases are kept only as long as the decision may be questioned (PIPL 19). */
@Injectable()
export class ClaimEvidenceService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DiscardFiles) private readonly files: DiscardFiles,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, ({ claimId }: { claimId: string }) => this.run(claimId), { untilDone: true });
  }

  /** `at`: instant, epoch ms. */
  async deleteAt(tx: Transaction, claimId: string, at: number): Promise<void> {
    await this.jobs.enqueue(tx, {
      kind: JOB,
      payload: { claimId },
      runAt: at,
      dedupeKey: `claim-evidence:${claimId}`,
    });
  }

  /** Right now, as part of something bigger: an account is closed. */
  async deleteNow(tx: Transaction, claimId: string): Promise<void> {
    const claim = await tx.row<{ evidence_file_ids: string; estate_id: string }>(
      'SELECT evidence_file_ids, estate_id FROM claims WHERE id = ? AND evidence_deleted_at IS NULL',
      [claimId],
    );
    if (claim === null) return;
    await this.files.discard(tx, evidenceOf(claim));
    await tx.run(
      "UPDATE claims SET evidence_file_ids = '[]', note = '', evidence_deleted_at = ? WHERE id = ?",
      [this.clock.now(), claimId],
    );
    await this.audit.record(tx, 'SYSTEM', {
      action: 'CLAIM.EVIDENCE_DELETED',
      estateId: claim.estate_id,
      subjectType: 'claim',
      subjectId: claimId,
    });
  }

  private run(claimId: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const waiting = await tx.row("SELECT 1 AS found FROM claims WHERE id = ? AND status = 'PENDING'", [
        claimId,
      ]);
      if (waiting === null) await this.deleteNow(tx, claimId);
    });
  }
}
