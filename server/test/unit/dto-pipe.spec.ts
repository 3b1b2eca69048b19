import { fc } from '@fast-check/jest';
import { expect, jest, test } from '@jest/globals';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Refused } from '../../src/kernel/errors/refused.ts';
import { IsCalendarDate } from '../../src/kernel/http/calendar-date.decorator.ts';
import { DtoPipe } from '../../src/kernel/http/dto.pipe.ts';
import { ifGiven, nested, nestedEach, orNull, trimmed } from '../../src/kernel/http/fields.ts';
import { validation } from '../../src/kernel/http/validation.ts';

class Line {
  @IsInt()
  @Min(1)
  @Max(9)
  amount: number;

  @orNull()
  @IsString()
  @MaxLength(3)
  note: string | null;
}

class Paged {
  @ifGiven()
  @Transform(({ value }) => Number(value))
  @IsInt()
  @Max(100)
  limit: number = 20;
}

/** Every kind of rule that the DTOs of the program use. */
class Form extends Paged {
  @trimmed
  @Length(1, 3)
  name: string;

  @IsIn(['A', 'B'])
  kind: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  @ArrayUnique()
  @Matches(/^[a-z]$/, { each: true })
  tags: string[];

  @IsArray()
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines: Line[];

  @ifGiven()
  @ValidateNested()
  @Type(() => Line)
  last?: Line;

  @Equals(true, { message: '请确认' })
  sure: true;

  @IsBoolean()
  open: boolean;

  @IsCalendarDate()
  on: string;

  @IsObject()
  extra: object;
}

const strict = validation();
const pipe = new DtoPipe(strict);
const metadata = { type: 'body', metatype: Form } as const;

/** Mostly what is meant, sometimes anything. */
const mostly = <T>(meant: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 60, arbitrary: meant as fc.Arbitrary<unknown> },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(null, undefined, '', 'abcd', 0, 1.5, 10, '1', true, [], [null], {}),
    },
  );
const line = fc.record(
  { amount: mostly(fc.integer({ min: 1, max: 9 })), note: mostly(fc.constantFrom(null, 'abc')) },
  { requiredKeys: ['amount', 'note'] },
);
const form = fc.record(
  {
    limit: mostly(fc.constantFrom('1', '100')),
    name: mostly(fc.constantFrom('a', ' abc ')),
    kind: mostly(fc.constantFrom('A', 'B')),
    tags: mostly(fc.uniqueArray(mostly(fc.constantFrom('a', 'b')), { minLength: 1, maxLength: 2 })),
    lines: mostly(fc.array(mostly(line), { maxLength: 2 })),
    last: mostly(line),
    sure: mostly(fc.constant(true)),
    open: mostly(fc.boolean()),
    on: mostly(fc.constantFrom('2026-02-28', '2028-02-29')),
    extra: mostly(fc.constant({ any: 1 })),
  },
  { requiredKeys: ['name', 'kind', 'tags', 'lines', 'sure', 'open', 'on', 'extra'] },
);
const withMore = fc.oneof(
  { weight: 20, arbitrary: form },
  { weight: 1, arbitrary: form.map((fields) => ({ ...fields, unknown: 1 })) },
);

const IN_ORDER = {
  name: 'a',
  kind: 'A',
  tags: ['a'],
  lines: [],
  sure: true,
  open: false,
  on: '2026-02-28',
  extra: {},
};

/** What comes out, or what is said against it. */
async function outcome(check: () => unknown): Promise<unknown> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

test('what the pipe lets through, and what it says of the rest, is what the framework would', async () => {
  const seen = { passed: 0, refused: 0 };
  const property = fc.asyncProperty(withMore, async (body) => {
    const ours = await outcome(() => pipe.transform(structuredClone(body), metadata));
    const theirs = await outcome(() => strict.transform(structuredClone(body), metadata));
    seen[theirs instanceof Form ? 'passed' : 'refused'] += 1;
    expect(ours).toStrictEqual(theirs);
  });
  await fc.assert(property, { numRuns: 500 });
  expect(seen.passed).toBeGreaterThan(50);
  expect(seen.refused).toBeGreaterThan(50);
});

test('a body in order is not looked at twice; a list, nothing and a bare word are left to the framework', async () => {
  const look = jest.fn(strict.transform.bind(strict));
  const counted = new DtoPipe({ transform: look });
  expect(counted.transform(IN_ORDER, metadata)).toBeInstanceOf(Form);
  expect(look).not.toHaveBeenCalled();
  for (const other of [[IN_ORDER], null, undefined, 'abc', 1]) {
    const theirs = await outcome(() => strict.transform(other, metadata));
    expect(await outcome(() => counted.transform(other, metadata))).toStrictEqual(theirs);
  }
  expect(look).toHaveBeenCalledTimes(5);
});

test('a field may be left out; null in its place is refused, where null is not meant', async () => {
  const query = { type: 'query', metatype: Paged } as const;
  expect(await outcome(() => pipe.transform({}, query))).toMatchObject({ limit: 20 });
  const last = { ...IN_ORDER, last: null };
  const refusal = await outcome(() => pipe.transform(last, metadata));
  expect(refusal).toMatchObject({ code: 'REQUEST.INVALID', fields: [{ path: 'last' }] });
});

test('an object with rules of its own has to be there', async () => {
  class Report {
    @nested(() => Line)
    line: Line;
  }
  const report = { type: 'body', metatype: Report } as const;
  const line = { amount: 1, note: null };
  expect(await outcome(() => pipe.transform({ line }, report))).toBeInstanceOf(Report);
  for (const missing of [{}, { line: null }, { line: 'x' }, { line: [line] }])
    expect(await outcome(() => pipe.transform(missing, report))).toMatchObject({
      code: 'REQUEST.INVALID',
      fields: [{ path: 'line' }],
    });
});

test('an empty list among objects is none of them', async () => {
  class Reports {
    @IsArray()
    @nestedEach(() => Line)
    lines: Line[];
  }
  const reports = { type: 'body', metatype: Reports } as const;
  const line = { amount: 1, note: null };
  expect(await outcome(() => pipe.transform({ lines: [line] }, reports))).toBeInstanceOf(Reports);
  for (const wrong of [[], null, 'x'])
    expect(await outcome(() => pipe.transform({ lines: [line, wrong] }, reports))).toMatchObject({
      code: 'REQUEST.INVALID',
    });
});
