import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import {
  LOG_EXPORT_TYPE,
  type LogConsistencyResponse,
  type LoggedBallotResponse,
  type LogHeadResponse,
} from '@linli/shared/ballot-log';
import type { FastifyReply } from 'fastify';
import { Caller, CurrentCaller, EVERYONE, InEstate, OWNERS, Public } from '../../../kernel/access/index.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { ConsistencyQuery } from '../dto/assembly.dto.ts';
import { ReadLogService } from './read-log.service.ts';

/** The log of a meeting, for the people of the estate. */
@Controller('estates/:estateId/assemblies/:id/log')
export class LogController {
  constructor(@Inject(ReadLogService) private readonly logs: ReadLogService) {}

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

  /** Open to all by role: the ballot itself says whose it is. */
  @Get('ballots/:ballotId')
  @InEstate(EVERYONE)
  ballot(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @Param('ballotId', IdParam) ballotId: string,
  ): Promise<LoggedBallotResponse> {
    return this.logs.ballot(caller, id, ballotId);
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
}

function asText(reply: FastifyReply, lines: AsyncIterable<string>, assemblyId: string): Readable {
  void reply
    .type(LOG_EXPORT_TYPE)
    .header('content-disposition', `attachment; filename="${assemblyId}.log.txt"`);
  return Readable.from(lines);
}
