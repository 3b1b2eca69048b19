import type { Readable } from 'node:stream';
import { type Glyphs, MISSING, printPdf } from '../../../kernel/pdf/index.ts';
import { layOut, type PrintedBallot } from './paper-layout.ts';

/** Ballots as one PDF. */
export function printBallots(ballots: readonly PrintedBallot[], title: string): Promise<Readable> {
  return printPdf(title, ballots, (ballot, glyphs) => layOut(printable(ballot, glyphs), glyphs.widthOf));
}

/** The same ballot with a box where the font has no such character; of a name it is said, and written by hand. */
export function printable(
  ballot: PrintedBallot,
  { printable: plain }: Pick<Glyphs, 'printable'>,
): PrintedBallot {
  const motions = ballot.motions.map((motion) =>
    'candidates' in motion
      ? {
          ...motion,
          candidates: motion.candidates.map(({ name, text }) => ({ name: plain(name), text: plain(text) })),
        }
      : { ...motion, heading: plain(motion.heading), text: plain(motion.text) },
  );
  const names = [...ballot.owners, ...ballot.motions.flatMap(candidatesOf)];
  const advice = names.some((name) => plain(name) !== name)
    ? [...ballot.advice, `姓名里的“${MISSING}”是字库没有的字，请在旁边手写。`]
    : ballot.advice;
  return {
    ...ballot,
    estate: plain(ballot.estate),
    meeting: plain(ballot.meeting),
    title: plain(ballot.title),
    homes: ballot.homes.map(plain),
    owners: ballot.owners.map(plain),
    advice: advice.map(plain),
    motions,
  };
}

const candidatesOf = (motion: PrintedBallot['motions'][number]): string[] =>
  'candidates' in motion ? motion.candidates.map(({ name }) => name) : [];
