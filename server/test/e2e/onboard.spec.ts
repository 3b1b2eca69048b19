import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Me } from '@linli/shared/identity';
import { openEstate } from '../../src/cli/open-estate.ts';
import { PersonsRepository, SessionsService } from '../../src/features/identity/index.ts';
import { Refused } from '../../src/kernel/errors/refused.ts';
import { TestApp } from '../support/app.ts';

const TERM = { startsOn: '2026-11-01', endsOn: '2031-10-31' };
const officer = (name: string, phone: string, role: string) => ({ name, phone, role, ...TERM });

function opening(name: string) {
  return {
    estate: { name, regionCode: 'qitai', address: '东关街 88 号', spendVoteThresholdFen: 500_000 },
    organisations: [
      { kind: 'OPERATOR', name: '平台', phone: null, officers: [officer('甲', '13800000001', 'OPERATOR')] },
      {
        kind: 'STREET',
        name: '奇台镇人民政府',
        phone: '0994-7200101',
        officers: [
          officer('乙', '13800000002', 'STREET_OFFICER'),
          officer('丙', '13800000003', 'STREET_OFFICER'),
        ],
      },
      {
        kind: 'COMMITTEE',
        name: '业主委员会',
        phone: null,
        officers: [officer('丁', '13800000004', 'COMMITTEE_CHAIR')],
      },
    ],
  };
}

describe('an estate joins', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const rolesOf = async (phone: string) => {
    const person = await app.nest.get(PersonsRepository).byPhone(app.database, phone);
    const token = await app.database.transaction((tx) =>
      app.nest.get(SessionsService).open(tx, person?.id ?? '', '电脑'),
    );
    return (await app.get<Me>('/api/me', token)).body.roles;
  };
  const countOf = async (table: string) =>
    Number((await app.database.row<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))?.n);

  test('with its organisations, and whoever is in office has the power, granted by two others', async () => {
    const estateId = await openEstate(app.nest, opening('幸福里'));
    expect(await rolesOf('13800000004')).toEqual([{ estateId, role: 'COMMITTEE_CHAIR' }]);
    expect(await rolesOf('13800000003')).toEqual([{ estateId, role: 'STREET_OFFICER' }]);
    const grants = await app.database.rows<Record<'person_id' | 'granted_by' | 'confirmed_by', string>>(
      'SELECT person_id, granted_by, confirmed_by FROM memberships',
    );
    expect(grants).toHaveLength(4);
    for (const grant of grants) expect(new Set(Object.values(grant)).size).toBe(3);
  });

  test('with the document that the README shows', async () => {
    const readme = readFileSync(fileURLToPath(new URL('../../../README.md', import.meta.url)), 'utf8');
    const [shown] = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].flatMap(([, json = '']) =>
      json.includes('"organisations"') ? [json] : [],
    );
    const other = await TestApp.start();
    const estateId = await openEstate(other.nest, JSON.parse(shown ?? ''));
    expect(await other.database.rows('SELECT id FROM estates')).toEqual([{ id: estateId }]);
    await other.stop();
  });

  test('twice under the same name: the second is refused, and nothing is written', async () => {
    const before = await countOf('organisations');
    await expect(openEstate(app.nest, opening('幸福里'))).rejects.toThrow('幸福里 already');
    expect(await countOf('organisations')).toBe(before);
  });

  test('a second estate finds the people it knows by their phones', async () => {
    const people = await countOf('persons');
    await openEstate(app.nest, opening('康宁家园'));
    expect(await countOf('persons')).toBe(people);
  });

  test('with an office that its organisation cannot give, or too few to vouch, is refused before anything is written', async () => {
    const [operator, street, committee] = opening('新村').organisations;
    const strange = {
      ...opening('新村'),
      organisations: [operator, { ...committee, officers: [officer('戊', '13800000005', 'COMPANY_CLERK')] }],
    };
    await expect(openEstate(app.nest, strange)).rejects.toThrow(
      /has no COMPANY_CLERK[\s\S]*takes two others/,
    );
    const leaderless = { ...opening('新村'), organisations: [street, committee] };
    await expect(openEstate(app.nest, leaderless)).rejects.toThrow('An operator is missing');
    expect(await countOf('estates')).toBe(2);
  });

  test('written wrongly is refused with the place of each fault', async () => {
    const wrong = {
      ...opening('新村'),
      estate: { ...opening('新村').estate, regionCode: 'mars', colour: 'red' },
    };
    const refused = await openEstate(app.nest, wrong).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refused);
    expect((refused as Refused).refusal.fields.map(({ path }) => path).toSorted()).toEqual([
      'estate.colour',
      'estate.regionCode',
    ]);
  });
});
