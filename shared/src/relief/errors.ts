import { defineErrors } from '../errors/index.ts';
import { RELIEF_LIMITS } from './limits.ts';

export const RELIEF_ERRORS = defineErrors({
  'RELIEF.BILLS': { status: 422, message: '请选自己家还没缴清的物业费账单' },
  'RELIEF.BILL_TAKEN': { status: 409, message: '选中的账单里有正在申请的，请等那份申请有结果' },
  'RELIEF.CONSENT': { status: 422, message: '要先同意社区和街道查看证明材料，才能申请' },
  'RELIEF.UNTIL': {
    status: 422,
    message: `缓缴要晚于原来的到期日和今天，最多 ${RELIEF_LIMITS.deferralMonthsMax} 个月`,
  },
  'RELIEF.ALREADY_DEFERRED': { status: 409, message: '选中的账单里有已经缓缴过的，同一张账单只能缓缴一次' },
  'RELIEF.STATE': { status: 409, message: '这份申请已经处理过了，请刷新后再看' },
  'RELIEF.SAME_PERSON': { status: 403, message: '申请、核实、批准要由三个人分别来做，请换一位同事' },
  'RELIEF.OWN_HOME': { status: 403, message: '这是您自己家的申请，请换一位同事来办' },
  'RELIEF.REASON': { status: 422, message: '退回或不批准要写明原因，让申请人知道怎么办' },
  'RELIEF.FUNDER': { status: 422, message: '减免要写明由谁承担，不写不能批准' },
  'RELIEF.PERCENT': { status: 422, message: '减免比例是 1 到 100 的整数' },
  'RELIEF.NOTHING_OPEN': { status: 409, message: '选中的账单都已缴清，没有可以减免或缓缴的' },
});
export type ReliefErrorCode = keyof typeof RELIEF_ERRORS;
