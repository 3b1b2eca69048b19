import { Inject, Injectable } from '@nestjs/common';
import type { DemoRole, SignInResponse } from '@linli/shared/identity';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import { Database } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import type { SignInPlace } from './sessions.service.ts';
import { SignInService } from './sign-in.service.ts';

interface DemoRow {
  role_key: string;
  person_id: string;
  label: string;
  person_name: string;
  story: string;
}

/** The demo's role picker. Exists only with DEMO=1; elsewhere its routes answer 404. */
@Injectable()
export class DemoService {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Database) private readonly database: Database,
    @Inject(SignInService) private readonly signIn: SignInService,
  ) {}

  async roles(): Promise<DemoRole[]> {
    const rows = await this.rows();
    // Who has no story of their own belongs to a walk through the app, not to who looks around.
    return rows
      .filter(({ story }) => story !== '')
      .map((row) => ({
        key: row.role_key,
        label: row.label,
        personName: row.person_name,
        story: row.story,
      }));
  }

  async enter(roleKey: string, place: SignInPlace): Promise<SignInResponse> {
    const role = (await this.rows()).find((row) => row.role_key === roleKey);
    if (role === undefined) throw refuse('NOT_FOUND');
    return this.signIn.asPerson(role.person_id, place);
  }

  private async rows(): Promise<DemoRow[]> {
    if (!this.environment.demo) throw refuse('AUTH.DEMO_ONLY');
    return this.database.rows<DemoRow>('SELECT * FROM demo_roles ORDER BY sort_order');
  }
}
