import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryMethod, PaperDelivery, RecordDeliveryRequest } from '@linli/shared/assembly';
import { startOfDay } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { type NoticedMeeting, PaperMeeting } from './paper-meeting.ts';
import { SlipsRepository } from './slips.repository.ts';

interface DeliveryRow {
  id: string;
  slip_id: string;
  method: string;
  delivered_at: number;
  delivered_by: string;
  note: string;
  file_ids: string;
}

/** How each ballot got to its owner 送达记录. Written consultation is valid only if it went to every one (聊城 16). */
@Injectable()
export class DeliveriesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PaperMeeting) private readonly meetings: PaperMeeting,
    @Inject(SlipsRepository) private readonly slips: SlipsRepository,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async record(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    request: RecordDeliveryRequest,
    key: string,
  ): Promise<void> {
    const meeting = await this.meetings.noticed(this.database, estateId, assemblyId);
    this.checkDelivery(meeting, request);
    await this.idempotency.once(
      { personId: caller.personId, key, useCase: 'PAPER.DELIVER', body: { assemblyId, request } },
      (tx) => this.write(tx, caller, meeting, request),
    );
  }

  /** The latest record of each slip. */
  async latest(reader: Reader, slipIds: readonly string[]): Promise<ReadonlyMap<string, PaperDelivery>> {
    if (slipIds.length === 0) return new Map();
    const rows = await reader.rows<DeliveryRow>(
      `SELECT id, slip_id, method, delivered_at, delivered_by, note, file_ids FROM paper_deliveries
       WHERE slip_id IN (${slipIds.map(() => '?').join(', ')}) ORDER BY slip_id, id`,
      slipIds,
    );
    const last = new Map(rows.map((row) => [row.slip_id, row]));
    const names = await this.persons.names(
      reader,
      [...last.values()].map((row) => row.delivered_by),
    );
    const found = new Map<string, PaperDelivery>();
    for (const [slipId, row] of last)
      found.set(slipId, {
        method: row.method as DeliveryMethod,
        deliveredAt: row.delivered_at,
        deliveredBy: names.get(row.delivered_by) ?? '',
        note: row.note,
        files: await this.files.refs(reader, JSON.parse(row.file_ids) as string[]),
      });
    return found;
  }

  private checkDelivery({ assembly, closesAt }: NoticedMeeting, request: RecordDeliveryRequest): void {
    const { method, deliveredAt, note, fileIds } = request;
    const earliest = assembly.noticedOn === null ? 0 : startOfDay(assembly.noticedOn);
    if (deliveredAt < earliest || deliveredAt > Math.min(this.clock.now(), closesAt))
      throw refuse('PAPER.DELIVERED_WHEN');
    if (method === 'POSTED' && fileIds.length === 0) throw refuse('PAPER.DELIVERY_PHOTO');
    if ((method === 'MAILED' || method === 'REFUSED') && note === '') throw refuse('PAPER.DELIVERY_NOTE');
  }

  private async write(
    tx: Transaction,
    caller: Caller,
    { assembly }: NoticedMeeting,
    { slipIds, method, deliveredAt, note, fileIds }: RecordDeliveryRequest,
  ): Promise<void> {
    const ids = [...new Set(slipIds)];
    const slips = await this.slips.byIds(tx, assembly.id, ids);
    if (slips.length !== ids.length) throw refuse('NOT_FOUND');
    if (slips.some((slip) => slip.void)) throw refuse('PAPER.VOID');
    await this.files.attach(tx, caller, assembly.estateId, 'MATERIAL', fileIds);
    await tx.insert(
      'paper_deliveries',
      ...slips.map((slip) => ({
        id: this.ids.next(),
        slip_id: slip.id,
        method,
        delivered_at: deliveredAt,
        delivered_by: caller.personId,
        note,
        file_ids: JSON.stringify(fileIds),
        recorded_at: this.clock.now(),
      })),
    );
    await this.audit.record(tx, caller, {
      action: 'PAPER.DELIVERED',
      estateId: assembly.estateId,
      subjectType: 'assembly',
      subjectId: assembly.id,
      after: { method, deliveredAt, numbers: slips.map(({ number }) => number) },
    });
  }
}
