import { type TallyResult, withBanner } from '@linli/shared/assembly';
import { formatInstant, type Instant } from '@linli/shared/kernel';
import { type Assembly, meetingName, type Motion } from './assemblies.repository.ts';

const MOST_CHARACTERS = 300;

/** What everybody is told when the notice goes out 会议通知: what is asked, from when to when, and until when the roll can be put right. */
export function noticeMessage(assembly: Assembly, motions: readonly Motion[], now: Instant): string {
  const { title, opensAt, closesAt, objectionsUntil } = assembly;
  const at = (instant: Instant | null) => (instant === null ? '' : formatInstant(instant, now));
  return message(
    assembly,
    `${meetingName(assembly)}《${title}》，共 ${askedCount(motions)} 项议题，${at(opensAt)} 开始投票，${at(closesAt)} 截止。请在 ${at(objectionsUntil)} 前核对名册上自己的房屋和面积，有错的可以提异议。`,
  );
}

/** The vote is open 开始投票. */
export function openedMessage(assembly: Assembly, closesAt: Instant, now: Instant): string {
  return message(
    assembly,
    `《${assembly.title}》可以投票了，${formatInstant(closesAt, now)} 截止，截止前可以修改。`,
  );
}

const OUTCOME_WORDS: Readonly<Record<TallyResult['outcome'], string>> = {
  PASSED: '通过',
  REJECTED: '未通过',
  NO_QUORUM: '未达法定人数',
  NOT_VOTED: '未表决',
};

/** The result 结果公布, motion by motion. */
export function resultMessage(
  assembly: Assembly,
  counts: readonly {
    readonly motion: Pick<Motion, 'title'>;
    readonly result: Pick<TallyResult, 'outcome'>;
  }[],
): string {
  const results = counts.map(({ motion, result }) => `${motion.title}：${OUTCOME_WORDS[result.outcome]}`);
  return message(assembly, `${meetingName(assembly)}，${results.join('；')}。`);
}

function message({ ballotMode }: Pick<Assembly, 'ballotMode'>, text: string): string {
  return withBanner(ballotMode, text).slice(0, MOST_CHARACTERS);
}

/** All candidates of an election are one question. */
function askedCount(motions: readonly Motion[]): number {
  return new Set(motions.map(({ id, electionId }) => electionId ?? id)).size;
}
