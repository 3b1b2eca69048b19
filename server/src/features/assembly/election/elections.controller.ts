import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type {
  CandidateObjection,
  ElectionDetail,
  ElectionOptions,
  ElectionSummary,
} from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import {
  Caller,
  COMMITTEE,
  CurrentCaller,
  EVERYONE,
  InEstate,
  OWNERS,
  STREET,
} from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';
import { CONVENERS } from '../conveners.ts';
import {
  ConsentDto,
  DecideObjectionDto,
  ElectionReasonDto,
  NominateDto,
  StartElectionDto,
} from '../dto/election.dto.ts';
import { CandidatesService } from './candidates.service.ts';
import { ElectionsService } from './elections.service.ts';
import { OfficesService } from './offices.service.ts';
import { ReadElectionsService } from './read-elections.service.ts';

/** Elections of the committee. */
@Controller('estates/:estateId/elections')
export class ElectionsController {
  constructor(
    @Inject(ElectionsService) private readonly elections: ElectionsService,
    @Inject(CandidatesService) private readonly candidates: CandidatesService,
    @Inject(OfficesService) private readonly offices: OfficesService,
    @Inject(ReadElectionsService) private readonly reading: ReadElectionsService,
  ) {}

  @Get()
  @InEstate(EVERYONE)
  list(
    @Param('estateId', IdParam) estateId: string,
    @Query() query: PageQuery,
  ): Promise<Page<ElectionSummary>> {
    return this.reading.list(estateId, query);
  }

  @Get('options')
  @InEstate(CONVENERS)
  options(@Param('estateId', IdParam) estateId: string): Promise<ElectionOptions> {
    return this.elections.options(estateId);
  }

  @Get(':id')
  @InEstate(EVERYONE)
  detail(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<ElectionDetail> {
    return this.reading.detail(caller, estateId, id);
  }

  @Post()
  @InEstate(CONVENERS)
  start(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: StartElectionDto,
  ): Promise<{ readonly id: string }> {
    return this.elections.start(caller, estateId, body, key);
  }

  @Post(':id/candidates')
  @InEstate([...OWNERS, ...COMMITTEE, ...STREET])
  nominate(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: NominateDto,
  ): Promise<{ readonly id: string }> {
    return this.candidates.nominate(caller, estateId, id, body, key);
  }

  @Post(':id/candidates/:candidateId/answer')
  @HttpCode(200)
  @InEstate(OWNERS)
  async answer(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('candidateId', IdParam) candidateId: string,
    @Body() body: ConsentDto,
  ): Promise<ElectionDetail> {
    await this.candidates.answer(caller, estateId, id, candidateId, body.consents);
    return this.reading.detail(caller, estateId, id);
  }

  @Post(':id/candidates/:candidateId/refuse')
  @HttpCode(200)
  @InEstate(CONVENERS)
  async refuse(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('candidateId', IdParam) candidateId: string,
    @Body() body: ElectionReasonDto,
  ): Promise<ElectionDetail> {
    await this.candidates.refuse(caller, estateId, id, candidateId, body.reason);
    return this.reading.detail(caller, estateId, id);
  }

  @Post(':id/list')
  @HttpCode(200)
  @InEstate(CONVENERS)
  async post(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<ElectionDetail> {
    await this.elections.post(caller, estateId, id);
    return this.reading.detail(caller, estateId, id);
  }

  @Post(':id/candidates/:candidateId/objections')
  @HttpCode(204)
  @InEstate(OWNERS)
  object(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('candidateId', IdParam) candidateId: string,
    @Body() body: ElectionReasonDto,
  ): Promise<void> {
    return this.candidates.object(caller, estateId, id, candidateId, body.reason);
  }

  @Get(':id/objections')
  @InEstate([...COMMITTEE, ...STREET])
  objections(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<CandidateObjection[]> {
    return this.candidates.objections(estateId, id);
  }

  @Post(':id/objections/:objectionId/answer')
  @HttpCode(200)
  @InEstate(STREET)
  async decide(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('objectionId', IdParam) objectionId: string,
    @Body() body: DecideObjectionDto,
  ): Promise<CandidateObjection[]> {
    await this.candidates.decide(caller, estateId, id, objectionId, body);
    return this.candidates.objections(estateId, id);
  }

  @Post(':id/assembly')
  @HttpCode(200)
  @InEstate(CONVENERS)
  assemble(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<{ readonly assemblyId: string }> {
    return this.elections.assemble(caller, estateId, id);
  }

  @Post(':id/offices')
  @HttpCode(200)
  @InEstate(STREET)
  async propose(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<ElectionDetail> {
    await this.offices.propose(caller, estateId, id);
    return this.reading.detail(caller, estateId, id);
  }
}
