import {
  type AskedStep,
  askedSteps,
  candidateName,
  CHOICE_LABELS,
  type Mark,
  type PaperReturnDetail,
  spoiledElections,
  spoiledWords,
} from '@linli/shared/assembly';

type Motion = PaperReturnDetail['motions'][number];
type Marks = Readonly<Record<string, Mark>>;

/** 2. 选举业委会委员：应选 5 人，候选人 7 人 */
export function electionHeading(
  { seats, candidates }: Extract<AskedStep<Motion>, { kind: 'ELECTION' }>,
  place: number,
): string {
  return `${place}. 选举业委会委员：应选 ${seats} 人，候选人 ${candidates.length} 人`;
}

/** The marks after a name was ticked or its tick taken away; with the last tick gone, nothing has been read yet. */
export function ticked(marks: Marks, candidates: readonly Motion[], id: string, on: boolean): Marks {
  const ids = candidates.map((candidate) => candidate.id);
  const chosen = ids.filter((each) => (each === id ? on : marks[each] === 'FOR'));
  const others = Object.entries(marks).filter(([each]) => !ids.includes(each));
  const own = ids.map((each): [string, Mark] => [each, chosen.includes(each) ? 'FOR' : 'BLANK']);
  return Object.fromEntries([...others, ...(chosen.length === 0 ? [] : own)]);
}

/** As one says it at the desk. */
export const READ_LABELS: Readonly<Record<Mark, string>> = {
  ...CHOICE_LABELS,
  BLANK: '未填',
  INVALID: '多选或涂改',
};

/** A line for each motion, and one for each election. */
export interface ReadLine {
  readonly key: string;
  readonly what: string;
  readonly said: string;
}

export function readLines(motions: readonly Motion[], marks: Marks): ReadLine[] {
  return askedSteps(motions).map((step, index) => {
    if (step.kind === 'MOTION') {
      const { id, title } = step.motion;
      return { key: id, what: `${index + 1}. ${title}`, said: READ_LABELS[marks[id] ?? 'BLANK'] };
    }
    const { candidates } = step;
    return {
      key: candidates[0]?.id ?? '',
      what: electionHeading(step, index + 1),
      said: electionSaid(candidates, marks),
    };
  });
}

function electionSaid(candidates: readonly Motion[], marks: Marks): string {
  const chosen = candidates.filter(({ id }) => marks[id] === 'FOR').map(candidateName);
  const [spoiled] = spoiledElections(marks, candidates);
  if (spoiled !== undefined) return spoiledWords(spoiled);
  if (chosen.length > 0) return `选 ${chosen.join('、')}`;
  const [first] = candidates;
  const mark = marks[first?.id ?? ''] ?? 'BLANK';
  return mark === 'ABSTAIN' ? '都不选' : READ_LABELS[mark];
}
