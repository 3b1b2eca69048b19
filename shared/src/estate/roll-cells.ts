import { type CentiSqm, parseDecimal, parsePhone, tidyText, toHalfWidth } from '../kernel/index.ts';
import { ROLL_LIMITS } from './limits.ts';
import type { RollFaultCode } from './roll-faults.ts';

/** A cell as it was taken: `changed` is the value in plain text where the cell was not written that way. */
export type CellResult<T> =
  { readonly value: T; readonly changed?: string } | { readonly fault: RollFaultCode };

/** Cells in which people write a dash for "nothing". */
export function isNothing(text: string): boolean {
  return /^(?:[-—–/\\\s]*|无|空|没有|n\/a|null)$/i.test(tidyText(text));
}

const AREA_UNIT = /(㎡|m²|m2|平方米|平米|平方|平)$/i;
/** Digits behind the second that a computed cell carries and nobody wrote: 89.37000000001. */
const FLOAT_NOISE = /^(\d+\.\d\d)0{5}\d*$/;

/** An exclusive area: positive, at most two decimals. */
export function exclusiveAreaCell(text: string): CellResult<CentiSqm> {
  const decimal = areaText(text);
  if (decimal === null) return { fault: 'ROLL.AREA_NOT_NUMBER' };
  if (decimal.startsWith('-') || /^[0.]*$/.test(decimal)) return { fault: 'ROLL.AREA_NOT_POSITIVE' };
  const value = parseDecimal(decimal.replace(FLOAT_NOISE, '$1'), 2);
  if (value === null) return { fault: decimal.includes('.') ? 'ROLL.AREA_DECIMALS' : 'ROLL.AREA_TOO_LARGE' };
  return withinLimit(value, text);
}

/** A gross area 建筑面积 says nothing about votes or fees: more decimals, mostly of a formula, are rounded. */
export function grossAreaCell(text: string): CellResult<CentiSqm> {
  const decimal = areaText(text);
  if (decimal === null) return { fault: 'ROLL.AREA_NOT_NUMBER' };
  if (decimal.startsWith('-') || /^[0.]*$/.test(decimal)) return { fault: 'ROLL.AREA_NOT_POSITIVE' };
  const [whole = '0', fraction = ''] = decimal.split('.');
  const thirdDigit = Number(fraction.charAt(2) || '0');
  const cut = parseDecimal(`${whole}.${fraction.slice(0, 2)}`, 2);
  return cut === null ? { fault: 'ROLL.AREA_TOO_LARGE' } : withinLimit(cut + (thirdDigit >= 5 ? 1 : 0), text);
}

/** The decimal in a cell without its unit and thousands separators; null where it is none. */
function areaText(text: string): string | null {
  const bare = toHalfWidth(text).replace(/\s/g, '').replace(AREA_UNIT, '');
  return /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?$/.test(bare) ? bare.replace(/[,+]/g, '') : null;
}

function withinLimit(value: CentiSqm, text: string): CellResult<CentiSqm> {
  if (value > ROLL_LIMITS.areaCentiSqm) return { fault: 'ROLL.AREA_TOO_LARGE' };
  const plain = `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
  const found = text.trim();
  // 98.5 and 98.50 are the same text to a reader; ９８．５０㎡ is worth telling.
  const same = /^\d+(?:\.\d+)?$/.test(found) && parseDecimal(found, 2) === value;
  return same ? { value } : { value, changed: plain };
}

/** Names in one cell: 张三、李四. Not split at blanks, which stand inside names. */
export function splitNames(text: string): string[] {
  return toHalfWidth(text)
    .split(/[、,;/\n\r|]/)
    .map(personName)
    .filter((name) => !isNothing(name));
}

/** A Chinese name loses its blanks (张 三, with a wide blank as a rule); in Latin names one blank stays; the dot of Uyghur and Tibetan names has one form. */
export function personName(text: string): string {
  return tidyText(text)
    .replace(/[•・‧∙⋅.](?=[\u4e00-\u9fff])/g, '·')
    .replace(/ (?=[\u4e00-\u9fff·])/g, '')
    .replace(/([\u4e00-\u9fff·]) /g, '$1');
}

/** A phone or an identity number that slipped into the name; a company's name may well hold a few digits. */
export function isNameWithNumber(name: string): boolean {
  return /\d{5}/.test(name);
}

const ORGANISATION = /(公司|集团|企业|厂|店|院|校|所|局|会|中心|政府|银行|合作社|开发商|房地产|置业|单位)$/;

/** A name of four characters and more that ends like an organisation's. */
export function isOrganisation(name: string): boolean {
  return name.length >= 4 && ORGANISATION.test(name.replace(/\([^()]*\)$/, ''));
}

/** Phones in one cell. A landline keeps its dash between area code and number. */
export function phonesCell(text: string): CellResult<string[]> {
  const parts = toHalfWidth(text)
    .split(/[、,;/\n\r|]|\s或\s?/)
    .map((part) => part.trim())
    .filter((part) => !isNothing(part));
  const phones = parts.map(parsePhone);
  const numbers: string[] = [];
  for (const phone of phones) {
    if (phone === null || phone.kind === 'SHORT') return { fault: 'ROLL.PHONE_INVALID' };
    if (!numbers.includes(phone.number)) numbers.push(phone.number);
  }
  const asWritten = parts.every((part, i) => {
    const phone = phones[i];
    return part === phone?.number || (phone?.kind === 'LANDLINE' && part === phone.display);
  });
  const plain = asWritten && toHalfWidth(text).trim() === text.trim();
  return plain ? { value: numbers } : { value: numbers, changed: numbers.join('、') };
}

/** The last four characters of each identity document in the cell. Whole numbers are cut; the rest is not kept. */
export function idLast4Cell(text: string): CellResult<string[]> {
  const parts = toHalfWidth(text)
    .split(/[、,;/\n\r|]/)
    .map((part) => part.replace(/[\s*']/g, '').toUpperCase())
    .filter((part) => !isNothing(part));
  const tails: string[] = [];
  for (const part of parts) {
    if (!isIdOrTail(part)) return { fault: 'ROLL.ID_FORMAT' };
    tails.push(part.slice(-4));
  }
  return { value: tails };
}

function isIdOrTail(part: string): boolean {
  if (/^\d{17}[\dX]$/.test(part)) return hasValidChecksum(part);
  return /^[0-9A-Z()-]{4,30}$/.test(part) && /^[0-9A-Z]{4}$/.test(part.slice(-4));
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const ID_CHECKS = '10X98765432';

/** GB 11643: Excel keeps 15 digits of a number and turns the last three of an identity number into zeros. */
function hasValidChecksum(id: string): boolean {
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(id.charAt(i)), 0);
  return ID_CHECKS.charAt(sum % 11) === id.charAt(17);
}

/** Excel shows #N/A, #REF! and the like where a formula has no result. */
export function isErrorCell(text: string): boolean {
  return /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)$/i.test(text.trim());
}

/** A formula in place of its result: the file was written by a program that calculates nothing. */
export function isFormulaCell(text: string): boolean {
  return /^=./.test(text.trim());
}
