import { inflateSync } from 'node:zlib';

/** What a PDF of ours says, a line for each run of text: its glyphs by the map of characters that it carries. */
export function pdfText(pdf: Buffer): string {
  const streams = inflated(pdf);
  const characters = streams.flatMap((stream) => (stream.includes('beginbfrange') ? mapOf(stream) : []));
  const pages = streams.filter((stream) => /\bTJ\b/.test(stream));
  return pages
    .flatMap((page) => page.match(/\[.*?\] TJ/gs) ?? [])
    .map((run) =>
      glyphsOf(run)
        .map((glyph) => characters[glyph] ?? '?')
        .join(''),
    )
    .join('\n');
}

export function pageCount(pdf: Buffer): number {
  return (pdf.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length;
}

function inflated(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/\bstream\n/g)].flatMap(({ index }) => {
    const from = index + 'stream\n'.length;
    const body = pdf.subarray(from, text.indexOf('\nendstream', from));
    try {
      return [inflateSync(body).toString('latin1')];
    } catch {
      // A stream that is not compressed is no text of ours.
      return [];
    }
  });
}

/** Glyph n is written as the n-th entry of the map. */
function mapOf(stream: string): string[] {
  const ranges = stream.slice(stream.indexOf('beginbfrange')).match(/\[(.*?)\]/gs) ?? [];
  return ranges.flatMap((range) =>
    (range.match(/<([0-9a-fA-F ]*)>/g) ?? []).map((entry) =>
      Buffer.from(entry.replace(/[<> ]/g, ''), 'hex').swap16().toString('utf16le'),
    ),
  );
}

function glyphsOf(run: string): number[] {
  return (run.match(/<([0-9a-fA-F]+)>/g) ?? []).flatMap((piece) =>
    (piece.match(/[0-9a-fA-F]{4}/g) ?? []).map((glyph) => Number.parseInt(glyph, 16)),
  );
}
