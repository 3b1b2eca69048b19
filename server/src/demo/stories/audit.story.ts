import type { FindingFacts, FindingView } from '@linli/shared/income-audit';
import { addDays, type CalendarDate, shanghaiDate, timeOfDay } from '@linli/shared/kernel';
import {
  CommitAuditService,
  FindingStepsService,
  PublishReportService,
  ReadAuditsService,
  ReadStatementsService,
  RecordReportService,
} from '../../features/income/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { FilesService } from '../../kernel/files/files.service.ts';
import type { RoleKey, World } from '../world.ts';

/** The owners decided on an audit every year on this day. */
const DECISION = '业主大会2026-1-3';

/**
 * The audit of the year before is missing. The last one found three things: one is answered and accepted, one is
 * answered and sent back, and nobody answers the third.
 */
export async function tellAudit(world: World): Promise<void> {
  const today = shanghaiDate(world.now);
  const published = addDays(today, -32);
  // Of the last year that was over by then.
  const year = Number(published.slice(0, 4)) - 1;
  await commit(world, addDays(published, -2), year - 1);
  const id = await publish(world, published, year);
  const owner = await world.caller('owner');
  const { findings } = await world.get(ReadAuditsService).report(owner, world.estateId, id);
  const [parking, repair] = findings;
  if (parking === undefined || repair === undefined) throw new Error('The report has no findings');
  await answer(world, addDays(today, -24), parking, 'manager', {
    text: '漏记的 1,200.00 元是 12 月最后一周的临时停车费，已经补存到公共收益账户，存款回单附后。以后每周五存一次，由客服主管核对。',
    proof: '存款回单.jpg',
  });
  await at(world, addDays(today, -20), 'community', (community) =>
    world.get(FindingStepsService).accept(community, world.estateId, parking.id, 1),
  );
  await answer(world, addDays(today, -13), repair, 'treasurer', {
    text: '两张发票是同一家维修单位分两次开的，不是重复付款。',
    proof: null,
  });
  await at(world, addDays(today, -10), 'community', (community) =>
    world.get(FindingStepsService).sendBack(community, world.estateId, repair.id, {
      seq: 1,
      reason: '只有说明，没有附两次维修的验收单。请补上验收单，或者把多付的 3,680.00 元追回。',
    }),
  );
}

/** The chair registers the decision that there is an audit every year. */
async function commit(world: World, on: CalendarDate, sinceYear: number): Promise<void> {
  await at(world, on, 'chair', (chair) =>
    world
      .get(CommitAuditService)
      .commit(chair, world.estateId, { sinceYear, decisionNumber: DECISION }, 'demo-audit-commitment'),
  );
}

/** The treasurer copies the report, the chair compares it with the paper the same day. */
async function publish(world: World, on: CalendarDate, year: number): Promise<string> {
  const { id } = await at(world, on, 'treasurer', async (treasurer) => {
    const request = {
      year,
      books: ['PUBLIC_INCOME'] as const,
      auditor: '昌吉天山会计师事务所（普通合伙）',
      reportNo: `昌天会审〔${year + 1}〕088 号`,
      signedOn: addDays(on, -6),
      opinion: 'QUALIFIED' as const,
      summary: `我们审计了康宁家园 ${year} 年度的公共收益账目。除下列三个事项外，收支真实、凭证齐全，年末余额与银行对账单一致。`,
      scanFileId: await scan(world, treasurer, `${year} 年度审计报告.jpg`, 81),
      findings: await findingsOf(world, on),
      revision: 0,
    };
    return world.get(RecordReportService).begin(treasurer, world.estateId, request, 'demo-audit-report-1');
  });
  await at(world, on, 'chair', (chair) =>
    world.get(PublishReportService).publish(chair, world.estateId, id, 1),
  );
  return id;
}

async function findingsOf(world: World, on: CalendarDate): Promise<FindingFacts[]> {
  const repair = await repairLine(world);
  const nothing = { statementId: null, lineIndex: null, contractId: null };
  return [
    {
      ...nothing,
      no: 1,
      text: '12 月最后一周的临时停车费收了现金，没有存入公共收益账户，也没有入账。',
      amountFen: 120_000,
      responsible: 'COMPANY',
      dueOn: addDays(on, 14),
    },
    {
      ...nothing,
      ...repair,
      no: 2,
      text: '3 号楼电梯的同一次维修有两张发票，跨年各付了一次，没有验收单，疑似重复付款。',
      amountFen: 368_000,
      responsible: 'COMMITTEE',
      dueOn: addDays(on, 20),
    },
    {
      ...nothing,
      no: 3,
      text: '快递柜场地合同到期后续签，新合同没有归档，也没有按合同收回涨价的部分。',
      amountFen: null,
      responsible: 'COMPANY',
      dueOn: addDays(on, 20),
    },
  ];
}

/** The line of the lift's repair in the first quarter that is published. */
async function repairLine(world: World): Promise<Pick<FindingFacts, 'statementId' | 'lineIndex'>> {
  const statements = world.get(ReadStatementsService);
  const { quarters } = await statements.overview(world.estateId);
  const [first] = quarters;
  if (first === undefined) throw new Error('No quarter is published');
  const { id, lines } = await statements.ofQuarter(world.estateId, first.quarter);
  const line = lines.find(({ dir, category }) => dir === 'SPEND' && category === 'REPAIR_COMMON');
  return { statementId: id, lineIndex: line?.index ?? null };
}

async function answer(
  world: World,
  on: CalendarDate,
  finding: FindingView,
  by: RoleKey,
  { text, proof }: { readonly text: string; readonly proof: string | null },
): Promise<void> {
  await at(world, on, by, async (caller) => {
    const fileIds = proof === null ? [] : [await scan(world, caller, proof, 82)];
    const key = `demo-audit-answer-${finding.no}`;
    await world.get(FindingStepsService).answer(caller, world.estateId, finding.id, { text, fileIds }, key);
  });
}

async function at<T>(
  world: World,
  on: CalendarDate,
  by: RoleKey,
  act: (caller: Caller) => Promise<T>,
): Promise<T> {
  world.clock.set(timeOfDay(on, 10, 0));
  return act(await world.caller(by));
}

async function scan(world: World, by: Caller, name: string, seed: number): Promise<string> {
  const body = await world.photo(seed);
  return (await world.get(FilesService).keep(by, { purpose: 'VOUCHER', name, body })).id;
}
