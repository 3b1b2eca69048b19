import type { Violation } from './source-rules.ts';

const RULE = 'exports-are-used';
const EXPORT =
  /^export (?:declare )?(?:abstract )?(?:async )?(const|let|function|class|enum|interface|type) ([\w$]+)/gm;
const NAME = /[A-Za-z_$][\w$]*/g;
/** Nothing imports from a test; the words in its texts are of no file. */
const TEST = /\.spec\.tsx?$/;

/**
 * What is exported and named by no other file: either nobody needs it, or its file alone does. A type may stand in the
 * words of what its file exports. Names are compared, not followed, so one that is common may be missed.
 */
export function findUnusedExports(sources: ReadonlyMap<string, string>): Violation[] {
  const files = new Map<string, number>();
  for (const text of sources.values())
    for (const name of new Set(text.match(NAME))) files.set(name, (files.get(name) ?? 0) + 1);
  return [...sources].flatMap(([file, text]) =>
    TEST.test(file)
      ? []
      : [...text.matchAll(EXPORT)].flatMap(([, kind = '', name = '']) => {
          if ((files.get(name) ?? 0) > 1) return [];
          const isType = kind === 'type' || kind === 'interface';
          if (isType && timesIn(text, name) > 1) return [];
          return [{ file, rule: RULE, message: `No other file names ${name}.` }];
        }),
  );
}

function timesIn(text: string, name: string): number {
  return (text.match(NAME) ?? []).filter((word) => word === name).length;
}
