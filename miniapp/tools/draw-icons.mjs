// Draws src/styles/icons.css and src/assets/tab/*.png from icon-shapes.mjs. Run by hand after a shape has changed:
//   node miniapp/tools/draw-icons.mjs
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ICON_SHAPES, TAB_ICONS } from './icon-shapes.mjs';

const sharp = createRequire(new URL('../../server/package.json', import.meta.url))('sharp');
const from = (relative) => new URL(`../src/${relative}`, import.meta.url);

const COLOURS = { '': '#5B6470', '-on': '#15705B' };
const PNG_PX = 81;

// Without a width and a height: a minifier takes the viewBox away where they say the same, and the mask stops scaling.
const svg = (name, stroke) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="${stroke}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${ICON_SHAPES[name]}</svg>`;

const dataUri = (text) =>
  `data:image/svg+xml,${text.replace(/"/g, "'").replace(/[#<>{}%]/g, (c) => encodeURIComponent(c))}`;

const rules = Object.keys(ICON_SHAPES).map(
  (name) => `.icon--${name} {\n  -webkit-mask-image: url("${dataUri(svg(name, '#000'))}");\n}`,
);
writeFileSync(
  from('styles/icons.css'),
  `/* Drawn by tools/draw-icons.mjs; not edited by hand. A mask, so that an icon takes the colour of its text. */\n${rules.join('\n')}\n`,
);

for (const [tab, icon] of Object.entries(TAB_ICONS)) {
  for (const [suffix, colour] of Object.entries(COLOURS)) {
    const png = await sharp(Buffer.from(svg(icon, colour)), { density: 72 * (PNG_PX / 24) })
      .resize(PNG_PX, PNG_PX)
      .png({ compressionLevel: 9, palette: true })
      .toBuffer();
    writeFileSync(from(`assets/tab/${tab}${suffix}.png`), png);
  }
}
