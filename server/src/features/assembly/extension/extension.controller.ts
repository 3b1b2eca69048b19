import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { ExtensionsResponse, ResultObjections } from '@linli/shared/assembly';
import { Caller, CurrentCaller, EVERYONE, InEstate, OWNERS } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { CONVENERS, MANDATE_DESK } from '../conveners.ts';
import {
  AnswerResultObjectionDto,
  DecideVotingExtensionDto,
  ObjectToResultDto,
  ProposeExtensionDto,
} from '../dto/extension.dto.ts';
import { ExtendVotingService } from './extend-voting.service.ts';
import { ResultObjectionsService } from './result-objections.service.ts';

/** Moving a deadline, in sight of everybody. */
@Controller('estates/:estateId/assemblies/:id/extensions')
export class ExtensionsController {
  constructor(@Inject(ExtendVotingService) private readonly extensions: ExtendVotingService) {}

  @Get()
  @InEstate(EVERYONE)
  read(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<ExtensionsResponse> {
    return this.extensions.read(caller, estateId, id);
  }

  @Post()
  @HttpCode(200)
  @InEstate(CONVENERS)
  propose(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: ProposeExtensionDto,
  ): Promise<ExtensionsResponse> {
    return this.extensions.propose(caller, estateId, id, body);
  }

  @Post(':extensionId/decide')
  @HttpCode(200)
  @InEstate(['STREET_OFFICER'])
  decide(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('extensionId', IdParam) extensionId: string,
    @Body() body: DecideVotingExtensionDto,
  ): Promise<ExtensionsResponse> {
    return this.extensions.decide(caller, estateId, id, extensionId, body);
  }
}

/** What owners say against a result. */
@Controller('estates/:estateId/assemblies/:id/result-objections')
export class ResultObjectionsController {
  constructor(@Inject(ResultObjectionsService) private readonly objections: ResultObjectionsService) {}

  @Get()
  @InEstate(EVERYONE)
  read(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<ResultObjections> {
    return this.objections.read(caller, estateId, id);
  }

  @Post()
  @InEstate(OWNERS)
  object(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: ObjectToResultDto,
  ): Promise<ResultObjections> {
    return this.objections.object(caller, estateId, id, body, key);
  }

  @Post(':objectionId/answer')
  @HttpCode(200)
  @InEstate(MANDATE_DESK)
  answer(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('objectionId', IdParam) objectionId: string,
    @Body() body: AnswerResultObjectionDto,
  ): Promise<ResultObjections> {
    return this.objections.answer(caller, estateId, id, objectionId, body);
  }
}
