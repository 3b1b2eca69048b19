import { Inject, Injectable } from '@nestjs/common';
import type { RollCorrection, RollObjectionKind } from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { AssembliesRepository, isPublic } from '../assemblies.repository.ts';

interface CorrectionRow {
  id: string;
  label: string | null;
  kind: RollObjectionKind;
  before_area_centi_sqm: number | null;
  after_area_centi_sqm: number | null;
  answer: string | null;
  answered_by: string | null;
  answered_at: number | null;
}

/**
 * Every correction of a posted roll 名册更正, for all who may read the roll: one person decides on an objection, and the
 * area that they set changes the totals, so that everybody sees what it was, what it is, why and by whom.
 */
@Injectable()
export class RollCorrectionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
  ) {}

  async list(
    estateId: string,
    assemblyId: string,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<Page<RollCorrection>> {
    const assembly = await this.assemblies.byId(this.database, estateId, assemblyId);
    if (assembly === null || !isPublic(assembly)) throw refuse('NOT_FOUND');
    // Corrections of before this was kept have what the unit itself remembers.
    const rows = await this.database.rows<CorrectionRow>(
      `SELECT j.id, r.label, j.kind, COALESCE(j.before_area_centi_sqm, r.objected_area_centi_sqm) AS before_area_centi_sqm,
              COALESCE(j.after_area_centi_sqm, r.area_centi_sqm) AS after_area_centi_sqm,
              j.answer, j.answered_by, j.answered_at
       FROM assembly_objections j
       LEFT JOIN assembly_roll_units r ON r.assembly_id = j.assembly_id AND r.unit_id = j.unit_id
       WHERE j.assembly_id = ? AND j.state = 'UPHELD' AND j.id > ? ORDER BY j.id LIMIT ${limit + 1}`,
      [assemblyId, after ?? ''],
    );
    const names = await this.persons.names(
      this.database,
      rows.flatMap(({ answered_by: id }) => (id === null ? [] : [id])),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => id,
      (row) => ({
        id: row.id,
        label: row.label ?? '名册里没有的房屋',
        kind: row.kind,
        beforeAreaCentiSqm: row.before_area_centi_sqm,
        afterAreaCentiSqm: row.after_area_centi_sqm ?? 0,
        reason: row.answer ?? '',
        decidedBy: names.get(row.answered_by ?? '') ?? '',
        decidedAt: row.answered_at ?? 0,
      }),
    );
  }
}
