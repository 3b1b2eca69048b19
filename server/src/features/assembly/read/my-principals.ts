import { Inject, Injectable } from '@nestjs/common';
import {
  ASSEMBLY_ERRORS,
  type BallotReceipt,
  type CoOwner,
  type MyPrincipal,
  type MyRollEntry,
  type RollObjection,
  type UnitKind,
} from '@linli/shared/assembly';
import type { AreaSource } from '@linli/shared/estate';
import { formatInstant, maskName } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database } from '../../../kernel/database/index.ts';
import { type Assembly, stateAt } from '../assemblies.repository.ts';
import { agreedOn, readChoices } from '../ballots/representatives.service.ts';
import { BallotReceipts } from './ballot-receipts.ts';
import { OwnerNames } from './owner-names.ts';
import { latestObjections } from '../roll/objection-rows.ts';

interface PrincipalRow {
  id: string;
  kind: string;
  area_centi_sqm: number;
  heads: number;
  owner_id: string | null;
}

interface UnitRow {
  principal_id: string;
  unit_id: string;
  label: string;
  unit_use: string;
  area_centi_sqm: number;
  area_source: string;
  counted: number;
}

/** What the reader votes for in one meeting: units and area as frozen, co-owners, and the ballot that stands. */
@Injectable()
export class MyPrincipals {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BallotReceipts) private readonly receipts: BallotReceipts,
    @Inject(OwnerNames) private readonly names: OwnerNames,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async of(caller: Caller, assembly: Assembly): Promise<MyPrincipal[]> {
    if (assembly.frozenAt === null) return [];
    const principals = await this.principalsOf(caller, assembly.id);
    if (principals.length === 0) return [];
    const ids = principals.map((principal) => principal.id);
    const units = await this.unitsOf(ids);
    const objections = await latestObjections(
      this.database,
      assembly.id,
      units.map((unit) => unit.unit_id),
    );
    const ballots = await this.receipts.standing(caller, assembly, ids);
    return Promise.all(
      principals.map((principal) =>
        this.toPrincipal(
          assembly,
          principal,
          units.filter((unit) => unit.principal_id === principal.id),
          objections,
          ballots.get(principal.id) ?? null,
        ),
      ),
    );
  }

  /** Through own ownership, or as the developer's delegate. */
  private principalsOf(caller: Caller, assemblyId: string): Promise<PrincipalRow[]> {
    return this.database.rows<PrincipalRow>(
      `SELECT p.id, p.kind, p.area_centi_sqm, p.heads, MIN(v.owner_id) AS owner_id
       FROM owners o JOIN assembly_roll_owners v ON v.owner_id = o.id AND v.assembly_id = ?
       JOIN assembly_principals p ON p.id = v.principal_id
       WHERE o.person_id = ? GROUP BY p.id, p.kind, p.area_centi_sqm, p.heads
       UNION
       SELECT p.id, p.kind, p.area_centi_sqm, p.heads, NULL AS owner_id FROM assembly_principals p
       WHERE p.delegate_person_id = ? AND p.assembly_id = ?
       ORDER BY id`,
      [assemblyId, caller.personId, caller.personId, assemblyId],
    );
  }

  private unitsOf(principalIds: readonly string[]): Promise<UnitRow[]> {
    return this.database.rows<UnitRow>(
      `SELECT principal_id, unit_id, label, unit_use, area_centi_sqm, area_source, counted FROM assembly_roll_units
       WHERE principal_id IN (${principalIds.map(() => '?').join(', ')}) ORDER BY sort_order, unit_id`,
      principalIds,
    );
  }

  private async toPrincipal(
    assembly: Assembly,
    principal: PrincipalRow,
    units: readonly UnitRow[],
    objections: ReadonlyMap<string, RollObjection>,
    ballot: BallotReceipt | null,
  ): Promise<MyPrincipal> {
    const { coOwners, representative } = await this.ownersOf(principal);
    const whyNot = this.whyNot(assembly, principal, representative);
    return {
      principalId: principal.id,
      kind: principal.kind as MyPrincipal['kind'],
      units: units.map((unit) => toEntry(unit, objections)),
      counts: { heads: principal.heads, areaCentiSqm: principal.area_centi_sqm },
      coOwners,
      representative,
      canVote: whyNot === null,
      whyNot,
      ballot,
    };
  }

  private async ownersOf(
    principal: PrincipalRow,
  ): Promise<{ coOwners: CoOwner[]; representative: MyPrincipal['representative'] }> {
    const choices = await readChoices(this.database, principal.id);
    const names = await this.names.of(
      this.database,
      choices.map((choice) => choice.owner_id),
    );
    const coOwners = choices.map(({ owner_id, chosen_owner_id }): CoOwner => {
      const isMe = owner_id === principal.owner_id;
      const name = names.get(owner_id) ?? '';
      return { ownerId: owner_id, name: isMe ? name : maskName(name), isMe, chosenOwnerId: chosen_owner_id };
    });
    const chosen = coOwners.find(({ ownerId }) => ownerId === agreedOn(choices));
    return {
      coOwners,
      representative: chosen === undefined ? null : { isMe: chosen.isMe, name: chosen.name },
    };
  }

  private whyNot(
    assembly: Assembly,
    principal: PrincipalRow,
    representative: MyPrincipal['representative'],
  ): string | null {
    const now = this.clock.now();
    const state = stateAt(assembly, now);
    if (principal.heads === 0) return ASSEMBLY_ERRORS['BALLOT.NOTHING_COUNTED'].message;
    if (representative !== null && !representative.isMe) return `共有人已推选 ${representative.name} 投票`;
    if (state === 'NOTICED' && assembly.opensAt !== null)
      return `${formatInstant(assembly.opensAt, now)} 开始投票`;
    if (state !== 'VOTING') return '投票已经结束';
    return null;
  }
}

function toEntry(unit: UnitRow, objections: ReadonlyMap<string, RollObjection>): MyRollEntry {
  return {
    unitId: unit.unit_id,
    label: unit.label,
    kind: unit.unit_use as UnitKind,
    areaCentiSqm: unit.area_centi_sqm,
    areaSource: unit.area_source as AreaSource,
    counted: unit.counted === 1,
    objection: objections.get(unit.unit_id) ?? null,
  };
}
