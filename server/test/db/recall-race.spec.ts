import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  CommitteeTerm,
  Handover,
  PetitionDetail,
  PetitionOptions,
  RegisterTermRequest,
} from '@linli/shared/assembly';
import { COUNTING_GRACE_MS, HANDOVER_LIST } from '@linli/shared/assembly';
import type { ErrorBody } from '@linli/shared/errors';
import type { Me } from '@linli/shared/identity';
import { addDays, CHINA_HOLIDAYS, lastDayOfPeriod, shanghaiDate, timeOfDay } from '@linli/shared/kernel';
import type { Inbox } from '@linli/shared/notifications';
import { CountAssemblyService } from '../../src/features/assembly/count/count-assembly.service.ts';
import { RecallsService } from '../../src/features/assembly/petition/recalls.service.ts';
import { TestApp } from '../support/app.ts';
import { newKey, type Owner } from '../support/assembly-builder.ts';
import { ElectionBuilder } from '../support/election-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';

const OWNERS = 10;

describe('a recall that the owners passed', () => {
  let app: TestApp;
  let place: ElectionBuilder;
  let owners: Owner[];
  let recalled: Owner;
  let member: TestPerson;
  let petitionId: string;

  beforeAll(async () => {
    app = await TestApp.start();
    place = await ElectionBuilder.start(app);
    member = place.meeting.chair;
    owners = await place.meeting.owners(OWNERS);
    recalled = ownerAt(OWNERS - 1);
    await app.build.appoint(recalled, 'COMMITTEE_CHAIR', [place.estateId]);
    const today = shanghaiDate(app.clock.now());
    const term: RegisterTermRequest = {
      startsOn: addDays(today, -400),
      endsOn: addDays(today, 900),
      seats: 2,
    };
    expect((await app.post(terms(), place.street.token, term)).status).toBe(200);
  });
  afterAll(() => app.stop());

  function ownerAt(index: number): Owner {
    const owner = owners[index];
    if (owner === undefined) throw new Error('no owner');
    return owner;
  }
  const terms = () => `/api/estates/${place.estateId}/committee-terms`;
  const petitions = () => `/api/estates/${place.estateId}/petitions`;
  const current = async () =>
    (await app.get<{ term: CommitteeTerm }>(`${terms()}/current`, member.token)).body.term;
  const titlesOf = async (person: TestPerson) =>
    (await app.get<Inbox>('/api/me/inbox', person.token)).body.items.map(({ title }) => title);

  async function voted(): Promise<string> {
    const first = ownerAt(0);
    const { body: options } = await app.get<PetitionOptions>(`${petitions()}/options`, first.token);
    const named = options.members.find(({ name }) => name === '业主9');
    const request = {
      kind: 'RECALL',
      title: '提议罢免业委会主任',
      text: '主任一年没有公布收支，多次要求不答复。',
      matter: 3,
      membershipIds: [named?.membershipId],
    };
    const begun = await app.post<{ id: string }>(petitions(), first.token, request, newKey());
    petitionId = begun.body.id;
    await app.post(`${petitions()}/${petitionId}/signature`, ownerAt(1).token);
    const { body } = await app.post<{ assemblyId: string }>(
      `${petitions()}/${petitionId}/convene`,
      recalled.token,
    );
    const assembly = await place.voting(body.assemblyId);
    for (const owner of owners) await place.meeting.cast(owner, assembly, 'FOR');
    app.clock.set((assembly.closesAt ?? 0) + COUNTING_GRACE_MS);
    return assembly.id;
  }

  test('counted by two replicas and carried out by four, while the street ends the office by hand, happens once', async () => {
    const assemblyId = await voted();
    const where = { estateId: place.estateId, assemblyId };
    const counting = app.nest.get(CountAssemblyService);
    await Promise.all([counting.count(where), counting.count(where)]);
    const [office] = await app.database.rows<{ membership_id: string }>(
      'SELECT membership_id FROM recalled_offices WHERE petition_id = ?',
      [petitionId],
    );
    const recall = { estateId: place.estateId, petitionId };
    const recalls = app.nest.get(RecallsService);
    const end = `/api/estates/${place.estateId}/memberships/${office?.membership_id ?? ''}/end`;
    const [byHand] = await Promise.all([
      app.post<ErrorBody>(end, place.street.token),
      ...Array.from({ length: 4 }, () => recalls.takeEffect(recall)),
    ]);
    expect(['MEMBERSHIP.SETTLED', undefined]).toContain(byHand.body?.code);
    await app.runJobs();
    expect((await titlesOf(recalled)).filter((title) => title === '您的业委会任职已结束')).toHaveLength(1);
    for (const person of [member, place.street, place.community])
      expect((await titlesOf(person)).filter((title) => title === '业主大会通过罢免')).toHaveLength(1);
    const once = await app.database.rows(
      "SELECT id FROM audit_log WHERE action = 'RECALL.CARRIED_OUT' AND subject_id = ?",
      [petitionId],
    );
    expect(once).toHaveLength(1);
    expect((await current()).handover?.all).toBe(HANDOVER_LIST.length);
  });

  test('closes the desks at once', async () => {
    const { body: me } = await app.get<Me>('/api/me', recalled.token);
    expect(me.memberships).toEqual([]);
    const desk = await app.get<ErrorBody>(`${place.base}/options`, recalled.token);
    expect(desk.body.code).toBe('ACCESS.DENIED');
    const { body: petition } = await app.get<PetitionDetail>(`${petitions()}/${petitionId}`, member.token);
    expect(petition.members).toMatchObject([{ name: '业主9', recalledAt: expect.any(Number) }]);
  });

  test('starts the clock to fill the seat, and whoever is late is reminded once', async () => {
    const { vacancy } = await current();
    const due = lastDayOfPeriod(shanghaiDate(app.clock.now()), 60, CHINA_HOLIDAYS);
    expect(vacancy).toMatchObject({ seats: 1, electBy: due, overdueDays: 0 });
    app.clock.set(timeOfDay(addDays(due, 2), 10, 0));
    await app.runJobs();
    await app.runJobs();
    const titles = await titlesOf(place.street);
    expect(titles.filter((title) => title === '业委会空缺逾期没有补选')).toHaveLength(1);
    expect(titles.filter((title) => title === '业委会移交逾期')).toHaveLength(1);
    expect((await current()).vacancy).toMatchObject({ overdueDays: 2 });
  });

  test('lets the recalled hand over and the others receive, and nobody sign both', async () => {
    const { id } = await current();
    const url = `${terms()}/${id}/handover`;
    const { body: before } = await app.get<Handover>(url, recalled.token);
    const item = before.items[0];
    expect(item).toMatchObject({ recalled: true, mayGive: true, mayReceive: false, name: '业主大会印章' });
    const act = (person: TestPerson, what: string) =>
      app.post<Handover & ErrorBody>(`${url}/${item?.id ?? ''}/${what}`, person.token);
    expect((await act(recalled, 'receive')).body.code).toBe('HANDOVER.NOT_YOURS');
    expect((await act(member, 'give')).body.code).toBe('HANDOVER.NOT_YOURS');
    expect((await act(member, 'receive')).body.code).toBe('HANDOVER.NOT_GIVEN');
    expect((await act(recalled, 'give')).body.items[0]?.state).toBe('GIVEN');
    expect((await act(member, 'receive')).body.items[0]).toMatchObject({
      state: 'DONE',
      givenBy: '业主9',
      receivedBy: '主任',
    });
    const { body: asOwner } = await app.get<Handover>(url, ownerAt(3).token);
    expect(asOwner.items.filter(({ mayGive, mayReceive }) => mayGive || mayReceive)).toEqual([]);
  });
});
