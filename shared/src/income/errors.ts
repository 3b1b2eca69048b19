import { type ErrorCode, defineErrors } from '../errors/index.ts';

/** Why a statement may not be published 不能公示的原因, each with its numbers. */
export const STATEMENT_FAULTS = defineErrors({
  'INCOME.IDENTITY': {
    status: 422,
    message: '期末余额应为 {expected} 元，表中是 {found} 元，差 {difference} 元',
  },
  'INCOME.LINE_NET': { status: 422, message: '净额应为 {expected} 元（金额减成本），表中是 {found} 元' },
  'INCOME.AMOUNT_NOT_POSITIVE': { status: 422, message: '金额要大于 0，表中是 {found} 元' },
  'INCOME.COST_NEGATIVE': { status: 422, message: '成本不能小于 0，表中是 {found} 元' },
  'INCOME.COST_ABOVE_GROSS': { status: 422, message: '成本 {cost} 元超过了收入 {gross} 元，请说明原因' },
  'INCOME.COST_UNPROVEN': { status: 422, message: '扣了 {cost} 元成本，要有合同编号和凭证来证明' },
  'INCOME.OPENING_MISMATCH': {
    status: 422,
    message: '期初余额应等于 {quarter} 的期末余额 {expected} 元，表中是 {found} 元，差 {difference} 元',
  },
  'INCOME.QUARTER_GAP': { status: 422, message: '{missing} 还没有公示，要先公示它' },
  'INCOME.BOOKED_EARLIER': {
    status: 422,
    message: '{earlier}的账簿里已经有收支，要先公示它，或者把那里的收支冲销',
  },
  'INCOME.BANK_MISSING': { status: 422, message: '还没有填银行账户余额' },
  'INCOME.BANK_MISMATCH': {
    status: 422,
    message: '银行余额加未达账项是 {found} 元，期末余额是 {expected} 元，差 {difference} 元',
  },
  'INCOME.BANK_OPEN': {
    status: 422,
    message: '{month}有{open}，对上或写明原因后才能公示',
  },
  'INCOME.RECONCILING_UNSAID': { status: 422, message: '未达账项 {amount} 元要写明是什么' },
  'INCOME.VOTE_REQUIRED': {
    status: 422,
    message: '这笔支出 {amount} 元，{rule}，请写上决议编号；还没有表决的，先由业主大会表决再支出',
  },
  'INCOME.DECISION_EXPIRED': {
    status: 422,
    message: '“{number}”的支出有效期到 {until}，这一笔是 {date}，要由业主大会重新决定',
  },
  'INCOME.DECISION_OTHER_PURPOSE': {
    status: 422,
    message: '“{number}”没有允许“{category}”这种支出。请核对编号；用途没有登记的，先在“决定落实”里登记',
  },
  'INCOME.DECISION_NO_AMOUNT': {
    status: 422,
    message: '“{number}”没有写明可支出的金额，不能作为支出的依据，请写另一项决定',
  },
  'INCOME.DECISION_NOT_ENOUGH': {
    status: 422,
    message: '“{number}”还剩 {left} 元，不够这一笔 {amount} 元。超出的部分要由业主大会另行决定',
  },
  'INCOME.BUDGET_OTHER_YEAR': {
    status: 422,
    message: '“{number}”是 {year} 年度的预算，这一笔是 {date}，请写当年的预算或另一项决定',
  },
  'INCOME.BUDGET_SMALL_ONLY': {
    status: 422,
    message: '“{number}”是年度预算，只用于达不到表决金额的日常支出，这一笔要由业主大会单独决定',
  },
  'INCOME.DECISION_UNKNOWN': { status: 422, message: '没有登记“{number}”这个决议，请先登记' },
  'INCOME.DECISION_NOT_PASSED': {
    status: 422,
    message: '“{number}”还没有生效（没有通过，或者待复核），不能作为依据',
  },
  'INCOME.DECISION_TOO_LATE': {
    status: 422,
    message: '“{number}”在 {decidedOn} 才作出，晚于这一笔的日期 {date}',
  },
  'INCOME.BUSINESS_NOT_AUTHORISED': {
    status: 422,
    message: '用共有部分经营“{category}”，要有业主大会的特别决议，或者写明业主大会成立前签的合同',
  },
  'INCOME.DECISION_NOT_SPECIAL': {
    status: 422,
    message: '“{number}”是普通决议，用共有部分经营要特别决议（双四分之三）',
  },
  'INCOME.DATE_OUTSIDE': { status: 422, message: '日期 {date} 不在 {quarter} 内' },
  'INCOME.VOUCHER_MISSING': { status: 422, message: '要写凭证号或者附凭证' },
  'INCOME.LINE_DUPLICATE': { status: 422, message: '和第 {other} 笔完全一样，请确认是不是重复记账' },
  'INCOME.COUNTERPARTY_MISSING': { status: 422, message: '要写对方单位' },
  'INCOME.HOLDER_MISSING': { status: 422, message: '要写账户持有人：业主委员会或物业企业，不能是个人' },
  'INCOME.HOLDER_PERSON': { status: 422, message: '账户持有人“{holder}”像是个人，公共收益不能放在个人名下' },
  'INCOME.FUND_SHARE': {
    status: 422,
    message: '本地要求补充维修资金不少于净收入的 {share}，应至少 {expected} 元，表中是 {found} 元',
  },
  'INCOME.FUND_SHARE_WHILE_LOW': {
    status: 422,
    message:
      '维修资金余额不足首期归集的 {below} 时，补充维修资金要不少于净收入的 {share}（{expected} 元），表中是 {found} 元，请先查维修资金余额',
  },
  'INCOME.BOOKED_MISSING': {
    status: 422,
    message: '账簿里有一笔没有列入：{date} {category}，{counterparty}，{amount} 元。点“从账簿取数”加进来',
  },
  'INCOME.COLLECTED_MISSING': {
    status: 422,
    message: '微信收的钱没有列入：{note}，{amount} 元。点“从账簿取数”加进来',
  },
  'INCOME.COLLECTED_CHANGED': {
    status: 422,
    message:
      '这一笔自动取自微信收款，不能改：账簿里现在是 {expected} 元，表中是 {found} 元。点“从账簿取数”更新',
  },
  'INCOME.OFFSET_NOT_ALLOWED': {
    status: 422,
    message: '本地没有规定可以用公共收益弥补物业费，这一笔不能公示',
  },
});
export type StatementFaultCode = ErrorCode<typeof STATEMENT_FAULTS>;

/** Refusals of the requests around statements. */
export const INCOME_ERRORS = defineErrors({
  'INCOME.STATEMENT_INVALID': { status: 422, message: '还有 {count} 处不符合公示要求，改好后再提交' },
  'INCOME.SHEET_INVALID': { status: 422, message: '表格里有 {count} 处要改，改好后再导入' },
  'INCOME.IMMUTABLE': { status: 409, message: '已经公示的账目不能改，请发布更正' },
  'INCOME.QUARTER_EXISTS': { status: 409, message: '这个季度已经有一份正在做的账，请在那一份上改' },
  'INCOME.QUARTER_PUBLISHED': { status: 409, message: '这个季度已经公示，要改请发布更正' },
  'INCOME.QUARTER_NOT_OVER': { status: 422, message: '{quarter} 还没有结束，结束后再公示' },
  'INCOME.AMEND_REASON': { status: 422, message: '更正要写明原因' },
  'INCOME.AMEND_NOTHING': { status: 422, message: '更正版和原来的一样，没有要更正的内容' },
  'INCOME.AMEND_NOT_LATEST': { status: 409, message: '这一版已经被更正过，请在最新一版上更正' },
  'INCOME.SAME_PERSON': { status: 403, message: '提交和公示要由两个人来做，请另一位成员公示' },
  'INCOME.COMMITTEE_PUBLISHES': {
    status: 403,
    message: '公共收益由业委会复核公示，物业只做账和提交，请业委会成员来做',
  },
  'INCOME.COMMUNITY_PUBLISHES': { status: 403, message: '小区没有在任的业委会，由社区复核公示' },
  'INCOME.RETURN_REASON': { status: 422, message: '退回要写明原因' },
  'INCOME.CHANGED_SINCE': { status: 409, message: '这份账刚被别人改过，请重新查看后再继续' },
  'INCOME.LINE_INVALID': { status: 422, message: '这一笔还有 {count} 处要改，改好后再记账' },
  'INCOME.LINE_IN_FUTURE': { status: 422, message: '日期还没有到，收付之后再记账' },
  'INCOME.BEFORE_FIRST_QUARTER': {
    status: 422,
    message: '本小区从{first}开始公示，更早的收支不能单笔记账；要补更早的季度，请从那个季度的季报做起',
  },
  'INCOME.LINE_TAKEN_BACK': { status: 409, message: '这一笔已经冲销过，不用再做' },
  'INCOME.LINE_OF_SPENDING': {
    status: 409,
    message: '共管账户付出去的钱不能在这里冲销，钱退回来时记一笔收入',
  },
  'INCOME.LINE_OF_STATEMENT': { status: 409, message: '这一笔是随季报记的，请在季报里改，或者发布更正' },
  'INCOME.TAKE_BACK_REASON': { status: 422, message: '冲销要写明原因' },
  'INCOME.BOOKS_EMPTY': { status: 409, message: '这个季度的账簿里还没有收支，先记账或者导入表格' },
  'INCOME.NOTHING_TO_TAKE': { status: 409, message: '账簿里的收支都已经在这份季报里' },
  'INCOME.CONTRACT_TAKEN': { status: 409, message: '这个合同编号已经登记过，请核对编号' },
  'INCOME.CONTRACT_IN_FUTURE': { status: 422, message: '签订日期不能晚于今天，请核对' },
});
