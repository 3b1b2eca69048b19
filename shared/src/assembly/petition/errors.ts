import { defineErrors } from '../../errors/index.ts';

/** What a petition may refuse, in the residents' words. */
export const PETITION_ERRORS = defineErrors({
  'PETITION.OPEN_ALREADY': { status: 409, message: '您发起的另一份联名还在进行，请先办完或撤回' },
  'PETITION.SAME_RUNNING': { status: 409, message: '已经有同样的联名在征集，请直接去签名' },
  'PETITION.MEMBERS': { status: 422, message: '请选择要罢免的业委会成员' },
  'PETITION.NOT_OPEN': { status: 409, message: '这份联名不再接受签名或撤回，请刷新后查看' },
  'PETITION.NOT_ON_ROLL': { status: 403, message: '您不在业主名册里，不能签名；如有疑问请联系业委会' },
  'PETITION.NOTHING_COUNTED': { status: 403, message: '您名下只有车位，按规定不计入人数' },
  'PETITION.NOT_YOURS': { status: 403, message: '只有发起人能撤回这份联名' },
  'PETITION.NOT_REACHED': { status: 409, message: '人数还不够，不能据此召开会议' },
  'PETITION.CONVENED': { status: 409, message: '已经据此起草了会议，请到业主大会里继续' },
  'PETITION.STREETS_DUTY': { status: 403, message: '业委会没有按期召开，现在由街道召集' },
  'PETITION.COMMITTEES_DUTY': { status: 403, message: '现在由业委会召集，逾期后才由街道召集' },
});
