import { PersonsRepository } from '../../features/identity/index.ts';
import type { RoleKey, World } from '../world.ts';

/** Whom the role picker offers, and what one can try as each. */
const PICKER: readonly { readonly role: RoleKey; readonly label: string; readonly story: string }[] = [
  { role: 'owner', label: '业主', story: '看收支、投诉、投票、缴费' },
  { role: 'owner2', label: '另一位业主', story: '与家人共有一套房，也能投票' },
  { role: 'debtor', label: '手头紧的业主', story: '账单逾期了，看催缴记录，申请减免缓缴' },
  { role: 'family', label: '业主家属', story: '看公示、投诉；不能投票' },
  { role: 'tenant', label: '租户', story: '看公示、投诉；不能投票' },
  { role: 'chair', label: '业委会主任', story: '召集业主大会，发布收支' },
  { role: 'treasurer', label: '业委会财务', story: '从表格导入三季度收支并提交' },
  { role: 'member', label: '业委会委员', story: '复核并发布财务提交的收支' },
  { role: 'manager', label: '物业经理', story: '公示收费，生成账单' },
  { role: 'clerk', label: '物业客服', story: '处理工单' },
  { role: 'community', label: '社区工作人员', story: '见证收支，登记建设单位代表，看逾期' },
  { role: 'street', label: '街道工作人员', story: '维护公告牌，督办逾期投诉' },
  { role: 'department', label: '消防工作人员', story: '处理转来的投诉' },
  { role: 'delegate', label: '建设单位代表', story: '没有卖出的房屋合成一票，由他来投' },
  { role: 'bureau', label: '住建工作人员', story: '查看各小区公示情况' },
  { role: 'operator', label: '平台运维', story: '管小区和单位；看不到选票和住户信息' },
];

/** People of the other estate, whom walks through the app play: one can enter as them, and the picker offers none. */
const WALKERS: readonly RoleKey[] = [
  'recalled',
  'successor',
  'voter',
  'grantor',
  'agent',
  'daughter',
  'community2',
  'street2',
];

/** Written last: the demo counts as made from here on. */
export async function tellRoles(world: World): Promise<void> {
  const persons = world.get(PersonsRepository);
  const walkers = WALKERS.map((role) => ({ role, label: role, story: '' }));
  const offered = [...PICKER, ...walkers].map((entry) => {
    const personId = world.people.get(entry.role);
    if (personId === undefined) throw new Error(`Nobody plays ${entry.role}`);
    return { ...entry, personId };
  });
  const names = await persons.names(
    world.database,
    offered.map(({ personId }) => personId),
  );
  await world.database.transaction((tx) =>
    tx.insert(
      'demo_roles',
      ...offered.map(({ role, label, story, personId }, order) => ({
        role_key: role,
        person_id: personId,
        label,
        person_name: names.get(personId) ?? '',
        story,
        sort_order: order,
      })),
    ),
  );
}
