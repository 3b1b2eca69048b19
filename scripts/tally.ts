/**
 * npm run -s tally -- FILE
 *
 * Counts the votes of a tally document, one motion or one election, or of an array of them, with the function that the server calls, and prints the
 * results as JSON. Anyone who has a roll and the ballots can check a count with it.
 */
import { readFileSync } from 'node:fs';
import { tally } from '../shared/src/assembly/index.ts';
import {
  electionLine,
  type ElectionLine,
  parseElectionDocument,
  parseTallyDocument,
  type TallyLine,
  tallyLine,
} from './tally/document.ts';
import { DocumentError, type Json, isList } from './tally/json.ts';

function main(files: readonly string[]): void {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) return fail('Usage: npm run -s tally -- FILE');
  try {
    const json = readJson(file);
    const lines = isList(json) ? json.map(count) : count(json);
    process.stdout.write(`${JSON.stringify(lines, null, 1)}\n`);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    fail(`${file}: ${error.message}`);
  }
}

function count(json: Json, index = 0): TallyLine | ElectionLine {
  try {
    const election = parseElectionDocument(json);
    if (election !== null) return electionLine(election);
    const { id, roll, ballots, motion, rules, deadline } = parseTallyDocument(json);
    return tallyLine(id, tally(roll, ballots, motion, rules, deadline));
  } catch (error) {
    // The roll's total left the integers; everything else was refused while reading.
    if (error instanceof RangeError) throw new DocumentError(`document ${index + 1}: ${error.message}`);
    throw error;
  }
}

function readJson(file: string): Json {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw new DocumentError(
      `cannot be read (${error instanceof Error && 'code' in error ? error.code : error})`,
    );
  }
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch {
    throw new DocumentError('is not JSON');
  }
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

main(process.argv.slice(2));
