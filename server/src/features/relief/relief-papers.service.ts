import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../kernel/database/index.ts';
import { DiscardFiles } from '../../kernel/files/index.ts';
import { Jobs } from '../../kernel/jobs/jobs.ts';
import { papersOf, ReliefRepository, type ReliefRow } from './relief.repository.ts';

const JOB = 'relief.delete-papers';

/** 困难证明 and the words beside it are kept only as long as the decision may be questioned (PIPL 19). */
@Injectable()
export class ReliefPapersService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DiscardFiles) private readonly files: DiscardFiles,
    @Inject(ReliefRepository) private readonly relief: ReliefRepository,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, ({ id }: { id: string }) => this.run(id), { untilDone: true });
  }

  /** `at`: instant, epoch ms. */
  async deleteAt(tx: Transaction, id: string, at: number): Promise<void> {
    await this.relief.papersGoneAt(tx, id, at);
    await this.jobs.enqueue(tx, { kind: JOB, payload: { id }, runAt: at });
  }

  async deleteNow(tx: Transaction, row: ReliefRow): Promise<void> {
    await this.files.discard(tx, papersOf(row));
    await this.relief.forgetPapers(tx, row.id, this.clock.now());
    await this.audit.record(tx, 'SYSTEM', {
      action: 'RELIEF.PAPERS_DELETED',
      estateId: row.estate_id,
      subjectType: 'RELIEF',
      subjectId: row.id,
    });
  }

  /** The papers that are due: where new ones were handed in since, those have a day of their own. */
  private run(id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const row = await this.relief.byId(tx, id);
      if (row === null || row.reason_sealed === null) return;
      if (row.papers_gone_at !== null && row.papers_gone_at <= this.clock.now())
        await this.deleteNow(tx, row);
    });
  }
}
