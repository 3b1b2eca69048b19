import { Inject, Injectable } from '@nestjs/common';
import { PRIVACY_VERSION, type SignInResponse } from '@linli/shared/identity';
import { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, violates, type Transaction } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { BindRollService } from './bind-roll.service.ts';
import { MeService } from './me.service.ts';
import { PersonsRepository } from './persons.repository.ts';
import { SessionsService, type SignInPlace } from './sessions.service.ts';

interface SignedIn {
  readonly personId: string;
  /** The account is new. */
  readonly registered: boolean;
  /** Entries of the roll that became this person's by it. */
  readonly boundToRoll: number;
}

/** What every way of signing in ends with: one person, bound to the roll, with a new session. */
@Injectable()
export class SignInService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(BindRollService) private readonly roll: BindRollService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(MeService) private readonly me: MeService,
  ) {}

  /** The caller proved that the phone is theirs. */
  async withPhone(phone: string, place: SignInPlace): Promise<SignInResponse> {
    return this.signIn('PHONE', place, async (tx) => {
      const known = await this.persons.byPhone(tx, phone);
      const personId = known?.id ?? (await this.persons.create(tx, { phone }));
      const boundToRoll = await this.roll.bind(tx, personId, phone);
      return { personId, registered: known === null, boundToRoll };
    });
  }

  /** WeChat vouches for the openid. Without a phone the person sees nothing of an estate yet. */
  async withOpenid(openid: string, place: SignInPlace): Promise<SignInResponse> {
    return this.signIn('WECHAT', place, async (tx) => {
      const known = await this.persons.byOpenid(tx, openid);
      const personId = known?.id ?? (await this.persons.create(tx, { openid }));
      return { personId, registered: known === null, boundToRoll: 0 };
    });
  }

  /** Demo only: signs in as a person who is there already. */
  async asPerson(personId: string, place: SignInPlace): Promise<SignInResponse> {
    return this.signIn('DEMO', place, () => Promise.resolve({ personId, registered: false, boundToRoll: 0 }));
  }

  /** A signed-in WeChat user gave their phone through WeChat's own button. */
  async addPhone(caller: Caller, phone: string): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        await this.persons.setPhone(tx, caller.personId, phone);
        const boundToRoll = await this.roll.bind(tx, caller.personId, phone);
        await this.audit.record(tx, caller, {
          action: 'PERSON.PHONE_BOUND',
          estateId: null,
          subjectType: 'person',
          subjectId: caller.personId,
          after: { boundToRoll },
        });
      });
    } catch (error) {
      if (violates(error, 'uq_persons_phone')) throw refuse('AUTH.PHONE_TAKEN');
      throw error;
    }
    this.sessions.forgetPerson(caller.personId);
  }

  /** The privacy agreement 隐私政策 was read and accepted; the version is kept with the time. */
  async acceptPrivacy(caller: Caller, version: string): Promise<void> {
    if (version !== PRIVACY_VERSION) throw refuse('CONFLICT');
    await this.database.transaction(async (tx) => {
      await tx.run('UPDATE persons SET privacy_version = ?, privacy_accepted_at = ? WHERE id = ?', [
        version,
        this.clock.now(),
        caller.personId,
      ]);
      await this.audit.record(tx, caller, {
        action: 'PERSON.PRIVACY_ACCEPTED',
        estateId: null,
        subjectType: 'person',
        subjectId: caller.personId,
        after: { version },
      });
    });
  }

  private async signIn(
    way: 'PHONE' | 'WECHAT' | 'DEMO',
    place: SignInPlace,
    find: (tx: Transaction) => Promise<SignedIn>,
  ): Promise<SignInResponse> {
    const run = () =>
      this.database.transaction(async (tx) => {
        const { personId, ...how } = await find(tx);
        const session = await this.sessions.start(tx, personId, place);
        await this.audit.record(tx, new Caller(personId, session.id, [], false), {
          action: 'PERSON.SIGNED_IN',
          estateId: null,
          subjectType: 'person',
          subjectId: personId,
          after: { way, ...how },
        });
        return { personId, token: session.token };
      });
    // Two first sign-ins of one person at once: the loser finds the winner's account.
    const { personId, token } = await run().catch((error: unknown) => {
      if (violates(error, 'uq_persons_phone') || violates(error, 'uq_persons_openid')) return run();
      throw error;
    });
    this.sessions.forgetPerson(personId);
    const caller = await this.sessions.find(token);
    if (caller === null) throw new Error('A session that was just opened is not found');
    return { token, me: await this.me.read(caller) };
  }
}
