import { type ErrorCode, defineErrors } from '../errors/index.ts';

/** What is wrong with a board; the ones about places and levels warn, the others stand against publishing. */
export const BOARD_FAULTS = defineErrors({
  'BOARD.EMPTY': { status: 422, message: '公告牌上还没有部门' },
  'BOARD.DEPARTMENT_MISSING': { status: 422, message: '缺少{department}，本地要求公示这个部门' },
  'BOARD.NAME_MISSING': { status: 422, message: '要写部门名称' },
  'BOARD.DUTIES_MISSING': { status: 422, message: '{department}要写工作职责' },
  'BOARD.CONTACT_MISSING': { status: 422, message: '{department}要写联系人或科室' },
  'BOARD.PHONE_INVALID': { status: 422, message: '“{phone}”不是电话号码' },
  'BOARD.MOBILE_CONSENT': { status: 422, message: '{department}留的是手机号，要本人同意公示才能上牌' },
  'BOARD.ENTRY_DUPLICATE': { status: 422, message: '{department}的“{contact}”写了两次' },
  'BOARD.PLACES_TOO_FEW': {
    status: 422,
    message: '要张贴在至少 {required} 处显著位置，现在登记了 {found} 处',
  },
  'BOARD.PLACE_PHOTO_MISSING': { status: 422, message: '“{place}”还没有张贴照片' },
  'BOARD.LEVEL_PHONE_MISSING': { status: 422, message: '{level}的投诉电话还没有公布' },
  'BOARD.STALE': { status: 422, message: '已经 {days} 天没有核对，应每 {limit} 天核对一次' },
});
export type BoardFaultCode = ErrorCode<typeof BOARD_FAULTS>;

/** Refusals of the requests around boards. */
export const CONTACT_ERRORS = defineErrors({
  'BOARD.INVALID': { status: 422, message: '公告牌还有 {count} 处要改，改好后再发布' },
  'BOARD.SHEET_INVALID': { status: 422, message: '表格里有 {count} 处要改，改好后再导入' },
  'BOARD.UNCHANGED': { status: 409, message: '内容和现在的公告牌一样，没有要发布的' },
  'BOARD.NOT_STREET': { status: 403, message: '公告牌由街道（镇）统一发布' },
  'BOARD.REASON': { status: 422, message: '更换公告牌要写明改了什么' },
  'BOARD.NONE': { status: 404, message: '本小区还没有公告牌' },
  'BOARD.PLACE_UNKNOWN': { status: 404, message: '没有这个张贴位置，请刷新后再试' },
});
