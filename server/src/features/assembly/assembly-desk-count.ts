import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { DecisionBody } from '@linli/shared/assembly';
import { shanghaiDate } from '@linli/shared/kernel';
import { type Caller, COMMITTEE, type EstateRole, STREET } from '../../kernel/access/index.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database } from '../../kernel/database/index.ts';
import { type DeskCounter, DeskCounts } from '../desk/index.ts';
import { CONVENERS } from './conveners.ts';
import { PAPER_DESK } from './paper/index.ts';

/** Who carries decisions out beside those who convene. */
const DOERS = [
  { body: 'COMPANY', roles: ['COMPANY_MANAGER'] },
  { body: 'COMMUNITY', roles: ['COMMUNITY_OFFICER'] },
] as const satisfies readonly { readonly body: DecisionBody; readonly roles: readonly EstateRole[] }[];

/**
 * At 纸质票: papers that this person may read. At 业主大会: objections without an answer, registered decisions that this member
 * may check, and decisions that should have been carried out by now. At 决定落实: what a body that does not convene is to
 * carry out. At
 * 建设单位代表: developers without one in a meeting that is noticed or voted. At 监护人: documents to check.
 */
@Injectable()
export class AssemblyDeskCount implements OnModuleInit {
  constructor(
    @Inject(DeskCounts) private readonly counts: DeskCounts,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.counts.register('papers', (caller, estateId) => this.papers(caller, estateId));
    this.counts.register('delegates', (caller, estateId) => this.missingDelegates(caller, estateId));
    this.counts.register('guardians', (caller, estateId) => this.guardians(caller, estateId));
    this.counts.register('elections', (caller, estateId) => this.elections(caller, estateId));
    this.counts.register('decisions', (caller, estateId) => this.ownDecisions(caller, estateId));
    this.counts.register('assemblies', (caller, estateId) => this.assemblies(caller, estateId));
  }

  private async papers(caller: Caller, estateId: string): ReturnType<DeskCounter> {
    if (!caller.has(estateId, PAPER_DESK)) return null;
    const row = await this.database.row<{ waiting: number; late: number | null }>(
      `SELECT COUNT(*) AS waiting, SUM(CASE WHEN a.closes_at < ? THEN 1 ELSE 0 END) AS late
       FROM assemblies a JOIN paper_returns r ON r.assembly_id = a.id
       WHERE a.estate_id = ? AND a.state IN ('NOTICED', 'VOTING') AND r.state IN ('WAITING', 'ONCE', 'MISMATCH')
         AND NOT EXISTS (SELECT 1 FROM paper_entries e
           WHERE e.return_id = r.id AND e.round = r.round AND e.person_id = ?)`,
      [this.clock.now(), estateId, caller.personId],
    );
    return { count: Number(row?.waiting ?? 0), overdue: Number(row?.late ?? 0) };
  }

  private async missingDelegates(caller: Caller, estateId: string): ReturnType<DeskCounter> {
    if (!caller.has(estateId, STREET)) return null;
    const row = await this.database.row<{ waiting: number }>(
      `SELECT COUNT(*) AS waiting FROM assemblies a JOIN assembly_principals p ON p.assembly_id = a.id
       WHERE a.estate_id = ? AND a.state IN ('NOTICED', 'VOTING') AND a.closes_at >= ?
         AND p.kind = 'DEVELOPER' AND p.delegate_person_id IS NULL`,
      [estateId, this.clock.now()],
    );
    return { count: Number(row?.waiting ?? 0), overdue: 0 };
  }

  private async guardians(caller: Caller, estateId: string): ReturnType<DeskCounter> {
    if (!caller.has(estateId, STREET)) return null;
    const row = await this.database.row<{ waiting: number }>(
      "SELECT COUNT(*) AS waiting FROM guardianships WHERE estate_id = ? AND state = 'PENDING'",
      [estateId],
    );
    return { count: Number(row?.waiting ?? 0), overdue: 0 };
  }

  private async elections(caller: Caller, estateId: string): ReturnType<DeskCounter> {
    if (!caller.has(estateId, [...COMMITTEE, ...STREET])) return null;
    // The committee's petitions are the street's once the days are over; objections are never the committee's.
    const isStreet = caller.has(estateId, ['STREET_OFFICER']);
    const petitions = await this.database.row<{ waiting: number }>(
      `SELECT COUNT(*) AS waiting FROM petitions WHERE estate_id = ? AND state = ?
         AND (assembly_id IS NULL OR EXISTS
           (SELECT 1 FROM assemblies a WHERE a.id = petitions.assembly_id AND a.state = 'CANCELLED'))`,
      [estateId, isStreet ? 'WITH_STREET' : 'REACHED'],
    );
    const objections = caller.has(estateId, STREET)
      ? await this.database.row<{ waiting: number }>(
          `SELECT COUNT(*) AS waiting FROM elections e JOIN candidate_objections o ON o.election_id = e.id
           WHERE e.estate_id = ? AND o.answered_at IS NULL`,
          [estateId],
        )
      : null;
    return {
      count: Number(petitions?.waiting ?? 0) + Number(objections?.waiting ?? 0),
      overdue: isStreet ? Number(petitions?.waiting ?? 0) : 0,
    };
  }

  private async assemblies(caller: Caller, estateId: string): ReturnType<DeskCounter> {
    if (!caller.has(estateId, CONVENERS)) return null;
    const objections = await this.database.row<{ waiting: number; late: number | null }>(
      `SELECT COUNT(*) AS waiting, SUM(CASE WHEN a.opens_at <= ? THEN 1 ELSE 0 END) AS late
       FROM assembly_objections j JOIN assemblies a ON a.id = j.assembly_id
       WHERE j.estate_id = ? AND j.state = 'OPEN'`,
      [this.clock.now(), estateId],
    );
    const decisions = caller.has(estateId, COMMITTEE)
      ? await this.database.row<{ waiting: number }>(
          `SELECT COUNT(*) AS waiting FROM decisions
           WHERE estate_id = ? AND status = 'PENDING' AND registered_by <> ?`,
          [estateId, caller.personId],
        )
      : null;
    const late = await this.lateDecisions(estateId);
    return {
      count: Number(objections?.waiting ?? 0) + Number(decisions?.waiting ?? 0) + late,
      overdue: Number(objections?.late ?? 0) + late,
    };
  }

  /** For whoever carries decisions out and does not convene: theirs, while there are any. */
  private async ownDecisions(caller: Caller, estateId: string): ReturnType<DeskCounter> {
    if (caller.has(estateId, CONVENERS)) return null;
    const bodies = DOERS.filter(({ roles }) => caller.has(estateId, roles)).map(({ body }) => body);
    if (bodies.length === 0) return null;
    const row = await this.database.row<{ waiting: number; late: number | null }>(
      `SELECT COUNT(*) AS waiting, SUM(CASE WHEN f.due_on < ? THEN 1 ELSE 0 END) AS late
       FROM decision_follow_ups f JOIN decisions d ON d.id = f.decision_id
       WHERE f.estate_id = ? AND f.body IN (${bodies.map(() => '?').join(', ')}) AND f.finish IS NULL
         AND d.status = 'IN_FORCE'`,
      [shanghaiDate(this.clock.now()), estateId, ...bodies],
    );
    const count = Number(row?.waiting ?? 0);
    return count === 0 ? null : { count, overdue: Number(row?.late ?? 0) };
  }

  private async lateDecisions(estateId: string): Promise<number> {
    const row = await this.database.row<{ late: number }>(
      `SELECT COUNT(*) AS late FROM decision_follow_ups f JOIN decisions d ON d.id = f.decision_id
       WHERE f.estate_id = ? AND f.due_on < ? AND f.finish IS NULL AND d.status = 'IN_FORCE'`,
      [estateId, shanghaiDate(this.clock.now())],
    );
    return Number(row?.late ?? 0);
  }
}
