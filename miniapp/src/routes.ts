/**
 * The one route table. app.config.ts makes pages, subpackages and the tab bar from it, every page its title,
 * `navigate` its types, and the page shell knows from it who may look.
 */
export interface RouteDefinition {
  /** Without a subpackage the page is in the main package, which everybody downloads first. */
  readonly package?: string;
  readonly path: string;
  readonly title: string;
  /** A page of the tab bar: takes no parameters. */
  readonly tab?: true;
  /** Needs a signed-in person; the sentence says why signing in helps. */
  readonly signIn?: string;
  /** Needs a membership (业委会、物业、街道…); the sentence says whom it is for. */
  readonly staff?: string;
  /** Query parameters; 'name?' may be missing. */
  readonly params?: readonly string[];
}

const ROUTES = {
  home: {
    path: 'pages/home/index',
    title: '首页',
    tab: true,
    signIn: '登录后能看到您家的待办、账单和小区最新公示。',
  },
  disclosure: {
    path: 'pages/disclosure/index',
    title: '公示',
    tab: true,
    signIn: '收费、公共收益和公告只给本小区的人看，登录后就能查。',
  },
  assembly: {
    path: 'pages/assembly/index',
    title: '议事',
    tab: true,
    signIn: '登录后能看到正在表决的事，业主可以直接投票。',
  },
  mine: { path: 'pages/mine/index', title: '我的', tab: true },
  signIn: { path: 'pages/sign-in/index', title: '登录', params: ['back?'] },

  notFound: { package: 'account', path: 'pages/not-found/index', title: '找不到这个页面' },
  agreement: { package: 'account', path: 'pages/agreement/index', title: '隐私政策' },
  privacy: {
    package: 'account',
    path: 'pages/privacy/index',
    title: '隐私与个人信息',
    signIn: '登录后可以导出或删除我们保存的您的信息。',
  },
  sessions: {
    package: 'account',
    path: 'pages/sessions/index',
    title: '登录的设备',
    signIn: '登录后能看到您的账号在哪些设备上登录过。',
  },

  homes: {
    package: 'people',
    path: 'pages/homes/index',
    title: '我的房屋',
    signIn: '登录后能看到您的房屋和认领进度。',
  },
  homePeople: {
    package: 'people',
    path: 'pages/home/index',
    title: '谁住在这里',
    signIn: '登录后能看到谁住在您家，也能邀请家人和租户。',
    params: ['unitId'],
  },
  claimHome: {
    package: 'people',
    path: 'pages/claim/index',
    title: '认领房屋',
    signIn: '登录后才能认领房屋。',
  },
  guardian: {
    package: 'people',
    path: 'pages/guardian/index',
    title: '监护人',
    signIn: '登录后能登记为业主的监护人，代他投票。',
  },
  guardianNew: {
    package: 'people',
    path: 'pages/guardian-new/index',
    title: '登记监护人',
    signIn: '登录后才能登记为业主的监护人。',
  },
  invitation: {
    package: 'people',
    path: 'pages/invitation/index',
    title: '使用邀请码',
    signIn: '登录后输入业主给您的邀请码，就能绑定房屋。',
    params: ['code?'],
  },
  inbox: {
    package: 'people',
    path: 'pages/inbox/index',
    title: '消息',
    signIn: '登录后能看到和您有关的消息。',
  },
  reliefDesk: {
    package: 'workbench-street',
    path: 'pages/relief/index',
    title: '减免缓缴',
    signIn: '减免缓缴由社区核实、街道审批，请先登录。',
    staff: '减免缓缴由社区核实、街道审批。',
    params: ['id?'],
  },
  claimsDesk: {
    package: 'workbench-claims',
    path: 'pages/claims/index',
    title: '房屋认领',
    signIn: '房屋认领由业委会、物业、社区和街道核实，请先登录。',
    staff: '房屋认领由业委会、物业、社区和街道核实。',
    params: ['claimId?', 'estateId?'],
  },
  officesDesk: {
    package: 'workbench-claims',
    path: 'pages/offices/index',
    title: '任职',
    signIn: '任职由业委会、物业、社区和街道办理，请先登录。',
    staff: '任职由业委会、物业、社区和街道办理。',
  },

  desk: {
    package: 'workbench',
    path: 'pages/desk/index',
    title: '工作台',
    signIn: '工作台给业委会、物业、社区和街道的工作人员使用，请先登录。',
    staff: '工作台给业委会、物业、社区和街道的工作人员使用。',
  },

  roll: {
    package: 'workbench-roll',
    path: 'pages/roll/index',
    title: '业主名册',
    signIn: '名册由业委会和物业经理维护，请先登录。',
    staff: '名册由业委会和物业经理维护。',
  },

  assemblyDetail: {
    package: 'assembly',
    path: 'pages/detail/index',
    title: '业主大会',
    signIn: '登录后能看到议题、材料和您家的票。',
    params: ['assemblyId', 'as?'],
  },
  assemblyVote: {
    package: 'assembly',
    path: 'pages/vote/index',
    title: '投票',
    signIn: '只有业主能投票，请先登录。',
    params: ['assemblyId', 'principalId', 'as?'],
  },
  assemblyResult: {
    package: 'assembly',
    path: 'pages/result/index',
    title: '表决结果',
    signIn: '登录后能看到表决结果。',
    params: ['assemblyId', 'as?'],
  },
  assemblyRoll: {
    package: 'assembly',
    path: 'pages/roll/index',
    title: '业主名册公示',
    signIn: '名册只给本小区业主核对，请先登录。',
    params: ['assemblyId'],
  },
  assemblyObjection: {
    package: 'assembly',
    path: 'pages/objection/index',
    title: '名册异议',
    signIn: '只能对自己的房屋提出异议，请先登录。',
    params: ['assemblyId', 'unitId'],
  },
  assemblyOpinion: {
    package: 'assembly',
    path: 'pages/opinion/index',
    title: '会前意见',
    signIn: '登录后可以对议题提意见。',
    params: ['assemblyId', 'motionId'],
  },
  receiptCheck: {
    package: 'assembly',
    path: 'pages/check/index',
    title: '核对回执',
    params: ['assemblyId?', 'ballotId?', 'as?'],
  },
  assemblyBoard: {
    package: 'assembly',
    path: 'pages/board/index',
    title: '公告栏结果',
    signIn: '登录后能打印贴在公告栏上的表决结果。',
    params: ['assemblyId'],
  },
  decisions: {
    package: 'assembly',
    path: 'pages/decisions/index',
    title: '业主大会的决定',
    signIn: '登录后能查业主大会的决定。',
    params: ['number?'],
  },
  committee: {
    package: 'assembly',
    path: 'pages/committee/index',
    title: '业委会和联名',
    signIn: '登录后能看到业委会的任期、选举和业主联名。',
  },
  election: {
    package: 'assembly',
    path: 'pages/election/index',
    title: '业委会选举',
    signIn: '登录后能看到候选人，也能报名参选。',
    params: ['electionId'],
  },
  petition: {
    package: 'assembly',
    path: 'pages/petition/index',
    title: '业主联名',
    signIn: '只有业主能签名，请先登录。',
    params: ['petitionId'],
  },
  petitionNew: {
    package: 'assembly',
    path: 'pages/petition-new/index',
    title: '发起联名',
    signIn: '只有业主能发起联名，请先登录。',
  },
  electionsDesk: {
    package: 'workbench-assembly',
    path: 'pages/elections/index',
    title: '选举和联名',
    signIn: '选举和联名由业委会、社区和街道办理，请先登录。',
    staff: '选举和联名由业委会、社区和街道办理。',
  },
  electionDesk: {
    package: 'workbench-assembly',
    path: 'pages/election/index',
    title: '选举办理',
    signIn: '选举由业委会、社区和街道办理，请先登录。',
    staff: '选举由业委会、社区和街道办理。',
    params: ['electionId'],
  },
  assembliesDesk: {
    package: 'workbench-assembly',
    path: 'pages/list/index',
    title: '业主大会',
    signIn: '业主大会由业委会召集，请先登录。',
    staff: '业主大会由业委会召集。',
  },
  convene: {
    package: 'workbench-assembly',
    path: 'pages/convene/index',
    title: '召集业主大会',
    signIn: '业主大会由业委会召集，请先登录。',
    staff: '业主大会由业委会召集。',
    params: ['assemblyId?', 'step?'],
  },
  meetingDesk: {
    package: 'workbench-assembly',
    path: 'pages/meeting/index',
    title: '会议办理',
    signIn: '业主大会由业委会召集，请先登录。',
    staff: '业主大会由业委会召集。',
    params: ['assemblyId'],
  },
  delegatesDesk: {
    package: 'workbench-assembly',
    path: 'pages/delegates/index',
    title: '建设单位代表',
    signIn: '建设单位的投票人由社区和街道登记，请先登录。',
    staff: '建设单位的投票人由社区和街道登记。',
  },
  guardiansDesk: {
    package: 'workbench-assembly',
    path: 'pages/guardians/index',
    title: '监护人',
    signIn: '监护人由社区和街道核对证明后登记，请先登录。',
    staff: '监护人由社区和街道核对证明后登记。',
  },
  logWitnessesDesk: {
    package: 'workbench-assembly',
    path: 'pages/witnesses/index',
    title: '表决见证',
    signIn: '见证方由社区和街道登记，请先登录。',
    staff: '见证方由社区和街道登记。',
  },
  papersDesk: {
    package: 'workbench-assembly',
    path: 'pages/papers/index',
    title: '纸质票',
    signIn: '纸质票由业委会、社区和街道办理，请先登录。',
    staff: '纸质票由业委会、社区和街道办理。',
  },
  paperDesk: {
    package: 'workbench-assembly',
    path: 'pages/paper/index',
    title: '纸质票',
    signIn: '纸质票由业委会、社区和街道办理，请先登录。',
    staff: '纸质票由业委会、社区和街道办理。',
    params: ['assemblyId'],
  },
  paperEntry: {
    package: 'workbench-assembly',
    path: 'pages/paper-entry/index',
    title: '录入纸质票',
    signIn: '纸质票由业委会、社区和街道办理，请先登录。',
    staff: '纸质票由业委会、社区和街道办理。',
    params: ['assemblyId', 'returnId'],
  },
  decisionsDesk: {
    package: 'workbench-assembly',
    path: 'pages/decisions/index',
    title: '决定登记',
    signIn: '以前的决定由业委会登记，请先登录。',
    staff: '以前的决定由业委会登记和复核。',
  },

  income: {
    package: 'income',
    path: 'pages/home/index',
    title: '公共收益',
    signIn: '公共收益只给本小区的业主看，登录后就能查每一笔。',
    params: ['quarter?'],
  },
  incomeStatement: {
    package: 'income',
    path: 'pages/statement/index',
    title: '公共收益季报',
    signIn: '公共收益只给本小区的业主看，登录后就能查每一笔。',
    params: ['id', 'estateId?', 'line?'],
  },
  incomeDiff: {
    package: 'income',
    path: 'pages/diff/index',
    title: '更正对照',
    signIn: '公共收益只给本小区的业主看，登录后就能查每一笔。',
    params: ['id'],
  },
  spending: {
    package: 'income',
    path: 'pages/spending/index',
    title: '公共收益支出',
    signIn: '公共收益的支出只给本小区的业主看，登录后就能查每一笔。',
    params: ['id?'],
  },
  spendingDesk: {
    package: 'workbench-income',
    path: 'pages/spending/index',
    title: '支出审批',
    signIn: '从公共收益支出要申请、确认和备案，请先登录。',
    staff: '从公共收益支出，由物业或业委会申请、业委会确认、街道备案。',
  },
  accountDesk: {
    package: 'workbench-income',
    path: 'pages/account/index',
    title: '共管账户对账',
    signIn: '共管账户的付款要和银行流水核对，请先登录。',
    staff: '共管账户由物业、业委会和街道一起管。',
    params: ['month?'],
  },
  audits: {
    package: 'income',
    path: 'pages/audits/index',
    title: '年度审计',
    signIn: '审计报告只给本小区的业主看，登录后就能查每一条发现和答复。',
  },
  auditReport: {
    package: 'income',
    path: 'pages/audit/index',
    title: '审计报告',
    signIn: '审计报告只给本小区的业主看，登录后就能查每一条发现和答复。',
    params: ['id'],
  },
  auditDesk: {
    package: 'workbench-income',
    path: 'pages/audits/index',
    title: '年度审计',
    signIn: '审计报告的录入、答复和核实，请先登录。',
    staff: '审计报告由业委会录入公示，业委会或物业答复，社区核实。',
  },
  auditDraft: {
    package: 'workbench-income',
    path: 'pages/audit-draft/index',
    title: '录入审计报告',
    signIn: '审计报告由业委会录入，请先登录。',
    staff: '审计报告由业委会录入和公示。',
    params: ['id?'],
  },
  incomeDesk: {
    package: 'workbench-income',
    path: 'pages/list/index',
    title: '本季收支',
    signIn: '公共收益的账由业委会来做，请先登录。',
    staff: '公共收益的账由业委会来做。',
  },
  incomeBooks: {
    package: 'workbench-income',
    path: 'pages/books/index',
    title: '账簿',
    signIn: '公共收益的账由业委会来做，请先登录。',
    staff: '公共收益的账由业委会来做。',
    params: ['quarter?'],
  },
  witnessDesk: {
    package: 'workbench-income',
    path: 'pages/witness/index',
    title: '收支见证',
    signIn: '公共收益公示前由社区见证，请先登录。',
    staff: '公共收益公示前由社区见证。',
  },
  incomeDraft: {
    package: 'workbench-income',
    path: 'pages/draft/index',
    title: '做一季的账',
    signIn: '公共收益的账由业委会来做，请先登录。',
    staff: '公共收益的账由业委会来做。',
    params: ['id?'],
  },

  complaints: {
    package: 'tickets',
    path: 'pages/list/index',
    title: '投诉',
    signIn: '登录后能反映问题，看谁在办、什么时候办完。',
    params: ['tab?'],
  },
  complain: {
    package: 'tickets',
    path: 'pages/kinds/index',
    title: '我要投诉',
    signIn: '投诉要能找到您，才能回复您，请先登录。',
  },
  complaintForm: {
    package: 'tickets',
    path: 'pages/write/index',
    title: '写投诉',
    signIn: '投诉要能找到您，才能回复您，请先登录。',
    params: ['category'],
  },
  complaintDetail: {
    package: 'tickets',
    path: 'pages/detail/index',
    title: '投诉进展',
    signIn: '登录后能看到投诉办到哪一步了。',
    params: ['estateId?', 'id', 'sent?'],
  },
  ticketsDesk: {
    package: 'workbench-tickets',
    path: 'pages/queue/index',
    title: '工单',
    signIn: '工单由物业和各部门处理，请先登录。',
    staff: '工单由物业、社区、街道和各部门处理。',
  },
  complaintsDesk: {
    package: 'workbench-tickets',
    path: 'pages/estate/index',
    title: '小区投诉',
    signIn: '小区投诉给业委会查看，请先登录。',
    staff: '小区投诉给业委会查看。',
  },
  ticketHandle: {
    package: 'workbench-tickets',
    path: 'pages/handle/index',
    title: '处理投诉',
    signIn: '投诉由物业和各部门处理，请先登录。',
    staff: '投诉由物业、社区、街道和各部门处理。',
    params: ['estateId?', 'id'],
  },
  overdueDesk: {
    package: 'workbench-tickets',
    path: 'pages/overdue/index',
    title: '逾期工单',
    signIn: '逾期工单由社区和街道督办，请先登录。',
    staff: '逾期工单由社区和街道督办。',
  },
  extensionsDesk: {
    package: 'workbench-tickets',
    path: 'pages/extensions/index',
    title: '延期审批',
    signIn: '延期由街道审批，请先登录。',
    staff: '延期由街道审批。',
  },
  fees: {
    package: 'fees',
    path: 'pages/schedule/index',
    title: '收费公示',
    signIn: '收费标准只给本小区的人看，登录后就能查每一项的依据。',
    params: ['version?'],
  },
  utilities: {
    package: 'fees',
    path: 'pages/utilities/index',
    title: '公共水电费分摊',
    signIn: '登录后能看到公共水电费怎么分摊、您家分到多少。',
    params: ['month?'],
  },
  bills: {
    package: 'payments',
    path: 'pages/bills/index',
    title: '缴费',
    signIn: '登录后能看到您家的账单，每一笔怎么算的都写着。',
  },
  payResult: {
    package: 'payments',
    path: 'pages/result/index',
    title: '付款结果',
    signIn: '登录后能看到付款结果。',
    params: ['orderNo', 'payment?'],
  },
  relief: {
    package: 'payments',
    path: 'pages/relief/index',
    title: '减免缓缴',
    signIn: '登录后能申请减免或缓缴，也能看申请办到哪一步了。',
  },
  reliefForm: {
    package: 'payments',
    path: 'pages/relief-form/index',
    title: '申请减免缓缴',
    signIn: '登录后能为自家的账单申请减免或缓缴。',
    params: ['id?'],
  },
  receipts: {
    package: 'payments',
    path: 'pages/receipts/index',
    title: '收据',
    signIn: '登录后能看到您的收据。',
  },
  receipt: {
    package: 'payments',
    path: 'pages/receipt/index',
    title: '收据',
    signIn: '登录后能看到您的收据。',
    params: ['id'],
  },
  moneyTrace: {
    package: 'payments',
    path: 'pages/entries/index',
    title: '记账凭证',
    signIn: '登录后能看到您家的钱记在哪里。',
    params: ['bill?', 'receipt?'],
  },
  refunds: {
    package: 'payments',
    path: 'pages/refunds/index',
    title: '退款和预存',
    signIn: '登录后能看到退给您的钱和多付的钱。',
  },
  feesDesk: {
    package: 'workbench-fees',
    path: 'pages/schedule/index',
    title: '收费公示',
    signIn: '收费标准由物业公示，请先登录。',
    staff: '收费标准由物业公示。',
  },
  billsDesk: {
    package: 'workbench-fees',
    path: 'pages/bills/index',
    title: '账单',
    signIn: '账单由物业出，请先登录。',
    staff: '账单由物业出。',
  },
  billingDesk: {
    package: 'workbench-fees',
    path: 'pages/billing/index',
    title: '期限和缴费周期',
    signIn: '缴费期限由物业按合同填写，请先登录。',
    staff: '缴费期限由物业按合同填写。',
  },
  paymentsDesk: {
    package: 'workbench-fees',
    path: 'pages/collection/index',
    title: '缴费情况',
    signIn: '缴费情况给物业查看，请先登录。',
    staff: '缴费情况给物业查看。',
  },
  dunningDesk: {
    package: 'workbench-fees',
    path: 'pages/dunning/index',
    title: '催缴',
    signIn: '催缴由物业办理，请先登录。',
    staff: '催缴由物业办理，业委会能看到户数。',
  },
  ledgerDesk: {
    package: 'workbench-ledger',
    path: 'pages/books/index',
    title: '总账',
    signIn: '总账给记账和监督的人查看，请先登录。',
    staff: '总账给物业经理、业委会财务、社区和街道查看。',
  },
  ledgerSubjects: {
    package: 'workbench-ledger',
    path: 'pages/subjects/index',
    title: '分户明细',
    signIn: '总账给记账和监督的人查看，请先登录。',
    staff: '总账给物业经理、业委会财务、社区和街道查看。',
    params: ['book', 'kind', 'name'],
  },
  ledgerEntries: {
    package: 'workbench-ledger',
    path: 'pages/entries/index',
    title: '明细账',
    signIn: '总账给记账和监督的人查看，请先登录。',
    staff: '总账给物业经理、业委会财务、社区和街道查看。',
    params: ['book', 'kind', 'subject?', 'name'],
  },
  ledgerTrace: {
    package: 'workbench-ledger',
    path: 'pages/trace/index',
    title: '记账凭证',
    signIn: '总账给记账和监督的人查看，请先登录。',
    staff: '总账给物业经理、业委会财务、社区和街道查看。',
    params: ['kind', 'id'],
  },
  refundsDesk: {
    package: 'workbench-fees',
    path: 'pages/refunds/index',
    title: '退款和待核对',
    signIn: '退款由物业办理，请先登录。',
    staff: '退款由物业办理。',
  },
  reconcileDesk: {
    package: 'workbench-fees',
    path: 'pages/reconcile/index',
    title: '对账',
    signIn: '对账由物业办理，请先登录。',
    staff: '对账由物业办理。',
  },
  contactBoard: {
    package: 'contacts',
    path: 'pages/board/index',
    title: '执法部门公告牌',
    signIn: '登录后能看到该找哪个部门、打哪个电话。',
    params: ['estateId?'],
  },
  notices: {
    package: 'disclosure',
    path: 'pages/notices/index',
    title: '通知',
    signIn: '通知只给本小区的人看，请先登录。',
  },
  notice: {
    package: 'disclosure',
    path: 'pages/notice/index',
    title: '通知',
    signIn: '通知只给本小区的人看，请先登录。',
    params: ['noticeId'],
  },
  posting: {
    package: 'disclosure',
    path: 'pages/posting/index',
    title: '公示内容',
    signIn: '公示内容只给本小区的人看，请先登录。',
    params: ['postingId'],
  },
  radarItem: {
    package: 'disclosure',
    path: 'pages/item/index',
    title: '公示情况',
    signIn: '登录后能看到该公示什么、该谁公示。',
    params: ['code'],
  },
  boardsDesk: {
    package: 'workbench-street',
    path: 'pages/boards/index',
    title: '公告牌',
    signIn: '公告牌由街道（镇）发布，请先登录。',
    staff: '公告牌由街道（镇）发布。',
  },
  radarDesk: {
    package: 'workbench-street',
    path: 'pages/radar/index',
    title: '公示雷达',
    signIn: '公示雷达给公示义务人和监督的人用，请先登录。',
    staff: '公示雷达给公示义务人和监督的人用。',
  },
  noticesDesk: {
    package: 'workbench-street',
    path: 'pages/notices/index',
    title: '发通知',
    signIn: '通知由物业、业委会、社区和街道发布，请先登录。',
    staff: '通知由物业、业委会、社区和街道发布。',
  },
} as const satisfies Readonly<Record<string, RouteDefinition>>;

export type RouteName = keyof typeof ROUTES;
export type TabName = {
  [Name in RouteName]: (typeof ROUTES)[Name] extends { tab: true } ? Name : never;
}[RouteName];

type ParamNames<Name extends RouteName> = (typeof ROUTES)[Name] extends { params: readonly (infer Param)[] }
  ? Param & string
  : never;
type OptionalParam<Param extends string> = Param extends `${infer Bare}?` ? Bare : never;
type RequiredParam<Param extends string> = Param extends `${string}?` ? never : Param;

/** What a page is opened with: `{ ticketId: string; tab?: string | undefined }`. */
export type RouteParams<Name extends RouteName> = Readonly<
  Record<RequiredParam<ParamNames<Name>>, string> &
    Partial<Record<OptionalParam<ParamNames<Name>>, string | undefined>>
>;

/** The second argument of `navigate`: absent where the page takes none, optional where all of them are. */
export type RouteArguments<Name extends RouteName> = [ParamNames<Name>] extends [never]
  ? []
  : [RequiredParam<ParamNames<Name>>] extends [never]
    ? [params?: RouteParams<Name>]
    : [params: RouteParams<Name>];

export function routeOf(name: RouteName): RouteDefinition {
  return ROUTES[name];
}

/** 'packages/workbench/pages/desk/index', as Taro and WeChat write it. */
export function pagePath(name: RouteName): string {
  const { package: folder, path } = routeOf(name);
  return folder === undefined ? path : `packages/${folder}/${path}`;
}

export const ROUTE_NAMES = Object.keys(ROUTES) as RouteName[];

/** The page that is shown at a path, with or without its leading slash and its query. */
export function routeAt(path: string): RouteName | undefined {
  const bare = path.replace(/^\//, '').replace(/\?.*$/, '');
  return ROUTE_NAMES.find((name) => pagePath(name) === bare);
}

/** '/packages/workbench/pages/desk/index?a=1'; parameters without a value are left out. */
export function routeUrl(name: RouteName, params: Readonly<Record<string, string | undefined>> = {}): string {
  const query = Object.entries(params)
    .filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&');
  return `/${pagePath(name)}${query === '' ? '' : `?${query}`}`;
}

/** Page configuration of one route, for its index.config.ts. */
export function pageConfig(name: RouteName) {
  return { navigationBarTitleText: routeOf(name).title, enablePullDownRefresh: false };
}
