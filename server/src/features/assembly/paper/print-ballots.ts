import type { Readable } from 'node:stream';
import { type Glyphs, MISSING, printPdf } from '../../../kernel/pdf/index.ts';
import { layOut, type PrintedBallot } from './paper-layout.ts';

/** Ballots as one PDF. */
export function printBallots(ballots: readonly PrintedBallot[], title: string): Promise<Readable> {
  return printPdf(title, ballots, (ballot, glyphs) => layOut(printable(ballot, glyphs), glyphs.widthOf));
}

/** The same ballot with a box where the font has no such character. */
function printable(ballot: PrintedBallot, { printable: plain }: Glyphs): PrintedBallot {
  const owners = ballot.owners.map(plain);
  const isMissing = owners.some((name, index) => name !== ballot.owners[index]);
  const advice = isMissing
    ? [...ballot.advice, `姓名里的“${MISSING}”是字库没有的字，请在旁边手写。`]
    : ballot.advice;
  return {
    ...ballot,
    estate: plain(ballot.estate),
    meeting: plain(ballot.meeting),
    title: plain(ballot.title),
    homes: ballot.homes.map(plain),
    owners,
    advice: advice.map(plain),
    motions: ballot.motions.map(({ heading, voteClass, text }) => ({
      heading: plain(heading),
      voteClass,
      text: plain(text),
    })),
  };
}
