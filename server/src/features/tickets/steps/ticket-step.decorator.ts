import { applyDecorators, HttpCode, Post } from '@nestjs/common';
import type { EstateRole } from '@linli/shared/identity';
import { InEstate } from '../../../kernel/access/index.ts';

/** A step that these may take with a complaint: POST …/tickets/:id/`path`; answers the complaint as it now is. */
export const TicketStep = (path: string, roles: readonly EstateRole[]) =>
  applyDecorators(Post(`:id/${path}`), HttpCode(200), InEstate(roles));
