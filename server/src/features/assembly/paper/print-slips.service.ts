import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import {
  type AskedStep,
  askedSteps,
  candidateName,
  PAPER_LIMITS,
  PAPER_PARAMETER,
  VOTE_CLASS_LABELS,
} from '@linli/shared/assembly';
import { formatInstant, formatSqm } from '@linli/shared/kernel';
import { ENVIRONMENT } from '../../../config/config.module.ts';
import type { Environment } from '../../../config/environment.ts';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { meetingName } from '../assemblies.repository.ts';
import { assemblyPage } from '../assembly-page.ts';
import { type Head, HeadsRepository } from './heads.repository.ts';
import { paperAdvice } from './paper-advice.ts';
import type { PrintedBallot, PrintedElection, PrintedMotion } from './paper-layout.ts';
import { isInScope, type NoticedMeeting, PaperMeeting, type PaperMotion } from './paper-meeting.ts';
import { printBallots } from './print-ballots.ts';
import { type Slip, SlipsRepository } from './slips.repository.ts';

/** More homes than this are counted, not listed. */
const MOST_HOMES = 12;

/** Prints numbered ballots 印票: names, homes and the motions that the head decides on, and nothing else of anybody. */
@Injectable()
export class PrintSlipsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PaperMeeting) private readonly meetings: PaperMeeting,
    @Inject(SlipsRepository) private readonly slips: SlipsRepository,
    @Inject(HeadsRepository) private readonly heads: HeadsRepository,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The valid numbers from one to another, both printed. */
  async print(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    { from, to }: { readonly from: number; readonly to: number },
  ): Promise<Readable> {
    const { max } = PAPER_LIMITS.printedAtOnce;
    if (to < from || to - from >= 2 * max) throw refuse('PAPER.PRINT_RANGE', { params: { max } });
    const meeting = await this.meetings.noticed(this.database, estateId, assemblyId);
    const slips = await this.slips.live(this.database, assemblyId, from, to);
    if (slips.length === 0) throw refuse('NOT_FOUND');
    if (slips.length > max) throw refuse('PAPER.PRINT_RANGE', { params: { max } });
    const heads = await this.heads.of(
      this.database,
      slips.map(({ principalId }) => principalId),
    );
    const motions = await this.meetings.onAgenda(this.database, assemblyId);
    const estate = await this.estateName(estateId);
    const ballots = slips.flatMap((slip) => {
      const head = heads.get(slip.principalId);
      return head === undefined ? [] : [this.toBallot(meeting, estate, slip, head, motions)];
    });
    await this.database.transaction((tx) =>
      this.audit.record(tx, caller, {
        action: 'PAPER.PRINTED',
        estateId,
        subjectType: 'assembly',
        subjectId: assemblyId,
        after: { from, to, ballots: ballots.length },
      }),
    );
    return printBallots(ballots, `${meetingName(meeting.assembly)} ${from}–${to}`);
  }

  private toBallot(
    { assembly, rules, closesAt }: NoticedMeeting,
    estate: string,
    slip: Slip,
    head: Head,
    motions: readonly PaperMotion[],
  ): PrintedBallot {
    const counted = head.units.filter((unit) => unit.counted);
    const area = counted.reduce((sum, unit) => sum + unit.areaCentiSqm, 0);
    const asked = motions.filter(({ scope }) =>
      counted.some(({ unitId, building }) => isInScope(scope, unitId, building)),
    );
    const labels = head.units.map(({ label }) => label);
    const more = labels.length > MOST_HOMES ? [`等 ${labels.length} 套`] : [];
    return {
      numberText: slip.numberText,
      address: `${this.environment.publicOrigin}${assemblyPage(assembly.id)}&estateId=${assembly.estateId}&${PAPER_PARAMETER}=${slip.numberText}`,
      estate,
      meeting: meetingName(assembly),
      title: assembly.title,
      homes: [...labels.slice(0, MOST_HOMES), ...more],
      owners: head.voters.map(({ name }) => name),
      weight: `1 票，${formatSqm(area)}`,
      advice: paperAdvice(rules, assembly.ballotMode, formatInstant(closesAt, this.clock.now())),
      motions: askedSteps(asked).map(printed),
    };
  }

  private async estateName(estateId: string): Promise<string> {
    const row = await this.database.row<{ name: string }>('SELECT name FROM estates WHERE id = ?', [
      estateId,
    ]);
    return row?.name ?? '';
  }
}

function printed(step: AskedStep<PaperMotion>, index: number): PrintedMotion | PrintedElection {
  const place = `议题 ${index + 1}`;
  if (step.kind === 'MOTION') {
    const { title, text, voteClass } = step.motion;
    return { heading: `${place}　${title}`, voteClass: VOTE_CLASS_LABELS[voteClass], text };
  }
  const { seats, candidates } = step;
  const [first] = candidates;
  return {
    heading: `${place}　选举业委会委员：应选 ${seats} 人，候选人 ${candidates.length} 人`,
    voteClass: first === undefined ? '' : VOTE_CLASS_LABELS[first.voteClass],
    rule: `最多选 ${seats} 人，在要选的人前面的方框里打“√”。可以少选；选的人超过 ${seats} 人，这一选举作废，其他议题不受影响。`,
    candidates: candidates.map((motion) => ({ name: candidateName(motion), text: motion.text })),
    none: '都不选（算参加投票，不同意任何一名候选人）',
  };
}
