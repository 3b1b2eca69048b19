import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@linli/shared/kernel';
import { addAccused, isOpen } from '@linli/shared/tickets';
import type { Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import type { Effect, Move } from './step-move.ts';
import { sightOf } from '../ticket-actors.ts';
import type { Ticket } from '../ticket.ts';
import { TicketsRepository } from '../tickets.repository.ts';

/** Makes one complaint part of another 合并: whoever waited for the one follows the other from now on. */
@Injectable()
export class MergeTickets {
  constructor(
    @Inject(TicketsRepository) private readonly tickets: TicketsRepository,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async merge(move: Move): Promise<Effect> {
    const { tx, input, ticket, scene, now } = move;
    const master = await this.masterOf(move);
    const joined = await this.carryOver(tx, ticket, master, now);
    const after = await this.tickets.save(
      tx,
      master,
      {
        ...master,
        followers: master.followers + joined,
        accused: addAccused(master.accused, ticket.accused),
      },
      scene.estate,
      now,
    );
    await this.tickets.tell(tx, after, now, [
      { kind: 'FOLLOW', actor: 'NEIGHBOUR', text: `${ticket.number} 合并到这一件` },
    ]);
    return {
      change: { mergedIntoId: master.id },
      text: `合并到 ${master.number}${input.reason === undefined ? '' : `：${input.reason}`}`,
    };
  }

  /** The one it becomes part of: open, another, and one that whoever merges may read in full. */
  private async masterOf({ tx, caller, input, ticket, scene }: Move): Promise<Ticket> {
    const found = await tx.row<{ id: string }>(
      'SELECT id FROM tickets WHERE estate_id = ? AND ticket_number = ?',
      [ticket.estateId, input.masterNumber ?? ''],
    );
    const master = found === null ? null : await this.tickets.find(tx, ticket.estateId, found.id);
    if (master === null) throw refuse('TICKET.MASTER_UNKNOWN');
    const bodies = await this.tickets.bodiesOf(tx, master.id);
    if (sightOf(master, bodies, caller, scene) !== 'ALL') throw refuse('TICKET.MASTER_UNKNOWN');
    if (master.id === ticket.id) throw refuse('TICKET.MERGE_SELF');
    if (!isOpen(master.state)) throw refuse('TICKET.MASTER_CLOSED');
    return master;
  }

  /** The complainant of the merged one and its followers, without those who are there already; answers how many. */
  private async carryOver(tx: Transaction, merged: Ticket, master: Ticket, now: Instant): Promise<number> {
    const waiting = new Set([merged.complainantId, ...(await followersOf(tx, merged.id))]);
    const there = new Set([master.complainantId, ...(await followersOf(tx, master.id))]);
    const fresh = [...waiting].filter((personId) => !there.has(personId));
    await tx.insert(
      'ticket_follows',
      ...fresh.map((personId) => ({
        id: this.ids.next(),
        ticket_id: master.id,
        person_id: personId,
        note: '',
        created_at: now,
      })),
    );
    return fresh.length;
  }
}

async function followersOf(tx: Transaction, ticketId: string): Promise<string[]> {
  const rows = await tx.rows<{ person_id: string }>(
    'SELECT person_id FROM ticket_follows WHERE ticket_id = ?',
    [ticketId],
  );
  return rows.map(({ person_id: personId }) => personId);
}
