import type { Instant } from '@linli/shared/kernel';
import type { TicketActor, TicketEvent } from '@linli/shared/tickets';
import type { Caller } from '../../../kernel/access/index.ts';
import type { Transaction } from '../../../kernel/database/index.ts';
import type { Standing } from '../bodies.ts';
import type { StepInput } from './step-input.ts';
import type { TicketScene } from '../ticket-estates.ts';
import type { Ticket } from '../ticket.ts';

/** A step on its way: who takes it, on what, with what. */
export interface Move {
  readonly tx: Transaction;
  readonly caller: Caller;
  readonly scene: TicketScene;
  readonly ticket: Ticket;
  readonly event: TicketEvent;
  readonly input: StepInput;
  readonly now: Instant;
}

/** A step with who it turned out to be taken as, and for which organisation; a complainant acts for none. */
export interface ActedMove extends Move {
  readonly actor: TicketActor;
  readonly standing: Standing | null;
}

/** What a step changes beside state and clocks, and what the timeline says of it. */
export interface Effect {
  readonly change: Partial<Omit<Ticket, 'id' | 'version'>>;
  readonly text: string;
}
