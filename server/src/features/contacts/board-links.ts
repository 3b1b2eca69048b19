import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { boardAge, linesFor } from '@linli/shared/contacts';
import type { Phone } from '@linli/shared/kernel';
import type { DepartmentCode } from '@linli/shared/tickets';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Reader } from '../../kernel/database/index.ts';
import { DeskCounts } from '../desk/index.ts';
import { RadarFactsRegistry } from '../disclosure/index.ts';
import { type PhoneQuery, type PhoneSource, ResponsiblePhones } from '../tickets/index.ts';
import { BoardsRepository } from './boards.repository.ts';

/** What the board gives to other features: phones to complaints, a fact to the radar, a count to the workbench. */
@Injectable()
export class BoardLinks implements OnModuleInit, PhoneSource {
  constructor(
    @Inject(ResponsiblePhones) private readonly phones: ResponsiblePhones,
    @Inject(RadarFactsRegistry) private readonly facts: RadarFactsRegistry,
    @Inject(DeskCounts) private readonly counts: DeskCounts,
    @Inject(Database) private readonly database: Database,
    @Inject(BoardsRepository) private readonly boards: BoardsRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.phones.use(this);
    this.facts.register({
      owns: ['CONTACT_BOARD'],
      select: (estates) => factsSql('CONTACT_BOARD', estates, ''),
    });
    this.facts.register({
      owns: [],
      select: (estates) => factsSql('COMPLAINT_LEVELS', estates, "AND levels_json <> '[]'"),
    });
    this.counts.register('boards', async (caller, estateId) =>
      caller.has(estateId, ['STREET_OFFICER']) ? this.waiting(estateId) : null,
    );
  }

  /** The department's own line for the kind of complaint, else its first line. */
  async phonesOf(
    reader: Reader,
    { estateId, category, departments }: PhoneQuery,
  ): Promise<ReadonlyMap<DepartmentCode, Phone>> {
    const board = await this.boards.current(reader, estateId);
    const phones = new Map<DepartmentCode, Phone>();
    for (const department of departments) {
      const lines =
        category === null
          ? (board?.entries ?? [])
          : linesFor(category, { lead: department, co: [] }, board?.entries ?? []);
      const line = lines.find((entry) => entry.department === department);
      if (line !== undefined) phones.set(department, line.phone);
    }
    return phones;
  }

  private async waiting(estateId: string): Promise<{ readonly count: number; readonly overdue: number }> {
    const [board, { rules }] = await Promise.all([
      this.boards.current(this.database, estateId),
      this.boards.estate(this.database, estateId),
    ]);
    if (board === null) return { count: 1, overdue: 0 };
    const { stale } = boardAge(board.checkedAt, rules, this.clock.now());
    return stale ? { count: 1, overdue: 1 } : { count: 0, overdue: 0 };
  }
}

function factsSql(code: string, estates: string, also: string): string {
  return `SELECT estate_id, '${code}' AS code, NULL AS period, published_at AS posted_at, checked_at,
    'CONTACTS' AS link_kind, NULL AS link_id FROM contact_boards WHERE current_key IN (${estates}) ${also}`;
}
