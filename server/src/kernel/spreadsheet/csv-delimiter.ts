const DELIMITERS = [',', '\t', ';'] as const;
const SAMPLE_LINES = 50;

export type CsvDelimiter = (typeof DELIMITERS)[number];

/**
 * The delimiter of a csv by its first lines: the one that most lines hold most often. Title lines hold none, and a
 * stray comma in a remark loses against a delimiter in every line.
 */
export function csvDelimiter(sample: string): CsvDelimiter {
  const lines = sample
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .slice(0, SAMPLE_LINES);
  let best: CsvDelimiter = ',';
  let bestCount = 0;
  for (const delimiter of DELIMITERS) {
    const count = lines.reduce((sum, line) => sum + line.split(delimiter).length - 1, 0);
    if (count > bestCount) [best, bestCount] = [delimiter, count];
  }
  return best;
}
