import type { HomeTodo } from './contract.ts';
import { HOME_LIMITS } from './contract.ts';

/** What runs out first stands first; what never runs out comes last, in the order it was found. */
export function mostUrgent(todos: readonly HomeTodo[]): HomeTodo[] {
  return [...todos].sort((a, b) => dueOf(a) - dueOf(b)).slice(0, HOME_LIMITS.todos);
}

/** Subtracting infinities is not a number; the last safe instant is late enough. */
function dueOf({ dueAt }: HomeTodo): number {
  return dueAt ?? Number.MAX_SAFE_INTEGER;
}
