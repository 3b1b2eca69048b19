import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { LogKeysResponse, LogWitness, WitnessDuties } from '@linli/shared/ballot-log';
import { Caller, CurrentCaller, EVERYONE, InEstate, Public, STREET } from '../../kernel/access/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { Cosign } from './cosign.service.ts';
import { LogKeys } from './log-keys.service.ts';
import { CosignDto, RegisterWitnessDto } from './log-witness.dto.ts';
import { LogWitnesses } from './log-witnesses.service.ts';

/** Who watches the logs of an estate. */
@Controller('estates/:estateId/log-witnesses')
export class LogWitnessesController {
  constructor(@Inject(LogWitnesses) private readonly witnesses: LogWitnesses) {}

  @Get()
  @InEstate(EVERYONE)
  list(@Param('estateId', IdParam) estateId: string): Promise<LogWitness[]> {
    return this.witnesses.list(estateId);
  }

  @Post()
  @InEstate(STREET)
  register(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Body() body: RegisterWitnessDto,
    @ActionKey() key: string,
  ): Promise<LogWitness> {
    return this.witnesses.register(caller, estateId, body, key);
  }

  @Post(':id/retire')
  @HttpCode(200)
  @InEstate(STREET)
  retire(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<LogWitness[]> {
    return this.witnesses.retire(caller, estateId, id);
  }
}

/** What anybody's own check begins with: the keys; and a witness's own computer. */
@Controller('public')
export class PublicWitnessController {
  constructor(
    @Inject(LogKeys) private readonly keys: LogKeys,
    @Inject(Cosign) private readonly witnessing: Cosign,
  ) {}

  @Get('log-keys')
  @Public('public keys: what every receipt and checkpoint is checked with')
  logKeys(): Promise<LogKeysResponse> {
    return this.keys.response();
  }

  @Get('log-witnesses/:id')
  @Public('a witness’s computer asks what there is to sign; sizes only, no ballot and no name')
  duties(@Param('id', IdParam) id: string): Promise<WitnessDuties> {
    return this.witnessing.duties(id);
  }

  @Post('log-witnesses/:id/logs/:assemblyId')
  @HttpCode(204)
  @Public('a witness’s computer brings a signature, which itself says whose it is')
  cosign(
    @Param('id', IdParam) id: string,
    @Param('assemblyId', IdParam) assemblyId: string,
    @Body() body: CosignDto,
  ): Promise<void> {
    return this.witnessing.cosign(id, assemblyId, body);
  }
}
