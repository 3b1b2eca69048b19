import { Inject, Injectable } from '@nestjs/common';
import {
  type GiveOpinionRequest,
  OPINION_STANCES,
  type OpinionEntry,
  type OpinionStance,
  type OpinionSummary,
} from '@linli/shared/assembly';
import { maskName, type Page } from '@linli/shared/kernel';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { toPage } from '../../kernel/http/paging.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { ContentCheck } from '../../wechat/content-check.ts';
import { PersonsRepository } from '../identity/index.ts';
import { AssembliesRepository, type Assembly, isPublic } from './assemblies.repository.ts';

/** What owners think of the motions before they are final 会前征求意见. Not a vote. */
@Injectable()
export class OpinionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** One for each owner and motion: a later one takes the place of the earlier. */
  async give(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    request: GiveOpinionRequest,
  ): Promise<OpinionSummary[]> {
    const assembly = await this.find(estateId, assemblyId);
    const now = this.clock.now();
    const { opinionsUntil } = assembly;
    if (assembly.stored !== 'OPINIONS' || opinionsUntil === null || now > opinionsUntil) {
      // The answer to a tap in time was lost, and the phone repeats it.
      if (await this.isGiven(caller, request)) return this.summary(caller, estateId, assemblyId);
      throw refuse('ASSEMBLY.NOT_OPEN_FOR_OPINIONS');
    }
    const motions = await this.assemblies.motions(this.database, assemblyId);
    if (!motions.some(({ id }) => id === request.motionId)) throw refuse('BALLOT.MOTION_UNKNOWN');
    await this.contentCheck.check(caller, { estateId, where: 'OPINION.GIVE', texts: [request.text] });
    try {
      await this.database.transaction(async (tx) => {
        const replaced = await tx.run(
          'UPDATE assembly_opinions SET stance = ?, opinion_text = ?, given_at = ? WHERE motion_id = ? AND person_id = ?',
          [request.stance, request.text, now, request.motionId, caller.personId],
        );
        if (replaced === 0)
          await tx.insert('assembly_opinions', {
            id: this.ids.next(),
            assembly_id: assemblyId,
            motion_id: request.motionId,
            person_id: caller.personId,
            stance: request.stance,
            opinion_text: request.text,
            given_at: now,
          });
        await this.audit.record(tx, caller, {
          action: 'OPINION.GIVEN',
          estateId,
          subjectType: 'motion',
          subjectId: request.motionId,
          after: { stance: request.stance },
        });
      });
    } catch (error) {
      throw violates(error, 'uq_assembly_opinions_person') ? refuse('CONFLICT') : error;
    }
    return this.summary(caller, estateId, assemblyId);
  }

  private async isGiven(caller: Caller, { motionId, stance, text }: GiveOpinionRequest): Promise<boolean> {
    const given = await this.database.row<{ stance: string; opinion_text: string }>(
      'SELECT stance, opinion_text FROM assembly_opinions WHERE motion_id = ? AND person_id = ?',
      [motionId, caller.personId],
    );
    return given !== null && given.stance === stance && given.opinion_text === text;
  }

  async summary(caller: Caller, estateId: string, assemblyId: string): Promise<OpinionSummary[]> {
    await this.find(estateId, assemblyId);
    const motions = await this.assemblies.motions(this.database, assemblyId);
    const counts = await this.database.rows<{ motion_id: string; stance: string; given: number }>(
      'SELECT motion_id, stance, COUNT(*) AS given FROM assembly_opinions WHERE assembly_id = ? GROUP BY motion_id, stance',
      [assemblyId],
    );
    const mine = await this.database.rows<{ motion_id: string; stance: string; opinion_text: string }>(
      `SELECT o.motion_id, o.stance, o.opinion_text FROM assembly_motions m
       JOIN assembly_opinions o ON o.motion_id = m.id AND o.person_id = ? WHERE m.assembly_id = ?`,
      [caller.personId, assemblyId],
    );
    return motions.map(({ id }) => {
      const own = mine.find((row) => row.motion_id === id);
      const countOf = (stance: OpinionStance) =>
        Number(counts.find((row) => row.motion_id === id && row.stance === stance)?.given ?? 0);
      return {
        motionId: id,
        counts: Object.fromEntries(OPINION_STANCES.map((stance) => [stance, countOf(stance)])) as Record<
          OpinionStance,
          number
        >,
        mine: own === undefined ? null : { stance: own.stance as OpinionStance, text: own.opinion_text },
      };
    });
  }

  /** The texts, for the convener; names masked. */
  async entries(
    estateId: string,
    assemblyId: string,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<Page<OpinionEntry>> {
    await this.find(estateId, assemblyId);
    const rows = await this.database.rows<{
      id: string;
      motion_id: string;
      person_id: string;
      stance: string;
      opinion_text: string;
      given_at: number;
    }>(
      `SELECT id, motion_id, person_id, stance, opinion_text, given_at FROM assembly_opinions
       WHERE assembly_id = ? ${after === undefined ? '' : 'AND id < ?'} ORDER BY id DESC LIMIT ${limit + 1}`,
      [assemblyId, ...(after === undefined ? [] : [after])],
    );
    const names = await this.persons.names(
      this.database,
      rows.map((row) => row.person_id),
    );
    return toPage(
      rows,
      limit,
      (row) => row.id,
      (row): OpinionEntry => ({
        motionId: row.motion_id,
        stance: row.stance as OpinionStance,
        text: row.opinion_text,
        givenAt: row.given_at,
        byMasked: maskName(names.get(row.person_id) ?? ''),
      }),
    );
  }

  private async find(estateId: string, assemblyId: string): Promise<Assembly> {
    const assembly = await this.assemblies.byId(this.database, estateId, assemblyId);
    if (assembly === null || !isPublic(assembly)) throw refuse('NOT_FOUND');
    return assembly;
  }
}
