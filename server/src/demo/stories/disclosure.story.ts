import type { PublishNoticeRequest, PublishPostingRequest } from '@linli/shared/disclosure';
import { addDays, addMonths, monthOf, shanghaiDate, timeOfDay } from '@linli/shared/kernel';
import { NoticesService, PostingsService, QuestionsService } from '../../features/disclosure/index.ts';
import { FilesService } from '../../kernel/files/index.ts';
import type { RoleKey, World } from '../world.ts';

interface Told<Request> {
  readonly daysAgo: number;
  readonly by: RoleKey;
  readonly request: Request;
}

const notice = (facts: Pick<PublishNoticeRequest, 'kind' | 'title' | 'body'>): PublishNoticeRequest => ({
  ...facts,
  fileIds: [],
  pinnedUntil: null,
});

const NOTICES: readonly Told<PublishNoticeRequest>[] = [
  {
    daysAgo: 33,
    by: 'manager',
    request: notice({
      kind: 'SERVICE',
      title: '供暖开始，请检查家里的暖气片',
      body: '10 月 15 日起供暖。请在家试水，发现漏水先关入户阀门，再打报修电话 0994-7200130，我们 30 分钟内到。',
    }),
  },
  {
    daysAgo: 12,
    by: 'community',
    request: notice({
      kind: 'MEETING',
      title: '第四季度三方联席会议',
      body: '本月最后一个周五下午三点，在社区二楼会议室。议题：电动车充电、消防通道划线。欢迎业主列席。',
    }),
  },
  {
    daysAgo: 5,
    by: 'chair',
    request: notice({
      kind: 'SAFETY',
      title: '不要把电动车推进楼道充电',
      body: '东侧空地的充电桩已经全部可用。楼道里充电会堵住逃生的路，看到了请在“投诉”里反映。',
    }),
  },
  {
    daysAgo: 2,
    by: 'manager',
    request: notice({
      kind: 'OUTAGE',
      title: '周四上午清洗二次供水水箱，停水 4 小时',
      body: '周四 9:00 到 13:00 清洗水箱，1 至 6 号楼停水，请提前存水。清洗记录和水质检测结果会在“公示”里公布。',
    }),
  },
];

/** Clears nothing by itself: what is not in this list is missing on the radar, on purpose. */
function postings(today: string): readonly Told<PublishPostingRequest>[] {
  const lastMonth = addMonths(monthOf(today), -1);
  const monthBefore = addMonths(lastMonth, -1);
  const posting = (
    code: PublishPostingRequest['code'],
    period: string | null,
    title: string,
    body: string,
  ): PublishPostingRequest => ({ code, period, title, body, fileIds: [], supersedes: null });
  return [
    {
      daysAgo: 210,
      by: 'manager',
      request: posting(
        'MANAGER',
        null,
        '项目负责人',
        '奇台县安泰物业服务有限公司\n项目负责人：赵立新\n办公电话：0994-7200130\n办公地点：南门值班室旁',
      ),
    },
    {
      daysAgo: 100,
      by: 'manager',
      request: posting(
        'SERVICE_PHONES',
        null,
        '报修、投诉和监督电话',
        '报修（全天）：0994-7200130\n投诉：0994-7200131\n监督（奇台镇人民政府）：0994-7200101',
      ),
    },
    {
      daysAgo: 48,
      by: 'clerk',
      request: posting(
        'ELEVATOR_CARE',
        monthBefore,
        '电梯维修保养单',
        '1 至 4 号楼 8 部电梯各保养 2 次，更换 3 号楼门机皮带 1 条。保养单已贴在轿厢内。',
      ),
    },
    {
      daysAgo: 14,
      by: 'clerk',
      request: posting(
        'ELEVATOR_CARE',
        lastMonth,
        '电梯维修保养单',
        '1 至 4 号楼 8 部电梯各保养 2 次，没有更换部件。保养单已贴在轿厢内。',
      ),
    },
  ];
}

/** Notices, postings with holes in them, one question answered and one that waits. */
export async function tellDisclosure(world: World): Promise<void> {
  const today = shanghaiDate(world.now);
  for (const [index, told] of postings(today).entries()) await post(world, told, index);
  for (const [index, told] of NOTICES.entries()) await announce(world, told, index);
  await ask(world);
  world.clock.set(world.now);
}

async function post(world: World, { daysAgo, by, request }: Told<PublishPostingRequest>, index: number) {
  at(world, daysAgo, 10);
  const caller = await world.caller(by);
  const fileIds = index === 3 ? [await material(world, by)] : [];
  await world
    .get(PostingsService)
    .publish(caller, world.estateId, { ...request, fileIds }, `demo-disclosure-post-${index}`);
}

async function announce(world: World, { daysAgo, by, request }: Told<PublishNoticeRequest>, index: number) {
  at(world, daysAgo, 9);
  const caller = await world.caller(by);
  await world.get(NoticesService).publish(caller, world.estateId, request, `demo-disclosure-note-${index}`);
}

async function material(world: World, by: RoleKey): Promise<string> {
  const file = { purpose: 'MATERIAL', name: '保养单.jpg', body: await world.photo(77) } as const;
  const { id } = await world.get(FilesService).keep(await world.caller(by), file);
  return id;
}

async function ask(world: World): Promise<void> {
  const questions = world.get(QuestionsService);
  const [first, second, third] = await world.owners(3);
  if (first === undefined || second === undefined || third === undefined) throw new Error('Too few owners');
  at(world, 20, 20);
  const answered = await questions.ask(
    first,
    world.estateId,
    'MAINT_FUND',
    '去年维修资金用了多少，一直没有看到公示。',
    'demo-disclosure-ask-0',
  );
  await questions.follow(second, world.estateId, answered.id);
  at(world, 17, 11);
  await questions.answer(
    await world.caller('chair'),
    world.estateId,
    answered.id,
    '去年没有用维修资金。银行的对账单我们已经去取，拿到后在这里公示。',
  );
  at(world, 3, 19);
  const text = '水箱上半年清洗过没有？水质检测结果在哪里看？';
  await questions.ask(third, world.estateId, 'TANK_CLEANING', text, 'demo-disclosure-ask-1');
}

function at(world: World, daysAgo: number, hour: number): void {
  world.clock.set(timeOfDay(addDays(shanghaiDate(world.now), -daysAgo), hour, 0));
}
