import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { RETENTION } from '../../kernel/retention/retention.ts';
import { SweepOutlived } from '../../kernel/retention/sweep-outlived.service.ts';

/** What is left of signing in: sessions that ran out, revoked or not, and codes that nobody used. */
@Injectable()
export class OutlivedSignIns implements OnModuleInit {
  constructor(@Inject(SweepOutlived) private readonly sweep: SweepOutlived) {}

  onModuleInit(): void {
    this.sweep.register(
      { table: 'sessions', key: 'id', endedAt: ['expires_at'], keptMs: RETENTION.sessionsMs },
      {
        table: 'sms_codes',
        key: 'phone_index',
        // A phone is locked for wrong tries also after its code ran out.
        endedAt: ['expires_at', 'locked_until'],
        keptMs: RETENTION.smsCodesMs,
      },
    );
  }
}
