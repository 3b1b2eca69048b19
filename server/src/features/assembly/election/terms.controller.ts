import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { CommitteeTerm, Handover, VacanciesFilled } from '@linli/shared/assembly';
import {
  Caller,
  COMMITTEE,
  CurrentCaller,
  EVERYONE,
  InEstate,
  OWNERS,
  STREET,
} from '../../../kernel/access/index.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { ElectionReasonDto, OnDateDto, RegisterTermDto } from '../dto/election.dto.ts';
import { OfficesService } from './offices.service.ts';
import { TermsService } from './terms.service.ts';

/** Those who sign were or will be members: owners too, whose office is over or has not begun. */
const SIGNERS = [...OWNERS, ...COMMITTEE, ...STREET] as const;

/** The committee's term and its handover. */
@Controller('estates/:estateId/committee-terms')
export class TermsController {
  constructor(
    @Inject(TermsService) private readonly terms: TermsService,
    @Inject(OfficesService) private readonly offices: OfficesService,
  ) {}

  @Get('current')
  @InEstate(EVERYONE)
  async current(
    @Param('estateId', IdParam) estateId: string,
  ): Promise<{ readonly term: CommitteeTerm | null }> {
    return { term: await this.terms.current(estateId) };
  }

  @Post()
  @HttpCode(200)
  @InEstate(STREET)
  async register(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Body() body: RegisterTermDto,
  ): Promise<{ readonly term: CommitteeTerm | null }> {
    return { term: await this.terms.register(caller, estateId, body) };
  }

  @Post(':id/filed')
  @HttpCode(200)
  @InEstate(['STREET_OFFICER'])
  async filed(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() { on }: OnDateDto,
  ): Promise<{ readonly term: CommitteeTerm | null }> {
    return { term: await this.terms.note(caller, estateId, id, 'filed_on', on) };
  }

  @Post(':id/first-meeting')
  @HttpCode(200)
  @InEstate([...COMMITTEE, ...STREET])
  async firstMeeting(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() { on }: OnDateDto,
  ): Promise<{ readonly term: CommitteeTerm | null }> {
    return { term: await this.terms.note(caller, estateId, id, 'first_meeting_on', on) };
  }

  @Post(':id/vacancies')
  @HttpCode(200)
  @InEstate(STREET)
  fill(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<VacanciesFilled> {
    return this.offices.fill(caller, estateId, id);
  }

  @Get(':id/handover')
  @InEstate(SIGNERS)
  handover(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<Handover> {
    return this.terms.handover(caller, estateId, id);
  }

  @Post(':id/handover/:itemId/give')
  @HttpCode(200)
  @InEstate(SIGNERS)
  give(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('itemId', IdParam) itemId: string,
  ): Promise<Handover> {
    return this.terms.give(caller, estateId, id, itemId);
  }

  @Post(':id/handover/:itemId/receive')
  @HttpCode(200)
  @InEstate(SIGNERS)
  receive(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('itemId', IdParam) itemId: string,
  ): Promise<Handover> {
    return this.terms.receive(caller, estateId, id, itemId);
  }

  @Post(':id/handover/:itemId/missing')
  @HttpCode(200)
  @InEstate(SIGNERS)
  missing(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('itemId', IdParam) itemId: string,
    @Body() { reason }: ElectionReasonDto,
  ): Promise<Handover> {
    return this.terms.missing(caller, estateId, id, itemId, reason);
  }
}
