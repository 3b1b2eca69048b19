import { SaxesParser } from 'saxes';
import { ARCHIVE_LIMITS } from './limits.ts';
import { damaged, sheetRefused, SheetRefused } from './sheet-errors.ts';

/** What a part of an .xlsx is read with; names come without their namespace prefix. */
export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

export interface XmlReader {
  write(chunk: string): void;
  end(): void;
}

/**
 * A push parser that trusts nothing: DTDs and entities of one's own are refused, nesting and the length of a single
 * token are bounded, and bad XML is a damaged file.
 */
export function xmlReader(handlers: XmlHandlers): XmlReader {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  let depth = 0;
  let silentChars = 0;

  parser.on('doctype', () => {
    throw sheetRefused('SHEET.UNSAFE');
  });
  parser.on('error', (error) => {
    throw damaged(error);
  });
  parser.on('opentag', (tag) => {
    silentChars = 0;
    depth += 1;
    if (depth > ARCHIVE_LIMITS.xmlDepth) throw sheetRefused('SHEET.UNSAFE');
    handlers.open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    silentChars = 0;
    depth -= 1;
    handlers.close?.(localName(tag.name));
  });
  const onText = (text: string) => {
    silentChars = 0;
    handlers.text?.(text);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);

  return {
    write(chunk) {
      silentChars += chunk.length;
      guarded(() => parser.write(chunk));
      // The parser holds an unfinished token in memory; a bomb of one endless token must not fill it.
      if (silentChars > ARCHIVE_LIMITS.xmlTokenChars) throw sheetRefused('SHEET.UNSAFE');
    },
    end() {
      guarded(() => parser.close());
    },
  };
}

/** Reads a whole part. */
export async function readXml(chunks: AsyncIterable<string>, handlers: XmlHandlers): Promise<void> {
  const reader = xmlReader(handlers);
  for await (const chunk of chunks) reader.write(chunk);
  reader.end();
}

function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof SheetRefused ? error : damaged(error);
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
