import { Inject, Injectable } from '@nestjs/common';
import {
  type Acting,
  ASSEMBLY_ERRORS,
  type BallotReceipt,
  type CoOwner,
  type Mandate,
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
import { ActingFor } from '../proxies/acting-for.ts';
import { MandatesRepository } from '../proxies/mandates.repository.ts';
import { latestObjections } from '../roll/objection-rows.ts';

interface PrincipalRow {
  id: string;
  kind: string;
  area_centi_sqm: number;
  heads: number;
  owner_id: string | null;
  /** Null for an own principal, or as the developer's delegate. */
  acting: Acting | null;
}

/** What the reader may know beside the units: which ballots, and the mandate that they gave. */
interface OfPrincipal {
  readonly units: readonly UnitRow[];
  readonly objections: ReadonlyMap<string, RollObjection>;
  readonly ballot: BallotReceipt | null;
  readonly mandate: Mandate | null;
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
    @Inject(ActingFor) private readonly acting: ActingFor,
    @Inject(MandatesRepository) private readonly mandates: MandatesRepository,
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
    const mandates = await this.mandatesOf(principals);
    return Promise.all(
      principals.map((principal) =>
        this.toPrincipal(assembly, principal, {
          units: units.filter((unit) => unit.principal_id === principal.id),
          objections,
          ballot: visibleBallot(principal, ballots.get(principal.id) ?? null),
          mandate: mandates.get(principal.id) ?? null,
        }),
      ),
    );
  }

  /** Mandates that the reader, or who owns with them, gave; the newest of each principal. */
  private async mandatesOf(principals: readonly PrincipalRow[]): Promise<ReadonlyMap<string, Mandate>> {
    const own = principals.filter(({ owner_id }) => owner_id !== null);
    const newest = await this.mandates.newest(
      this.database,
      own.map(({ id }) => id),
    );
    const isMine = ({ principal_id, owner_id }: { principal_id: string; owner_id: string }) =>
      own.some((principal) => principal.id === principal_id && principal.owner_id === owner_id);
    const views = await this.mandates.views(this.database, [...newest.values()], isMine);
    return new Map(views.map((view) => [view.principalId, view]));
  }

  /** Own ones, the developer's for its delegate, and those that the reader acts for as agent or guardian. */
  private async principalsOf(caller: Caller, assemblyId: string): Promise<PrincipalRow[]> {
    const own = await this.ownPrincipals(caller, assemblyId);
    const acting = await this.acting.of(caller, assemblyId);
    const ids = [...acting.keys()].filter((id) => !own.some((principal) => principal.id === id));
    if (ids.length === 0) return own;
    const others = await this.database.rows<PrincipalRow>(
      `SELECT id, kind, area_centi_sqm, heads, NULL AS owner_id FROM assembly_principals
       WHERE id IN (${ids.map(() => '?').join(', ')}) ORDER BY id`,
      ids,
    );
    return [...own, ...others.map((row) => ({ ...row, acting: acting.get(row.id) ?? null }))];
  }

  private async ownPrincipals(caller: Caller, assemblyId: string): Promise<PrincipalRow[]> {
    const rows = await this.database.rows<PrincipalRow>(
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
    return rows.map((row) => ({ ...row, acting: null }));
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
    { units, objections, ballot, mandate }: OfPrincipal,
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
      acting: principal.acting,
      mandate,
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

/** An agent sees what the agent cast; what the owner chose in person is the owner's. */
function visibleBallot({ acting }: PrincipalRow, ballot: BallotReceipt | null): BallotReceipt | null {
  return acting?.as !== 'PROXY' || ballot?.castByMe === true ? ballot : null;
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
