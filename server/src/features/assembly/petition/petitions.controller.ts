import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type {
  PetitionDetail,
  PetitionOptions,
  PetitionSigners,
  PetitionSummary,
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
import { StartPetitionDto } from '../dto/election.dto.ts';
import { PetitionsService } from './petitions.service.ts';
import { ReadPetitionsService } from './read-petitions.service.ts';
import { SignPetitionService } from './sign-petition.service.ts';

/** Owners sign; committee members may back a recall. */
const SIGNERS = [...OWNERS, ...COMMITTEE] as const;

/** Petitions of owners. */
@Controller('estates/:estateId/petitions')
export class PetitionsController {
  constructor(
    @Inject(PetitionsService) private readonly petitions: PetitionsService,
    @Inject(SignPetitionService) private readonly signing: SignPetitionService,
    @Inject(ReadPetitionsService) private readonly reading: ReadPetitionsService,
  ) {}

  @Get()
  @InEstate(EVERYONE)
  list(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() query: PageQuery,
  ): Promise<Page<PetitionSummary>> {
    return this.reading.list(caller, estateId, query);
  }

  @Get('options')
  @InEstate(SIGNERS)
  options(@Param('estateId', IdParam) estateId: string): Promise<PetitionOptions> {
    return this.petitions.options(estateId);
  }

  @Get(':id')
  @InEstate(EVERYONE)
  detail(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<PetitionDetail> {
    return this.reading.detail(caller, estateId, id);
  }

  @Get(':id/signers')
  @InEstate(STREET)
  signers(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() query: PageQuery,
  ): Promise<PetitionSigners> {
    return this.reading.signers(caller, estateId, id, query);
  }

  @Post()
  @InEstate(SIGNERS)
  start(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: StartPetitionDto,
  ): Promise<{ readonly id: string }> {
    return this.petitions.start(caller, estateId, body, key);
  }

  @Post(':id/signature')
  @HttpCode(200)
  @InEstate(SIGNERS)
  async sign(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<PetitionDetail> {
    await this.signing.sign(caller, estateId, id);
    return this.reading.detail(caller, estateId, id);
  }

  @Post(':id/signature/take-back')
  @HttpCode(200)
  @InEstate(SIGNERS)
  async takeBack(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<PetitionDetail> {
    await this.signing.takeBack(caller, estateId, id);
    return this.reading.detail(caller, estateId, id);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @InEstate(SIGNERS)
  async withdraw(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<PetitionDetail> {
    await this.petitions.withdraw(caller, estateId, id);
    return this.reading.detail(caller, estateId, id);
  }

  @Post(':id/convene')
  @HttpCode(200)
  @InEstate(CONVENERS)
  convene(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<{ readonly assemblyId: string }> {
    return this.petitions.convene(caller, estateId, id);
  }
}
