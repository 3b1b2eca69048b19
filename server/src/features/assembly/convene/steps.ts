import { type AssemblyState, assemblyMachine, motionMachine, type MotionState } from '@linli/shared/assembly';
import { refuse } from '../../../kernel/errors/refused.ts';

type AssemblyStep = Parameters<typeof assemblyMachine.next>;
type MotionStep = Parameters<typeof motionMachine.next>;

/** The state after the step, by the table of the meeting's life; a step that it does not know is refused. */
export function nextAssemblyState(...step: AssemblyStep): AssemblyState {
  const next = assemblyMachine.next(...step);
  if (!next.ok) throw refuse(next.error.code);
  return next.value;
}

export function nextMotionState(...step: MotionStep): MotionState {
  const next = motionMachine.next(...step);
  if (!next.ok) throw refuse(next.error.code);
  return next.value;
}
