import { Inject, Injectable } from '@nestjs/common';
import type { TicketEvent } from '@linli/shared/tickets';
import type { Transaction } from '../../../kernel/database/index.ts';
import { bodyName } from '../bodies.ts';
import type { TicketEstate } from '../ticket-estates.ts';
import { TicketNotices } from '../ticket-notices.ts';
import type { Ticket } from '../ticket.ts';

/** What the complainant is told of a step: a title for the lock screen and a sentence. */
const TO_COMPLAINANT: Readonly<Partial<Record<TicketEvent, readonly [title: string, body: string]>>> = {
  ACCEPT: ['投诉已受理', '已经受理，正在安排处理。'],
  REJECT: ['投诉没有受理', '请打开查看原因和可以找的地方。'],
  REPLY: ['投诉有了答复', '请打开查看。'],
  ASK_RESIDENT: ['请您补充情况', '处理人有问题要问您，请打开回答。'],
  RESOLVE: ['投诉已办结，请您确认', '请看处理结果，确认解决了还是要重办。'],
  TRANSFER: ['投诉转给了别的部门', '请打开查看现在由谁办理。'],
  ESCALATE: ['投诉已提级办理', '请打开查看现在由谁办理。'],
  SUSPEND: ['投诉暂缓处理', '请打开查看原因和期限。'],
  RESUME: ['投诉恢复办理', '处理继续进行。'],
  MEDIATE: ['投诉转入调解', '请打开查看。'],
  MERGE: ['投诉已并案', '有人先反映了同一件事，合在一起办理，有结果会通知您；不是同一件事可以申诉。'],
  AUTO_CONFIRM: ['投诉到期自动确认', '您没有在期限内确认，系统已自动确认；不满意仍可要求重办。'],
  ANSWER_TIMEOUT: ['投诉继续办理', '没有收到您的补充，处理人按现有情况继续办理。'],
};
const TO_FOLLOWERS: Readonly<Partial<Record<TicketEvent, readonly [title: string, body: string]>>> = {
  RESOLVE: ['您也遇到的事已办结', '请打开查看。'],
  REJECT: ['您也遇到的事没有受理', '请打开查看。'],
  MERGE: ['您也遇到的事已并案', '和另一件合在一起办理，有结果会通知您。'],
};
const TO_HANDLER: Readonly<Partial<Record<TicketEvent, readonly [title: string, body: string]>>> = {
  ASSIGN: ['有一件投诉派给您', '请按期限处理。'],
  RESIDENT_ANSWERS: ['居民补充了情况', '请继续处理。'],
  REOPEN: ['居民要求重新办理', '请看原因后重新处理。'],
  APPEAL: ['有一件投诉申诉到您这里', '请在期限内接手。'],
  TRANSFER: ['有一件投诉转给您', '请在期限内接手或退回。'],
  ESCALATE: ['有一件投诉提级到您这里', '请在期限内接手。'],
  RETURN: ['转出的投诉被退回', '请看原因后继续处理。'],
  WITHDRAW: ['居民撤回了投诉', '不用再处理。'],
  CONFIRM: ['居民确认了处理结果', '请打开查看评价。'],
};

/** After each step, everybody who would want to know. */
@Injectable()
export class StepNotices {
  constructor(@Inject(TicketNotices) private readonly notices: TicketNotices) {}

  async tell(tx: Transaction, event: TicketEvent, ticket: Ticket, estate: TicketEstate): Promise<void> {
    const toComplainant = TO_COMPLAINANT[event];
    if (toComplainant !== undefined) await this.notices.tellComplainant(tx, ticket, ...toComplainant);
    const toFollowers = TO_FOLLOWERS[event];
    if (toFollowers !== undefined) await this.notices.tellFollowers(tx, ticket, ...toFollowers);
    const toHandler = TO_HANDLER[event];
    if (toHandler !== undefined) await this.notices.tellHandler(tx, ticket, estate, ...toHandler);
    if (event === 'URGE') await this.tellHead(tx, ticket, estate);
  }

  private async tellHead(tx: Transaction, ticket: Ticket, estate: TicketEstate): Promise<void> {
    const who = bodyName(ticket.handlerBody, estate.rules, estate.organisations);
    await this.notices.tellHandler(tx, ticket, estate, '催办', `请${who}负责人尽快督促办理。`, true);
    if (ticket.assigneeId !== null)
      await this.notices.tellHandler(tx, ticket, estate, '催办', '已经超过期限，请尽快办理。');
  }
}
