import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  electorateOf,
  isDeveloperKey,
  principalKeyOf,
  type PrincipalKey,
  votersOfKey,
  type VotingRules,
  WHOLE_ESTATE,
} from '@linli/shared/assembly';
import { principalTagOf } from '@linli/shared/ballot-log';
import type { AreaSource } from '@linli/shared/estate';
import { BlindIndex } from '../../../kernel/crypto/index.ts';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { tagOfHash, taggerOf } from '../log/tags.ts';
import type { SnapshotUnit } from './current-roll.ts';

interface FrozenUnitRow {
  unit_id: string;
  principal_id: string;
  label: string;
  sort_order: number;
  unit_use: string;
  status: string;
  building: string;
  developer: string | null;
  area_centi_sqm: number;
  area_source: string;
}

/** A unit of the frozen roll with the principal that votes for it. */
export interface FrozenUnit extends SnapshotUnit {
  readonly principalId: string;
}

interface PrincipalPlan {
  readonly key: PrincipalKey;
  readonly areaCentiSqm: number;
  readonly heads: 0 | 1;
}

/**
 * The roll as it stood at the notice 业主名册快照. Principals are made by the function that the count uses, so what is
 * posted, who may vote and what is counted are one thing; the hash commits to it.
 */
@Injectable()
export class FrozenRollRepository {
  constructor(
    @Inject(Ids) private readonly ids: Ids,
    @Inject(BlindIndex) private readonly index: BlindIndex,
  ) {}

  /** Writes the whole snapshot and answers its hash. */
  async freeze(
    tx: Transaction,
    assemblyId: string,
    units: readonly SnapshotUnit[],
    rules: VotingRules,
  ): Promise<string> {
    const { keyOf, plans } = planPrincipals(units, rules);
    const idOf = await this.writePrincipals(tx, assemblyId, plans);
    const principalOf = (unit: SnapshotUnit) => idOf.get(keyOf(unit)) ?? '';
    await tx.insert(
      'assembly_roll_units',
      ...units.map((unit) => unitRecord(assemblyId, unit, principalOf(unit), rules)),
    );
    await tx.insert(
      'assembly_roll_owners',
      ...units.flatMap((unit) => ownerRecords(assemblyId, unit, principalOf(unit), keyOf(unit))),
    );
    return rollHash(units, rules);
  }

  /**
   * Puts one corrected unit in the place of what was frozen, before any ballot is in, and answers the new hash. The
   * owners of the others stay as they were at the notice.
   */
  async correct(
    tx: Transaction,
    assemblyId: string,
    corrected: SnapshotUnit,
    rules: VotingRules,
  ): Promise<string> {
    const before = await this.read(tx, assemblyId);
    const old = before.find((unit) => unit.id === corrected.id);
    const units = [...before.filter((unit) => unit.id !== corrected.id), corrected];
    const { keyOf, plans } = planPrincipals(units, rules);
    await tx.run('DELETE FROM assembly_roll_owners WHERE assembly_id = ? AND unit_id = ?', [
      assemblyId,
      corrected.id,
    ]);
    await tx.run('DELETE FROM assembly_roll_units WHERE assembly_id = ? AND unit_id = ?', [
      assemblyId,
      corrected.id,
    ]);
    const idOf = await this.writePrincipals(tx, assemblyId, plans);
    const principalId = idOf.get(keyOf(corrected)) ?? '';
    await tx.insert('assembly_roll_units', {
      ...unitRecord(assemblyId, corrected, principalId, rules),
      objected_area_centi_sqm:
        old === undefined || old.areaCentiSqm === corrected.areaCentiSqm ? null : old.areaCentiSqm,
    });
    await tx.insert(
      'assembly_roll_owners',
      ...ownerRecords(assemblyId, corrected, principalId, keyOf(corrected)),
    );
    // A corrected owner set may have joined or parted sets elsewhere (`headMerge = SHARED_ANY`).
    for (const unit of before) {
      const now = idOf.get(keyOf(unit)) ?? '';
      if (unit.id === corrected.id || now === unit.principalId) continue;
      const where = 'SET principal_id = ? WHERE assembly_id = ? AND unit_id = ?';
      await tx.run(`UPDATE assembly_roll_units ${where}`, [now, assemblyId, unit.id]);
      await tx.run(`UPDATE assembly_roll_owners ${where}`, [now, assemblyId, unit.id]);
    }
    await dropEmptyPrincipals(tx, assemblyId, new Set(idOf.values()));
    return rollHash(units, rules);
  }

  /** The whole frozen roll. */
  async read(reader: Reader, assemblyId: string): Promise<FrozenUnit[]> {
    const units = await reader.rows<FrozenUnitRow>(
      `SELECT unit_id, principal_id, label, sort_order, unit_use, status, building, developer, area_centi_sqm, area_source
       FROM assembly_roll_units WHERE assembly_id = ? ORDER BY sort_order, unit_id`,
      [assemblyId],
    );
    const owners = await reader.rows<{ unit_id: string; owner_id: string }>(
      'SELECT unit_id, owner_id FROM assembly_roll_owners WHERE assembly_id = ? ORDER BY unit_id, owner_id',
      [assemblyId],
    );
    const ownersOf = Map.groupBy(owners, (row) => row.unit_id);
    return units.map((row) => ({
      id: row.unit_id,
      principalId: row.principal_id,
      label: row.label,
      sortOrder: row.sort_order,
      kind: row.unit_use as FrozenUnit['kind'],
      status: row.status as FrozenUnit['status'],
      building: row.building,
      developer: row.developer,
      areaCentiSqm: row.area_centi_sqm,
      areaSource: row.area_source as AreaSource,
      owners: (ownersOf.get(row.unit_id) ?? []).map((owner) => owner.owner_id),
    }));
  }

  /** Makes the stored principals those of the plan; answers the id of each key. */
  private async writePrincipals(
    tx: Transaction,
    assemblyId: string,
    plans: readonly PrincipalPlan[],
  ): Promise<ReadonlyMap<PrincipalKey, string>> {
    const stored = await tx.rows<{
      id: string;
      principal_hash: string;
      area_centi_sqm: number;
      heads: number;
    }>('SELECT id, principal_hash, area_centi_sqm, heads FROM assembly_principals WHERE assembly_id = ?', [
      assemblyId,
    ]);
    const byHash = new Map(stored.map((row) => [row.principal_hash, row]));
    const idOf = new Map<PrincipalKey, string>();
    const added = [];
    for (const { key, areaCentiSqm, heads } of plans) {
      const hash = sha256(key);
      const known = byHash.get(hash);
      const id = known?.id ?? this.ids.next();
      idOf.set(key, id);
      if (known === undefined)
        added.push({
          id,
          assembly_id: assemblyId,
          principal_hash: hash,
          kind: isDeveloperKey(key) ? 'DEVELOPER' : 'OWNERS',
          area_centi_sqm: areaCentiSqm,
          heads,
          delegate_person_id: null,
          log_tag: this.tagOf(assemblyId, key),
        });
      else if (known.area_centi_sqm !== areaCentiSqm || known.heads !== heads)
        await tx.run('UPDATE assembly_principals SET area_centi_sqm = ?, heads = ? WHERE id = ?', [
          areaCentiSqm,
          heads,
          id,
        ]);
    }
    await tx.insert('assembly_principals', ...added);
    return idOf;
  }

  /** Null for who cannot vote: no ballot will ever name it. */
  private tagOf(assemblyId: string, key: PrincipalKey): string | null {
    const voters = votersOfKey(key);
    if (voters.length === 0) return null;
    return principalTagOf(voters, taggerOf(this.index, assemblyId), tagOfHash);
  }
}

/** The principals of a roll: those with a vote, and those that hold only what does not count. */
function planPrincipals(
  units: readonly SnapshotUnit[],
  rules: VotingRules,
): { keyOf: (unit: SnapshotUnit) => PrincipalKey; plans: PrincipalPlan[] } {
  const electorate = electorateOf(units, WHOLE_ESTATE, rules);
  const keyOf = (unit: SnapshotUnit) => {
    const own = principalKeyOf(unit);
    return electorate.find(own)?.key ?? own;
  };
  const plans = new Map<PrincipalKey, PrincipalPlan>();
  for (const { key, areaCentiSqm } of electorate.principals.values())
    plans.set(key, { key, areaCentiSqm, heads: 1 });
  for (const unit of units) {
    const key = keyOf(unit);
    if (!plans.has(key)) plans.set(key, { key, areaCentiSqm: 0, heads: 0 });
  }
  return { keyOf, plans: [...plans.values()] };
}

function unitRecord(assemblyId: string, unit: SnapshotUnit, principalId: string, rules: VotingRules) {
  return {
    assembly_id: assemblyId,
    unit_id: unit.id,
    principal_id: principalId,
    label: unit.label,
    sort_order: unit.sortOrder,
    unit_use: unit.kind,
    status: unit.status,
    building: unit.building ?? '',
    developer: unit.developer,
    area_centi_sqm: unit.areaCentiSqm,
    area_source: unit.areaSource,
    counted: isCounted(unit, rules) ? 1 : 0,
    objected_area_centi_sqm: null as number | null,
  };
}

/** The voters of a unit. The buyers of what is not delivered are no voters: the developer is. */
function ownerRecords(assemblyId: string, unit: SnapshotUnit, principalId: string, key: PrincipalKey) {
  if (isDeveloperKey(key)) return [];
  return unit.owners.map((ownerId) => ({
    assembly_id: assemblyId,
    unit_id: unit.id,
    owner_id: ownerId,
    principal_id: principalId,
  }));
}

async function dropEmptyPrincipals(
  tx: Transaction,
  assemblyId: string,
  kept: ReadonlySet<string>,
): Promise<void> {
  const rows = await tx.rows<{ id: string }>('SELECT id FROM assembly_principals WHERE assembly_id = ?', [
    assemblyId,
  ]);
  for (const { id } of rows) {
    if (kept.has(id)) continue;
    await tx.run('DELETE FROM assembly_representations WHERE principal_id = ?', [id]);
    await tx.run('DELETE FROM assembly_principals WHERE id = ?', [id]);
  }
}

export function isCounted(
  unit: Pick<SnapshotUnit, 'kind'>,
  rules: Pick<VotingRules, 'countParking'>,
): boolean {
  return unit.kind !== 'PARKING' || rules.countParking;
}

/** Commits to everything that the count reads of the roll, in an order of its own. */
function rollHash(units: readonly SnapshotUnit[], rules: VotingRules): string {
  const lines = units.map((unit) =>
    JSON.stringify([
      unit.id,
      unit.kind,
      unit.status,
      unit.building,
      unit.developer,
      unit.areaCentiSqm,
      unit.areaSource,
      isCounted(unit, rules),
      isDeveloperKey(principalKeyOf(unit)) ? [] : [...unit.owners].sort(),
    ]),
  );
  return sha256(lines.sort().join('\n'));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
