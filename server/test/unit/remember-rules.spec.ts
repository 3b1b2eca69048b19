import { expect, test } from '@jest/globals';
import { IsInt, Max, MaxLength, MinLength, validateSync } from 'class-validator';
import { rememberRules } from '../../src/kernel/http/remember-rules.ts';

class Paged {
  @Max(10)
  @IsInt()
  limit: number;
}

class Search extends Paged {
  @MinLength(2)
  text: string;
}

class Comment {
  @MaxLength(3)
  text: string;
}

const faultsOf = (dto: object) => validateSync(dto).map(({ property }) => property);

test('each DTO keeps its own rules and those it inherits, also the second time', () => {
  rememberRules();
  rememberRules();
  for (let time = 1; time <= 2; time += 1) {
    expect(faultsOf(Object.assign(new Search(), { limit: 11, text: 'a' })).toSorted()).toEqual([
      'limit',
      'text',
    ]);
    expect(faultsOf(Object.assign(new Search(), { limit: 10, text: 'abcd' }))).toEqual([]);
    expect(faultsOf(Object.assign(new Comment(), { text: 'abcd' }))).toEqual(['text']);
  }
});
