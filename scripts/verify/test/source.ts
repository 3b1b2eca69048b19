import type { ReadBytes } from '../../verify.ts';

/** An export that is in memory already, in place of a file. */
export function textSource(content: string | Buffer): ReadBytes {
  const bytes = Buffer.from(content);
  let from = 0;
  return (buffer, offset) => {
    const copied = bytes.copy(buffer, offset, from);
    from += copied;
    return copied;
  };
}
