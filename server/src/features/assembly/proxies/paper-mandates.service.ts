import { Inject, Injectable } from '@nestjs/common';
import {
  CAST_TIME_LIMIT_MS,
  type DeskMandate,
  type DeskPrincipal,
  type EnterMandateRequest,
} from '@linli/shared/assembly';
import { maskName, type Page } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { AssembliesRepository, stateAt } from '../assemblies.repository.ts';
import { transactionWithin } from '../ballots/within-limit.ts';
import { OwnerNames } from '../read/owner-names.ts';
import { GrantMandateService } from './grant-mandate.service.ts';
import { MandatesRepository, type MandateRow } from './mandates.repository.ts';

const MOST_FOUND = 20;

/** Mandates on paper 纸质委托书: one person enters, another holds the entry against the scan. */
@Injectable()
export class PaperMandatesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(MandatesRepository) private readonly mandates: MandatesRepository,
    @Inject(GrantMandateService) private readonly granting: GrantMandateService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(OwnerNames) private readonly names: OwnerNames,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<Page<DeskMandate>> {
    await this.checkMeeting(estateId, assemblyId);
    const rows = await this.mandates.paper(this.database, assemblyId, after, limit);
    const page = toPage(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
    return { items: await this.views(caller, page.items), next: page.next };
  }

  /** Whose vote a home belongs to: by its label on the frozen roll. */
  async principals(estateId: string, assemblyId: string, label: string): Promise<DeskPrincipal[]> {
    await this.checkMeeting(estateId, assemblyId);
    const rows = await this.database.rows<{ principal_id: string; label: string; owner_id: string }>(
      `SELECT u.principal_id, u.label, v.owner_id FROM assembly_roll_units u
       JOIN assembly_roll_owners v ON v.assembly_id = u.assembly_id AND v.unit_id = u.unit_id
       WHERE u.assembly_id = ? AND u.label LIKE ? ORDER BY u.sort_order, u.unit_id, v.owner_id LIMIT ${MOST_FOUND}`,
      [assemblyId, `%${label.replace(/[%_]/g, '')}%`],
    );
    const names = await this.names.of(
      this.database,
      rows.map((row) => row.owner_id),
    );
    return [...Map.groupBy(rows, (row) => `${row.principal_id} ${row.label}`).values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const owners = group.map(({ owner_id }) => ({
        ownerId: owner_id,
        name: maskName(names.get(owner_id) ?? ''),
      }));
      return [{ principalId: first.principal_id, label: first.label, owners }];
    });
  }

  async enter(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    request: EnterMandateRequest,
  ): Promise<DeskMandate> {
    return this.view(caller, await this.granting.enter(caller, estateId, assemblyId, request));
  }

  /** The second person: from here on the mandate is in force, or never was. */
  async review(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    mandateId: string,
    approve: boolean,
  ): Promise<DeskMandate> {
    const now = this.clock.now();
    const limit = { clock: this.clock, until: now + CAST_TIME_LIMIT_MS, late: () => refuse('CONFLICT') };
    const row = await transactionWithin(this.database, limit, async (tx) => {
      const assembly = await this.assemblies.byId(tx, estateId, assemblyId);
      const before = await this.mandates.byId(tx, assemblyId, mandateId);
      if (assembly === null || before === null || before.way !== 'PAPER') throw refuse('NOT_FOUND');
      if (before.entered_by === caller.personId) throw refuse('PROXY.OWN_REVIEW');
      const state = stateAt(assembly, now);
      if (state !== 'NOTICED' && state !== 'VOTING') throw refuse('PROXY.CLOSED');
      const changed = approve
        ? await tx.run(
            `UPDATE assembly_mandates SET state = 'ACTIVE', confirmed_by = ?, confirmed_at = ?
             WHERE id = ? AND state = 'PENDING'`,
            [caller.personId, now, mandateId],
          )
        : await tx.run(
            `UPDATE assembly_mandates SET state = 'ENDED', ended_at = ?, end_reason = 'REFUSED', ended_by = ?,
               confirmed_by = ?, confirmed_at = ?, principal_key = NULL, slot_key = NULL
             WHERE id = ? AND state = 'PENDING'`,
            [now, caller.personId, caller.personId, now, mandateId],
          );
      if (changed === 0) throw refuse('PROXY.REVIEWED');
      await this.audit.record(tx, caller, {
        action: approve ? 'MANDATE.CONFIRMED' : 'MANDATE.REFUSED',
        estateId,
        subjectType: 'mandate',
        subjectId: mandateId,
      });
      const after = await this.mandates.byId(tx, assemblyId, mandateId);
      if (after === null) throw refuse('NOT_FOUND');
      if (approve) await this.granting.announce(tx, assembly, after);
      return after;
    });
    return this.view(caller, row);
  }

  async view(caller: Caller, row: MandateRow): Promise<DeskMandate> {
    const [view] = await this.views(caller, [row]);
    if (view === undefined) throw refuse('NOT_FOUND');
    return view;
  }

  private async views(caller: Caller, rows: readonly MandateRow[]): Promise<DeskMandate[]> {
    const views = await this.mandates.views(this.database, rows, () => false);
    const owners = await this.names.of(
      this.database,
      rows.map((row) => row.owner_id),
    );
    const staff = await this.persons.names(
      this.database,
      rows.flatMap((row) => [row.entered_by, ...(row.confirmed_by === null ? [] : [row.confirmed_by])]),
    );
    return Promise.all(
      rows.map(async (row, index): Promise<DeskMandate> => {
        const view = views[index];
        if (view === undefined) throw refuse('NOT_FOUND');
        const scans =
          row.scan_file_id === null ? [] : await this.files.refs(this.database, [row.scan_file_id]);
        return {
          ...view,
          units: await this.unitsOf(row.principal_id),
          owner: maskName(owners.get(row.owner_id) ?? ''),
          enteredBy: staff.get(row.entered_by) ?? '',
          confirmedBy: row.confirmed_by === null ? null : (staff.get(row.confirmed_by) ?? ''),
          scan: scans[0] ?? null,
          canReview: row.state === 'PENDING' && row.entered_by !== caller.personId,
        };
      }),
    );
  }

  private async unitsOf(principalId: string): Promise<string> {
    const rows = await this.database.rows<{ label: string }>(
      'SELECT label FROM assembly_roll_units WHERE principal_id = ? ORDER BY sort_order, unit_id',
      [principalId],
    );
    return rows.map(({ label }) => label).join('、');
  }

  private async checkMeeting(estateId: string, assemblyId: string): Promise<void> {
    if ((await this.assemblies.byId(this.database, estateId, assemblyId)) === null) throw refuse('NOT_FOUND');
  }
}
