import { Inject, Injectable } from '@nestjs/common';
import { isRegionCode, regionProfile } from '@linli/shared/regions';
import type { TicketRules } from '@linli/shared/tickets';
import type { Caller } from '../../kernel/access/index.ts';
import type { Reader } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { EstatesRepository } from '../estate/index.ts';
import { type EstateOrganisation, type TicketStaff, staffOf } from './bodies.ts';

/** An estate as complaints see it: the region's rules and the organisations that serve it. */
export interface TicketEstate {
  readonly id: string;
  readonly name: string;
  readonly rules: TicketRules;
  readonly organisations: readonly EstateOrganisation[];
}

/** What a caller is in the estate, beside being a resident. */
export interface TicketScene {
  readonly estate: TicketEstate;
  readonly staff: TicketStaff;
}

@Injectable()
export class TicketEstates {
  constructor(@Inject(EstatesRepository) private readonly estates: EstatesRepository) {}

  async byId(reader: Reader, estateId: string): Promise<TicketEstate> {
    const estate = await this.estates.byId(reader, estateId);
    if (estate === null) throw refuse('NOT_FOUND');
    const organisations = await reader.rows<EstateOrganisation>(
      `SELECT o.id, o.kind, o.name, o.phone FROM organisation_estates e
       JOIN organisations o ON o.id = e.organisation_id WHERE e.estate_id = ? ORDER BY o.id`,
      [estateId],
    );
    const region = isRegionCode(estate.regionCode) ? estate.regionCode : 'national';
    return { id: estate.id, name: estate.name, rules: regionProfile(region).tickets, organisations };
  }

  async scene(reader: Reader, caller: Caller, estateId: string): Promise<TicketScene> {
    const estate = await this.byId(reader, estateId);
    return { estate, staff: staffOf(caller, estateId, estate.rules, estate.organisations) };
  }
}
