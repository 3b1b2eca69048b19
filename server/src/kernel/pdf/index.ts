export { linesOf, type CharacterWidth } from './lines.ts';
export { MISSING, printPdf, type Glyphs } from './print.ts';
export { BODY, lead, numbered, PAGE, Sheet, SMALL, TEXT_WIDTH, type Mark, type Page } from './sheet.ts';
