import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import type {
  AssemblyDetail,
  AssemblyResult,
  BallotReceipt,
  DelegatedAssembly,
  DeveloperMeeting,
  DeveloperVote,
} from '@linli/shared/assembly';
import type { BallotQrResponse, LoggedBallotResponse } from '@linli/shared/ballot-log';
import { Caller, CurrentCaller, InEstate, SignedIn, STREET } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { CONVENERS } from '../conveners.ts';
import { CastBallotDto, RegisterDelegateDto } from '../dto/assembly.dto.ts';
import { ReadReceiptService } from '../log/read-receipt.service.ts';
import { DelegatesService } from './delegates.service.ts';

/** Who votes for the developer; neither the committee nor the company names them. */
@Controller('estates/:estateId/assemblies/:id')
export class DevelopersController {
  constructor(@Inject(DelegatesService) private readonly delegates: DelegatesService) {}

  @Get('developers')
  @InEstate([...CONVENERS, 'COMMUNITY_OFFICER'])
  list(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<DeveloperVote[]> {
    return this.delegates.list(estateId, id);
  }

  @Put('developer-delegate')
  @InEstate(STREET)
  register(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: RegisterDelegateDto,
  ): Promise<DeveloperVote[]> {
    return this.delegates.register(caller, estateId, id, body);
  }
}

/** Where those who register find what there is to do. */
@Controller('estates/:estateId/developer-votes')
export class DeveloperVotesController {
  constructor(@Inject(DelegatesService) private readonly delegates: DelegatesService) {}

  @Get()
  @InEstate(STREET)
  meetings(@Param('estateId', IdParam) estateId: string): Promise<DeveloperMeeting[]> {
    return this.delegates.meetings(estateId);
  }
}

/** What a delegate does: in the meetings they are registered for, and nowhere else. */
@Controller('me/delegated-assemblies')
export class DelegatedAssembliesController {
  constructor(
    @Inject(DelegatesService) private readonly delegates: DelegatesService,
    @Inject(ReadReceiptService) private readonly receipts: ReadReceiptService,
  ) {}

  @Get()
  @SignedIn()
  mine(@CurrentCaller() caller: Caller): Promise<DelegatedAssembly[]> {
    return this.delegates.mine(caller);
  }

  @Get(':id')
  @SignedIn()
  read(@CurrentCaller() caller: Caller, @Param('id', IdParam) id: string): Promise<AssemblyDetail> {
    return this.delegates.read(caller, id);
  }

  @Get(':id/result')
  @SignedIn()
  result(@CurrentCaller() caller: Caller, @Param('id', IdParam) id: string): Promise<AssemblyResult> {
    return this.delegates.result(caller, id);
  }

  @Post(':id/ballots')
  @SignedIn()
  cast(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: CastBallotDto,
  ): Promise<BallotReceipt> {
    return this.delegates.cast(caller, id, body, key);
  }

  /** The ballot itself says whose it is, also after the seat has gone to somebody else. */
  @Get(':id/log/ballots/:ballotId')
  @SignedIn()
  receipt(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @Param('ballotId', IdParam) ballotId: string,
  ): Promise<LoggedBallotResponse> {
    return this.receipts.ballot(caller, id, ballotId);
  }

  @Get(':id/log/ballots/:ballotId/qr')
  @SignedIn()
  receiptQr(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @Param('ballotId', IdParam) ballotId: string,
  ): Promise<BallotQrResponse> {
    return this.receipts.qr(caller, id, ballotId);
  }
}
