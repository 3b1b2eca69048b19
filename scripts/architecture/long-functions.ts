import { join } from 'node:path';
import { quietly } from '../bootstrap/child.mjs';
import { root } from '../bootstrap/paths.mjs';
import type { Violation } from './source-rules.ts';

/** A function that does not fit a screen, without its blank lines and comments. */
export interface LongFunction {
  readonly file: string;
  /** Empty where it has none. */
  readonly name: string;
  readonly lines: number;
}

/** Sizes by `file name`. */
export type AllowedSizes = Readonly<Record<string, number>>;

const RULE = 'functions-fit-a-screen';
/** A test and a demo's story tell what happens from the first line to the last. */
const TOLD = /(^|\/)test\/|\.spec\.tsx?$|^server\/src\/demo\/stories\//;
const MESSAGE = /^The [a-z ]+?(?: `([^`]+)`)? has too many lines \((\d+)\)/;

interface Report {
  readonly diagnostics: readonly { readonly message: string; readonly filename: string }[];
}

/** The functions below the folders that do not fit a screen, as oxlint measures them. */
export async function findLongFunctions(
  project: string,
  folders: readonly string[],
): Promise<LongFunction[]> {
  const program = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const config = join(root, 'scripts', 'architecture', 'long-functions.json');
  const args = [program, '--config', config, '--format', 'json', ...folders];
  const { output } = await quietly(process.execPath, args, { cwd: project });
  const { diagnostics } = JSON.parse(output) as Report;
  return diagnostics
    .filter(({ filename }) => !TOLD.test(filename))
    .map(({ filename, message }) => {
      const [, name = '', lines] = MESSAGE.exec(message) ?? [];
      if (lines === undefined) throw new Error(`oxlint said what this does not read: ${message}`);
      return { file: filename, name, lines: Number(lines) };
    });
}

/** New ones, those that have grown, and sizes in the list that are not true any more. */
export function checkLengths(found: readonly LongFunction[], allowed: AllowedSizes): Violation[] {
  const known = new Set(found.map(keyOf));
  const tooLong = found.flatMap((long) => {
    const size = allowed[keyOf(long)];
    return size === long.lines ? [] : [violation(long.file, wordsFor(long, size))];
  });
  const gone = Object.keys(allowed).filter((key) => !known.has(key));
  return [
    ...tooLong,
    ...gone.map((key) => violation(key, 'Fits a screen now, or is gone: take it off the list.')),
  ];
}

function keyOf({ file, name }: LongFunction): string {
  return name === '' ? file : `${file} ${name}`;
}

function wordsFor({ name, lines }: LongFunction, allowed: number | undefined): string {
  const what = name === '' ? 'A function' : name;
  if (allowed === undefined) return `${what} has ${lines} lines; more than 60 do not fit a screen.`;
  return lines > allowed
    ? `${what} has grown from ${allowed} lines to ${lines}; it may only shrink.`
    : `${what} has ${lines} lines now: write that into the list in place of ${allowed}.`;
}

function violation(file: string, message: string): Violation {
  return { file, rule: RULE, message };
}
