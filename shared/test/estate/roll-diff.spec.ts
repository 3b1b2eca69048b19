import { describe, expect, it } from '@jest/globals';
import { diffRoll, ROLL_IMPORT_MACHINE, type RollRow } from '@linli/shared/estate';
import { checkUnits, unitRow, type Cells } from './support/roll-sheet.ts';

async function roll(...rows: readonly Cells[]): Promise<readonly RollRow[]> {
  const { units, errors } = await checkUnits(...rows.map(unitRow));
  expect(errors).toEqual([]);
  return units;
}

describe('a re-import', () => {
  it('of the same roll changes nothing, whatever the order of rows and of co-owners', async () => {
    const before = await roll({ 产权人: '张三', 共有人: '李四、王五' }, { 房号: '102' });
    const after = await roll({ 房号: '102' }, { 产权人: '张三', 共有人: '王五、李四' });
    expect(diffRoll(before, after)).toEqual({ added: [], changed: [], removed: [], unchanged: 2 });
  });

  it('shows what is new, what is gone and what differs field by field', async () => {
    const before = await roll({ 房号: '101' }, { 房号: '102' }, { 房号: '103' });
    const after = await roll(
      { 房号: '101', 面积: '90.00', 产权人: '李四', 证件: '5678' },
      { 房号: '103' },
      { 房号: '104' },
    );
    const diff = diffRoll(before, after);
    expect(diff.added.map(({ room }) => room)).toEqual(['104']);
    expect(diff.removed.map(({ room }) => room)).toEqual(['102']);
    expect(diff.unchanged).toBe(1);
    expect(diff.changed.map(({ unitName, fields }) => ({ unitName, fields }))).toEqual([
      {
        unitName: '1号楼 1单元 101',
        fields: [
          { field: 'AREA', label: '专有部分面积', personal: false, before: '89.37 ㎡', after: '90.00 ㎡' },
          { field: 'OWNERS', label: '产权人', personal: true, before: '张三', after: '李四' },
          {
            field: 'ID_LAST4',
            label: '证件号码后四位',
            personal: true,
            before: '张三 1234',
            after: '李四 5678',
          },
          {
            field: 'PHONES',
            label: '联系电话',
            personal: true,
            before: '张三 13800000001',
            after: '李四 13800000001',
          },
        ],
      },
    ]);
  });

  it('of a sheet that writes its buildings otherwise keeps the units and shows the new spelling', async () => {
    const diff = diffRoll(await roll({ 楼栋: '1号楼' }), await roll({ 楼栋: '1栋' }));
    expect(diff).toMatchObject({ added: [], removed: [] });
    expect(diff.changed[0]?.fields).toMatchObject([
      { label: '房屋', before: '1号楼 1单元 101', after: '1栋 1单元 101' },
    ]);
  });

  it('after a delivery shows the developer leaving and the owner coming', async () => {
    const company = '康宁房地产开发有限公司';
    const diff = diffRoll(
      await roll({ 产权人: company, 证件: '', 电话: '', 状态: '未售' }),
      await roll({ 产权人: '张三' }),
    );
    expect(diff.changed[0]?.fields.map(({ field, before, after }) => [field, before, after])).toEqual([
      ['STATUS', '未售', '已交付'],
      ['DEVELOPER', company, ''],
      ['OWNERS', '', '张三'],
      ['ID_LAST4', '', '张三 1234'],
      ['PHONES', '', '张三 13800000001'],
    ]);
  });
});

describe('the life of an import', () => {
  it('can be cancelled until it is applied, and never after', () => {
    expect(ROLL_IMPORT_MACHINE.next('READING', 'CANCEL', 'STAFF')).toEqual({ ok: true, value: 'CANCELLED' });
    expect(ROLL_IMPORT_MACHINE.next('READY', 'CANCEL', 'STAFF')).toEqual({ ok: true, value: 'CANCELLED' });
    expect(ROLL_IMPORT_MACHINE.next('APPLYING', 'CANCEL', 'STAFF')).toMatchObject({
      ok: false,
      error: { code: 'STATE.NOT_ALLOWED' },
    });
    expect(ROLL_IMPORT_MACHINE.next('APPLIED', 'CANCEL', 'STAFF')).toMatchObject({ ok: false });
  });

  it('is applied only by a person, after a clean check', () => {
    expect(ROLL_IMPORT_MACHINE.next('FAULTY', 'APPLY', 'STAFF')).toMatchObject({ ok: false });
    expect(ROLL_IMPORT_MACHINE.next('READY', 'APPLY', 'SYSTEM')).toMatchObject({
      error: { code: 'STATE.NOT_YOURS' },
    });
    expect(ROLL_IMPORT_MACHINE.next('READY', 'APPLY', 'STAFF')).toEqual({ ok: true, value: 'APPLYING' });
  });
});
