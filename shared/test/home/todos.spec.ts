import { describe, expect, it } from '@jest/globals';
import { type HomeTodo, mostUrgent } from '../../src/home/index.ts';

const todo = (id: string, dueAt: number | null): HomeTodo => ({
  id,
  kind: 'BILL',
  subjectId: id,
  title: id,
  detail: '',
  amountFen: null,
  dueAt,
});

describe('the cards of the first screen', () => {
  it('are three at most, what runs out first before the others', () => {
    const todos = [todo('never', null), todo('late', 900), todo('soon', 100), todo('next', 200)];
    expect(mostUrgent(todos).map(({ id }) => id)).toEqual(['soon', 'next', 'late']);
  });

  it('put what never runs out last, and keep the order of equals', () => {
    const todos = [todo('a', null), todo('b', null), todo('c', 5)];
    expect(mostUrgent(todos).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });
});
