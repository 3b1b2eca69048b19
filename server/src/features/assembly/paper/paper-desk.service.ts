import { Inject, Injectable } from '@nestjs/common';
import {
  type PaperDesk,
  PAPER_LIMITS,
  paperEntryEndsAt,
  type PaperSlip,
  type PrintBatch,
  RETURN_STATES,
  type ReturnState,
  type SlipFilter,
} from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { DeliveriesService } from './deliveries.service.ts';
import { HeadsRepository, labelOf, maskedVoters } from './heads.repository.ts';
import { PaperMeeting } from './paper-meeting.ts';
import { refusedPapers } from './refused-papers.ts';
import { ReturnsRepository } from './returns.repository.ts';
import { type Slip, SlipsRepository } from './slips.repository.ts';

interface SumsRow {
  principals: number;
  issued: number | null;
  delivered: number | null;
  reached: number | null;
}

/** How the papers of a meeting stand, and the list of numbers with what is missing 缺送达、缺回收. */
@Injectable()
export class PaperDeskService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PaperMeeting) private readonly meetings: PaperMeeting,
    @Inject(SlipsRepository) private readonly slips: SlipsRepository,
    @Inject(DeliveriesService) private readonly deliveries: DeliveriesService,
    @Inject(ReturnsRepository) private readonly returns: ReturnsRepository,
    @Inject(HeadsRepository) private readonly heads: HeadsRepository,
  ) {}

  async desk(estateId: string, assemblyId: string): Promise<PaperDesk> {
    const { opensAt, closesAt } = await this.meetings.noticed(this.database, estateId, assemblyId);
    const sums = await this.sums(assemblyId);
    const objections = await this.database.row<{ open: number }>(
      'SELECT COUNT(*) AS open FROM paper_objections WHERE assembly_id = ? AND open_key IS NOT NULL',
      [assemblyId],
    );
    return {
      opensAt,
      closesAt,
      entryUntil: paperEntryEndsAt({ closesAt }),
      ...sums,
      returns: await this.returnCounts(assemblyId),
      refused: await refusedPapers(this.database, assemblyId),
      openObjections: Number(objections?.open ?? 0),
      batches: await this.batches(assemblyId),
    };
  }

  async list(
    estateId: string,
    assemblyId: string,
    query: { readonly show?: SlipFilter; readonly after?: string; readonly limit: number },
  ): Promise<Page<PaperSlip>> {
    await this.meetings.noticed(this.database, estateId, assemblyId);
    const { show = 'ALL', after = '0', limit } = query;
    const found = await this.slips.page(this.database, assemblyId, {
      show,
      after: Number(after) || 0,
      limit,
    });
    const shown = new Map((await this.toSlips(found.slice(0, limit))).map((slip) => [slip.id, slip]));
    const page = toPage(
      found,
      limit,
      (slip) => String(slip.number),
      (slip) => shown.get(slip.id),
    );
    return { ...page, items: page.items.filter((item) => item !== undefined) };
  }

  /** The slip that a printed number or a scanned address names. */
  async find(estateId: string, assemblyId: string, text: string): Promise<PaperSlip> {
    await this.meetings.noticed(this.database, estateId, assemblyId);
    const slip = await this.slips.byText(this.database, assemblyId, text);
    const [shown] = slip === null ? [] : await this.toSlips([slip]);
    if (shown === undefined) throw refuse('PAPER.UNKNOWN_NUMBER');
    return shown;
  }

  async byId(assemblyId: string, slipId: string): Promise<PaperSlip> {
    const [shown] = await this.toSlips(await this.slips.byIds(this.database, assemblyId, [slipId]));
    if (shown === undefined) throw refuse('NOT_FOUND');
    return shown;
  }

  /** The number of a head; null where it has none yet. */
  async numberOf(principalId: string): Promise<string | null> {
    const [slip] = await this.slips.liveOf(this.database, [principalId]);
    return slip?.numberText ?? null;
  }

  private async toSlips(slips: readonly Slip[]): Promise<PaperSlip[]> {
    const ids = slips.map(({ id }) => id);
    const principalIds = slips.map(({ principalId }) => principalId);
    const heads = await this.heads.of(this.database, principalIds);
    const deliveries = await this.deliveries.latest(this.database, ids);
    const returned = await this.returns.ofSlips(this.database, ids);
    const online = await this.votedOnline(principalIds);
    return slips.map(({ id, number, numberText, principalId, void: isVoid }): PaperSlip => {
      const head = heads.get(principalId);
      return {
        id,
        number,
        numberText,
        void: isVoid,
        label: head === undefined ? '' : labelOf(head),
        ownersMasked: head === undefined ? [] : maskedVoters(head).map(({ name }) => name),
        delivery: deliveries.get(id) ?? null,
        returned: returned.get(id)?.state ?? null,
        votedOnline: online.has(principalId),
      };
    });
  }

  private async votedOnline(principalIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (principalIds.length === 0) return new Set();
    const rows = await this.database.rows<{ principal_id: string }>(
      `SELECT DISTINCT principal_id FROM ballots
       WHERE principal_id IN (${principalIds.map(() => '?').join(', ')}) AND channel = 'ONLINE'`,
      principalIds,
    );
    return new Set(rows.map((row) => row.principal_id));
  }

  /** Of the heads that can vote: how many have a number, a delivery on record, and either that, a paper that came back or a ballot. */
  private async sums(
    assemblyId: string,
  ): Promise<Pick<PaperDesk, 'principals' | 'issued' | 'delivered' | 'undelivered'>> {
    const row = await this.database.row<SumsRow>(
      `SELECT COUNT(*) AS principals, SUM(t.issued) AS issued, SUM(t.delivered) AS delivered,
              SUM(CASE WHEN t.delivered = 1 OR t.voted = 1 THEN 1 ELSE 0 END) AS reached
       FROM (SELECT CASE WHEN s.id IS NULL THEN 0 ELSE 1 END AS issued,
                    CASE WHEN EXISTS (SELECT 1 FROM paper_deliveries d WHERE d.slip_id = s.id) THEN 1 ELSE 0 END AS delivered,
                    CASE WHEN EXISTS (SELECT 1 FROM ballots b WHERE b.principal_id = p.id)
                      OR EXISTS (SELECT 1 FROM paper_returns r WHERE r.slip_id = s.id) THEN 1 ELSE 0 END AS voted
             FROM assembly_principals p LEFT JOIN paper_slips s ON s.live_key = p.id
             WHERE p.assembly_id = ? AND p.heads = 1
               AND (p.kind = 'DEVELOPER' OR EXISTS (SELECT 1 FROM assembly_roll_owners v WHERE v.principal_id = p.id))) t`,
      [assemblyId],
    );
    const principals = Number(row?.principals ?? 0);
    return {
      principals,
      issued: Number(row?.issued ?? 0),
      delivered: Number(row?.delivered ?? 0),
      undelivered: principals - Number(row?.reached ?? 0),
    };
  }

  private async returnCounts(assemblyId: string): Promise<Record<ReturnState, number>> {
    const rows = await this.database.rows<{ state: string; papers: number }>(
      'SELECT state, COUNT(*) AS papers FROM paper_returns WHERE assembly_id = ? GROUP BY state',
      [assemblyId],
    );
    const counts = new Map(rows.map((row) => [row.state, Number(row.papers)]));
    return Object.fromEntries(RETURN_STATES.map((state) => [state, counts.get(state) ?? 0])) as Record<
      ReturnState,
      number
    >;
  }

  /** Neighbours in number and entrance are printed together; a large entrance in parts. */
  private async batches(assemblyId: string): Promise<PrintBatch[]> {
    const rows = await this.database.rows<{ slip_number: number; building: string; entrance: string }>(
      `SELECT s.slip_number, r.building, u.entrance FROM paper_slips s
       JOIN assembly_roll_units r ON r.principal_id = s.principal_id JOIN units u ON u.id = r.unit_id
       WHERE s.assembly_id = ? AND s.void = 0 ORDER BY s.slip_number, r.sort_order, r.unit_id`,
      [assemblyId],
    );
    const batches: PrintBatch[] = [];
    let last = 0;
    for (const { slip_number: number, building, entrance } of rows) {
      // A head of several homes is printed with its first.
      if (number === last) continue;
      last = number;
      const label = [building, entrance].filter((part) => part !== '').join(' ');
      const open = batches.at(-1);
      if (open?.label === label && open.slips < PAPER_LIMITS.printedAtOnce.max)
        batches[batches.length - 1] = { ...open, to: number, slips: open.slips + 1 };
      else batches.push({ label, from: number, to: number, slips: 1 });
    }
    return batches;
  }
}
