import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import { Public } from '../access/index.ts';
import { refuse } from '../errors/refused.ts';
import type { OpenApiDocument } from './document.ts';

const WHY = 'describes the API, holds no data; answers 404 in production unless API_DOCS=1';
const VERSION = '1';

/**
 * The description of the API. Nothing of it is loaded or made before somebody asks, and nothing is kept: who develops
 * against the server asks rarely, and a server with no developers never pays for it.
 */
@Controller()
export class OpenApiController {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
  ) {}

  @Get('openapi.json')
  @Public(WHY)
  @Header('cache-control', 'no-cache')
  document(): Promise<OpenApiDocument> {
    return this.describe();
  }

  @Get('docs')
  @Public(WHY)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
  @Header('cache-control', 'no-cache')
  async page(): Promise<string> {
    const { docsPage } = await import('./docs-page.ts');
    return docsPage(await this.describe());
  }

  private async describe(): Promise<OpenApiDocument> {
    if (!this.environment.apiDocs) throw refuse('NOT_FOUND');
    const [{ handlersOf }, { describeApi }] = await Promise.all([
      import('./handlers.ts'),
      import('./document.ts'),
    ]);
    return describeApi(handlersOf(this.modules, 'api'), VERSION);
  }
}
