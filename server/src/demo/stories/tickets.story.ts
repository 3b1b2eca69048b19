import { DAY_MS, MINUTE_MS, endOfDay, shanghaiDate } from '@linli/shared/kernel';
import type { TicketRating } from '@linli/shared/tickets';
import type { World } from '../world.ts';
import { Complaints, ago } from './complaints.ts';

const GOOD: TicketRating = { stars: 5, solved: true, satisfaction: 'SATISFIED', comment: '处理得快' };
const FAIR: TicketRating = { stars: 4, solved: true, satisfaction: 'FAIR', comment: '解决了，就是等得久' };

/** The complaints of the last forty days: one in every state, two overdue, one that asks for more time. */
export async function tellTickets(world: World): Promise<void> {
  const story = new Complaints(world, await world.owners(10));
  await tellClosed(story);
  await tellConfirmed(story);
  await tellRefusedAndWithdrawn(story);
  await tellWaitingForResidents(story);
  await tellReopened(story);
  await tellWithTheCompany(story);
  await tellMerged(story);
  await tellWithADepartment(story);
  await tellMediatedAndSuspended(story);
  await tellAbove(story);
  await tellOverdue(story);
  await story.sweep(0);
  world.clock.set(null);
}

/** Confirmed by hand and by silence, and closed when the window was over. */
async function tellClosed(story: Complaints): Promise<void> {
  const clerk = await story.role('clerk');

  const garden = await story.file(ago(38), story.owner(3), {
    category: 'LITTER',
    title: '2号楼后面建筑垃圾堆了两周',
    text: '装修完的水泥袋和碎砖一直堆在2号楼后面，小孩容易绊倒。',
    place: '2号楼北侧',
    photos: 2,
  });
  await story.follow(ago(37, 12), garden, story.owner(4), '我家窗户正对着');
  await story.step(ago(37, 10), garden, 'ACCEPT', clerk);
  await story.step(ago(37, 8), garden, 'REPLY', clerk, { text: '已联系装修公司，明天上午清运。' });
  await story.step(ago(36), garden, 'RESOLVE', clerk, {
    text: '建筑垃圾已全部清运，地面已冲洗。',
    photos: 1,
  });
  await story.step(ago(35), garden, 'CONFIRM', story.owner(3), { rating: GOOD });
  await story.sweep(ago(19));

  const lamp = await story.file(ago(30), story.owner(0), {
    category: 'FACILITY',
    title: '地下车库入口照明不亮',
    text: '车库入口右侧三盏灯都不亮，晚上进出看不清台阶。',
    place: '地下车库东入口',
    photos: 1,
  });
  await story.step(ago(29, 20), lamp, 'ACCEPT', clerk);
  await story.step(ago(29, 18), lamp, 'REPLY', clerk, { text: '电工下午到场检查。' });
  await story.step(ago(28), lamp, 'RESOLVE', clerk, { text: '已更换三盏灯管，恢复照明。', photos: 1 });
  await story.sweep(ago(19, 1));
  await story.sweep(ago(11));
}

/** Confirmed, and still to be reopened: money from the company, a lane that the street and the fire brigade cleared. */
async function tellConfirmed(story: Complaints): Promise<void> {
  const [street, fire] = [await story.role('street'), await story.role('department')];

  const fee = await story.file(ago(13), story.owner(5), {
    category: 'FEE',
    title: '装修押金半年不退',
    text: '装修早就验收合格，物业一直拖着不退两千元押金。',
    place: '物业服务中心',
    photos: 1,
  });
  await story.step(ago(12, 20), fee, 'ACCEPT', street);
  await story.step(ago(12, 18), fee, 'REPLY', street, { text: '已约谈物业，要求三日内退还。' });
  await story.step(ago(9), fee, 'RESOLVE', street, { text: '物业已退还押金，附转账凭证。', photos: 1 });
  await story.step(ago(8), fee, 'CONFIRM', story.owner(5), { rating: FAIR });

  const lane = await story.file(ago(6), story.owner(2), {
    category: 'FIRE_LANE',
    title: '消防通道被三辆车堵死',
    text: '5号楼和6号楼之间的消防通道停了三辆车，救护车进不来。',
    place: '5号楼与6号楼之间',
    photos: 2,
  });
  await story.step(ago(6) - 10 * MINUTE_MS, lane, 'ACCEPT', street);
  await story.step(ago(6) - 25 * MINUTE_MS, lane, 'START', street);
  await story.step(ago(6) - 40 * MINUTE_MS, lane, 'REPLY', street, {
    text: '社区和消防人员已到场，正在联系车主。',
  });
  await story.step(ago(5, 22), lane, 'TRANSFER', street, {
    department: 'FIRE',
    reason: '两名车主拒不挪车，请消防依法处理',
  });
  await story.step(ago(5, 20), lane, 'TAKE_OVER', fire);
  await story.step(ago(5, 10), lane, 'RESOLVE', fire, {
    text: '车辆已全部挪离，对两名车主责令改正，通道已划线。',
    photos: 2,
  });
  await story.step(ago(4), lane, 'CONFIRM', story.owner(2), { rating: GOOD });
}

/** Refused with another door, and withdrawn. */
async function tellRefusedAndWithdrawn(story: Complaints): Promise<void> {
  const street = await story.role('street');

  const door = await story.file(ago(5), story.owner(6), {
    category: 'OTHER',
    title: '希望小区旁边的公交站改名',
    text: '公交站名和小区不一致，快递和客人总找错地方。',
    place: '小区南门外公交站',
    kind: 'SUGGESTION',
  });
  await story.step(ago(4, 20), door, 'REJECT', street, {
    reason: '公交站名由交通部门管理，街道不能更改',
    otherChannel: '县交通运输局，或拨打 12345',
  });

  const horn = await story.file(ago(10), story.owner(7), {
    category: 'PARKING',
    title: '楼下车辆半夜报警响',
    text: '一辆白色轿车的防盗器连续两晚响个不停。',
    place: '3号楼前',
  });
  await story.step(ago(9, 18), horn, 'WITHDRAW', story.owner(7), { reason: '已经找到车主，解决了' });
}

/** Resolved and not confirmed, and asked back. */
async function tellWaitingForResidents(story: Complaints): Promise<void> {
  const clerk = await story.role('clerk');

  const light = await story.file(ago(4), story.owner(0), {
    category: 'FACILITY',
    title: '1号楼单元门口路灯不亮',
    text: '单元门口的路灯坏了一个星期，老人晚上下楼看不清台阶。',
    place: '1号楼1单元门口',
    photos: 2,
  });
  await story.step(ago(3, 21), light, 'ACCEPT', clerk);
  await story.step(ago(3, 20), light, 'ASSIGN', clerk, { assigneeId: clerk.personId });
  await story.step(ago(3, 18), light, 'REPLY', clerk, { text: '您好，电工今天下午去检查线路。' });
  await story.step(ago(1), light, 'RESOLVE', clerk, {
    text: '线路接头烧坏，已更换并试亮，请您看照片确认。',
    photos: 2,
  });

  const ads = await story.file(ago(1, 2), story.owner(0), {
    category: 'SMALL_ADS',
    title: '楼道里贴满开锁小广告',
    text: '电梯口和楼道墙上全是开锁广告，刚刷的墙又花了。',
    place: '1号楼1单元楼道',
    photos: 1,
  });
  await story.step(ago(1), ads, 'ACCEPT', clerk);
  await story.step(ago(0, 23), ads, 'START', clerk);
  await story.step(ago(0, 3), ads, 'ASK_RESIDENT', clerk, {
    text: '请问主要在几楼？方便保洁带工具一次清完。',
  });
}

/** Done, and not done after all. */
async function tellReopened(story: Complaints): Promise<void> {
  const clerk = await story.role('clerk');

  const green = await story.file(ago(9), story.owner(1), {
    category: 'GREEN_DAMAGE',
    title: '绿化带被人种菜',
    text: '4号楼前的绿化带被围起来种白菜，还用塑料布盖着。',
    place: '4号楼南侧绿化带',
    photos: 2,
  });
  await story.follow(ago(8, 12), green, story.owner(8), '浇粪味道很大');
  await story.step(ago(8, 20), green, 'ACCEPT', clerk);
  await story.step(ago(8, 18), green, 'REPLY', clerk, { text: '已上门劝导，住户答应清理。' });
  await story.step(ago(4), green, 'RESOLVE', clerk, { text: '菜已拔除，草皮下周补种。', photos: 1 });
  await story.step(ago(1, 3), green, 'REOPEN', story.owner(1), { reason: '塑料布还在，昨天又翻土准备种' });
}

/** New, taken in and given out by the company. */
async function tellWithTheCompany(story: Complaints): Promise<void> {
  const [clerk, manager] = [await story.role('clerk'), await story.role('manager')];

  await story.file(ago(0, 3), story.owner(1), {
    category: 'PARKING',
    title: '外来车辆占了业主车位',
    text: '车牌不是小区的，连续两天停在我家车位上，电话没人接。',
    place: '地下车库 B1-036',
    photos: 1,
  });
  await story.file(ago(0, 6), story.owner(4), {
    category: 'SERVICE_QUALITY',
    title: '报修电话总是没人接',
    text: '服务中心的电话下午打了五次没人接，微信也没有回。',
    place: '物业服务中心',
  });

  const smoke = await story.file(ago(0, 22), story.owner(5), {
    category: 'NOISE_FUME',
    title: '底商饭店油烟直排到楼上',
    text: '一楼饭店的排烟管没有接到楼顶，做饭时油烟全进了家里。',
    place: '6号楼底商',
    photos: 2,
  });
  await story.step(ago(0, 20), smoke, 'ACCEPT', clerk);

  const lift = await story.file(ago(0, 20), story.owner(6), {
    category: 'ELEVATOR',
    title: '电梯在五楼总是抖一下',
    text: '2单元电梯上行到五楼会抖动，还有金属摩擦声。',
    place: '7号楼2单元',
    photos: 1,
  });
  await story.step(ago(0, 18), lift, 'ACCEPT', clerk);
  await story.step(ago(0, 17), lift, 'ASSIGN', manager, { assigneeId: clerk.personId });
}

/** Followed by neighbours, and one more of the same merged into it. */
async function tellMerged(story: Complaints): Promise<void> {
  const clerk = await story.role('clerk');

  const wires = await story.file(ago(2), story.owner(0), {
    category: 'EV_CHARGING',
    title: '三楼住户飞线充电',
    text: '从三楼窗户拉线到楼下给电动车充电，线皮已经破了。',
    place: '1号楼西侧',
    photos: 2,
  });
  await story.step(ago(1, 22), wires, 'ACCEPT', clerk);
  await story.step(ago(1, 20), wires, 'REPLY', clerk, {
    text: '已到现场劝阻并拔除电线，继续巡查三天。',
    photos: 1,
  });
  await story.follow(ago(1, 10), wires, story.owner(2), '晚上十点以后还在充');
  await story.follow(ago(1, 6), wires, story.owner(9), '');
  const copy = await story.file(ago(1), story.owner(8), {
    category: 'EV_CHARGING',
    title: '1号楼有人从窗户拉线充电',
    text: '电线从楼上垂下来，下雨天特别吓人。',
    place: '1号楼西侧',
  });
  const { number } = await story.step(ago(0, 22), wires, 'REPLY', clerk, { text: '今天巡查没有再发现。' });
  await story.step(ago(0, 21), copy, 'MERGE', clerk, { masterNumber: number, reason: '同一地点、同一件事' });
}

/** Passed on to the fire brigade, and waiting for more time. */
async function tellWithADepartment(story: Complaints): Promise<void> {
  const clerk = await story.role('clerk');

  const charger = await story.file(ago(2, 4), story.owner(7), {
    category: 'FIRE_FACILITY',
    title: '楼道消火栓没有水',
    text: '四楼的消火栓打开没有水，水带也不见了。',
    place: '5号楼3单元四楼',
    photos: 2,
  });
  await story.step(ago(2), charger, 'ACCEPT', clerk);
  await story.step(ago(1, 22), charger, 'REPLY', clerk, { text: '已上报，管网需要消防部门一起检查。' });
  await story.step(ago(0, 5), charger, 'TRANSFER', clerk, {
    department: 'FIRE',
    reason: '主管网无压力，请消防部门到场检查',
  });

  const pump = await story.file(ago(4, 2), story.owner(9), {
    category: 'FACILITY',
    title: '高层供水压力不足',
    text: '十楼以上早晚高峰基本没有水压，热水器打不着火。',
    place: '7号楼',
    photos: 1,
  });
  await story.step(ago(4), pump, 'ACCEPT', clerk);
  await story.step(ago(3, 20), pump, 'REPLY', clerk, { text: '检测是增压泵老化，正在联系厂家。', photos: 1 });
  await story.askForTime(ago(0, 20), pump, clerk, 12, '增压泵要从外地发货，预计十天到');
}

/** Mediated by the community, put off by the street. */
async function tellMediatedAndSuspended(story: Complaints): Promise<void> {
  const [clerk, community, street] = [
    await story.role('clerk'),
    await story.role('community'),
    await story.role('street'),
  ];

  const noise = await story.file(ago(6, 3), story.owner(3), {
    category: 'DECORATION',
    title: '楼上装修周末也施工',
    text: '楼上装修周六日早上七点就开始砸墙，说了几次不听。',
    place: '2号楼1单元',
    photos: 1,
  });
  await story.step(ago(6), noise, 'ACCEPT', clerk);
  await story.step(ago(5, 20), noise, 'REPLY', clerk, { text: '已上门送达装修管理规定，住户不同意停工。' });
  await story.step(ago(3), noise, 'MEDIATE', community, { reason: '双方都愿意到社区谈，约在周三晚上' });

  const lawn = await story.file(ago(8, 4), story.owner(4), {
    category: 'GREEN_DAMAGE',
    title: '中心花园草坪被踩秃',
    text: '花园中间踩出一条土路，下雨全是泥。',
    place: '中心花园',
    photos: 1,
  });
  await story.step(ago(8), lawn, 'ACCEPT', clerk);
  await story.step(ago(7, 20), lawn, 'REPLY', clerk, { text: '计划铺一条石板小路并补种草皮。' });
  await story.step(ago(6), lawn, 'SUSPEND', street, {
    reason: '天气转冷不能补种，先铺小路，开春补种',
    until: endOfDay(shanghaiDate(story.now + 40 * DAY_MS)),
  });
}

/** Raised to the street, and reported without a name. */
async function tellAbove(story: Complaints): Promise<void> {
  const [clerk, street] = [await story.role('clerk'), await story.role('street')];

  const shed = await story.file(ago(5, 3), story.owner(6), {
    category: 'SPACE_OCCUPY',
    title: '楼道里长期堆放旧家具',
    text: '三楼楼道堆着沙发和柜子，半年没人管，过道只剩一人宽。',
    place: '4号楼2单元三楼',
    photos: 2,
  });
  await story.step(ago(5), shed, 'ACCEPT', clerk);
  await story.step(ago(4, 20), shed, 'REPLY', clerk, { text: '多次上门没有人开门，已张贴通知。', photos: 1 });
  await story.step(ago(0, 10), shed, 'ESCALATE', street, { reason: '影响疏散，久拖不决，街道直接督办' });

  const wall = await story.file(ago(0, 18), story.owner(2), {
    category: 'DECORATION',
    title: '有人敲承重墙',
    text: '一楼商铺装修把一面厚墙敲开了，担心是承重墙。',
    place: '8号楼一楼商铺',
    kind: 'REPORT',
    anonymous: true,
    photos: 1,
  });
  await story.step(ago(0, 16), wall, 'ACCEPT', clerk);
}

/** Nobody took it in, and nobody finished it. */
async function tellOverdue(story: Complaints): Promise<void> {
  const clerk = await story.role('clerk');
  await story.file(ago(1, 7), story.owner(5), {
    category: 'FACILITY',
    title: '单元门禁坏了谁都能进',
    text: '门禁关不上已经好几天，夜里有陌生人进楼。',
    place: '3号楼2单元',
    photos: 1,
  });
  const roof = await story.file(ago(12), story.owner(8), {
    category: 'FACILITY',
    title: '顶楼漏水一直没修',
    text: '一下雨卧室天花板就滴水，墙皮已经掉了一大片。',
    place: '6号楼1单元六楼',
    photos: 2,
  });
  await story.step(ago(11, 22), roof, 'ACCEPT', clerk);
  await story.step(ago(11, 20), roof, 'REPLY', clerk, { text: '已到现场查看，联系防水队报价。', photos: 1 });
}
