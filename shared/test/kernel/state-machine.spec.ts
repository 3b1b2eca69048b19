import { describe, expect, it } from '@jest/globals';
import { type StateTable, defineStateMachine } from '../../src/kernel/index.ts';

const door = defineStateMachine({
  name: 'door',
  initial: 'OPEN',
  states: { OPEN: {}, SHUT: { freezes: ['sign'] }, BRICKED_UP: { final: true } },
  transitions: [
    { event: 'SHUT', from: ['OPEN'], to: 'SHUT', by: ['GUEST', 'OWNER'] },
    { event: 'OPEN', from: ['SHUT'], to: 'OPEN', by: ['OWNER'], requires: ['KEY'] },
    {
      event: 'BRICK_UP',
      from: ['OPEN', 'SHUT'],
      to: 'BRICKED_UP',
      by: ['OWNER'],
      requires: ['PERMIT', 'BRICKS'],
    },
  ],
});

describe('a state machine', () => {
  it('takes a step that is allowed', () => {
    expect(door.next('OPEN', 'SHUT', 'GUEST')).toEqual({ ok: true, value: 'SHUT' });
    expect(door.next('SHUT', 'OPEN', 'OWNER', ['KEY'])).toEqual({ ok: true, value: 'OPEN' });
  });

  it('refuses a step that the table does not have', () => {
    expect(door.next('BRICKED_UP', 'OPEN', 'OWNER', ['KEY'])).toMatchObject({
      error: { code: 'STATE.NOT_ALLOWED' },
    });
  });

  it("refuses somebody else's step", () => {
    expect(door.next('SHUT', 'OPEN', 'GUEST', ['KEY'])).toMatchObject({ error: { code: 'STATE.NOT_YOURS' } });
  });

  it('names everything that is still missing', () => {
    expect(door.next('OPEN', 'BRICK_UP', 'OWNER', ['BRICKS'])).toEqual({
      ok: false,
      error: { code: 'STATE.INCOMPLETE', from: 'OPEN', event: 'BRICK_UP', missing: ['PERMIT'] },
    });
  });

  it('offers the steps that are open to an actor', () => {
    expect(door.stepsFrom('SHUT', 'OWNER').map(({ event }) => event)).toEqual(['OPEN', 'BRICK_UP']);
    expect(door.stepsFrom('SHUT', 'GUEST')).toEqual([]);
  });

  it('knows what is final and what is frozen', () => {
    expect(door.isFinal('BRICKED_UP')).toBe(true);
    expect(door.frozenFields('SHUT')).toEqual(['sign']);
    expect(door.frozenFields('OPEN')).toEqual([]);
  });
});

describe('a broken table is refused at construction', () => {
  type Loose = StateTable<string, string, string, string, string>;
  const sound: Loose = {
    name: 'broken',
    initial: 'A',
    states: { A: {}, B: { final: true } },
    transitions: [{ event: 'GO', from: ['A'], to: 'B', by: ['X'] }],
  };
  const go = { event: 'GO', from: ['A'], to: 'B', by: ['X'] };

  it.each<[string, Partial<Loose>, RegExp]>([
    ['an unknown initial state', { initial: 'Z' }, /initial state Z is unknown/],
    ['an unknown target', { transitions: [{ ...go, to: 'Z' }] }, /unknown state Z/],
    ['an unknown origin', { transitions: [go, { ...go, from: ['Z'] }] }, /unknown state Z/],
    [
      'a state that cannot be reached',
      { states: { ...sound.states, C: { final: true } } },
      /C cannot be reached/,
    ],
    ['a dead end that is not final', { states: { A: {}, B: {} } }, /B is a dead end/],
    [
      'a way out of a final state',
      { transitions: [go, { ...go, event: 'BACK', from: ['B'], to: 'A' }] },
      /final state B/,
    ],
    ['the same step twice', { transitions: [go, { ...go, by: ['Y', 'X'] }] }, /X may GO from A in two ways/],
    ['a step that nobody may take', { transitions: [{ ...go, by: [] }] }, /nobody may GO/],
    ['a step from nowhere', { transitions: [go, { ...go, event: 'JUMP', from: [] }] }, /JUMP starts nowhere/],
  ])('%s', (_, change, message) => {
    expect(() => defineStateMachine({ ...sound, ...change })).toThrow(message);
  });

  it('a sound one is not', () => expect(() => defineStateMachine(sound)).not.toThrow());
});
