import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import type { BoardSheetCheck, ContactBoardView, PublishBoardResponse } from '@linli/shared/contacts';
import type { EstateRole } from '@linli/shared/identity';
import type { FastifyRequest } from 'fastify';
import { Caller, CurrentCaller, EVERYONE, InEstate, Public, STREET } from '../../kernel/access/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { readUpload } from '../../kernel/files/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { TakesFile } from '../../kernel/http/takes-file.decorator.ts';
import { BoardPlaceDto, CheckBoardDto, PublishBoardDto } from './dto/contacts.dto.ts';
import { PublishBoardService } from './publish-board.service.ts';
import { ReadBoardService } from './read-board.service.ts';

/** 公告牌由街道（镇）统一制作; 社区 walks the estate: it calls the numbers and looks after the places. */
const KEEPERS = ['STREET_OFFICER'] as const satisfies readonly EstateRole[];
const SHEET_BYTES = 2 * 1024 * 1024;

@Controller('estates/:estateId')
export class ContactsController {
  constructor(
    @Inject(ReadBoardService) private readonly reading: ReadBoardService,
    @Inject(PublishBoardService) private readonly publishing: PublishBoardService,
  ) {}

  @Get('board')
  @InEstate(EVERYONE)
  board(@Param('estateId', IdParam) estateId: string): Promise<ContactBoardView> {
    return this.reading.current(estateId);
  }

  @Get('boards/:version')
  @InEstate(EVERYONE)
  version(
    @Param('estateId', IdParam) estateId: string,
    @Param('version') version: string,
  ): Promise<ContactBoardView> {
    if (!/^\d{1,6}$/.test(version)) throw refuse('NOT_FOUND');
    return this.reading.version(estateId, Number(version));
  }

  @Get('board/qr.svg')
  @Public('a picture on a printed board; it repeats the address of a page that asks to sign in')
  @Header('content-type', 'image/svg+xml')
  @Header('cache-control', 'public, max-age=86400')
  qr(@Param('estateId', IdParam) estateId: string): Promise<string> {
    return this.reading.qr(estateId);
  }

  @Post('board/sheet-checks')
  @HttpCode(200)
  @InEstate(KEEPERS)
  @TakesFile()
  async checkSheet(
    @Param('estateId', IdParam) estateId: string,
    @Req() request: FastifyRequest,
  ): Promise<BoardSheetCheck> {
    const { body } = await readUpload(request, SHEET_BYTES);
    return this.publishing.checkSheet(estateId, body);
  }

  @Post('boards')
  @InEstate(KEEPERS)
  publish(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: PublishBoardDto,
  ): Promise<PublishBoardResponse> {
    return this.publishing.publish(caller, estateId, body, key);
  }

  @Post('board/check')
  @HttpCode(200)
  @InEstate(STREET)
  check(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Body() body: CheckBoardDto,
  ): Promise<{ readonly checkedAt: number }> {
    return this.publishing.check(caller, estateId, body.note);
  }

  @Post('board/places')
  @InEstate(STREET)
  addPlace(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: BoardPlaceDto,
  ): Promise<{ readonly id: string }> {
    return this.publishing.addPlace(caller, estateId, body, key);
  }

  @Put('board/places/:id')
  @HttpCode(204)
  @InEstate(STREET)
  changePlace(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: BoardPlaceDto,
  ): Promise<void> {
    return this.publishing.changePlace(caller, estateId, id, body);
  }

  @Post('board/places/:id/remove')
  @HttpCode(204)
  @InEstate(STREET)
  removePlace(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<void> {
    return this.publishing.removePlace(caller, estateId, id);
  }
}
