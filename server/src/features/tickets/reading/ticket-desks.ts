import { Inject, Injectable } from '@nestjs/common';
import { type Caller, COMMITTEE, COMPANY, STREET, SUPERVISORS } from '../../../kernel/access/index.ts';
import { DeskCounts } from '../../desk/index.ts';
import { OversightService } from './oversight.service.ts';
import { ReadTicketsService } from './read-tickets.service.ts';

/** What waits at the workbench's places that have to do with complaints. */
@Injectable()
export class TicketDesks {
  constructor(
    @Inject(DeskCounts) desks: DeskCounts,
    @Inject(ReadTicketsService) private readonly reading: ReadTicketsService,
    @Inject(OversightService) private readonly oversight: OversightService,
  ) {
    desks.register('tickets', (caller, estateId) => this.queue(caller, estateId));
    desks.register('complaints', (caller, estateId) => this.ofCommittee(caller, estateId));
    desks.register('overdue', (caller, estateId) => this.across(caller, estateId, 'overdue'));
    desks.register('extensions', (caller, estateId) => this.across(caller, estateId, 'extensions'));
  }

  private async queue(caller: Caller, estateId: string) {
    if (!caller.has(estateId, [...COMPANY, ...SUPERVISORS])) return null;
    return this.waiting(caller, estateId);
  }

  private async ofCommittee(caller: Caller, estateId: string) {
    return caller.has(estateId, COMMITTEE) ? this.waiting(caller, estateId) : null;
  }

  private async waiting(caller: Caller, estateId: string) {
    const { open, overdue } = await this.reading.counts(caller, estateId);
    return { count: open, overdue };
  }

  private async across(caller: Caller, estateId: string, what: 'overdue' | 'extensions') {
    if (!caller.has(estateId, STREET)) return null;
    const counts = await this.oversight.counts(caller);
    return { count: counts[what], overdue: what === 'overdue' ? counts.overdue : 0 };
  }
}
