/** Who is to be blotted out of a text; what is null is not known. */
export interface BlottedPerson {
  readonly name: string;
  readonly phone: string | null;
  /** `1号楼 1单元 301`: building, entrance where there is one, room. */
  readonly unitName: string | null;
}

const BLOT = '＊＊';
/** What people put between the digits of a number: spaces, dashes, dots, slashes, brackets. */
const GAP = '[\\s\\-‐-―－~～_＿.．。·•,，、/／\\\\|()（）#＃]';
/** Where a number begins: not in the middle of another one. */
const START = '(^|[^0-9０-９])';
const END = '(?![0-9０-９])';
const BUILDING = '(?:号楼|号|栋|幢|座|楼|#|＃)';
const ENTRANCE = '(?:单元|门)';
const ROOM = '(?:室|房|户|号)';
const CHINESE_DIGITS = '零一二三四五六七八九';

/**
 * Free text as somebody may read it who is not told who complained: the name, the phone and the home are blotted out
 * wherever they were written, by whomever, with whatever stands between the digits and in whatever width they are.
 */
export function hideComplainant(text: string, { name, phone, unitName }: BlottedPerson): string {
  const patterns = [
    ...(Array.from(name).length < 2 ? [] : [spaced(name)]),
    ...(phone === null ? [] : [phonePattern(phone)]),
    ...(unitName === null ? [] : homePatterns(unitName)),
  ];
  return patterns.reduce((shown, pattern) => blotted(shown, pattern), text);
}

/** A character that belongs to what stands before the number is put back. */
function blotted(text: string, pattern: string): string {
  return text.replace(new RegExp(pattern, 'g'), (_, before: unknown) =>
    typeof before === 'string' ? before + BLOT : BLOT,
  );
}

/** A word with any spaces in it, as it is. */
function spaced(word: string): string {
  return Array.from(word.replace(/\s/g, '')).map(literally).join('\\s*');
}

/** Also with the country's code, or in the middle of other digits: a phone is never shown for a doubt. */
function phonePattern(phone: string): string {
  const digits = phone.replace(/[^0-9]/g, '');
  return digits.length < 5 ? spaced(phone) : numberOf(digits, `${GAP}*`);
}

/** 1号楼1单元301室, 1栋1-301, 1-1-301, 一号楼301 and the like; in full as the roll writes it in any case. */
function homePatterns(unitName: string): string[] {
  const parts = unitName.split(/\s+/).filter((part) => part !== '');
  const [building, room] = [parts[0], parts[parts.length - 1]];
  if (building === undefined || room === undefined || parts.length < 2) return [spaced(unitName)];
  const gap = `${GAP}*`;
  const house = `${core(building)}${gap}${BUILDING}?${gap}`;
  const stairs = parts.length < 3 ? '' : `${core(parts.slice(1, -1).join(''))}${gap}${ENTRANCE}?${gap}`;
  const door = `${core(room)}${END}(?:${gap}${ROOM})?`;
  // Without its entrance a home is named as well, but then something has to stand between the numbers.
  const short = `${core(building)}(?:${gap}${BUILDING}${gap}|${GAP}+)${door}`;
  return [
    `${START}${house}${stairs}${door}`,
    `${START}${short}`,
    ...(stairs === '' ? [] : [`${START}${core(parts.slice(1, -1).join(''))}${gap}${ENTRANCE}${gap}${door}`]),
    `${START}${spaced(unitName)}${END}`,
  ];
}

/** The number of a part (1号楼 → 1), in either width and in Chinese; the part itself where it has none. */
function core(part: string): string {
  const digits = /[0-9０-９]+/.exec(part)?.[0];
  if (digits === undefined) return spaced(part);
  const plain = Array.from(digits).map(halfWidth).join('');
  const chinese = inChinese(Number(plain));
  const number = `0*${numberOf(plain.replace(/^0+(?=.)/, ''), '')}`;
  const prefix = spaced(part.slice(0, part.indexOf(digits)));
  return `${prefix}(?:${chinese === null ? number : `${number}|${chinese}`})`;
}

function numberOf(digits: string, gap: string): string {
  return Array.from(digits)
    .map((digit) => `[${digit}${String.fromCharCode(digit.charCodeAt(0) + FULL_WIDTH)}]`)
    .join(gap);
}

/** ０ is this far from 0. */
const FULL_WIDTH = 0xfee0;

function halfWidth(digit: string): string {
  return digit > '9' ? String.fromCharCode(digit.charCodeAt(0) - FULL_WIDTH) : digit;
}

/** 一, 十二, 二十; null above 99. */
function inChinese(number: number): string | null {
  if (number < 1 || number > 99) return null;
  const tens = Math.floor(number / 10);
  const ones = number % 10 === 0 ? '' : CHINESE_DIGITS.charAt(number % 10);
  if (tens === 0) return ones;
  return `${tens === 1 ? '' : CHINESE_DIGITS.charAt(tens)}十${ones}`;
}

function literally(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
