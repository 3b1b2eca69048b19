import { defineErrors } from '../errors/index.ts';
import { DISCLOSURE_LIMITS } from './limits.ts';

const { noticeTitleMin, noticeTitleMax, noticeBodyMin, noticeBodyMax } = DISCLOSURE_LIMITS;

export const DISCLOSURE_ERRORS = defineErrors({
  'NOTICE.TITLE_LENGTH': { status: 400, message: `标题请写 ${noticeTitleMin} 到 ${noticeTitleMax} 个字` },
  'NOTICE.BODY_LENGTH': { status: 400, message: `内容请写 ${noticeBodyMin} 到 ${noticeBodyMax} 个字` },
  'NOTICE.IMMUTABLE': { status: 409, message: '已经发布的通知不能改，请发布更正' },
  'NOTICE.SUPERSEDED': { status: 409, message: '这份通知已经有更正版，请在最新一版上更正' },
  'NOTICE.WITHDRAWN': { status: 409, message: '这份通知已经撤回' },
  'NOTICE.PIN_DATE': { status: 422, message: '置顶截止时间要晚于现在' },
  'NOTICE.NOT_YOURS': { status: 403, message: '只有发布这份通知的单位能更正或撤回' },
  'RADAR.ITEM_UNKNOWN': { status: 404, message: '本地没有要求公示这一项' },
  'RADAR.HAS_PAGE': { status: 409, message: '这一项有专门的公示页面，请到那里发布' },
  'RADAR.NOT_YOUR_DUTY': { status: 403, message: '这一项不由您公示' },
  'RADAR.PERIOD_INVALID': { status: 422, message: '公示的期间不对，请检查后重填' },
  'RADAR.PERIOD_POSTED': { status: 409, message: '这一期已经公示过了，要改请发布更正' },
  'QUESTION.POSTED_ALREADY': { status: 409, message: '这一项已经公示，请刷新后查看' },
  'QUESTION.OPEN_ALREADY': { status: 409, message: '您已经问过这一项，请等答复' },
  'QUESTION.ANSWERED': { status: 409, message: '这个问题已经答复过了' },
  'QUESTION.NOT_YOUR_DUTY': { status: 403, message: '这个问题要由公示义务人来答复' },
});
