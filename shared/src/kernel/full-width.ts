/**
 * Chinese keyboards and spreadsheets give full-width digits, letters, punctuation and spaces (１２３，（）).
 * Turns them into their ASCII twins; other characters stay.
 */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00A0\u2000-\u200B\u202F\uFEFF]/g, ' ');
}

/** What a person typed, ready to be compared or stored: half-width, trimmed, runs of blanks made one. */
export function tidyText(text: string): string {
  return toHalfWidth(text).replace(/\s+/g, ' ').trim();
}
