import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT } from '../config/config.module.ts';
import type { Environment } from '../config/environment.ts';
import type { Caller } from '../kernel/access/index.ts';
import { Audit } from '../kernel/audit/audit.ts';
import { Database } from '../kernel/database/index.ts';
import { refuse, Refused } from '../kernel/errors/refused.ts';
import { MiniProgramPort, type ContentVerdict } from './mini-program.port.ts';
import { Openids } from './openids.ts';

/** What a person is about to submit. */
export interface UserText {
  readonly estateId: string | null;
  /** Names the use case in the audit log, e.g. `TICKET.SUBMIT`. */
  readonly where: string;
  /** Everything that was typed: title, text, note. Empty ones are left out. */
  readonly texts: readonly string[];
}

/** WeChat takes this many characters at once. */
const CHUNK_CHARS = 2500;

/**
 * Content safety 内容安全 of what people write, at submit time (WeChat wants the author active within two hours).
 *
 * Call it before the transaction, as it asks WeChat:
 * `const verdict = await this.contentCheck.check(caller, { estateId, where: 'TICKET.SUBMIT', texts: [title, text] });`
 *
 * - what WeChat finds risky is refused with CONTENT.REJECTED;
 * - PASS, or the author has no openid, or WeChat is not connected: go on;
 * - REVIEW: WeChat is unsure or cannot be reached. Go on (a complaint must not wait for WeChat); the audit log has it
 *   under CONTENT.TO_REVIEW, and the use case may mark its record for a human to look at.
 */
@Injectable()
export class ContentCheck {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Database) private readonly database: Database,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(MiniProgramPort) private readonly miniProgram: MiniProgramPort,
    @Inject(Openids) private readonly openids: Openids,
  ) {}

  async check(caller: Caller, text: UserText): Promise<Exclude<ContentVerdict, 'RISKY'>> {
    const content = text.texts
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .join('\n');
    if (this.environment.wechat === null || content === '') return 'PASS';
    const openid = await this.openids.of(caller.personId);
    if (openid === null) return 'PASS';
    const verdict = await this.ask(openid, content);
    if (verdict === 'PASS') return 'PASS';
    await this.remember(caller, text, verdict);
    if (verdict === 'RISKY') throw refuse('CONTENT.REJECTED');
    return 'REVIEW';
  }

  private async ask(openid: string, content: string): Promise<ContentVerdict | 'UNREACHABLE'> {
    const characters = Array.from(content);
    let worst: ContentVerdict = 'PASS';
    try {
      for (let from = 0; from < characters.length; from += CHUNK_CHARS) {
        const verdict = await this.miniProgram.checkText(
          openid,
          characters.slice(from, from + CHUNK_CHARS).join(''),
        );
        if (verdict === 'RISKY') return verdict;
        if (verdict === 'REVIEW') worst = verdict;
      }
      return worst;
    } catch (error) {
      if (error instanceof Refused) return 'UNREACHABLE';
      throw error;
    }
  }

  /** The text itself stays out of the log: it may name people. */
  private async remember(caller: Caller, text: UserText, verdict: string): Promise<void> {
    await this.database.transaction((tx) =>
      this.audit.record(tx, caller, {
        action: verdict === 'RISKY' ? 'CONTENT.REJECTED' : 'CONTENT.TO_REVIEW',
        estateId: text.estateId,
        subjectType: 'person',
        subjectId: caller.personId,
        after: { where: text.where, verdict },
      }),
    );
  }
}
