import type { Instant } from '@linli/shared/kernel';
import type {
  DepartmentCode,
  TicketCategoryCode,
  TicketEvent,
  TicketRating,
  TicketRequirement,
} from '@linli/shared/tickets';

/** What a person brings along for a step; which of it a step needs is in the transition table. */
export interface StepInput {
  /** The version of the complaint that was looked at. */
  readonly version?: number;
  readonly text?: string;
  readonly reason?: string;
  readonly otherChannel?: string;
  readonly photoIds?: readonly string[];
  readonly assigneeId?: string;
  readonly department?: DepartmentCode;
  readonly category?: TicketCategoryCode;
  readonly until?: Instant;
  readonly dueAt?: Instant;
  readonly masterNumber?: string;
  readonly rating?: TicketRating;
}

/** What somebody wrote, for the content check. */
export function textsOf({ text = '', reason = '', otherChannel = '', rating }: StepInput): string[] {
  return [text, reason, otherChannel, rating?.comment ?? ''];
}

/** The requirements that an input meets. */
export function givenBy(event: TicketEvent, input: StepInput): TicketRequirement[] {
  const has = (text: string | undefined) => text !== undefined && text.trim() !== '';
  const given: TicketRequirement[] = [];
  if (has(input.reason)) given.push('REASON');
  if (has(input.otherChannel)) given.push('OTHER_CHANNEL');
  if (has(input.text)) given.push('REPLY', 'QUESTION');
  if ((input.photoIds ?? []).length > 0) given.push('EVIDENCE');
  if (input.assigneeId !== undefined) given.push('ASSIGNEE');
  if (input.department !== undefined) given.push('DEPARTMENT');
  if (input.until !== undefined) given.push('UNTIL');
  if (input.dueAt !== undefined) given.push('NEW_DATE');
  if (input.masterNumber !== undefined) given.push('MASTER_TICKET');
  if (input.rating !== undefined) given.push('RATING');
  // Whoever turns a complaint to mediation holds it: 社区 and 街道 mediate themselves.
  if (event === 'MEDIATE') given.push('MEDIATOR');
  return given;
}
