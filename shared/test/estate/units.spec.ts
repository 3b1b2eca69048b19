import { describe, expect, it } from '@jest/globals';
import {
  buildingKey,
  placeOfAddress,
  placeOfCells,
  rollBuildings,
  storeyOfRoom,
  unitKey,
  unitName,
} from '@linli/shared/estate';
import { checkUnits, unitRow } from './support/roll-sheet.ts';

const key = (building: string, entrance: string, room: string) => unitKey({ building, entrance, room });

describe('the name of a unit', () => {
  it('is the same unit however it is written', () => {
    const spellings = [
      key('1号楼', '1单元', '101'),
      key('01号楼', '01单元', '101室'),
      key('1栋', '1', '0101'),
      key('１#', '一单元', '101 号'),
      key('一号楼', '第一单元', '101'),
      key('1幢', '1单元', '101户'),
    ];
    expect(new Set(spellings).size).toBe(1);
  });

  it('keeps apart what is not the same', () => {
    const units = [
      key('1号楼', '1单元', '101'),
      key('11号楼', '1单元', '101'),
      key('1号楼', '11单元', '101'),
      key('1号楼', '', '101'),
      key('商铺', '', '101'),
      key('商铺', '', 'S101'),
      key('A座', '', '101'),
      key('1号楼', '1单元', '101-1'),
    ];
    expect(new Set(units).size).toBe(units.length);
  });

  it.each([
    ['十二号楼', '12'],
    ['二十号楼', '20'],
    ['三十一幢', '31'],
    ['十栋', '10'],
    ['b座', 'B'],
    ['地下车库', '地下车库'],
  ])('the building %s is %s', (text, expected) => {
    expect(buildingKey(text)).toBe(expected);
  });

  it('is shown in full also where a sheet has only numbers in its columns', () => {
    expect(unitName(placeOfCells('01', '2', '301'))).toBe('1号楼 2单元 301');
    expect(unitName(placeOfCells('商铺', '', 'S06'))).toBe('商铺 S06');
  });
});

describe('a unit written in one cell', () => {
  it.each([
    ['1号楼1单元101室', '1/1/101'],
    ['康宁家园12栋502', '12//502'],
    ['3-2-1704', '3/2/1704'],
    ['3—502', '3//502'],
    ['古城街88号康宁家园5幢三单元 601', '5/3/601'],
    ['B座1203', 'B//1203'],
  ])('%s is found', (text, expected) => {
    const place = placeOfAddress(text);
    expect(place === null ? null : unitKey(place)).toBe(expected);
  });

  it.each(['101', '', '康宁家园', '1号楼'])('%s does not tell', (text) => {
    expect(placeOfAddress(text)).toBeNull();
  });
});

describe('the buildings of a roll', () => {
  it('have their height from the highest room of their homes', async () => {
    const { units } = await checkUnits(
      unitRow({ 房号: '101' }),
      unitRow({ 房号: '602' }),
      unitRow({ 楼栋: '9号楼', 房号: '1804' }),
      unitRow({ 楼栋: '商铺', 单元: '', 房号: '905', 用途: '商业' }),
    );
    expect(rollBuildings(units)).toEqual([
      { key: '1', name: '1号楼', kind: 'MULTI_STOREY', storeys: 6, units: 2 },
      { key: '9', name: '9号楼', kind: 'HIGH_RISE', storeys: 18, units: 1 },
      { key: '商铺', name: '商铺', kind: 'OTHER', storeys: null, units: 1 },
    ]);
  });

  it.each([
    ['101', 1],
    ['1704室', 17],
    ['S06', null],
    ['12345', null],
  ])('room %s is on storey %s', (room, storey) => {
    expect(storeyOfRoom(room)).toBe(storey);
  });
});
