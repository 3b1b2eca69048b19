import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  latestDeadline,
  type MandateEnd,
  type MandateTerms,
  type MandateWay,
  type PaperRefusal,
  type TallyResult,
  type VotingRules,
} from '@linli/shared/assembly';
import {
  agendaElection,
  announcedElection,
  announcedMotion,
  type BallotLeaf,
  type OperatorTagger,
  principalTagOf,
  type RollLeaf,
  rollRows,
  rowText,
  scopeTags,
  type Tag,
  wordingLine,
} from '@linli/shared/ballot-log';
import type { Instant } from '@linli/shared/kernel';
import type { RegionProfile } from '@linli/shared/regions';
import { leafHash, MerkleTree, nodeHash, placesCompletedBy } from '@linli/shared/transparency';
import { ENVIRONMENT } from '../../../config/config.module.ts';
import type { Environment } from '../../../config/environment.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { BlindIndex, nodePrimitives } from '../../../kernel/crypto/index.ts';
import type { Transaction } from '../../../kernel/database/index.ts';
import { BallotLog } from '../../ballot-log/index.ts';
import type { Motion } from '../assemblies.repository.ts';
import type { CountedElection } from '../election/election-results.ts';
import { ElectionsRepository } from '../election/elections.repository.ts';
import { FrozenRollRepository } from '../roll/frozen-roll.repository.ts';
import { tagOfHash, taggerOf } from './tags.ts';

const SALT_BYTES = 16;

/** What the agenda leaf says of the meeting. */
export interface LoggedMeeting {
  readonly id: string;
  readonly estateId: string;
  readonly name: string;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** By which rules, and how far the deadline may be moved. */
  readonly profile: Pick<RegionProfile, 'voting' | 'meeting'>;
  /** Only those on the agenda. */
  readonly motions: readonly Motion[];
}

/** A cast ballot as the leaf needs it. */
export interface LoggedBallot extends Pick<
  BallotLeaf,
  'ballot' | 'principal' | 'area' | 'channel' | 'signed' | 'proxy' | 'supersedes' | 'votes' | 'at'
> {
  /** An owner's id, or the developer's name. */
  readonly castBy: string;
  /** On paper: the two persons who read it. */
  readonly readers?: readonly [string, string];
}

/** A paper that takes no part. */
export interface LoggedRefusal {
  readonly at: Instant;
  readonly principal: Tag | null;
  readonly reason: PaperRefusal;
  /** Persons; empty where the clock decides. */
  readonly readers: readonly string[];
  /** The owner who objected, beside the one who agreed. */
  readonly objector?: string;
}

/** A motion of the meeting with its count. */
export interface CountedMotion {
  readonly motion: Pick<Motion, 'id'>;
  readonly result: TallyResult;
}

/** What the last leaf announces. */
export interface AnnouncedCount {
  readonly counts: readonly CountedMotion[];
  /** Papers that took no part, by reason. */
  readonly refused: Readonly<Partial<Record<PaperRefusal, number>>>;
  readonly elected: readonly CountedElection[];
}

/** A log that is open: where leaves go. */
export interface OpenLog {
  readonly id: string;
  readonly origin: string;
}

/** What a meeting writes into its log, each in the transaction that does what the leaf tells of. */
@Injectable()
export class AssemblyLog {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(BallotLog) private readonly log: BallotLog,
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(FrozenRollRepository) private readonly frozenRoll: FrozenRollRepository,
    @Inject(BlindIndex) private readonly index: BlindIndex,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** With the notice: leaf 0 commits to the roll, leaf 1 to what is voted on and by which rules. */
  async begin(tx: Transaction, meeting: LoggedMeeting): Promise<void> {
    const { id, estateId, name, opensAt, closesAt, motions } = meeting;
    const { voting: rules, meeting: terms } = meeting.profile;
    const origin = `${new URL(this.environment.publicOrigin).host}/assemblies/${id}`;
    const log = { id, origin };
    await this.log.open(tx, { ...log, estateId });
    await this.commitRoll(tx, log, rules, 'NOTICE');
    const tagger = taggerOf(this.index, id);
    const elections = (await this.elections.ofAssembly(tx, id)).flatMap((election) =>
      election.terms === null ? [] : [agendaElection(election.id, election.terms)],
    );
    await this.log.promise(tx, log, {
      v: 1,
      type: 'agenda',
      at: this.clock.now(),
      estate: await this.estateName(tx, estateId),
      meeting: name,
      opensAt,
      closesAt,
      ...(terms.extensionMaxDays === 0 ? {} : { latest: latestDeadline(closesAt, terms.extensionMaxDays) }),
      rules,
      motions: motions.map((motion) => ({
        motion: motion.id,
        matter: motion.matter,
        class: motion.voteClass,
        wording: hashOf(wordingLine({ motion: motion.id, title: motion.title, text: motion.text })),
        scope: scopeTags(motion.scope, tagger),
        ...(motion.electionId === null ? {} : { election: motion.electionId }),
      })),
      ...(elections.length === 0 ? {} : { elections }),
    });
  }

  /** After an upheld objection: the roll as it stands now takes the place of the one before. */
  async correctRoll(tx: Transaction, assemblyId: string, rules: VotingRules): Promise<void> {
    const log = await this.openLog(tx, assemblyId);
    if (log === null) return;
    await tx.run('DELETE FROM ballot_log_rows WHERE log_id = ?', [assemblyId]);
    await this.commitRoll(tx, log, rules, 'OBJECTION');
  }

  /** `at` is when it was asked for, here and below: the moment by which it was allowed. */
  async withdraw(
    tx: Transaction,
    assemblyId: string,
    withdrawn: { readonly at: Instant; readonly motion: string; readonly reason: string },
  ): Promise<void> {
    const log = await this.openLog(tx, assemblyId);
    if (log !== null) await this.log.promise(tx, log, { v: 1, type: 'withdrawn', ...withdrawn });
  }

  async cancel(
    tx: Transaction,
    assemblyId: string,
    cancelled: { readonly at: Instant; readonly reason: string },
  ): Promise<void> {
    const log = await this.openLog(tx, assemblyId);
    if (log !== null) await this.log.promise(tx, log, { v: 1, type: 'cancelled', ...cancelled });
  }

  /** A co-owner names the one who votes for all; null takes it back. */
  async choose(
    tx: Transaction,
    assemblyId: string,
    choice: {
      readonly at: Instant;
      readonly voters: readonly string[];
      readonly owner: string;
      readonly chosen: string | null;
    },
  ): Promise<void> {
    const log = await this.openLog(tx, assemblyId);
    if (log === null) return;
    const tagger = taggerOf(this.index, assemblyId);
    await this.log.promise(tx, log, {
      v: 1,
      type: 'representative',
      at: choice.at,
      principal: principalTagOf(choice.voters, tagger, tagOfHash),
      owner: tagger.voter(choice.owner),
      chosen: choice.chosen === null ? null : tagger.voter(choice.chosen),
      salt: salt(),
    });
  }

  /** An owner sends somebody; names of people stay tags. */
  async mandate(
    tx: Transaction,
    assemblyId: string,
    given: {
      readonly mandate: string;
      readonly principalId: string;
      readonly owner: string;
      readonly agent: string;
      readonly way: MandateWay;
      readonly terms: MandateTerms;
    },
  ): Promise<void> {
    const log = await this.openLog(tx, assemblyId);
    const principal = await tx.row<{ log_tag: string | null }>(
      'SELECT log_tag FROM assembly_principals WHERE id = ?',
      [given.principalId],
    );
    if (log === null || principal?.log_tag == null) return;
    const tagger = taggerOf(this.index, assemblyId);
    await this.log.promise(tx, log, {
      v: 1,
      type: 'mandate',
      at: this.clock.now(),
      mandate: given.mandate,
      principal: principal.log_tag,
      owner: tagger.voter(given.owner),
      agent: tagger.voter(given.agent),
      way: given.way,
      motions: given.terms.motionIds,
      votes: given.terms.instructions,
      salt: salt(),
    });
  }

  async endMandate(
    tx: Transaction,
    assemblyId: string,
    end: { readonly mandate: string; readonly reason: MandateEnd; readonly at: Instant },
  ): Promise<void> {
    const log = await this.openLog(tx, assemblyId);
    if (log !== null) await this.log.promise(tx, log, { v: 1, type: 'mandate-end', ...end, salt: salt() });
  }

  /** The deadline is moved; everybody sees from when to when, and why. */
  async extend(
    tx: Transaction,
    assemblyId: string,
    extension: {
      readonly at: Instant;
      readonly from: Instant;
      readonly closesAt: Instant;
      readonly reason: string;
    },
  ): Promise<void> {
    const log = await this.openLog(tx, assemblyId);
    if (log !== null) await this.log.promise(tx, log, { v: 1, type: 'extension', ...extension });
  }

  /** Answers the signed promise that the ballot will be in the log. */
  async ballot(tx: Transaction, log: OpenLog, { castBy, readers, ...ballot }: LoggedBallot): Promise<string> {
    const tagger = taggerOf(this.index, log.id);
    const cast = { ...ballot, cast_by: tagger.voter(castBy), salt: salt() };
    const operators = readers === undefined ? null : tagsOf(tagger, readers);
    const leaf: BallotLeaf = { v: 1, type: 'ballot', ...cast, ...(operators === null ? {} : { operators }) };
    return this.log.signed(await this.log.promise(tx, log, leaf, ballot.ballot));
  }

  /** A paper that was handed in and takes no part. */
  async refusedPaper(tx: Transaction, log: OpenLog, refusal: LoggedRefusal): Promise<void> {
    const { readers, objector, ...facts } = refusal;
    const tagger = taggerOf(this.index, log.id);
    const operators = readers.map((personId) => tagger.operator(personId));
    if (objector !== undefined) operators.push(tagger.voter(objector));
    await this.log.promise(tx, log, { v: 1, type: 'refused', ...facts, operators, salt: salt() });
  }

  /** Named are who agreed and the owner who objected: the desk alone annuls nothing. */
  async annulledPaper(
    tx: Transaction,
    log: OpenLog,
    annulled: {
      readonly ballot: string;
      readonly reason: 'MISREAD' | 'NOT_GENUINE';
      readonly by: string;
      readonly objector: string;
    },
  ): Promise<void> {
    const { ballot, reason, by, objector } = annulled;
    const tagger = taggerOf(this.index, log.id);
    const operators = [tagger.operator(by), tagger.voter(objector)] as const;
    const at = this.clock.now();
    await this.log.promise(tx, log, { v: 1, type: 'annulled', at, ballot, reason, operators });
  }

  /** The announced result; nothing comes after it. */
  async result(tx: Transaction, log: OpenLog, { counts, refused, elected }: AnnouncedCount): Promise<void> {
    const onAgenda = counts.filter(({ result }) => !result.reasons.includes('NOT_ON_AGENDA'));
    await this.log.promise(tx, log, {
      v: 1,
      type: 'result',
      at: this.clock.now(),
      motions: onAgenda.map(({ motion, result }) => announcedMotion(motion.id, result)),
      ...(Object.keys(refused).length === 0 ? {} : { refused }),
      ...(elected.length === 0
        ? {}
        : { elections: elected.map(({ election, result }) => announcedElection(election.id, result)) }),
    });
  }

  async openLog(tx: Pick<Transaction, 'row'>, assemblyId: string): Promise<OpenLog | null> {
    const row = await tx.row<{ origin: string }>('SELECT origin FROM ballot_logs WHERE id = ?', [assemblyId]);
    return row === null ? null : { id: assemblyId, origin: row.origin };
  }

  private async estateName(tx: Transaction, estateId: string): Promise<string> {
    const row = await tx.row<{ name: string }>('SELECT name FROM estates WHERE id = ?', [estateId]);
    return row?.name ?? '';
  }

  private async commitRoll(
    tx: Transaction,
    log: OpenLog,
    rules: VotingRules,
    reason: RollLeaf['reason'],
  ): Promise<void> {
    const roll = await this.frozenRoll.read(tx, log.id);
    const rows = rollRows(roll, rules, { tagger: taggerOf(this.index, log.id), tagOfHash, salt }).map(
      rowText,
    );
    await tx.insert(
      'ballot_log_rows',
      ...rows.map((row, position) => ({ log_id: log.id, position, row_json: row })),
    );
    await this.log.promise(tx, log, {
      v: 1,
      type: 'roll',
      at: this.clock.now(),
      reason,
      root: nodePrimitives.toBase64(rootOf(rows)),
      rows: rows.length,
    });
  }
}

const hashOf = (text: string) => nodePrimitives.toBase64(nodePrimitives.sha256(nodePrimitives.utf8(text)));
const tagsOf = (tagger: OperatorTagger, [first, second]: readonly [string, string]): readonly [Tag, Tag] => [
  tagger.operator(first),
  tagger.operator(second),
];
const salt = () => randomBytes(SALT_BYTES).toString('base64url');

/** The root of a tree that is built once and not kept. */
function rootOf(texts: readonly string[]): Uint8Array {
  const { sha256, utf8 } = nodePrimitives;
  const nodes = new Map<string, Uint8Array>();
  const at = (level: number, position: number) => nodes.get(`${level}:${position}`) ?? new Uint8Array();
  for (const [index, text] of texts.entries())
    for (const { level, position } of placesCompletedBy(index)) {
      const hash =
        level === 0
          ? leafHash(sha256, utf8(text))
          : nodeHash(sha256, at(level - 1, position * 2), at(level - 1, position * 2 + 1));
      nodes.set(`${level}:${position}`, hash);
    }
  return new MerkleTree(sha256, ({ level, position }) => at(level, position)).root(texts.length);
}
