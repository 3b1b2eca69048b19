import { Injectable, Logger } from '@nestjs/common';

/** Sends the sign-in code 短信验证码. A deployment brings its provider's adapter. */
export abstract class SmsPort {
  abstract readonly available: boolean;
  abstract sendCode(phone: string, code: string): Promise<void>;
}

/**
 * Development and demo only: the code goes to the server's log, as a warning, since a demo's terminal shows nothing
 * less. The phone does not.
 */
@Injectable()
export class ConsoleSms extends SmsPort {
  override readonly available = true;
  private readonly log = new Logger('Sms');

  override sendCode(phone: string, code: string): Promise<void> {
    this.log.warn(`验证码 ${code}（尾号 ${phone.slice(-4)}）`);
    return Promise.resolve();
  }
}

/** Production without a provider: the way is closed, and the sign-in page does not offer it. */
@Injectable()
export class NoSms extends SmsPort {
  override readonly available = false;

  override sendCode(): Promise<void> {
    return Promise.reject(new Error('No SMS provider is configured'));
  }
}
