import { DAY_MS, HOUR_MS, endOfDay, shanghaiDate } from '@linli/shared/kernel';
import { type FileTicketRequest, type TicketDetail, type TicketEvent } from '@linli/shared/tickets';
import {
  FileTicketService,
  SimilarTicketsService,
  StepAndRead,
  SweepTicketsService,
} from '../../features/tickets/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { FilesService } from '../../kernel/files/index.ts';
import type { RoleKey, World } from '../world.ts';

type Words = Pick<FileTicketRequest, 'category' | 'title' | 'text' | 'place'> &
  Partial<FileTicketRequest> & { readonly photos?: number };
type StepBody = Parameters<StepAndRead['take']>[2];

/** How long before the demo is made; the story stands at these times. */
export const ago = (days: number, hours = 0) => days * DAY_MS + hours * HOUR_MS;

/** Tells complaints at the times they stand at: files them, takes their steps, lets the clock run. */
export class Complaints {
  private keys = 0;
  private photos = 0;

  constructor(
    private readonly world: World,
    readonly owners: readonly Caller[],
  ) {}

  get now(): number {
    return this.world.now;
  }

  owner(index: number): Caller {
    const caller = this.owners[index];
    if (caller === undefined) throw new Error(`The demo has no owner ${index}`);
    return caller;
  }

  role(role: RoleKey): Promise<Caller> {
    return this.world.caller(role);
  }

  at(before: number): void {
    this.world.clock.set(this.world.now - before);
  }

  async file(before: number, by: Caller, { photos = 0, ...words }: Words): Promise<string> {
    this.at(before);
    const request: FileTicketRequest = {
      kind: 'COMPLAINT',
      danger: false,
      anonymous: false,
      photoIds: await this.take(by, photos),
      ...words,
    };
    const filed = await this.world.get(FileTicketService).file(by, this.world.estateId, request, this.key());
    return filed.id;
  }

  async step(
    before: number,
    id: string,
    event: TicketEvent,
    by: Caller,
    { photos = 0, ...body }: StepBody & { readonly photos?: number } = {},
  ): Promise<TicketDetail> {
    this.at(before);
    const photoIds = await this.take(by, photos);
    const input = photos === 0 ? body : { ...body, photoIds };
    return this.world.get(StepAndRead).take(this.act(id, by), event, input);
  }

  async follow(before: number, id: string, by: Caller, note: string): Promise<void> {
    this.at(before);
    await this.world.get(SimilarTicketsService).follow(by, this.world.estateId, id, note, this.key());
  }

  async askForTime(before: number, id: string, by: Caller, days: number, reason: string): Promise<void> {
    this.at(before);
    const steps = this.world.get(StepAndRead);
    const dueAt = endOfDay(shanghaiDate(this.world.now + days * DAY_MS));
    await steps.requestExtension(this.act(id, by), { reason, dueAt });
  }

  private act(id: string, caller: Caller) {
    return { caller, estateId: this.world.estateId, id, key: this.key() };
  }

  async sweep(before: number): Promise<void> {
    this.at(before);
    await this.world.get(SweepTicketsService).sweep();
  }

  private async take(by: Caller, count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      this.photos += 1;
      const body = await this.world.photo(this.photos);
      const name = `现场照片${this.photos}.jpg`;
      const ref = await this.world.get(FilesService).keep(by, { purpose: 'TICKET_PHOTO', name, body });
      ids.push(ref.id);
    }
    return ids;
  }

  private key(): string {
    this.keys += 1;
    return `demo-complaint-${String(this.keys).padStart(6, '0')}`;
  }
}
