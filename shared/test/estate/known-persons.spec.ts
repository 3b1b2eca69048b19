import { describe, expect, it } from '@jest/globals';
import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import {
  personKeys,
  recognised,
  type KnownPerson,
  type RollEntry,
  type RollParty,
} from '@linli/shared/estate';

type Said = Omit<RollParty, 'name'> & { readonly name?: string };

/** A sheet of homes with one owner each. */
function sheetOf(...owners: readonly Said[]): RollEntry[] {
  return sheet(owners.map((owner) => [{ name: '张三', ...owner }]));
}

function sheet(homes: readonly (readonly RollParty[])[]): RollEntry[] {
  const units = homes.map((owners, i) => ({ unitKey: `1//${i + 1}01`, owners }));
  const keys = personKeys(units);
  return units.map(({ unitKey, owners }, u) => ({
    unitKey,
    building: '1号楼',
    entrance: '',
    room: unitKey,
    use: 'HOME',
    exclusiveAreaCentiSqm: 9_000,
    grossAreaCentiSqm: null,
    areaSource: 'REGISTER',
    status: 'DELIVERED',
    developer: null,
    owners: owners.map((owner, o) => ({ ...owner, personKey: keys[u]?.[o] ?? '' })),
    certificateNo: null,
    note: null,
  }));
}

/** The roll after a sheet was applied to it: everyone by the key that the sheet was recognised under. */
function rollAfter(entries: readonly RollEntry[], accounts: ReadonlyMap<string, string>): KnownPerson[] {
  const roll = new Map<string, KnownPerson>();
  for (const { owners, unitKey } of entries) {
    for (const { personKey: id, name, idLast4, phones } of owners) {
      const was = roll.get(id);
      roll.set(id, {
        id,
        account: accounts.get(id) ?? null,
        name,
        idLast4: was?.idLast4 ?? idLast4,
        phones: [...(was?.phones ?? []), ...phones],
        unitKeys: [...(was?.unitKeys ?? []), unitKey],
      });
    }
  }
  return [...roll.values()];
}

function reimported(
  before: readonly RollEntry[],
  after: readonly RollEntry[],
  ...bound: readonly string[]
): (string | undefined)[] {
  const known = rollAfter(before, new Map(bound.map((id) => [id, `account of ${id}`])));
  return recognised(after, known).map(({ owners }) => owners[0]?.personKey);
}

const PHONE = '13800000001';
const OTHER_PHONE = '13900000002';
const nothing = { idLast4: null, phones: [] };
const phone = { idLast4: null, phones: [PHONE] };
const digits = { idLast4: '1234', phones: [] };
const both = { idLast4: '1234', phones: [PHONE] };

describe('an owner whom the roll has already', () => {
  it.each([
    ['a document is added to a phone', phone, both],
    ['a document takes the place of a phone', phone, digits],
    ['a phone takes the place of a document', digits, phone],
    ['everything beside the name is left out', both, nothing],
    ['something is said for the first time', nothing, both],
    ['the phone is another one', phone, { idLast4: null, phones: [OTHER_PHONE] }],
    ['the document was mistyped', { ...both, idLast4: '1243' }, both],
  ])('stays the same person when %s', (_, before, after) => {
    const known = sheetOf(before);
    expect(reimported(known, sheetOf(after))).toEqual([known[0]?.owners[0]?.personKey]);
  });

  it('buys a second home and is known there by the document', () => {
    const known = sheetOf(both);
    const id = known[0]?.owners[0]?.personKey;
    expect(reimported(known, sheetOf(digits, digits))).toEqual([id, id]);
  });

  it('was two of whom a new document says they are one: whoever signs in is the one', () => {
    const [first = '', second = ''] = ['张三@13800000001', '张三@13900000002'];
    const known = sheetOf(phone, { idLast4: null, phones: [OTHER_PHONE] });
    const after = sheetOf(both, { idLast4: '1234', phones: [OTHER_PHONE] });
    expect(reimported(known, after)).toEqual([first, first]);
    expect(reimported(known, after, second)).toEqual([second, second]);
    expect(reimported(known, after, first, second)).toEqual([first, second]);
  });

  it('is not a namesake with another document who bought the home', () => {
    const namesake = { idLast4: '5678', phones: [OTHER_PHONE] };
    expect(reimported(sheetOf(both), sheetOf(namesake))).toEqual(['张三#5678']);
  });

  it('is not both of two namesakes whose documents differ', () => {
    const keys = reimported(sheetOf(nothing), [
      ...sheet([
        [
          { name: '张三', ...digits },
          { name: '张三', idLast4: '5678', phones: [] },
        ],
      ]),
    ]);
    expect(keys).toEqual(['张三&1//101']);
    const [both] = recognised(
      sheet([
        [
          { name: '张三', ...digits },
          { name: '张三', idLast4: '5678', phones: [] },
        ],
      ]),
      rollAfter(sheetOf(nothing), new Map()),
    );
    expect(new Set(both?.owners.map(({ personKey }) => personKey)).size).toBe(2);
  });

  it('of another name in the same home is somebody else', () => {
    expect(reimported(sheetOf(phone), sheetOf({ ...phone, name: '李四' }))).toEqual(['李四@13800000001']);
  });
});

describe('over generated rolls of the same people, of whom the sheets say now this and now that', () => {
  /** Namesakes are told apart by document and phone; couples have names of their own, as names alone join couples. */
  const PEOPLE: readonly (readonly RollParty[])[] = [
    [{ name: '张三', idLast4: '1111', phones: ['13800000001', '13800000011'] }],
    [{ name: '张三', idLast4: '2222', phones: ['13800000002'] }],
    [{ name: '王五', idLast4: '3333', phones: ['13800000003'] }],
    [
      { name: '赵六', idLast4: '4444', phones: ['13800000004'] },
      { name: '钱七', idLast4: '5555', phones: ['13800000005'] },
    ],
  ];
  const home = integer({ min: 0, max: PEOPLE.length - 1 });
  const said = record({ digits: boolean(), phones: constantFrom(0, 1, 2) });
  const rolls = array(
    record({
      who: home,
      before: array(said, { minLength: 2, maxLength: 2 }),
      after: array(said, { minLength: 2, maxLength: 2 }),
    }),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  const told = (who: number, shown: readonly { digits: boolean; phones: number }[]) =>
    (PEOPLE[who] ?? []).map(({ name, idLast4, phones }, i) => ({
      name,
      idLast4: shown[i]?.digits === true ? idLast4 : null,
      phones: phones.slice(0, shown[i]?.phones ?? 0),
    }));

  it('nobody is made anew, and every account keeps each of its homes', () => {
    assert(
      property(rolls, array(boolean(), { minLength: 20, maxLength: 20 }), (homes, signsIn) => {
        const before = sheet(homes.map(({ who, before }) => told(who, before)));
        const ids = [...new Set(before.flatMap(({ owners }) => owners.map(({ personKey }) => personKey)))];
        const accounts = new Map(ids.filter((_, i) => signsIn[i]).map((id) => [id, `account of ${id}`]));
        const known = rollAfter(before, accounts);
        const after = recognised(sheet(homes.map(({ who, after }) => told(who, after))), known);
        after.forEach(({ owners }, u) => {
          const now = owners.map(({ personKey }) => personKey);
          for (const id of now) expect(ids).toContain(id);
          for (const { personKey } of before[u]?.owners ?? []) {
            const account = accounts.get(personKey);
            if (account !== undefined) expect(now).toContain(personKey);
          }
        });
      }),
    );
  });
});
