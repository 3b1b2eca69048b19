import { Inject, Injectable } from '@nestjs/common';
import {
  UTILITY_METHOD_LABELS,
  type PublishUtilitiesRequest,
  type UtilityCharge,
  type UtilityMonth,
  type UtilityMonthView,
  type UtilityShare,
  type UtilitySheetCheck,
  meterFormula,
  quantityText,
  readUtilitySheet,
  scopeText,
  shareUtility,
  utilityFaults,
} from '@linli/shared/fees';
import { type Month, yuanText } from '@linli/shared/kernel';
import type { SheetRow } from '@linli/shared/sheet';
import { RESIDENTS, type Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { readSheet } from '../../kernel/spreadsheet/index.ts';
import { BillableUnitsRepository } from './billable-units.repository.ts';
import { PublisherLabel } from './publisher-label.ts';

interface MonthRow {
  id: string;
  month: Month;
  charges_json: string;
  total_fen: number;
  published_label: string;
  published_at: number;
}

/** Common utilities 公共水电: a month's meters, published with everybody's share. */
@Injectable()
export class UtilitiesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(BillableUnitsRepository) private readonly units: BillableUnitsRepository,
    @Inject(PublisherLabel) private readonly label: PublisherLabel,
  ) {}

  async check(estateId: string, file: Buffer): Promise<UtilitySheetCheck> {
    const rows: SheetRow[] = [];
    for await (const row of readSheet(file)) rows.push(row);
    const units = await this.units.all(this.database, estateId);
    const report = readUtilitySheet(rows, [...new Set(units.map(({ buildingName }) => buildingName))]);
    return {
      month: report.value?.month ?? null,
      charges: report.value?.charges ?? null,
      rows: report.rows,
      faults: report.faults,
      ignored: report.ignored,
    };
  }

  async publish(
    caller: Caller,
    estateId: string,
    request: PublishUtilitiesRequest,
    key: string,
  ): Promise<void> {
    request.charges.forEach(refuseFaulty);
    const units = await this.units.all(this.database, estateId);
    const shares = request.charges.map((charge) => shareUtility(charge, units));
    request.charges.forEach(({ name }, index) => {
      if (shares[index]?.length === 0) throw refuse('FEES.UTILITY_SCOPE_EMPTY', { params: { about: name } });
    });
    const action = { personId: caller.personId, key, useCase: `fees.utilities:${estateId}`, body: request };
    try {
      await this.idempotency.once(action, (tx) =>
        this.publishIn(tx, caller, estateId, request, shares.flat()),
      );
    } catch (error) {
      if (violates(error, 'uq_utility_months_month')) throw refuse('FEES.UTILITIES_PUBLISHED');
      throw error;
    }
  }

  /** The month asked for, or the newest; with the caller's own share. */
  async view(caller: Caller, estateId: string, month: Month | undefined): Promise<UtilityMonthView> {
    const months = await this.database.rows<{ month: Month }>(
      'SELECT month FROM utility_months WHERE estate_id = ? ORDER BY month DESC',
      [estateId],
    );
    const wanted = month ?? months[0]?.month;
    const row = wanted === undefined ? null : await this.row(this.database, estateId, wanted);
    if (row === null) throw refuse('NOT_FOUND');
    const charges = JSON.parse(row.charges_json) as UtilityCharge[];
    return {
      month: row.month,
      publishedAt: row.published_at,
      publishedBy: row.published_label,
      charges: charges.map((charge) => ({
        ...charge,
        scopeText: scopeText(charge.scope),
        methodLabel: UTILITY_METHOD_LABELS[charge.method],
        formula: meterFormula(charge),
      })),
      totalFen: row.total_fen,
      mine: await this.sharesOf(row.id, caller.unitsIn(estateId, RESIDENTS)),
      months: months.map(({ month: published }) => published),
    };
  }

  async published(reader: Reader, estateId: string, month: Month): Promise<UtilityMonth | null> {
    const row = await this.row(reader, estateId, month);
    return row === null ? null : { month, charges: JSON.parse(row.charges_json) as UtilityCharge[] };
  }

  private row(reader: Reader, estateId: string, month: Month): Promise<MonthRow | null> {
    return reader.row<MonthRow>(
      `SELECT id, month, charges_json, total_fen, published_label, published_at
       FROM utility_months WHERE estate_id = ? AND month = ?`,
      [estateId, month],
    );
  }

  private async sharesOf(monthId: string, unitIds: readonly string[]): Promise<UtilityMonthView['mine']> {
    if (unitIds.length === 0) return [];
    const rows = await this.database.rows<{
      building: string;
      entrance: string;
      room: string;
      amount_fen: number;
      lines_json: string;
    }>(
      `SELECT b.name AS building, u.entrance, u.room, s.amount_fen, s.lines_json
       FROM utility_shares s JOIN units u ON u.id = s.unit_id JOIN buildings b ON b.id = u.building_id
       WHERE s.utility_month_id = ? AND s.unit_id IN (${unitIds.map(() => '?').join(', ')})`,
      [monthId, ...unitIds],
    );
    return rows.map((row) => ({
      unitName: [row.building, row.entrance, row.room].filter((part) => part !== '').join(' '),
      amountFen: row.amount_fen,
      lines: JSON.parse(row.lines_json) as string[],
    }));
  }

  private async publishIn(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    { month, charges }: PublishUtilitiesRequest,
    shares: readonly UtilityShare[],
  ): Promise<null> {
    const id = this.ids.next();
    const totalFen = charges.reduce((sum, { amountFen }) => sum + amountFen, 0);
    await tx.insert('utility_months', {
      id,
      estate_id: estateId,
      month,
      charges_json: JSON.stringify(charges),
      total_fen: totalFen,
      published_by: caller.personId,
      published_label: await this.label.of(tx, caller.personId, estateId),
      published_at: this.clock.now(),
    });
    const byUnit = Map.groupBy(shares, ({ unitId }) => unitId);
    await tx.insert(
      'utility_shares',
      ...[...byUnit].map(([unitId, parts]) => ({
        utility_month_id: id,
        unit_id: unitId,
        amount_fen: parts.reduce((sum, { amountFen }) => sum + amountFen, 0),
        lines_json: JSON.stringify(parts.map(({ formula }) => formula)),
      })),
    );
    await this.audit.record(tx, caller, {
      action: 'FEES.UTILITIES_PUBLISHED',
      estateId,
      subjectType: 'UTILITY_MONTH',
      subjectId: id,
      after: { month, totalFen, meters: charges.length },
    });
    return null;
  }
}

function refuseFaulty(charge: UtilityCharge): void {
  const [fault] = utilityFaults(charge);
  if (fault === undefined) return;
  switch (fault.code) {
    case 'FEES.UTILITY_READING':
      throw refuse(fault.code, { params: { charge: fault.charge } });
    case 'FEES.UTILITY_USAGE':
      throw refuse(fault.code, {
        params: { charge: fault.charge, expected: quantityText(fault.expectedCenti) },
      });
    case 'FEES.UTILITY_AMOUNT':
      throw refuse(fault.code, { params: { charge: fault.charge, expected: yuanText(fault.expectedFen) } });
    case 'FEES.UTILITY_SCOPE_EMPTY':
      throw refuse(fault.code, { params: { about: fault.charge } });
  }
}
