import { Inject, Injectable } from '@nestjs/common';
import {
  type DoubleCount,
  NOTHING,
  type Turnout,
  turnoutOf,
  type TurnoutResponse,
} from '@linli/shared/assembly';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { NOT_TAKEN_BACK } from '../proxies/taken-back.ts';
import { AssembliesRepository, type Assembly, type Motion, stateAt } from '../assemblies.repository.ts';
import { FrozenRollRepository, isCounted } from '../roll/frozen-roll.repository.ts';

interface SumRow {
  heads: number;
  area: number | null;
  participating_heads: number | null;
  participating_area: number | null;
}

/** Who took part so far, in both counts, and what is missing. A query each time: nothing keeps a running count. */
@Injectable()
export class TurnoutService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(FrozenRollRepository) private readonly frozenRoll: FrozenRollRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async read(estateId: string, assemblyId: string): Promise<TurnoutResponse> {
    const assembly = await this.assemblies.byId(this.database, estateId, assemblyId);
    if (assembly === null || assembly.stored === 'DRAFT') throw refuse('NOT_FOUND');
    const { closesAt } = assembly;
    const turnout = await this.of(this.database, assembly);
    if (turnout === null || closesAt === null) throw refuse('BALLOT.NOT_OPEN');
    const motions = await this.assemblies.motions(this.database, assemblyId);
    return {
      ...turnout,
      countedAt: this.clock.now(),
      closesAt,
      byMotion: await this.byMotion(this.database, assembly, motions),
    };
  }

  /** Null before voting and after the count, when the results take its place. */
  async of(reader: Reader, assembly: Assembly): Promise<Turnout | null> {
    const state = stateAt(assembly, this.clock.now());
    if (assembly.rules === null || (state !== 'VOTING' && state !== 'CLOSED')) return null;
    const row = await reader.row<SumRow>(
      `SELECT COUNT(*) AS heads, SUM(t.area_centi_sqm) AS area, SUM(t.voted) AS participating_heads,
              SUM(t.area_centi_sqm * t.voted) AS participating_area
       FROM (SELECT p.area_centi_sqm,
                    CASE WHEN EXISTS (SELECT 1 FROM ballots b WHERE b.principal_id = p.id AND ${NOT_TAKEN_BACK}) THEN 1 ELSE 0 END AS voted
             FROM assembly_principals p WHERE p.assembly_id = ? AND p.heads = 1) t`,
      [assembly.id],
    );
    const total = { heads: Number(row?.heads ?? 0), areaCentiSqm: Number(row?.area ?? 0) };
    const participating = {
      heads: Number(row?.participating_heads ?? 0),
      areaCentiSqm: Number(row?.participating_area ?? 0),
    };
    return turnoutOf(total, participating, assembly.rules);
  }

  /** In the whole estate and in each part that decides for itself. */
  async isEverywhereReached(reader: Reader, assembly: Assembly): Promise<boolean> {
    const whole = await this.of(reader, assembly);
    if (whole === null || !whole.quorum.reached) return false;
    const parts = await this.byMotion(reader, assembly, await this.assemblies.motions(reader, assembly.id));
    return parts.every(({ turnout }) => turnout.quorum.reached);
  }

  /** A motion of some buildings is measured against the owners of those buildings alone. */
  private async byMotion(
    reader: Reader,
    assembly: Assembly,
    motions: readonly Motion[],
  ): Promise<TurnoutResponse['byMotion']> {
    const { rules } = assembly;
    const scoped = motions.filter(({ scope, state }) => scope.kind !== 'ESTATE' && state !== 'WITHDRAWN');
    if (rules === null || scoped.length === 0) return [];
    const roll = (await this.frozenRoll.read(reader, assembly.id)).filter((u) => isCounted(u, rules));
    const voted = new Set(
      (
        await reader.rows<{ principal_id: string }>(
          `SELECT DISTINCT b.principal_id FROM ballots b WHERE b.assembly_id = ? AND ${NOT_TAKEN_BACK}`,
          [assembly.id],
        )
      ).map((row) => row.principal_id),
    );
    return scoped.map(({ id, scope }) => {
      const units = roll.filter((unit) =>
        scope.kind === 'BUILDINGS'
          ? scope.buildings.includes(unit.building ?? '')
          : scope.kind === 'UNITS' && scope.unitIds.includes(unit.id),
      );
      const participating = units.filter((unit) => voted.has(unit.principalId));
      return { motionId: id, turnout: turnoutOf(sumOf(units), sumOf(participating), rules) };
    });
  }
}

function sumOf(
  units: readonly { readonly principalId: string; readonly areaCentiSqm: number }[],
): DoubleCount {
  if (units.length === 0) return NOTHING;
  return {
    areaCentiSqm: units.reduce((sum, unit) => sum + unit.areaCentiSqm, 0),
    heads: new Set(units.map((unit) => unit.principalId)).size,
  };
}
