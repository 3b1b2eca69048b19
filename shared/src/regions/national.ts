import { PAPER_DESK_ROLES } from '../assembly/index.ts';
import type { NationalDefinition } from './profile.ts';
import { NATIONAL_RADAR } from './radar/index.ts';
import { NATIONAL_TICKET_RULES } from './routing/index.ts';
import { cited, fromMemory, law, policy, product } from './source.ts';

const CIVIL_CODE_278 = law('《民法典》278');
const OWNERS_RULES = product('法律没有规定，由业主大会议事规则约定；没有约定时按此计');
/** 业主大会和业主委员会指导规则: its text was not at hand. */
const GUIDANCE = (articles: string) => fromMemory(policy(`建房〔2009〕274号 ${articles}`));

/** What holds where a region says nothing of its own. */
export const NATIONAL: NationalDefinition = {
  name: '全国',
  tickets: NATIONAL_TICKET_RULES,
  radar: NATIONAL_RADAR,

  voting: {
    // Not 物业管理条例 12, which still has the shares that the Civil Code replaced in 2021.
    quorum: cited([2, 3], CIVIL_CODE_278),
    ordinary: cited({ share: [1, 2], strict: true }, CIVIL_CODE_278),
    special: cited({ share: [3, 4], strict: false }, CIVIL_CODE_278),
    specialMatters: cited([6, 7, 8], CIVIL_CODE_278),
    countParking: cited(false, OWNERS_RULES),
    headMerge: cited('EXACT_OWNER_SET', law('法释〔2009〕7号 9：同一买受人按一人计算')),
    nonVoter: cited('NOT_COUNTED', product('《民法典》278 只计参与表决的业主，未参与的不视为同意任何一方')),
    revote: cited('LAST', OWNERS_RULES),
    channelPriority: cited('LAST', OWNERS_RULES),
    blank: cited('PARTICIPATES', OWNERS_RULES),
    abstain: cited('PARTICIPATES', OWNERS_RULES),
    multiUnitSplit: cited('INVALID', OWNERS_RULES),
    coOwnerConflict: cited('INVALID', GUIDANCE('25：共有人推选一人行使投票权')),
    proxyCap: cited(null, OWNERS_RULES),
    proxyBarredRoles: cited(['PM_STAFF'], product('物业企业工作人员与表决结果有利害关系，不得代理')),
  },

  meeting: {
    noticeDays: cited(15, law('《物业管理条例》14')),
    noticeClearDays: cited(
      false,
      product('通知日与投票开始日相隔满 15 天；按《民法典》201 严格计算时另加一天'),
    ),
    opinionDays: cited(0, product('会前征求意见的天数由召集人定')),
    rollObjectionDays: cited(7, product('名册公示和异议期，参照各地首次会议的公示要求')),
    petition: cited({ heads: [1, 5], area: null }, law('《物业管理条例》13')),
    petitionSigningDays: cited(60, product('联名征集期，法律没有规定')),
    conveneDays: cited(30, product('人数达到后召集会议的天数，法律没有规定；逾期由街道召集')),
    onlineBallotMode: cited('NATIVE', law('《电子签名法》13、14：可靠的电子签名与手写签名同等效力')),
    regularMeetingMonths: cited(null, law('《物业管理条例》13：定期会议按业主大会议事规则召开')),
    delegableMatters: cited([], product('业主共同决定的事项不交给业委会决定')),
    resultPostDays: cited(3, product('各地多为 3 日，参照北京 37、山东 32')),
    resultPostMinDays: cited(null, OWNERS_RULES),
    resultConsultDays: cited(15, product('结果公布后 15 日内收异议，各地没有规定或长短不一')),
    extensionMaxDays: cited(0, OWNERS_RULES),
    repeatCooldownDays: cited(0, OWNERS_RULES),
    proxyPowers: cited('FREE', law('《民法典》165：授权委托书载明代理事项和权限')),
    paperReceivers: cited(PAPER_DESK_ROLES, OWNERS_RULES),
    paperEnterers: cited(PAPER_DESK_ROLES, OWNERS_RULES),
    paperConfirmers: cited(
      PAPER_DESK_ROLES,
      product('两人各自录入一致才计入，先后两人都可以是业委会、社区或街道的人'),
    ),
    saleDuringVote: cited('FROZEN_ROLL', product('名册在通知时定下来，投票期间过户的从下次会议起由买方投票')),
  },

  committee: {
    min: cited(5, GUIDANCE('31')),
    max: cited(11, GUIDANCE('31')),
    odd: cited(true, GUIDANCE('31')),
    smallEstate: cited(null, OWNERS_RULES),
    termYears: cited({ min: null, max: 5 }, GUIDANCE('32')),
    alternatesMax: cited(null, OWNERS_RULES),
    differential: cited(false, OWNERS_RULES),
    minElected: cited({ share: [1, 2], strict: true }, product('当选人数超过名额一半，业委会即可成立')),
    renewalLead: cited({ count: 3, unit: 'MONTH' }, GUIDANCE('47')),
    firstMeetingDays: cited(7, product('参照北京 42、山东 30')),
    handoverDays: cited(10, GUIDANCE('48')),
    recall: cited(
      { owners: [1, 5], members: { share: [1, 2], strict: true } },
      product('业主联名比例与临时会议相同，委员联名须过半'),
    ),
    recallEffectDays: cited(0, law('《民法典》280：业主大会的决定对业主具有法律约束力')),
    byElectionDays: cited(60, product('罢免后递补或者补选的期限，法律没有规定')),
    partyMajorityAdvised: cited(false, OWNERS_RULES),
  },

  filing: {
    kinds: cited(
      ['SERVICE_AREA', 'COMMITTEE', 'SERVICE_CONTRACT', 'PROJECT_MANAGER', 'HANDOVER_INSPECTION'],
      product('五备案，参照奇政办发〔2023〕28号三（一）3'),
    ),
    committeeDays: cited(30, law('《物业管理条例》16')),
    contractDays: cited(15, product('各地 10 至 30 日不等，没有规定时按 15 日')),
    contractInWorkingDays: cited(false, product('没有规定时按自然日')),
  },

  income: {
    publishPeriod: cited('QUARTER', product('按季度公示，参照奇政办发〔2023〕28号三（二）11、上海 66')),
    publishWithinDays: cited(30, product('季度结束后 30 日内，各地没有规定天数')),
    accountHolder: cited('PM_SEPARATE', product('没有规定时由物业企业单独列账')),
    fundMinShare: cited(null, law('《物业管理条例》54：主要用于补充维修资金，也可按业主大会决定使用')),
    mayOffsetFees: cited(false, law('《物业管理条例》54')),
    spendYearStartsMonth: cited(1, product('预算按自然年，各地没有规定预算年度')),
    splitWindow: cited({ kind: 'YEAR' }, product('同一年度的小额支出合并计算，各地没有规定化整为零怎么算')),
    auditYearly: cited(false, product('由业主大会决定')),
    auditPostDays: cited(0, product('由业主大会决定')),
    auditWithinDays: cited(180, product('年度结束后 180 日内，各地没有规定天数')),
    auditAnswerDays: cited(30, product('审计发现在报告公示后 30 日内答复，各地没有规定天数')),
    auditReviewDays: cited(15, product('社区在 15 日内核实答复，退回后 15 日内重新答复，各地没有规定天数')),
  },

  fees: {
    instalments: cited(['MONTH', 'QUARTER', 'YEAR'], product('由业主选择，三种方式的总额相同')),
    referencePrices: cited(false, product('没有公布参考价的地区不显示')),
    debtorDisclosure: cited('OFF', law('《个人信息保护法》25')),
  },

  boards: {
    minPlaces: cited(2, product('参照奇政办发〔2023〕28号三（一）4')),
    staleAfterDays: cited(90, product('至少每季度核对一次')),
    requiredDepartments: cited(
      ['STREET', 'URBAN', 'POLICE', 'HOUSING', 'ENVIRONMENT', 'PRICE', 'MARKET', 'EMERGENCY', 'PLANNING'],
      product('参照泗政办字〔2019〕21号附件 3'),
    ),
  },

  supervision: {
    reviewPeriod: cited(null, product('由主管部门规定')),
    inspectionCoverage: cited(null, product('由主管部门规定')),
    blacklistBanYears: cited(null, product('由主管部门规定')),
    satisfactionFloor: cited(null, product('由主管部门规定')),
    exitStarsTwice: cited(null, product('由主管部门规定')),
    exitScoreTwice: cited(null, product('由主管部门规定')),
    exitBottomThreeYears: cited(null, product('由主管部门规定')),
    emergencyServiceMonths: cited(null, product('由主管部门规定')),
  },
};
