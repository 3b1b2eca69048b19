import { Inject, Injectable } from '@nestjs/common';
import { unitName, type BuildingKind, type UnitStatus, type UnitUse } from '@linli/shared/estate';
import {
  DEFAULT_BILLING_TERMS,
  type BillableUnit,
  type BillingTerms,
  type Instalment,
  type UnitBilling,
  type UnitBillingRequest,
} from '@linli/shared/fees';
import { Clock } from '../../kernel/clock/clock.ts';
import type { Reader, Transaction } from '../../kernel/database/index.ts';

interface UnitRow {
  id: string;
  building: string;
  kind: BuildingKind;
  entrance: string;
  room: string;
  unit_use: UnitUse;
  area_centi_sqm: number;
  status: UnitStatus;
  instalment: Instalment | null;
  common_parking_spaces: number | null;
  delivered_on: string | null;
}

const UNITS = `SELECT u.id, b.name AS building, b.kind, u.entrance, u.room, u.unit_use, u.area_centi_sqm, u.status,
    f.instalment, f.common_parking_spaces, f.delivered_on
  FROM units u JOIN buildings b ON b.id = u.building_id LEFT JOIN unit_billing f ON f.unit_id = u.id`;

interface TermsRow {
  due_day: number;
  grace_days: number;
  late_fee_ppm_per_day: number;
  late_fee_basis: string | null;
}

/** Homes as billing sees them, and how the estate bills. */
@Injectable()
export class BillableUnitsRepository {
  constructor(@Inject(Clock) private readonly clock: Clock) {}

  /** Every unit on the roll, in the roll's order. */
  async all(reader: Reader, estateId: string): Promise<BillableUnit[]> {
    const rows = await reader.rows<UnitRow>(
      `${UNITS}
       WHERE u.estate_id = ? AND u.active = 1 ORDER BY u.sort_order, u.id`,
      [estateId],
    );
    return rows.map(toBillable);
  }

  async terms(reader: Reader, estateId: string): Promise<BillingTerms> {
    const row = await reader.row<TermsRow>('SELECT * FROM billing_terms WHERE estate_id = ?', [estateId]);
    if (row === null) return DEFAULT_BILLING_TERMS;
    return {
      dueDay: row.due_day,
      graceDays: row.grace_days,
      lateFeePpmPerDay: row.late_fee_ppm_per_day,
      lateFeeBasis: row.late_fee_basis,
    };
  }

  async setTerms(tx: Transaction, estateId: string, terms: BillingTerms): Promise<void> {
    await tx.run('DELETE FROM billing_terms WHERE estate_id = ?', [estateId]);
    await tx.insert('billing_terms', {
      estate_id: estateId,
      due_day: terms.dueDay,
      grace_days: terms.graceDays,
      late_fee_ppm_per_day: terms.lateFeePpmPerDay,
      late_fee_basis: terms.lateFeeBasis,
      // A payment settles whole bills, so there is no order to choose; the column is of the first schema.
      allocation: 'PRINCIPAL_FIRST',
      updated_at: this.clock.now(),
    });
  }

  /** How one home is billed; null where the estate has no such unit. */
  async unit(reader: Reader, estateId: string, unitId: string): Promise<UnitBilling | null> {
    const row = await reader.row<UnitRow>(
      `${UNITS}
       WHERE u.estate_id = ? AND u.id = ? AND u.active = 1`,
      [estateId, unitId],
    );
    if (row === null) return null;
    const { instalment, commonParkingSpaces, deliveredOn, unitName: name } = toBillable(row);
    return { unitName: name, instalment, commonParkingSpaces, deliveredOn };
  }

  /** Who sees the home's bills. */
  async householdOf(reader: Reader, unitId: string, now: number): Promise<string[]> {
    const rows = await reader.rows<{ person_id: string }>(
      `SELECT DISTINCT person_id FROM residencies
       WHERE kind IN ('OWNER', 'FAMILY') AND (ends_at IS NULL OR ends_at > ?) AND unit_id = ?`,
      [now, unitId],
    );
    return rows.map((row) => row.person_id);
  }

  async setUnit(tx: Transaction, estateId: string, unitId: string, how: UnitBillingRequest): Promise<void> {
    await tx.run('DELETE FROM unit_billing WHERE unit_id = ?', [unitId]);
    await tx.insert('unit_billing', {
      unit_id: unitId,
      estate_id: estateId,
      instalment: how.instalment,
      common_parking_spaces: how.commonParkingSpaces,
      delivered_on: how.deliveredOn,
      updated_at: this.clock.now(),
    });
  }
}

function toBillable(row: UnitRow): BillableUnit {
  return {
    unitId: row.id,
    unitName: unitName(row),
    buildingName: row.building,
    buildingKind: row.kind,
    use: row.unit_use,
    areaCentiSqm: row.area_centi_sqm,
    status: row.status,
    deliveredOn: row.delivered_on,
    instalment: row.instalment ?? 'MONTH',
    commonParkingSpaces: row.common_parking_spaces ?? 0,
  };
}
