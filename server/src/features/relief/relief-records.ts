import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  CERTIFICATE_LABELS,
  PENDING_RELIEF,
  RELIEF_KIND_LABELS,
  RELIEF_STATE_LABELS,
} from '@linli/shared/relief';
import type { Reader, Transaction } from '../../kernel/database/index.ts';
import { PersonalData } from '../../kernel/privacy/personal-data.ts';
import { ReliefPapersService } from './relief-papers.service.ts';
import { ReliefRepository, type ReliefRow } from './relief.repository.ts';

const MOST_ROWS = 1000;

/** What this feature keeps about a person, for export and closure. What was granted is in the books and stays. */
@Injectable()
export class ReliefRecords implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly data: PersonalData,
    @Inject(ReliefRepository) private readonly relief: ReliefRepository,
    @Inject(ReliefPapersService) private readonly papers: ReliefPapersService,
  ) {}

  onModuleInit(): void {
    this.data.register({
      title: '减免缓缴申请',
      purpose: '社区核实、街道审批；证明材料和说明在决定后 30 天删除',
      rows: async (reader, personId) =>
        (await this.all(reader, personId)).map((row) => ({
          kind: RELIEF_KIND_LABELS[row.kind],
          state: RELIEF_STATE_LABELS[row.state],
          certificate: CERTIFICATE_LABELS[row.certificate_kind],
          reason: this.relief.reasonOf(row),
          submittedAt: row.submitted_at,
        })),
      erase: (tx, personId) => this.erase(tx, personId),
    });
  }

  private async erase(tx: Transaction, personId: string): Promise<void> {
    for (const row of await this.all(tx, personId)) {
      if (row.reason_sealed !== null) await this.papers.deleteNow(tx, row);
      // What the street has granted is carried out; what nobody has decided is nobody's wish any more.
      const undecided = PENDING_RELIEF.includes(row.state) && row.state !== 'STREET_APPROVED';
      if (undecided && (await this.relief.move(tx, row, 'WITHDRAWN')))
        await this.relief.freeBills(tx, row.id);
    }
  }

  private all(reader: Reader, personId: string): Promise<ReliefRow[]> {
    return this.relief.allOfPerson(reader, personId, MOST_ROWS);
  }
}
