import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { NoticeKind } from '@linli/shared/notifications';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@linli/shared/kernel';
import type { MessageTemplate } from '../../config/environment.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { Jobs } from '../../kernel/jobs/jobs.ts';
import { MiniProgramPort } from '../../wechat/mini-program.port.ts';
import { Openids } from '../../wechat/openids.ts';
import { ConsentsService } from './consents.service.ts';
import { MessageTemplates } from './message-templates.ts';

const JOB = 'notifications.deliver';
/** A `thing` keyword of a template holds no more. */
const THING_CHARS = 20;
const HOME_PAGE = 'pages/home/index';
const SHANGHAI_OFFSET_MS = 8 * HOUR_MS;

interface WaitingMessage {
  id: string;
  person_id: string;
  kind: NoticeKind;
  title: string;
  body: string;
  link: string | null;
  created_at: number;
  read_at: number | null;
  delivery_state: string | null;
}

/**
 * Brings an inbox message to WeChat as a subscribe message, through the outbox. The consent is taken together with
 * the delivery's row, so however often the job runs, one message costs one consent.
 */
@Injectable()
export class DeliverMessageService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(MiniProgramPort) private readonly miniProgram: MiniProgramPort,
    @Inject(Openids) private readonly openids: Openids,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
    @Inject(MessageTemplates) private readonly templates: MessageTemplates,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, ({ messageId }: { messageId: string }) => this.deliver(messageId));
  }

  /** Queues those of the messages whose readers allow one; the others stay in the inbox alone. */
  async queue(
    tx: Transaction,
    kind: NoticeKind,
    messages: readonly { readonly id: string; readonly person_id: string }[],
  ): Promise<void> {
    const template = this.templates.for(kind);
    if (template === null || messages.length === 0) return;
    const people = messages.map(({ person_id }) => person_id);
    const allowing = await this.consents.allowing(tx, template.id, people);
    for (const { id, person_id } of messages)
      if (allowing.has(person_id))
        await this.jobs.enqueue(tx, { kind: JOB, payload: { messageId: id }, dedupeKey: `deliver:${id}` });
  }

  private async deliver(messageId: string): Promise<void> {
    const message = await this.database.row<WaitingMessage>(
      `SELECT m.id, m.person_id, m.kind, m.title, m.body, m.link, m.created_at, m.read_at, d.state AS delivery_state
       FROM inbox_messages m LEFT JOIN message_deliveries d ON d.message_id = m.id WHERE m.id = ?`,
      [messageId],
    );
    const template = message === null ? null : this.templates.for(message.kind);
    if (message === null || template === null) return;
    const openid = await this.openids.of(message.person_id);
    if (openid === null || !(await this.reserve(message, template))) return;
    const outcome = await this.miniProgram.send({
      openid,
      templateId: template.id,
      page: (message.link ?? HOME_PAGE).replace(/^\//, ''),
      data: {
        [template.title]: cut(message.title),
        [template.body]: cut(message.body),
        [template.time]: wechatTime(message.created_at),
      },
    });
    await this.settle(message, template.id, outcome);
  }

  /** Whether it is to be sent: it has its consent from an earlier try, or takes one now. */
  private async reserve(message: WaitingMessage, template: MessageTemplate): Promise<boolean> {
    if (message.delivery_state !== null) return message.delivery_state === 'TAKEN';
    // Read in the app meanwhile, or long past: a message would only disturb.
    if (message.read_at !== null || message.created_at < this.clock.now() - DAY_MS) return false;
    return this.database.transaction(async (tx) => {
      if (!(await this.consents.take(tx, message.person_id, template.id))) return false;
      await tx.insert('message_deliveries', {
        id: this.ids.next(),
        message_id: message.id,
        template_id: template.id,
        state: 'TAKEN',
        taken_at: this.clock.now(),
        settled_at: null,
      });
      return true;
    });
  }

  private async settle(
    message: WaitingMessage,
    templateId: string,
    outcome: 'SENT' | 'REFUSED',
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.run('UPDATE message_deliveries SET state = ?, settled_at = ? WHERE message_id = ?', [
        outcome,
        this.clock.now(),
        message.id,
      ]);
      if (outcome === 'REFUSED') await this.consents.forget(tx, message.person_id, templateId);
    });
  }
}

function cut(text: string): string {
  const characters = Array.from(text);
  return characters.length <= THING_CHARS ? text : `${characters.slice(0, THING_CHARS - 1).join('')}…`;
}

/** 2026年11月21日 10:05, as a `time` keyword wants it. */
function wechatTime(instant: number): string {
  const [date = '', time = ''] = new Date(Math.floor((instant + SHANGHAI_OFFSET_MS) / MINUTE_MS) * MINUTE_MS)
    .toISOString()
    .split('T');
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日 ${time.slice(0, 5)}`;
}
