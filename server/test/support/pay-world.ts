import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { BillView, Ledger, PayOrder } from '@linli/shared/fees';
import { loadCredentials, type Credentials } from '../../../scripts/sandbox/credentials.ts';
import { startSandbox, type RunningSandbox } from '../../../scripts/sandbox/main.ts';
import { PayeesService } from '../../src/features/payments/index.ts';
import { type Answer, TEST_NOW, TestApp } from './app.ts';
import { newKey } from './assembly-builder.ts';
import type { TestDatabaseOptions } from './engine.ts';
import { FeesBuilder } from './fees-builder.ts';
import { brokenInvariants } from './invariants.ts';
import type { TestPerson } from './estate-builder.ts';

/** The server on a port of its own beside a WeChat sandbox that calls it back: nothing between them is a stand-in. */
export class PayWorld {
  private constructor(
    readonly app: TestApp,
    readonly sandbox: RunningSandbox,
    readonly origin: string,
    readonly fees: FeesBuilder,
    private readonly dir: string,
  ) {}

  /** The merchant collects for one ledger, as every merchant does. */
  static async start(options: TestDatabaseOptions = {}, ledger: Ledger = 'PROPERTY_FEE'): Promise<PayWorld> {
    const dir = mkdtempSync(join(tmpdir(), 'linli-pay-'));
    const { port, release } = await keepPort();
    const origin = `http://127.0.0.1:${port}`;
    // Signatures carry the machine's time; orders and retries age by the time that the test plays.
    const sandbox = await startSandbox({
      dir,
      now: Date.now,
      appOrigins: [origin],
      pushUrl: `${origin}/api/callbacks/wechat-push`,
    });
    const app = await TestApp.start(
      {
        PUBLIC_ORIGIN: origin,
        PORT: String(port),
        WECHAT_CONFIG: join(dir, 'sandbox.json'),
      },
      options,
    );
    await release();
    await app.nest.listen(port, '127.0.0.1');
    const fees = await FeesBuilder.start(app);
    const world = new PayWorld(app, sandbox, origin, fees, dir);
    await world.control('POST', '/clock', { hold: TEST_NOW });
    await app.nest.get(PayeesService).set('SYSTEM', fees.estateId, {
      ledger,
      holderName: '奇台县安泰物业服务有限公司',
      mchId: sandbox.config.mchId,
    });
    await fees.publish();
    return world;
  }

  /** An owner of a new home of 89.37 ㎡ with November's bill of 58.09 yuan. */
  async debtor(room: string, month = '2026-11'): Promise<{ owner: TestPerson; bill: BillView }> {
    const owner = await this.app.build.owner(`业主${room}`, [await this.fees.home(room)]);
    await this.fees.issue(month);
    return { owner, bill: await this.fees.billOf(owner) };
  }

  async order(
    person: TestPerson,
    bills: readonly BillView[],
    facts: object = {},
    key = newKey(),
  ): Promise<Answer<PayOrder & ErrorBody>> {
    const request = {
      billIds: bills.map(({ id }) => id),
      channel: 'H5',
      amountFen: bills.reduce((sum, { openFen, lateFeeFen }) => sum + openFen + lateFeeFen, 0),
      ...facts,
    };
    return this.app.post<PayOrder & ErrorBody>('/api/me/pay-orders', person.token, request, key);
  }

  async ordered(person: TestPerson, bills: readonly BillView[]): Promise<PayOrder> {
    const answer = await this.order(person, bills);
    expect(answer).toMatchObject({ status: 201, body: { state: 'PREPAID' } });
    return answer.body;
  }

  view(person: TestPerson, { orderNo }: PayOrder): Promise<Answer<PayOrder>> {
    return this.app.get<PayOrder>(`/api/me/pay-orders/${orderNo}`, person.token);
  }

  /** The payer confirms at the gateway; the callback waits until the sandbox is told to send it. */
  async pay({ orderNo }: PayOrder, facts: object = {}): Promise<void> {
    const { payerOpenid, prepayId } = (await this.control('GET', `/orders/${orderNo}`)) as {
      payerOpenid: string;
      prepayId: string;
    };
    const request = { prepay_id: prepayId, openid: payerOpenid, ...facts };
    expect(await this.control('POST', '/pay', request)).toMatchObject({ errMsg: 'requestPayment:ok' });
  }

  /** Sends every callback that is due and books it. */
  async deliver(): Promise<void> {
    await this.sandbox.settle();
    await this.app.runJobs();
  }

  fault(rule: object): Promise<unknown> {
    return this.control('POST', '/faults', rule);
  }

  /** Both clocks. */
  async wait(ms: number): Promise<void> {
    this.app.clock.advance(ms);
    await this.control('POST', '/clock', { advanceMs: ms });
    await this.app.runJobs();
  }

  async control(method: string, path: string, body?: object): Promise<unknown> {
    const reply = await fetch(`${this.sandbox.origin}/sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return reply.json();
  }

  /** What WeChat signs with: for a test that writes callbacks itself. */
  credentials(): Promise<Credentials> {
    return loadCredentials(this.dir);
  }

  count(table: string): Promise<number> {
    return this.app.database
      .row<{ found: number }>(`SELECT COUNT(*) AS found FROM ${table}`)
      .then((row) => Number(row?.found));
  }

  /** Whatever was tried, the money has to be right in the end. */
  async stop(): Promise<void> {
    const broken = await brokenInvariants(this.app.database);
    await this.sandbox.close();
    await this.app.stop();
    rmSync(this.dir, { recursive: true, force: true });
    expect(broken).toEqual({});
  }
}

/** A port, taken until its user listens there: a database is made in between, and other tests look for ports too. */
async function keepPort(): Promise<{ readonly port: number; release(): Promise<void> }> {
  const server = createServer();
  const port = await new Promise<number>((listening) => {
    server.listen(0, '127.0.0.1', () => listening((server.address() as AddressInfo).port));
  });
  return { port, release: () => new Promise((closed) => server.close(() => closed())) };
}
