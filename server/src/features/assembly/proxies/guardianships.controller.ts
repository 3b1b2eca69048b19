import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { Guardianship, GuardianshipEntry } from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { Caller, CurrentCaller, InEstate, SignedIn, STREET } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';
import { AskGuardianshipDto, ReviewGuardianshipDto } from '../dto/proxy.dto.ts';
import { GuardianshipsService } from './guardianships.service.ts';
import { ReadGuardianshipsService } from './read-guardianships.service.ts';

/** Guardians of owners; whoever asks may live elsewhere and be nobody in the estate yet. */
@Controller('estates/:estateId/guardianships')
export class GuardianshipsController {
  constructor(
    @Inject(GuardianshipsService) private readonly guardianships: GuardianshipsService,
    @Inject(ReadGuardianshipsService) private readonly reading: ReadGuardianshipsService,
  ) {}

  @Post()
  @SignedIn()
  ask(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: AskGuardianshipDto,
  ): Promise<Guardianship> {
    return this.guardianships.ask(caller, estateId, body, key);
  }

  @Get()
  @InEstate(STREET)
  list(
    @Param('estateId', IdParam) estateId: string,
    @Query() query: PageQuery,
  ): Promise<Page<GuardianshipEntry>> {
    return this.reading.list(estateId, query);
  }

  @Post(':guardianshipId/review')
  @HttpCode(200)
  @InEstate(STREET)
  review(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('guardianshipId', IdParam) id: string,
    @Body() body: ReviewGuardianshipDto,
  ): Promise<GuardianshipEntry> {
    return this.guardianships.review(caller, estateId, id, body);
  }

  @Post(':guardianshipId/end')
  @HttpCode(200)
  @InEstate(STREET)
  end(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('guardianshipId', IdParam) id: string,
  ): Promise<GuardianshipEntry> {
    return this.guardianships.end(caller, estateId, id);
  }
}

@Controller('me/guardianships')
export class MyGuardianshipsController {
  constructor(
    @Inject(GuardianshipsService) private readonly guardianships: GuardianshipsService,
    @Inject(ReadGuardianshipsService) private readonly reading: ReadGuardianshipsService,
  ) {}

  @Get()
  @SignedIn()
  mine(@CurrentCaller() caller: Caller): Promise<Guardianship[]> {
    return this.reading.mine(caller);
  }

  @Post(':guardianshipId/end')
  @HttpCode(200)
  @SignedIn()
  layDown(
    @CurrentCaller() caller: Caller,
    @Param('guardianshipId', IdParam) id: string,
  ): Promise<Guardianship[]> {
    return this.guardianships.layDown(caller, id);
  }
}
