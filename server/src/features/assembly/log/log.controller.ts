import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import {
  type BallotQrResponse,
  type BallotStandingResponse,
  LOG_EXPORT_TYPE,
  type LogBoardResponse,
  type LogConsistencyResponse,
  type LoggedBallotResponse,
  type LogHeadResponse,
  type LogHeadsResponse,
  readSeen,
} from '@linli/shared/ballot-log';
import type { FastifyReply } from 'fastify';
import { Caller, CurrentCaller, EVERYONE, InEstate, OWNERS, Public } from '../../../kernel/access/index.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { ConsistencyQuery, SeenLogsQuery } from '../dto/assembly.dto.ts';
import { ReadLogService } from './read-log.service.ts';
import { ReadReceiptService } from './read-receipt.service.ts';

/** The log of a meeting, for the people of the estate. */
@Controller('estates/:estateId/assemblies/:id/log')
export class LogController {
  constructor(
    @Inject(ReadLogService) private readonly logs: ReadLogService,
    @Inject(ReadReceiptService) private readonly receipts: ReadReceiptService,
  ) {}

  @Get()
  @InEstate(EVERYONE)
  head(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<LogHeadResponse> {
    return this.logs.head(estateId, id);
  }

  @Get('consistency')
  @InEstate(EVERYONE)
  consistency(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() { from }: ConsistencyQuery,
  ): Promise<LogConsistencyResponse> {
    return this.logs.consistency(estateId, id, from);
  }

  @Get('board')
  @InEstate(EVERYONE)
  board(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<LogBoardResponse> {
    return this.logs.board(estateId, id);
  }

  /** Open to all by role: the ballot itself says whose it is. */
  @Get('ballots/:ballotId')
  @InEstate(EVERYONE)
  ballot(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @Param('ballotId', IdParam) ballotId: string,
  ): Promise<LoggedBallotResponse> {
    return this.receipts.ballot(caller, id, ballotId);
  }

  @Get('ballots/:ballotId/qr')
  @InEstate(EVERYONE)
  ballotQr(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @Param('ballotId', IdParam) ballotId: string,
  ): Promise<BallotQrResponse> {
    return this.receipts.qr(caller, id, ballotId);
  }

  @Get('export')
  @InEstate(OWNERS)
  async export(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return asText(reply, await this.logs.ownersExport(estateId, id), id);
  }
}

/** The same log for everybody: no ballots, no wordings, no areas. */
@Controller('public/assemblies/:id/log')
export class PublicLogController {
  constructor(@Inject(ReadLogService) private readonly logs: ReadLogService) {}

  @Get()
  @Public('checkpoints, commitments and sums: what anybody may check without seeing a ballot')
  async export(
    @Param('id', IdParam) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return asText(reply, await this.logs.publicExport(id), id);
  }

  @Get('head')
  @Public('a size and a root that are signed: who holds a receipt or a printed checkpoint compares them')
  head(
    @Param('id', IdParam) id: string,
    @Query() { from }: ConsistencyQuery,
  ): Promise<LogConsistencyResponse> {
    return this.logs.publicHead(id, from);
  }

  @Get('ballots/:ballotId')
  @Public('who holds a receipt asks whether a later ballot took its place; the choice is not answered')
  standing(
    @Param('id', IdParam) id: string,
    @Param('ballotId', IdParam) ballotId: string,
  ): Promise<BallotStandingResponse> {
    return this.logs.standing(id, ballotId);
  }
}

/** What every app asks for when it starts. */
@Controller('public/log-heads')
export class LogHeadsController {
  constructor(@Inject(ReadLogService) private readonly logs: ReadLogService) {}

  @Get()
  @Public('signed sizes and roots of logs that the phone has seen: nothing of what they hold')
  since(@Query() { seen }: SeenLogsQuery): Promise<LogHeadsResponse> {
    return this.logs.grownSince(readSeen(seen));
  }
}

function asText(reply: FastifyReply, lines: AsyncIterable<string>, assemblyId: string): Readable {
  void reply
    .type(LOG_EXPORT_TYPE)
    .header('content-disposition', `attachment; filename="${assemblyId}.log.txt"`);
  return Readable.from(lines);
}
