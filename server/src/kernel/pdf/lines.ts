/** The width of a character, in parts of the font size. */
export type CharacterWidth = (character: string) => number;

/** May not begin a line 避头 / may not end one 避尾. */
const NEVER_FIRST = '，。、；：？！）》」』】〉”’％…—·,.;:?!)%]}';
const NEVER_LAST = '（《「『【〈“‘([{';
/** Letters and digits of one word or number stay together. */
const WORD = /[A-Za-z0-9.,:/%+\-_@#&=?]+|[\s\S]/gu;

/**
 * Breaks a text into lines of at most `width` (in parts of the font size), by the rules of Chinese typesetting: anywhere
 * between two characters, but no line begins with a closing mark or ends with an opening one.
 */
export function linesOf(text: string, width: number, widthOf: CharacterWidth): string[] {
  return text.split(/\r?\n/).flatMap((paragraph) => paragraphLines(paragraph, width, widthOf));
}

function paragraphLines(paragraph: string, width: number, widthOf: CharacterWidth): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  let used = 0;
  const measure = (piece: string) => [...piece].reduce((sum, character) => sum + widthOf(character), 0);
  for (const piece of pieces(paragraph, width, measure)) {
    const size = measure(piece);
    if (line.length > 0 && used + size > width) {
      const carried = carriedOver(line, piece);
      lines.push(line.join('').trimEnd());
      line = carried;
      used = measure(carried.join(''));
      if (piece === ' ') continue;
    }
    line.push(piece);
    used += size;
  }
  lines.push(line.join(''));
  return lines;
}

/** Words, and single characters of a word that is longer than a line. */
function pieces(paragraph: string, width: number, measure: (piece: string) => number): string[] {
  return (paragraph.match(WORD) ?? []).flatMap((piece) => (measure(piece) > width ? [...piece] : [piece]));
}

/** What the line gives to the next one, so that neither breaks a rule. */
function carriedOver(line: string[], next: string): string[] {
  const carried: string[] = [];
  const isFirst = (piece: string) => NEVER_FIRST.includes([...piece][0] ?? ' ');
  while (line.length > 1 && (isFirst(carried[0] ?? next) || NEVER_LAST.includes(line.at(-1) ?? ' '))) {
    const given = line.pop();
    if (given !== undefined) carried.unshift(given);
  }
  return carried;
}
