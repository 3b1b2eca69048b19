import { Inject, Injectable } from '@nestjs/common';
import {
  type PeriodKey,
  type RadarCode,
  type RadarItem,
  type RadarOverview,
  type RadarOverviewRow,
  type RadarStatus,
  type RadarView,
  radar,
  radarChip,
  radarSentence,
} from '@linli/shared/disclosure';
import { type CalendarDate, shanghaiDate } from '@linli/shared/kernel';
import { isRegionCode, regionProfile } from '@linli/shared/regions';
import { type Caller, SUPERVISORS } from '../../kernel/access/index.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Reader } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { type LinkedFact, RadarFactsRegistry } from './radar-facts.registry.ts';

/** An estate as the radar sees it. */
export interface RadarEstate {
  readonly id: string;
  readonly name: string;
  readonly joinedOn: CalendarDate;
  readonly items: readonly RadarItem[];
}

interface EstateRow {
  id: string;
  name: string;
  region_code: string;
  created_at: number;
}

/** The posting radar 公示雷达 of one estate, and of all that an officer watches. */
@Injectable()
export class RadarService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RadarFactsRegistry) private readonly facts: RadarFactsRegistry,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async view(estateId: string): Promise<RadarView> {
    const [{ statuses, facts }, questions] = await Promise.all([
      this.standing(this.database, estateId),
      this.openQuestions(estateId),
    ]);
    return {
      ...counts(statuses),
      items: statuses.map((status) => ({
        ...status,
        chip: radarChip(status),
        sentence: radarSentence(status),
        link: newestFact(facts, status.item.code, null)?.link ?? null,
        openQuestions: questions.get(status.item.code) ?? 0,
      })),
    };
  }

  /** How the estate stands, with what it has posted. Two statements. */
  async standing(
    reader: Reader,
    estateId: string,
  ): Promise<{
    readonly estate: RadarEstate;
    readonly statuses: RadarStatus[];
    readonly facts: readonly LinkedFact[];
  }> {
    const [[estate], facts] = await Promise.all([
      this.estates(reader, [estateId]),
      this.facts.of(reader, [estateId]),
    ]);
    if (estate === undefined) throw refuse('NOT_FOUND');
    return { estate, statuses: this.statuses(estate, facts), facts };
  }

  /** The estates that the caller supervises, the worst first. */
  async overview(caller: Caller, after: string | undefined, limit: number): Promise<RadarOverview> {
    const mine = caller.grants.filter(({ role }) => SUPERVISORS.some((known) => known === role));
    if (mine.length === 0) throw refuse('ACCESS.DENIED');
    const ids = [...new Set(mine.map(({ estateId }) => estateId))];
    const [estates, facts] = await Promise.all([
      this.estates(this.database, ids),
      this.facts.of(this.database, ids),
    ]);
    const factsOf = Map.groupBy(facts, ({ estateId }) => estateId);
    const rows = estates
      .map((estate) => overviewRow(estate, this.statuses(estate, factsOf.get(estate.id) ?? [])))
      .toSorted(worstFirst);
    const from = after === undefined ? 0 : rows.findIndex(({ estateId }) => estateId === after) + 1;
    const items = rows.slice(from, from + limit);
    return { items, next: from + limit < rows.length ? (items.at(-1)?.estateId ?? null) : null };
  }

  /** The region's row for an item, or RADAR.ITEM_UNKNOWN. */
  async item(reader: Reader, estateId: string, code: string): Promise<RadarItem> {
    const [estate] = await this.estates(reader, [estateId]);
    const item = estate?.items.find((candidate) => candidate.code === code);
    if (item === undefined) throw refuse('RADAR.ITEM_UNKNOWN');
    return item;
  }

  private statuses(estate: RadarEstate, facts: readonly LinkedFact[]): RadarStatus[] {
    return radar(estate.items, facts, estate.joinedOn, this.clock.now());
  }

  private async estates(reader: Reader, estateIds: readonly string[]): Promise<RadarEstate[]> {
    const rows = await reader.rows<EstateRow>(
      `SELECT id, name, region_code, created_at FROM estates WHERE id IN (${estateIds.map(() => '?').join(', ')})`,
      estateIds,
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      joinedOn: shanghaiDate(row.created_at),
      items: regionProfile(isRegionCode(row.region_code) ? row.region_code : 'national').radar,
    }));
  }

  private async openQuestions(estateId: string): Promise<Map<RadarCode, number>> {
    const rows = await this.database.rows<{ code: RadarCode; count: number }>(
      `SELECT code, COUNT(*) AS count FROM posting_questions
       WHERE estate_id = ? AND open_key IS NOT NULL GROUP BY code`,
      [estateId],
    );
    return new Map(rows.map(({ code, count }) => [code, count]));
  }
}

/** The latest posting of an item; of one period where one is meant. */
export function newestFact(
  facts: readonly LinkedFact[],
  code: RadarCode,
  period: PeriodKey | null,
): LinkedFact | null {
  const own = facts.filter((fact) => fact.code === code && (period === null || fact.period === period));
  return (
    own.toSorted((a, b) => (b.period ?? '').localeCompare(a.period ?? '') || b.postedAt - a.postedAt)[0] ??
    null
  );
}

export function isWanting({ state }: RadarStatus): boolean {
  return state === 'OVERDUE' || state === 'MISSING';
}

function counts(statuses: readonly RadarStatus[]) {
  const of = (state: RadarStatus['state']) => statuses.filter((status) => status.state === state).length;
  return { overdue: of('OVERDUE'), missing: of('MISSING') };
}

function overviewRow(estate: RadarEstate, statuses: readonly RadarStatus[]): RadarOverviewRow {
  const days = statuses.map((status) => (status.state === 'OVERDUE' ? status.days : 0));
  return {
    estateId: estate.id,
    estateName: estate.name,
    ...counts(statuses),
    longestOverdueDays: Math.max(0, ...days),
    wanting: statuses.filter(isWanting).map((status) => ({
      code: status.item.code,
      label: status.item.label,
      chip: radarChip(status),
      dutyText: status.dutyText,
    })),
  };
}

function worstFirst(a: RadarOverviewRow, b: RadarOverviewRow): number {
  return (
    b.overdue + b.missing - (a.overdue + a.missing) ||
    b.longestOverdueDays - a.longestOverdueDays ||
    (a.estateId < b.estateId ? -1 : 1)
  );
}
