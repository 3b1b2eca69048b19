import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type {
  AssemblyDetail,
  AssemblyResult,
  AssemblySummary,
  PostedRoll,
  RollCorrection,
  TurnoutResponse,
} from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { Caller, CurrentCaller, EVERYONE, InEstate } from '../../kernel/access/index.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { PageQuery } from '../../kernel/http/paging.ts';
import { TurnoutService } from './ballots/turnout.service.ts';
import { ROLL_READERS } from './conveners.ts';
import { AssemblyQuery } from './dto/assembly.dto.ts';
import { ReadAssemblyService } from './read/read-assembly.service.ts';
import { RollCorrectionsService } from './roll/roll-corrections.service.ts';
import { RollService } from './roll/roll.service.ts';

/** What everybody of the estate reads. */
@Controller('estates/:estateId/assemblies')
export class AssembliesController {
  constructor(
    @Inject(ReadAssemblyService) private readonly assemblies: ReadAssemblyService,
    @Inject(TurnoutService) private readonly turnoutService: TurnoutService,
    @Inject(RollService) private readonly roll: RollService,
    @Inject(RollCorrectionsService) private readonly corrections: RollCorrectionsService,
  ) {}

  @Get()
  @InEstate(EVERYONE)
  list(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() query: AssemblyQuery,
  ): Promise<Page<AssemblySummary>> {
    return this.assemblies.list(caller, estateId, query);
  }

  @Get(':id')
  @InEstate(EVERYONE)
  detail(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<AssemblyDetail> {
    return this.assemblies.detail(caller, estateId, id);
  }

  @Get(':id/turnout')
  @InEstate(EVERYONE)
  turnout(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<TurnoutResponse> {
    return this.turnoutService.read(estateId, id);
  }

  @Get(':id/result')
  @InEstate(EVERYONE)
  result(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<AssemblyResult> {
    return this.assemblies.result(caller, estateId, id);
  }

  @Get(':id/roll')
  @InEstate(ROLL_READERS)
  postedRoll(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() query: PageQuery,
  ): Promise<PostedRoll> {
    return this.roll.posted(estateId, id, query);
  }

  @Get(':id/roll/corrections')
  @InEstate(ROLL_READERS)
  rollCorrections(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<RollCorrection>> {
    return this.corrections.list(estateId, id, query);
  }
}
