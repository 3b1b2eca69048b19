import { toHalfWidth } from './full-width.ts';

/** Banks cut long names short; shorter than this a beginning says nothing. */
const TELLING_LENGTH = 6;

const plain = (name: string) => toHalfWidth(name).replace(/\s/g, '').toLowerCase();

/** Whether two spellings 户名 mean one body: blanks and widths do not matter, and a long name may be cut short. */
export function isSameParty(one: string, other: string): boolean {
  const [shorter = '', longer = ''] = [plain(one), plain(other)].sort((a, b) => a.length - b.length);
  if (shorter === longer) return shorter !== '';
  return shorter.length >= TELLING_LENGTH && longer.startsWith(shorter);
}
