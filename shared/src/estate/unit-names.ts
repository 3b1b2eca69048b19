import { tidyText } from '../kernel/index.ts';

/** Building, entrance and room as a sheet writes them. */
export interface UnitPlace {
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
}

const CHINESE_DIGITS = '零一二三四五六七八九';

/** `1号楼 1单元 101`; `商铺 S06`. */
export function unitName({ building, entrance, room }: UnitPlace): string {
  return [building, entrance, room].filter((part) => part !== '').join(' ');
}

/** One spelling for each unit: 1号楼/01栋/1# are the same building, 101 and 101室 the same room. */
export function unitKey({ building, entrance, room }: UnitPlace): string {
  return [buildingKey(building), entranceKey(entrance), roomKey(room)].join('/');
}

export function buildingKey(building: string): string {
  return numbered(building, /^0*(\d+|[A-Z])(?:号楼|#楼|号|#|栋|幢|座|楼)?$/);
}

function entranceKey(entrance: string): string {
  return numbered(entrance, /^0*(\d+|[A-Z])(?:单元|号门|门|梯)?$/);
}

function roomKey(room: string): string {
  return numbered(room, /^0*(\d+)(?:室|号|房|户)?$/);
}

/** A sheet that says only `1` in its columns 楼栋 and 单元 means 1号楼 and 1单元. */
export function placeOfCells(building: string, entrance: string, room: string): UnitPlace {
  return { building: withWord(building, '号楼'), entrance: withWord(entrance, '单元'), room: tidyText(room) };
}

/**
 * Splits a unit written in one cell: `1号楼1单元101室`, `1-1-101`, `3栋502`, also behind a street and an estate's name.
 * Null where the building or the room cannot be told.
 */
export function placeOfAddress(address: string): UnitPlace | null {
  const text = tidyText(address)
    .replace(/\s/g, '')
    .replace(/[—–－]/g, '-');
  const dashed = /^([0-9A-Za-z]+)-(?:([0-9A-Za-z]+)-)?([0-9A-Za-z]+)$/.exec(text);
  const worded =
    /([0-9A-Za-z]+|[一二三四五六七八九十]+)(号楼|#楼|#|栋|幢|座)-?(?:([0-9A-Za-z]+|[一二三四五六七八九十]+)单元)?-?([0-9A-Za-z]+)(?:室|号|房|户)?$/.exec(
      text,
    );
  if (dashed !== null) {
    const [, building = '', entrance = '', room = ''] = dashed;
    return placeOfCells(building, entrance, room);
  }
  if (worded === null) return null;
  const [, building = '', word = '', entrance = '', room = ''] = worded;
  return placeOfCells(building + word, entrance, room);
}

/** The storey that a room number tells: 1704 is on the 17th; null for `S06`, `P120`. */
export function storeyOfRoom(room: string): number | null {
  const [, storey] = /^(\d{1,2})\d{2}$/.exec(roomKey(room)) ?? [];
  return storey === undefined ? null : Number(storey);
}

function withWord(text: string, word: string): string {
  const tidy = tidyText(text);
  return /^\d+$/.test(tidy) ? `${Number(tidy)}${word}` : tidy;
}

function numbered(text: string, pattern: RegExp): string {
  const bare = tidyText(text).replace(/\s/g, '').replace(/^第/, '').toUpperCase();
  return pattern.exec(arabic(bare))?.[1] ?? bare;
}

/** 十二 → 12, up to 九十九; a text without Chinese digits stays. */
function arabic(text: string): string {
  return text.replace(/^([一二三四五六七八九])?(十)?([一二三四五六七八九])?/, (all, tens, ten, ones) => {
    if (all === '') return '';
    if (ten === undefined) return ones === undefined ? String(CHINESE_DIGITS.indexOf(tens)) : all;
    const tensDigit = tens === undefined ? 1 : CHINESE_DIGITS.indexOf(tens);
    return String(tensDigit * 10 + (ones === undefined ? 0 : CHINESE_DIGITS.indexOf(ones)));
  });
}
