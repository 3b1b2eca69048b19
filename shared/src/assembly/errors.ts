import { defineErrors } from '../errors/index.ts';

/** What the assembly may refuse, in the residents' words. */
export const ASSEMBLY_ERRORS = defineErrors({
  'CONVENE.TITLE': { status: 422, message: '请写明会议名称，{min} 到 {max} 个字' },
  'CONVENE.SUMMARY': { status: 422, message: '请用几句话说明要决定什么、为什么，{min} 到 {max} 个字' },
  'CONVENE.NO_MOTION': { status: 422, message: '还没有议题，请至少写一项' },
  'CONVENE.TOO_MANY_MOTIONS': { status: 422, message: '议题最多 {max} 项，请分几次开会' },
  'CONVENE.MOTION_TITLE': { status: 422, message: '请写明议题名称，{min} 到 {max} 个字' },
  'CONVENE.MOTION_TEXT': { status: 422, message: '请写清楚要表决的内容，{min} 到 {max} 个字' },
  'CONVENE.MOTION_TWICE': { status: 422, message: '有两项议题的名称相同，请合并或改名' },
  'CONVENE.SCOPE_EMPTY': { status: 422, message: '请选择由哪几栋楼的业主表决' },
  'CONVENE.NOTICE_TOO_SHORT': {
    status: 422,
    message: '通知后至少满 {days} 天才能开始投票，最早可从 {earliest} 开始',
  },
  'CONVENE.OPINIONS_TOO_SHORT': { status: 422, message: '征求意见至少 {days} 天，到 {earliest} 才能发通知' },
  'CONVENE.VOTING_TOO_SHORT': { status: 422, message: '投票时间太短，至少开放 {hours} 小时' },
  'CONVENE.VOTING_TOO_LONG': { status: 422, message: '投票时间太长，最多开放 {days} 天' },
  'CONVENE.OBJECTIONS_TOO_LATE': {
    status: 422,
    message: '名册异议要在投票开始之前截止，请把异议截止时间改早',
  },
  'CONVENE.OBJECTIONS_TOO_SHORT': {
    status: 422,
    message: '名册公示至少 {days} 天，异议截止不能早于 {earliest}',
  },
  'CONVENE.RESIDENTS_COMMITTEE': { status: 422, message: '请先告知居民委员会，并填写告知日期' },
  'CONVENE.OBJECTION_OPEN': { status: 422, message: '还有 {count} 条名册异议没有处理，请先处理' },
  'CONVENE.COOLDOWN': {
    status: 422,
    message: '同一议题上次参与表决的业主不够法定人数，{earliest} 以后才能再次提出',
  },

  'ASSEMBLY.FROZEN': {
    status: 409,
    message: '通知已经发出，议题、时间和名册不能再改；如有错误请取消后重新通知',
  },
  'ASSEMBLY.LOG_NOT_OUT': {
    status: 409,
    message: '结果公布以后才能下载核对文件',
  },
  'ASSEMBLY.OPINIONS_RUNNING': {
    status: 409,
    message: '正在征求意见，会议名称、说明和议题先不能改；要修改请先撤回征求意见',
  },
  'ASSEMBLY.NOT_READY': { status: 422, message: '还不能发通知，请先按提示补全' },
  'ASSEMBLY.ROLL_EMPTY': { status: 409, message: '名册里没有可以投票的房屋，请先导入名册' },
  'ASSEMBLY.NOT_OPEN_FOR_OPINIONS': { status: 409, message: '现在不在征求意见的时间里' },
  'ASSEMBLY.RESULT_NOT_READY': { status: 409, message: '投票还没有结束，结果要到截止并计票以后才能看' },

  'ROLL_OBJECTION.CLOSED': { status: 409, message: '名册异议的时间已过，请联系业委会' },
  'ROLL_OBJECTION.NOT_YOURS': { status: 403, message: '只能对自己的房屋提出异议' },
  'ROLL_OBJECTION.ANSWERED': { status: 409, message: '这条异议已经答复过，请刷新后查看' },
  'ROLL_OBJECTION.OWN': { status: 403, message: '自己提出的异议，要由别人来答复' },
  'ROLL_OBJECTION.VOTING': {
    status: 409,
    message: '投票已经开始或马上开始，名册不能再改；请写明情况后作不成立处理',
  },
  'ROLL_OBJECTION.AREA': { status: 422, message: '面积异议成立时，请填写更正后的面积' },
  'ROLL_OBJECTION.UNIT_GONE': { status: 409, message: '名册里没有这套房屋，请先更新业主名册再处理' },
  'ROLL_OBJECTION.OPEN_ALREADY': { status: 409, message: '这套房屋的异议正在处理，请等待答复' },

  'REPRESENTATIVE.NOT_YOURS': { status: 403, message: '只能为自己共有的房屋推选投票人' },
  'REPRESENTATIVE.UNKNOWN': { status: 422, message: '只能推选共有人中的一位' },
  'DELEGATE.CLOSED': { status: 409, message: '名册还没有公示或投票已经截止，现在不能登记建设单位的投票人' },
  'DELEGATE.SELF': { status: 403, message: '不能把自己登记为建设单位的投票人，请由另一位工作人员办理' },
  'DELEGATE.LETTER': { status: 422, message: '请上传建设单位盖章的授权委托书' },
  'DELEGATE.NO_ACCOUNT': { status: 422, message: '这个手机号还没有登录过，请让本人先登录一次' },
  'REPRESENTATIVE.CLOSED': { status: 409, message: '投票已经截止，不能再推选' },

  'BALLOT.NOT_OPEN': { status: 409, message: '投票还没有开始，请在开始以后再投' },
  'BALLOT.CLOSED': { status: 409, message: '投票已经截止，这张票没有计入' },
  'BALLOT.NOT_ON_ROLL': { status: 403, message: '您不在这次投票的名册里，如有疑问请联系业委会' },
  'BALLOT.NOT_REPRESENTATIVE': {
    status: 403,
    message: '这套房屋的共有人已推选他人投票，请由推选的共有人来投',
  },
  'BALLOT.OWNERS_ONLY': { status: 403, message: '只有业主能投票，家人和租户不能代投' },
  'BALLOT.EMPTY': { status: 422, message: '还没有选择，请至少对一项议题作出选择' },
  'BALLOT.MOTION_UNKNOWN': { status: 422, message: '有一项不是这次会议的议题，请刷新后重新选择' },
  'BALLOT.MOTION_TWICE': { status: 422, message: '同一项议题选了两次，请重新选择' },
  'BALLOT.MOTION_NOT_VOTED': { status: 409, message: '这项议题已经撤回或未列入议程，不能投票' },
  'BALLOT.NOTHING_COUNTED': {
    status: 403,
    message: '您名下只有车位，按规定不计入表决；如有疑问请联系业委会',
  },
  'BALLOT.OUT_OF_SCOPE': { status: 403, message: '这项议题只由部分楼栋的业主表决，您的房屋不在其中' },
  'BALLOT.TOO_SLOW': { status: 503, message: '刚才的票没能及时存下，没有计入，请马上再投一次' },
  'BALLOT.NOT_CONFIRMED': { status: 422, message: '请先核对自己的选择，再确认投票' },
});
