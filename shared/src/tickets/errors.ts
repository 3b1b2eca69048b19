import { defineErrors } from '../errors/index.ts';
import { TICKET_LIMITS } from './limits.ts';

const { titleMin, titleMax, textMin, textMax, photosMax } = TICKET_LIMITS;

export const TICKET_ERRORS = defineErrors({
  'TICKET.CATEGORY_UNKNOWN': { status: 400, message: '没有这个投诉类别，请重新选择' },
  'TICKET.TITLE_LENGTH': { status: 400, message: `标题请写 ${titleMin} 到 ${titleMax} 个字` },
  'TICKET.TEXT_LENGTH': { status: 400, message: `情况说明请写 ${textMin} 到 ${textMax} 个字` },
  'TICKET.TOO_MANY_PHOTOS': { status: 400, message: `最多传 ${photosMax} 张照片` },
  'TICKET.PHOTO_NOT_YOURS': {
    status: 422,
    message: '有照片不是您上传的，或者放了太久已经清掉，请删掉后重新选择',
  },
  'TICKET.NOT_A_RESIDENT': { status: 403, message: '只有本小区的住户能投诉，请先认领房屋' },
  'TICKET.ANONYMOUS_ONLY_REPORTS': {
    status: 422,
    message: '只有“举报”可以匿名，投诉和求助需要实名才能回复您',
  },
  'TICKET.DEPARTMENT_UNKNOWN': { status: 400, message: '没有这个部门，请重新选择' },
  'TICKET.ASSIGNEE_OUTSIDE': { status: 422, message: '只能派给本单位的人' },
  'TICKET.HOME_NOT_YOURS': { status: 422, message: '这套房不在您名下，请重新选择' },
  'TICKET.ACCUSED': {
    status: 403,
    message:
      '这件投诉涉及您所在的单位，不能由您改类别、合并、不予受理或转入调解；可以办理答复，或转给别的部门',
  },
  'TICKET.MASTER_CLOSED': { status: 409, message: '要合并到的那一件已经办结，不能再合并' },
  'TICKET.MERGE_SELF': { status: 422, message: '不能把一件投诉合并到它自己' },
  'TICKET.ALREADY_FOLLOWED': { status: 409, message: '您已经点过“我也遇到”' },
  'TICKET.FOLLOW_OWN': { status: 422, message: '这是您自己反映的，不用再点“我也遇到”' },
  'TICKET.FOLLOW_CLOSED': { status: 409, message: '这件事已经办结，如果又出现了请重新反映' },
  'TICKET.EXTENSION_NOT_RUNNING': { status: 409, message: '现在没有正在计时的办结期限，不能延期' },
  'TICKET.EXTENSION_USED_UP': { status: 409, message: '延期次数已经用完，不能再延' },
  'TICKET.EXTENSION_DATE': { status: 422, message: '新的期限要晚于原期限，并且不超过允许的最长时间' },
  'TICKET.EXTENSION_PENDING': { status: 409, message: '已经有一个延期申请在等审批' },
  'TICKET.EXTENSION_DECIDED': { status: 409, message: '这个延期申请已经有结果了' },
  'TICKET.EXTENSION_LEVEL': { status: 403, message: '延期要由街道或更高一级批准' },
  'TICKET.RATING_STARS': { status: 400, message: '请点 1 到 5 颗星' },
  'TICKET.RATING_CONTRADICTS': { status: 422, message: '“是否解决”“满意度”和星级对不上，请再看一下' },
  'TICKET.RATED': { status: 409, message: '您已经评价过了' },
  'TICKET.REOPEN_WINDOW_OVER': { status: 409, message: '要求重新办理的时间已过，如果问题还在请重新反映' },
  'TICKET.REOPENS_USED_UP': { status: 409, message: '重新办理的次数已经用完，您可以申诉到上一级' },
  'TICKET.EVIDENCE_MISSING': { status: 422, message: '办结要附上照片，让投诉人看到处理结果' },
  'TICKET.MASTER_UNKNOWN': { status: 422, message: '没有找到要合并到的那一件，请核对编号' },
  'TICKET.UNTIL_DATE': { status: 422, message: '请选择今天之后、九十天以内的日期' },
  'TICKET.SAME_BODY': { status: 422, message: '这件事已经在这个部门，不用再转' },
  'TICKET.WITHDRAW_FOLLOWED': { status: 409, message: '已有邻居说“我也遇到”，这件事要办下去，不能撤回' },
});
