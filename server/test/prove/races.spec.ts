import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CHOICES } from '@linli/shared/assembly';
import { tell } from '../../../scripts/prove/figures.ts';
import { AssemblyBuilder, newKey } from '../support/assembly-builder.ts';
import { TestApp } from '../support/app.ts';
import { ENGINE } from '../support/engine.ts';

const CLIENTS = 200;
const TRIES = 50;

let app: TestApp;
let meeting: AssemblyBuilder;
beforeAll(async () => {
  app = await TestApp.start();
  meeting = await AssemblyBuilder.start(app);
});
afterAll(() => app.stop());

test('two hundred phones of one household, fifty taps each: one ballot is in force', async () => {
  const owner = await meeting.owner();
  const assembly = await meeting.voting();
  const principalId = await meeting.principalOf(owner, assembly.id);
  let accepted = 0;
  const phone = async (client: number) => {
    for (let tap = 0; tap < TRIES; tap += 1) {
      const choice = CHOICES[(client + tap) % CHOICES.length] ?? 'FOR';
      const { status } = await meeting.castFor(owner, assembly, principalId, choice, newKey());
      if (status === 201) accepted += 1;
      // Refused for being too many at once is an answer; anything else would be a fault.
      else expect([409, 429, 503]).toContain(status);
      app.clock.advance(1);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, client) => phone(client)));
  expect(accepted).toBeGreaterThan(0);
  const rows = await app.database.row<{ n: number }>(
    'SELECT COUNT(*) AS n FROM ballots WHERE principal_id = ?',
    [principalId],
  );
  expect(Number(rows?.n)).toBe(accepted);
  await meeting.count(assembly);
  const { body } = await app.get<{ motions: { participating: { heads: number } }[] }>(
    `${meeting.base}/${assembly.id}/result`,
    owner.token,
  );
  expect(body.motions.map(({ participating }) => participating.heads)).toEqual([1]);
  tell({
    proof: `one home votes at once (${ENGINE})`,
    done: `${CLIENTS} clients × ${TRIES} tries, ${accepted} accepted`,
    found: 'one ballot in force; the verifier counts the same',
  });
}, 3_600_000);
