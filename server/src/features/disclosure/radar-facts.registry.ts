import { Injectable } from '@nestjs/common';
import type { PostingFact, RadarCode, RadarLink } from '@linli/shared/disclosure';
import type { Reader } from '../../kernel/database/index.ts';

/**
 * How a feature tells the radar what it has posted. In `onModuleInit` of the feature:
 *
 *   facts.register({
 *     owns: ['FEE_STANDARD'],
 *     select: (estates) => `SELECT estate_id, 'FEE_STANDARD' AS code, NULL AS period, published_at AS posted_at,
 *       NULL AS checked_at, 'FEES' AS link_kind, NULL AS link_id FROM fee_schedules WHERE estate_id IN (${estates})`,
 *   });
 *
 * `estates` is a list of placeholders and stands exactly once in the text; the seven columns come in this order.
 * All sources are read in one statement (UNION ALL), as the home page and the overview across estates ask for them
 * often: each has to be found by an index on `estate_id`.
 */
export interface FactsSource {
  /** Items that have a page of their own in that feature; nothing else can be posted for them. */
  readonly owns: readonly RadarCode[];
  readonly select: (estates: string) => string;
}

/** A posting with where it can be read. */
export interface LinkedFact extends PostingFact {
  readonly estateId: string;
  readonly link: RadarLink;
}

interface FactRow {
  estate_id: string;
  code: RadarCode;
  period: string | null;
  posted_at: number;
  checked_at: number | null;
  link_kind: RadarLink['kind'];
  link_id: string | null;
}

@Injectable()
export class RadarFactsRegistry {
  private readonly sources: FactsSource[] = [];
  private readonly owned = new Set<RadarCode>();
  /** By how many estates they name. */
  private readonly statements = new Map<number, string>();

  register(source: FactsSource): void {
    for (const code of source.owns) {
      if (this.owned.has(code)) throw new Error(`Two features post ${code}`);
      this.owned.add(code);
    }
    this.sources.push(source);
    this.statements.clear();
  }

  /** Whether a feature posts the item by itself. */
  hasPage(code: RadarCode): boolean {
    return this.owned.has(code);
  }

  /** Everything that these estates have posted. One statement. */
  async of(reader: Reader, estateIds: readonly string[]): Promise<LinkedFact[]> {
    if (estateIds.length === 0 || this.sources.length === 0) return [];
    const rows = await reader.rows<FactRow>(
      this.statementFor(estateIds.length),
      this.sources.flatMap(() => estateIds),
    );
    return rows.map((row) => ({
      estateId: row.estate_id,
      code: row.code,
      period: row.period,
      postedAt: row.posted_at,
      checkedAt: row.checked_at,
      link: linkOf(row),
    }));
  }

  /** The text is long, and every opening of the app asks for it. */
  private statementFor(estates: number): string {
    const known = this.statements.get(estates);
    if (known !== undefined) return known;
    const places = Array.from({ length: estates }, () => '?').join(', ');
    const statement = this.sources.map(({ select }) => select(places)).join(' UNION ALL ');
    this.statements.set(estates, statement);
    return statement;
  }
}

function linkOf({ link_kind: kind, link_id: id }: FactRow): RadarLink {
  return kind === 'NOTICE' || kind === 'POSTING' ? { kind, id: id ?? '' } : { kind };
}
