import { describe, expect, it } from '@jest/globals';
import { assert, array, constantFrom, integer, option, property, record, uniqueArray } from 'fast-check';
import { personKeys, rollTotals, type OwnedUnit, type RollParty } from '@linli/shared/estate';
import { checkUnits, unitRow, type Cells } from './support/roll-sheet.ts';

/** Heads of a roll of homes with these owners. */
async function headsOf(...owners: readonly Cells[]): Promise<number> {
  const { units, errors } = await checkUnits(
    ...owners.map((cells, i) => unitRow({ 房号: `${i + 1}01`, ...cells })),
  );
  expect(errors).toEqual([]);
  return rollTotals(units).heads;
}

/** A couple whose sheet says a document and a phone of the first only. */
function coupleOf(证件: string, 电话: string): Cells {
  return { 产权人: '张伟', 共有人: '李娜', 证件, 电话 };
}

function keysByUnit(units: readonly OwnedUnit[]): Map<string | undefined, readonly string[]> {
  return new Map(personKeys(units).map((keys, i) => [units[i]?.unitKey, keys]));
}

const NOBODY = { 证件: '', 电话: '' };

describe('one person', () => {
  it('has several units by name and the last four of the identity document', async () => {
    expect(await headsOf({ 证件: '1234', 电话: '13800000001' }, { 证件: '1234', 电话: '13800000002' })).toBe(
      1,
    );
  });

  it('has several units by name and phone', async () => {
    expect(await headsOf({ 证件: '', 电话: '13800000001' }, { 证件: '', 电话: '138 0000 0001' })).toBe(1);
  });

  it('is known across rows of which one has the document, one the phone and one both', async () => {
    const id = { 证件: '1234', 电话: '' };
    const phone = { 证件: '', 电话: '13800000001' };
    const both = { 证件: '1234', 电话: '13800000001' };
    expect(await headsOf(id, phone, both)).toBe(1);
    expect(await headsOf(id, phone)).toBe(2);
  });

  it('is an organisation by its name alone', async () => {
    expect(await headsOf({ 产权人: '奇台农商银行', ...NOBODY }, { 产权人: '奇台农商银行', ...NOBODY })).toBe(
      1,
    );
  });
});

describe('two persons', () => {
  it('have the same name and nothing else in common', async () => {
    expect(await headsOf({ 证件: '1234', 电话: '13800000001' }, { 证件: '5678', 电话: '13800000002' })).toBe(
      2,
    );
  });

  it('have the same name and the sheet says nothing else', async () => {
    expect(await headsOf(NOBODY, NOBODY)).toBe(2);
  });

  it('share a phone under two names', async () => {
    expect(await headsOf({ 产权人: '张三' }, { 产权人: '李四' })).toBe(2);
  });
});

describe('co-owners', () => {
  it('with two homes are one principal, in whichever order they are written', async () => {
    const first = { 产权人: '张三', 共有人: '李四', 证件: '1234', 电话: '' };
    expect(await headsOf(first, first)).toBe(1);
    expect(await headsOf(first, { 产权人: '李四', 共有人: '张三', 证件: '5678', 电话: '' })).toBe(1);
  });

  it('are another principal than either of them alone', async () => {
    const couple = { 产权人: '张三', 共有人: '李四' };
    expect(await headsOf(couple, { 产权人: '张三' }, { 产权人: '李四', 证件: '5678', 电话: '' })).toBe(3);
  });

  it('of the same names but other documents are two couples', async () => {
    expect(await headsOf(coupleOf('1111', '13800000001'), coupleOf('2222', '13800000002'))).toBe(2);
    expect(
      await headsOf(coupleOf('1111', '13800000001'), coupleOf('2222', '13800000002'), coupleOf('1111', '')),
    ).toBe(2);
  });

  it('who are only names on both homes are not taken for the same', async () => {
    const names = { 产权人: '张伟', 共有人: '李娜', ...NOBODY };
    expect(await headsOf(names, names)).toBe(2);
  });

  it('known by name only are never the person of that name who lives elsewhere', async () => {
    const { units } = await checkUnits(
      unitRow({ 产权人: '张三', 共有人: '李四', 证件: '1234' }),
      unitRow({ 房号: '102', 产权人: '李四', 证件: '5678', 电话: '13900000002' }),
    );
    expect(units[0]?.owners[1]?.personKey).not.toBe(units[1]?.owners[0]?.personKey);
  });
});

describe('the developer', () => {
  it('is one head with everything it has not delivered, sold or not', async () => {
    const company = { 产权人: '康宁房地产开发有限公司', 证件: '', 电话: '' };
    const heads = await headsOf(
      { ...company, 状态: '未售' },
      { ...company, 状态: '已售未交付' },
      { 产权人: '王五', 状态: '已售未交付' },
      { 产权人: '张三' },
    );
    expect(heads).toBe(2);
  });
});

describe('over generated rolls', () => {
  const party = record<RollParty>({
    name: constantFrom('张三', '李四', '王五', '康宁有限公司'),
    idLast4: option(constantFrom('1111', '2222'), { nil: null }),
    phones: array(constantFrom('13800000001', '13800000002'), { maxLength: 1 }),
  });
  const owners = uniqueArray(party, { selector: ({ name }) => name, minLength: 1, maxLength: 3 });
  const rolls = array(owners, { minLength: 1, maxLength: 8 }).map((list) =>
    list.map((each, i): OwnedUnit => ({ unitKey: `1//${i}`, owners: each })),
  );

  it('the order of the rows changes no key', () => {
    assert(
      property(rolls, integer({ min: 0, max: 7 }), (roll, turns) => {
        const turned = [...roll.slice(turns % roll.length), ...roll.slice(0, turns % roll.length)];
        expect([...keysByUnit(turned)].sort()).toEqual([...keysByUnit(roll)].sort());
      }),
    );
  });

  it('two owners who share name and document, or name and phone, have the same key; other names never do', () => {
    assert(
      property(rolls, (roll) => {
        const keys = personKeys(roll);
        const all = roll.flatMap((unit, u) =>
          unit.owners.map((owner, o) => ({ ...owner, key: keys[u]?.[o] })),
        );
        for (const a of all) {
          for (const b of all) {
            const sameId = a.idLast4 !== null && a.idLast4 === b.idLast4;
            const samePhone = a.phones.some((phone) => b.phones.includes(phone));
            if (a.name !== b.name) expect(a.key).not.toBe(b.key);
            else if (sameId || samePhone) expect(a.key).toBe(b.key);
          }
        }
      }),
    );
  });
});
