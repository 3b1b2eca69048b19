const LETTER_A = 'A'.charCodeAt(0);

/** Column letters to an index from 0: A → 0, Z → 25, AA → 26. */
export function columnIndex(letters: string): number {
  let index = 0;
  for (let i = 0; i < letters.length; i += 1) index = index * 26 + (letters.charCodeAt(i) - LETTER_A + 1);
  return index - 1;
}

/** The column of a reference such as `AB12`; null where it is none. */
export function columnOfReference(reference: string): number | null {
  let end = 0;
  while (end < reference.length && isLetter(reference.charCodeAt(end))) end += 1;
  return end === 0 || end > 3 ? null : columnIndex(reference.slice(0, end));
}

function isLetter(code: number): boolean {
  return code >= LETTER_A && code < LETTER_A + 26;
}
