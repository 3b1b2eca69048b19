import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  type AssemblyDetail,
  type AssemblyResult,
  type BallotReceipt,
  COUNTING_GRACE_MS,
  PAPER_ENTRY_LIMIT_MS,
  type PaperReturn,
} from '@linli/shared/assembly';
import type { LoggedBallotResponse } from '@linli/shared/ballot-log';
import type { ErrorBody } from '@linli/shared/errors';
import { DAY_MS, type Page } from '@linli/shared/kernel';
import { EstateRules } from '../../src/features/assembly/estate-rules.ts';
import { ReadLogService } from '../../src/features/assembly/log/read-log.service.ts';
import { LogSequencer } from '../../src/features/ballot-log/index.ts';
import { TestApp } from '../support/app.ts';
import { AssemblyBuilder, motion, newKey, type Owner } from '../support/assembly-builder.ts';
import { PaperBuilder } from '../support/paper-builder.ts';
import { verifyText } from '../support/verifier.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

interface Vote {
  readonly meeting: AssemblyBuilder;
  readonly assembly: AssemblyDetail;
  readonly owners: readonly Owner[];
  readonly desk: PaperBuilder;
}

/** A meeting of its own that is being voted, with numbers given to everybody. */
async function voting(owners: number): Promise<Vote> {
  const meeting = await AssemblyBuilder.start(app);
  const people = await meeting.owners(owners);
  const assembly = await meeting.voting({ motions: [motion(), motion({ title: '增加两个监控探头' })] });
  return { meeting, assembly, owners: people, desk: await PaperBuilder.start(app, meeting, assembly) };
}

function ownerOf({ owners }: Vote, index: number): Owner {
  const owner = owners[index];
  if (owner === undefined) throw new Error('no such owner');
  return owner;
}

async function resultOf({ meeting, assembly }: Vote): Promise<AssemblyResult> {
  const url = `${meeting.base}/${assembly.id}/result`;
  return (await app.get<AssemblyResult>(url, meeting.chair.token)).body;
}

async function exportOf({ meeting, assembly }: Vote): Promise<string> {
  const lines: string[] = [];
  const file = await app.nest.get(ReadLogService).ownersExport(meeting.estateId, assembly.id);
  for await (const line of file) lines.push(line);
  return lines.join('');
}

const closesAtOf = ({ assembly }: Vote) => assembly.closesAt ?? 0;

describe('from the print to the count', () => {
  test('paper and phone are one count, which the verifier repeats', async () => {
    const vote = await voting(6);
    const { desk, meeting, assembly } = vote;
    await desk.vote(ownerOf(vote, 0), 'FOR');
    await desk.vote(ownerOf(vote, 1), 'FOR');
    await desk.vote(ownerOf(vote, 2), 'INVALID');
    await desk.vote(ownerOf(vote, 3), { fault: 'UNSIGNED' });
    await meeting.cast(ownerOf(vote, 4), assembly, 'FOR');
    // Voted on paper, thought again on the phone: under LAST the phone speaks.
    app.clock.advance(1000);
    await meeting.cast(ownerOf(vote, 1), assembly, 'AGAINST');
    await meeting.count(assembly);
    const result = await resultOf(vote);
    const head = (heads: number) => ({ heads, areaCentiSqm: heads * 10_000 });
    expect(result.motions[0]).toMatchObject({
      participating: head(4),
      breakdown: { FOR: head(2), AGAINST: head(1), INVALID: head(1) },
    });
    expect(result.refusedPapers).toEqual({ UNSIGNED: 1 });
    const file = await exportOf(vote);
    expect(verifyText(file).join('\n')).toContain('UNSIGNED 1');
    const papers = file.split('\n').filter((line) => line.includes('"channel":"PAPER"'));
    expect(papers).toHaveLength(3);
    for (const line of papers) {
      const { operators } = JSON.parse(line) as { operators: string[] };
      expect(new Set(operators).size).toBe(2);
    }
  });

  test('who signed it sees it with its receipt, and the one who read it does not', async () => {
    const vote = await voting(2);
    const { desk, assembly, meeting } = vote;
    const owner = ownerOf(vote, 0);
    await desk.vote(owner, 'FOR');
    await app.nest.get(LogSequencer).integrateAll();
    const { body: detail } = await meeting.detail(owner, assembly.id);
    expect(detail.mine[0]?.ballot).toMatchObject({ channel: 'PAPER', castByMe: true });
    const mine = await desk.mine(owner);
    expect(mine?.returned).toMatchObject({ state: 'COUNTED', canObject: true });
    const ballotId = mine?.returned?.ballotId ?? '';
    expect(detail.mine[0]?.ballot?.ballotId).toBe(ballotId);
    const receiptUrl = `${meeting.base}/${assembly.id}/log/ballots/${ballotId}`;
    const receipt = await app.get<LoggedBallotResponse>(receiptUrl, owner.token);
    expect(receipt.body.receipt).toContain('c2sp.org/tlog-proof');
    const [, reader] = desk.readers;
    for (const nobody of [reader, ownerOf(vote, 1)])
      expect((await app.get(receiptUrl, nobody.token)).status).toBe(404);
    const cast = await app.get<Page<BallotReceipt>>(
      `${meeting.base}/${assembly.id}/ballots/mine`,
      reader.token,
    );
    expect(cast.body.items).toEqual([]);
  });

  test('a couple on one paper has spoken both, whatever one of them said on the phone before', async () => {
    const vote = await voting(3);
    const unit = await app.build.unit(vote.meeting.estateId, '901', 10_000);
    const [wife, husband] = await app.build.coOwners(['张三', '李四'], [unit]);
    if (wife === undefined || husband === undefined) throw new Error('no couple');
    const assembly = await vote.meeting.voting();
    const desk = await PaperBuilder.start(app, vote.meeting, assembly);
    await vote.meeting.cast(husband, assembly, 'AGAINST');
    app.clock.advance(1000);
    await desk.vote({ ...wife, units: [unit] }, 'FOR');
    // Each finds the own signature on it, and may read the other's.
    const papers = await Promise.all([wife, husband].map((owner) => desk.mine(owner)));
    const ballots = papers.map((paper) => paper?.returned?.ballotId ?? '');
    expect(new Set(ballots).size).toBe(2);
    for (const ballotId of ballots) {
      const url = `${vote.meeting.base}/${assembly.id}/log/ballots/${ballotId}`;
      expect((await app.get(url, wife.token)).status).toBe(200);
    }
    await vote.meeting.count(assembly);
    const result = await resultOf({ ...vote, assembly });
    expect(result.motions[0]?.breakdown).toEqual({ FOR: { heads: 1, areaCentiSqm: 10_000 } });
  });

  test('ballots are printed as PDF, no more than a batch at once', async () => {
    const vote = await voting(3);
    const [chair] = vote.desk.readers;
    const { batches } = await vote.desk.desk();
    expect(batches).toEqual([{ label: '1号楼 1单元', from: 1, to: 3, slips: 3 }]);
    const pdf = await app.get<string>(`${vote.desk.base}/slips.pdf?from=1&to=3`, chair.token);
    expect(pdf).toMatchObject({ status: 200, headers: { 'content-type': 'application/pdf' } });
    expect(pdf.body.startsWith('%PDF-')).toBe(true);
    const tooMany = await app.get<ErrorBody>(`${vote.desk.base}/slips.pdf?from=1&to=900`, chair.token);
    expect(tooMany).toMatchObject({ status: 422, body: { code: 'PAPER.PRINT_RANGE' } });
    const none = await app.get(`${vote.desk.base}/slips.pdf?from=50&to=60`, chair.token);
    expect(none.status).toBe(404);
  });

  test('numbers are given once; a lost paper gets a new one and the old is void', async () => {
    const vote = await voting(2);
    const { desk } = vote;
    const [first] = await desk.slips();
    await Promise.all([desk.issue(), desk.issue(desk.readers[1])]);
    expect((await desk.slips()).map(({ number }) => number)).toEqual([1, 2]);
    const replaced = await app.post<{ number: number }>(
      `${desk.base}/slips/${first?.id}/replace`,
      desk.readers[0].token,
    );
    expect(replaced).toMatchObject({ status: 200, body: { number: 3 } });
    expect(await desk.receive(first?.numberText ?? '')).toMatchObject({ body: { code: 'PAPER.VOID' } });
    const again = await app.post(`${desk.base}/slips/${first?.id}/replace`, desk.readers[0].token);
    expect(again).toMatchObject({ status: 409, body: { code: 'PAPER.VOID' } });
  });
});

describe('delivery', () => {
  test('is recorded for every owner, and the list says who is missing', async () => {
    const vote = await voting(3);
    const { desk, assembly } = vote;
    const [chair] = desk.readers;
    const slips = await desk.slips();
    const record = (facts: object, key = newKey()) =>
      app.post<ErrorBody>(
        `${desk.base}/deliveries`,
        chair.token,
        {
          slipIds: [slips[0]?.id],
          method: 'HANDED',
          deliveredAt: app.clock.now(),
          note: '',
          fileIds: [],
          ...facts,
        },
        key,
      );
    const key = newKey();
    expect((await record({}, key)).status).toBe(200);
    expect((await record({}, key)).status).toBe(200);
    const codes = async (facts: object) => (await record(facts)).body.code;
    expect(await codes({ method: 'POSTED' })).toBe('PAPER.DELIVERY_PHOTO');
    expect(await codes({ method: 'REFUSED' })).toBe('PAPER.DELIVERY_NOTE');
    expect(await codes({ deliveredAt: app.clock.now() + 60_000 })).toBe('PAPER.DELIVERED_WHEN');
    expect(await codes({ deliveredAt: app.clock.now() - 60 * DAY_MS })).toBe('PAPER.DELIVERED_WHEN');
    expect((await record({ slipIds: [assembly.id] })).status).toBe(404);
    expect((await record({ method: 'REFUSED', note: '敲门不应，邻居张某见证' })).status).toBe(200);
    await vote.meeting.cast(ownerOf(vote, 1), assembly, 'FOR');
    const missing = await desk.slips('UNDELIVERED');
    expect(missing).toHaveLength(1);
    expect(await desk.desk()).toMatchObject({ principals: 3, issued: 3, delivered: 1, undelivered: 1 });
    const [shown] = await desk.slips();
    expect(shown?.delivery).toMatchObject({ method: 'REFUSED', deliveredBy: '主任' });
    expect(shown?.ownersMasked[0]).toMatch(/\*/);
  });
});

describe('who may do what', () => {
  test('nobody confirms their own reading, nor sees the first before making the second', async () => {
    const vote = await voting(1);
    const { desk } = vote;
    const [first, second] = desk.readers;
    const { body: paper } = await desk.receive(await desk.numberOf(ownerOf(vote, 0)));
    expect((await desk.enter(first, paper, 'FOR')).body.state).toBe('ONCE');
    expect(await desk.enter(first, paper, 'FOR')).toMatchObject({
      status: 409,
      body: { code: 'PAPER.ENTERED_BY_YOU' },
    });
    const seen = await app.get<PaperReturn>(`${desk.base}/returns/${paper.id}`, second.token);
    expect(seen.body).toMatchObject({ canEnter: true, entries: [{ by: '主任', reading: null }] });
    expect(JSON.stringify(seen.body)).not.toContain('"FOR"');
    const settled = await desk.enter(second, paper, 'FOR');
    expect(settled.body).toMatchObject({ state: 'COUNTED', canEnter: false });
    expect(await desk.enter(desk.readers[2], paper, 'FOR')).toMatchObject({
      body: { code: 'PAPER.SETTLED' },
    });
  });

  test('where two differ, a third sees both with their names and settles it by agreeing with one', async () => {
    const vote = await voting(1);
    const { desk } = vote;
    const [first, second, third] = desk.readers;
    const { body: paper } = await desk.receive(await desk.numberOf(ownerOf(vote, 0)));
    await desk.enter(first, paper, 'FOR');
    expect((await desk.enter(second, paper, 'AGAINST')).body.state).toBe('MISMATCH');
    const seen = await app.get<PaperReturn>(`${desk.base}/returns/${paper.id}`, third.token);
    expect(seen.body.entries.map(({ by, reading }) => [by, reading?.marks[0]?.mark])).toEqual([
      ['主任', 'FOR'],
      ['社区工作者', 'AGAINST'],
    ]);
    expect((await desk.enter(third, paper, 'AGAINST')).body.state).toBe('COUNTED');
    const { body } = await vote.meeting.detail(ownerOf(vote, 0), vote.assembly.id);
    expect(body.mine[0]?.ballot?.votes[0]?.mark).toBe('AGAINST');
  });

  test('nobody handles the paper of their own home', async () => {
    const vote = await voting(1);
    const owner = ownerOf(vote, 0);
    const { desk, meeting } = vote;
    await app.build.appoint(owner, 'COMMITTEE_MEMBER', [meeting.estateId]);
    const number = await desk.numberOf(owner);
    expect(await desk.receive(number, { by: owner })).toMatchObject({ body: { code: 'PAPER.OWN' } });
    const { body: paper } = await desk.receive(number);
    expect(await desk.enter(owner, paper, 'FOR')).toMatchObject({ status: 403, body: { code: 'PAPER.OWN' } });
  });

  test('the company, residents and another estate have no part in it', async () => {
    const vote = await voting(1);
    const { desk, meeting } = vote;
    const number = await desk.numberOf(ownerOf(vote, 0));
    const { body: paper } = await desk.receive(number);
    const manager = await app.build.member('经理', 'COMPANY_MANAGER', [meeting.estateId]);
    for (const outsider of [manager, ownerOf(vote, 0)]) {
      expect((await app.get(desk.base, outsider.token)).status).toBe(403);
      expect((await app.get(`${desk.base}/slips.pdf?from=1&to=1`, outsider.token)).status).toBe(403);
      expect((await desk.enter(outsider, paper, 'FOR')).status).toBe(403);
    }
    const other = await voting(1);
    const stranger = other.meeting.chair;
    expect((await app.get(desk.base, stranger.token)).status).toBe(403);
    // Their own estate in the address, ids of this one behind it.
    const theirs = `${other.meeting.base}/${vote.assembly.id}/paper`;
    expect((await app.get(theirs, stranger.token)).status).toBe(404);
    const crossed = `${other.desk.base}/returns/${paper.id}`;
    expect((await app.get(crossed, stranger.token)).status).toBe(404);
    const body = desk.reading(paper, 'FOR');
    expect((await app.post(`${crossed}/entries`, stranger.token, body, newKey())).status).toBe(404);
    expect((await other.desk.receive(number)).body.code).toBe('PAPER.UNKNOWN_NUMBER');
    const slip = (await desk.slips())[0]?.id;
    expect((await app.post(`${other.desk.base}/slips/${slip}/replace`, stranger.token)).status).toBe(404);
  });

  test('who takes in, reads and confirms is the region’s to say', async () => {
    const vote = await voting(2);
    const { desk } = vote;
    const [chair, community] = desk.readers;
    const regions = app.nest.get(EstateRules);
    const national = regions.of.bind(regions);
    const ruled = jest.spyOn(regions, 'of').mockImplementation(async (reader, estateId) => {
      const profile = await national(reader, estateId);
      const paper = {
        paperReceivers: ['COMMUNITY_OFFICER'],
        paperEnterers: ['COMMUNITY_OFFICER'],
        paperConfirmers: ['COMMITTEE_CHAIR'],
      } as const;
      return { ...profile, meeting: { ...profile.meeting, ...paper } };
    });
    const number = await desk.numberOf(ownerOf(vote, 0));
    expect((await desk.receive(number)).body.code).toBe('PAPER.NOT_RECEIVER');
    const { body: paper } = await desk.receive(number, { by: community });
    expect((await desk.enter(chair, paper, 'FOR')).body.code).toBe('PAPER.NOT_READER');
    expect((await desk.enter(community, paper, 'FOR')).status).toBe(200);
    const [, , member] = desk.readers;
    expect((await desk.enter(member, paper, 'FOR')).body.code).toBe('PAPER.NOT_READER');
    expect((await desk.enter(chair, paper, 'FOR')).body.state).toBe('COUNTED');
    ruled.mockRestore();
  });

  test('the scan is for the desk alone, and nobody can lay another’s file beside a paper', async () => {
    const vote = await voting(2);
    const { desk } = vote;
    const [first, second] = desk.readers;
    const theirs = await desk.scan(second);
    const number = await desk.numberOf(ownerOf(vote, 0));
    expect((await desk.receive(number, { fileIds: [theirs] })).body.code).toBe('FILE.MISSING');
    const received = await desk.receive(number, { fileIds: [await desk.scan(first)] });
    expect(received.body.scans).toMatchObject([{ name: '原票.pdf', mime: 'application/pdf' }]);
    const url = `${desk.base}/returns/${received.body.id}`;
    expect((await app.get<{ scans: unknown[] }>(url, second.token)).body.scans).toHaveLength(1);
    expect((await app.get(url, ownerOf(vote, 0).token)).status).toBe(403);
  });

  test('a reading names real owners and every motion', async () => {
    const vote = await voting(2);
    const { desk } = vote;
    const [first] = desk.readers;
    const { body: paper } = await desk.receive(await desk.numberOf(ownerOf(vote, 0)));
    const good = desk.reading(paper, 'FOR');
    const code = async (facts: object) => (await desk.enter(first, paper, { ...good, ...facts })).body.code;
    expect(await code({ signers: [] })).toBe('PAPER.SIGNERS');
    expect(await code({ signers: ['someone'] })).toBe('PAPER.SIGNERS');
    expect(await code({ marks: good.marks.slice(1) })).toBe('PAPER.MARKS');
    const { body: stray } = await desk.receive(null, { note: '手写的一张，自称 3 号楼' });
    expect((await desk.enter(first, stray, good)).body.code).toBe('PAPER.NO_PRINCIPAL');
    expect((await desk.receive(null)).body.code).toBe('PAPER.NOTE');
    expect((await desk.enter(first, stray, { fault: 'NOT_ISSUED' })).body.state).toBe('ONCE');
    const refused = await desk.enter(desk.readers[1], stray, { fault: 'NOT_ISSUED' });
    expect(refused.body).toMatchObject({ state: 'REFUSED', reason: 'NOT_ISSUED' });
  });
});

describe('time', () => {
  test('no paper is taken in before voting opens, and a guessed number opens nothing', async () => {
    const meeting = await AssemblyBuilder.start(app);
    const owner = await meeting.owner();
    const assembly = await meeting.noticed();
    const desk = await PaperBuilder.start(app, meeting, assembly);
    const number = await desk.numberOf(owner);
    expect((await desk.receive(number)).body.code).toBe('PAPER.NOT_OPEN');
    app.clock.set(assembly.opensAt ?? 0);
    expect((await desk.receive('0001-2222')).body.code).toBe('PAPER.UNKNOWN_NUMBER');
    expect((await desk.receive(number)).status).toBe(201);
    expect((await desk.receive(number)).body.code).toBe('PAPER.RECEIVED_ALREADY');
  });

  test('taken in at the deadline and read afterwards it counts; the count waits and comes with the last reading', async () => {
    const vote = await voting(3);
    const { desk, assembly } = vote;
    await vote.meeting.cast(ownerOf(vote, 0), assembly, 'FOR');
    const number = await desk.numberOf(ownerOf(vote, 1));
    const lateNumber = await desk.numberOf(ownerOf(vote, 2));
    app.clock.set(closesAtOf(vote));
    const { body: paper } = await desk.receive(number);
    app.clock.advance(1);
    const late = await desk.receive(lateNumber);
    expect(late.body).toMatchObject({ state: 'REFUSED', reason: 'LATE', canEnter: false });
    app.clock.set(closesAtOf(vote) + COUNTING_GRACE_MS);
    await app.runJobs();
    const early = await app.get<ErrorBody>(
      `${vote.meeting.base}/${assembly.id}/result`,
      desk.readers[0].token,
    );
    expect(early.body.code).toBe('ASSEMBLY.RESULT_NOT_READY');
    app.clock.advance(DAY_MS);
    await desk.enter(desk.readers[0], paper, 'FOR');
    await desk.enter(desk.readers[1], paper, 'FOR');
    await app.runJobs();
    const result = await resultOf(vote);
    expect(result.motions[0]?.inFavour.heads).toBe(2);
    expect(result.refusedPapers).toEqual({ LATE: 1 });
    expect(verifyText(await exportOf(vote)).join('\n')).toContain('LATE 1');
    expect((await desk.receive(lateNumber)).body.code).toBe('PAPER.OVER');
  });

  test('a paper that nobody reads is announced as such at the limit, and holds the result back no longer', async () => {
    const vote = await voting(3);
    const { desk, assembly } = vote;
    await vote.meeting.cast(ownerOf(vote, 0), assembly, 'FOR');
    const { body: paper } = await desk.receive(await desk.numberOf(ownerOf(vote, 1)));
    await desk.enter(desk.readers[0], paper, 'AGAINST');
    app.clock.set(closesAtOf(vote) + COUNTING_GRACE_MS);
    await app.runJobs();
    app.clock.set(closesAtOf(vote) + PAPER_ENTRY_LIMIT_MS);
    expect((await desk.enter(desk.readers[1], paper, 'AGAINST')).body.code).toBe('PAPER.ENTRY_OVER');
    await app.runJobs();
    const result = await resultOf(vote);
    expect(result.motions[0]).toMatchObject({ participating: { heads: 1 } });
    expect(result.refusedPapers).toEqual({ NOT_ENTERED: 1 });
    expect(verifyText(await exportOf(vote)).join('\n')).toContain('NOT_ENTERED 1');
    expect((await desk.mine(ownerOf(vote, 1)))?.returned).toMatchObject({ reason: 'NOT_ENTERED' });
  });
});

describe('an owner who objects', () => {
  const objectTo = (vote: Vote, owner: Owner, returnId: string) =>
    app.post<ErrorBody>(`${vote.desk.base}/mine/${returnId}/objection`, owner.token, {
      text: '我勾的是反对，录成了同意',
    });
  const answer = (vote: Vote, returnId: string, decision: string, by = vote.desk.readers[2]) =>
    app.post<PaperReturn & ErrorBody>(`${vote.desk.base}/returns/${returnId}/objection/answer`, by.token, {
      decision,
      answer: '核对了原票，确实录错了',
    });

  test('has it read anew, and the misread ballot is annulled in the log', async () => {
    const vote = await voting(2);
    const [owner, neighbour] = [ownerOf(vote, 0), ownerOf(vote, 1)];
    const paper = await vote.desk.vote(owner, 'FOR');
    expect((await objectTo(vote, neighbour, paper.id)).body.code).toBe('PAPER_OBJECTION.NOT_YOURS');
    expect((await objectTo(vote, owner, paper.id)).status).toBe(200);
    expect((await objectTo(vote, owner, paper.id)).body.code).toBe('PAPER_OBJECTION.OPEN_ALREADY');
    const byReader = await answer(vote, paper.id, 'MISREAD', vote.desk.readers[0]);
    expect(byReader.body.code).toBe('PAPER_OBJECTION.ENTERED_BY_YOU');
    expect((await answer(vote, paper.id, 'MISREAD')).body).toMatchObject({ state: 'WAITING', entries: [] });
    expect((await answer(vote, paper.id, 'MISREAD')).body.code).toBe('PAPER_OBJECTION.ANSWERED');
    for (const reader of vote.desk.readers.slice(0, 2)) await vote.desk.enter(reader, paper, 'AGAINST');
    await vote.meeting.count(vote.assembly);
    const { motions } = await resultOf(vote);
    expect(motions[0]?.breakdown).toEqual({ AGAINST: { heads: 1, areaCentiSqm: 10_000 } });
    expect(motions[0]?.rejectedBallots).toEqual({ ANNULLED: 1 });
    expect((await objectTo(vote, owner, paper.id)).body.code).toBe('PAPER_OBJECTION.CLOSED');
  });

  test('of whose paper it is not has it refused, and votes on the phone', async () => {
    const vote = await voting(2);
    const owner = ownerOf(vote, 0);
    const paper = await vote.desk.vote(owner, 'FOR');
    await objectTo(vote, owner, paper.id);
    expect((await answer(vote, paper.id, 'NOT_GENUINE')).body).toMatchObject({
      state: 'REFUSED',
      reason: 'NOT_GENUINE',
    });
    expect((await vote.meeting.detail(owner, vote.assembly.id)).body.mine[0]?.ballot).toBeNull();
    await vote.meeting.cast(owner, vote.assembly, 'AGAINST');
    await vote.meeting.count(vote.assembly);
    const result = await resultOf(vote);
    expect(result.motions[0]?.breakdown).toEqual({ AGAINST: { heads: 1, areaCentiSqm: 10_000 } });
    expect(result.refusedPapers).toEqual({ NOT_GENUINE: 1 });
  });
});
