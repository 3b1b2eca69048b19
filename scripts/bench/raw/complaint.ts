import { createHmac } from 'node:crypto';
import { seal, unseal } from '../crypto.ts';
import { audit, newId, places, type RawContext } from './context.ts';
import type { RawStatements } from './database.ts';

interface ComplaintRequest {
  readonly category: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly place: string;
  readonly photoIds: readonly string[];
  readonly danger: boolean;
  readonly anonymous: boolean;
}
interface PersonRow {
  readonly id: string;
  readonly name_sealed: string;
}

const PERSON =
  'SELECT id, name_sealed, phone_sealed, openid_sealed, privacy_version FROM persons WHERE id = ?';
const DAY_MS = 86_400_000;
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** A complaint without photos: who serves the estate, the key of the action, and one transaction of all it leaves. */
export async function complaint(
  context: RawContext,
  estateId: string,
  request: ComplaintRequest,
  key: string,
) {
  const { database, caller, fieldKey, indexKey } = context;
  await database.rows('SELECT * FROM estates WHERE id = ?', [estateId]);
  await database.rows(
    `SELECT o.id, o.kind, o.name, o.phone FROM organisation_estates e
     JOIN organisations o ON o.id = e.organisation_id WHERE e.estate_id = ? ORDER BY o.id`,
    [estateId],
  );
  // Has the author an account that WeChat can be asked about?
  await database.rows(PERSON, [caller.personId]);
  const earlier = await database.rows(
    'SELECT id, request_hash, response_sealed FROM idempotency_keys WHERE person_id = ? AND action_key = ?',
    [caller.personId, key],
  );
  if (earlier.length > 0) return null;
  const asked = createHmac('sha256', indexKey).update(JSON.stringify({ ...request, estateId }));
  return database.transaction(async (statements) => {
    const id = newId();
    await statements.insert('idempotency_keys', {
      id,
      person_id: caller.personId,
      action_key: key,
      request_hash: asked.digest('base64url'),
      response_sealed: '',
      created_at: Date.now(),
    });
    const response = await file(statements, context, estateId, request);
    const place = { table: 'idempotency_keys', column: 'response_sealed', rowId: id };
    await statements.run('UPDATE idempotency_keys SET response_sealed = ? WHERE id = ?', [
      seal(fieldKey, JSON.stringify(response), place),
      id,
    ]);
    return response;
  });
}

async function file(
  statements: RawStatements,
  { caller, fieldKey }: RawContext,
  estateId: string,
  request: ComplaintRequest,
) {
  const now = Date.now();
  const today = DAY.format(now);
  const number = await nextNumber(statements, estateId, today);
  const [person] = await statements.rows<PersonRow>(PERSON, [caller.personId]);
  if (person !== undefined)
    unseal(fieldKey, person.name_sealed, { table: 'persons', column: 'name_sealed', rowId: person.id });
  const unitId = caller.grants.find(({ estate_id }) => estate_id === estateId)?.unit_id ?? null;
  await statements.rows(
    `SELECT b.name AS building, u.entrance, u.room FROM units u JOIN buildings b ON b.id = u.building_id WHERE u.id = ?`,
    [unitId],
  );
  const id = newId();
  const ticket = { id, estateId, number, complainantId: caller.personId, unitId, now };
  await statements.insert('tickets', ticketRow(ticket, request));
  await statements.rows('SELECT body FROM ticket_bodies WHERE ticket_id = ?', [id]);
  await statements.insert('ticket_bodies', { ticket_id: id, body: 'COMPANY', since: now });
  await statements.insert('ticket_events', eventRow(ticket));
  await audit(statements, caller, estateId, {
    action: 'TICKET.SUBMIT',
    subjectType: 'ticket',
    subjectId: id,
    after: { number, category: request.category },
  });
  await tellHandlers(statements, ticket, today);
  return { id, number, state: 'SUBMITTED', acceptBy: now + DAY_MS };
}

async function nextNumber(statements: RawStatements, estateId: string, today: string): Promise<string> {
  const day = [estateId, today];
  const counted = await statements.run(
    'UPDATE ticket_numbers SET latest = latest + 1 WHERE estate_id = ? AND filed_on = ?',
    day,
  );
  if (counted === 0)
    await statements.insert('ticket_numbers', { estate_id: estateId, filed_on: today, latest: 1 });
  const [row] = await statements.rows<{ latest: number }>(
    'SELECT latest FROM ticket_numbers WHERE estate_id = ? AND filed_on = ?',
    day,
  );
  return `${today.replaceAll('-', '')}-${String(row?.latest).padStart(4, '0')}`;
}

interface NewTicket {
  readonly id: string;
  readonly estateId: string;
  readonly number: string;
  readonly complainantId: string;
  readonly unitId: string | null;
  readonly now: number;
}

const ticketRow = (ticket: NewTicket, request: ComplaintRequest) => ({
  id: ticket.id,
  estate_id: ticket.estateId,
  ticket_number: ticket.number,
  kind: request.kind,
  source: 'APP',
  title: request.title,
  content: request.text,
  place: request.place,
  shown_title: request.title,
  shown_place: request.place,
  photo_ids_json: JSON.stringify(request.photoIds),
  photo_count: request.photoIds.length,
  danger: request.danger ? 1 : 0,
  anonymous: request.anonymous ? 1 : 0,
  complainant_id: ticket.complainantId,
  unit_id: ticket.unitId,
  version: 1,
  filed_at: ticket.now,
  category: request.category,
  accused: '',
  state: 'SUBMITTED',
  live: 1,
  sla_class: 'ENFORCEMENT',
  unsafe: 0,
  level: 1,
  level_since: ticket.now,
  handler_body: 'COMPANY',
  assignee_id: null,
  deadlines_json: JSON.stringify([{ kind: 'ACCEPT', dueAt: ticket.now + DAY_MS }]),
  urged_json: '[]',
  reopens: 0,
  followers: 0,
  merged_into_id: null,
  due_at: ticket.now + DAY_MS,
  look_at: ticket.now + DAY_MS,
  changed_at: ticket.now,
});

const eventRow = ({ id, complainantId, now }: NewTicket) => ({
  id: newId(),
  ticket_id: id,
  version: 1,
  place_no: 0,
  kind: 'SUBMIT',
  actor: 'COMPLAINANT',
  person_id: complainantId,
  organisation_id: null,
  content: '侵占公共区域，由物业受理',
  photo_ids_json: '[]',
  state: 'SUBMITTED',
  level: 1,
  handler_body: 'COMPANY',
  at: now,
});

const HANDLERS = ['COMPANY_MANAGER', 'COMPANY_CLERK'];

async function tellHandlers(
  statements: RawStatements,
  { id, estateId, number, now }: NewTicket,
  today: string,
) {
  const people = await statements.rows<{ person_id: string }>(
    `SELECT DISTINCT m.person_id FROM memberships m JOIN organisation_estates e ON e.organisation_id = m.organisation_id
     WHERE e.estate_id = ? AND (m.estate_id IS NULL OR m.estate_id = e.estate_id) AND m.confirmed_at IS NOT NULL
       AND m.starts_on <= ? AND (m.ends_on IS NULL OR m.ends_on >= ?) AND m.role IN (${places(HANDLERS)})`,
    [estateId, today, today, ...HANDLERS],
  );
  for (const { person_id: personId } of people)
    await statements.insert('inbox_messages', {
      id: newId(),
      person_id: personId,
      estate_id: estateId,
      kind: 'TICKET',
      title: '新的投诉',
      body: `侵占公共区域（${number}）：请在期限内受理。`,
      link: `/packages/workbench-tickets/pages/handle/index?estateId=${estateId}&id=${id}`,
      created_at: now,
      read_at: null,
    });
}
