import { Inject, Injectable } from '@nestjs/common';
import { NOTICE_KINDS, type NoticeKind } from '@linli/shared/notifications';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment, MessageTemplate } from '../../config/environment.ts';

/** Which subscribe-message template tells of what, as this deployment registered them with WeChat. */
@Injectable()
export class MessageTemplates {
  private readonly byKind: ReadonlyMap<NoticeKind, MessageTemplate>;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    const configured = environment.wechat?.messageTemplates ?? {};
    this.byKind = new Map(
      NOTICE_KINDS.flatMap((kind) => {
        const template = configured[kind];
        return template === undefined ? [] : [[kind, template] as const];
      }),
    );
  }

  for(kind: NoticeKind): MessageTemplate | null {
    return this.byKind.get(kind) ?? null;
  }

  get all(): readonly (readonly [NoticeKind, MessageTemplate])[] {
    return [...this.byKind];
  }
}
