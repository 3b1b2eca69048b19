/** What is collected, for what, and for how long: the text of the agreement, also shown on 隐私与个人信息. */
export interface Collected {
  readonly what: string;
  readonly why: string;
  readonly kept: string;
}

export const COLLECTED: readonly Collected[] = [
  { what: '手机号', why: '登录；和业主名册核对您是哪一户', kept: '加密保存，注销账号后删除' },
  { what: '微信标识', why: '在微信里免输密码登录、给您发办理通知', kept: '注销账号后删除' },
  {
    what: '姓名、房屋和面积',
    why: '业主大会计算户数和面积、出账单；来自业委会或物业登记的名册',
    kept: '名册有效期间',
  },
  {
    what: '认领房屋的姓名和证明照片',
    why: '由业委会、物业、社区或街道核实您和房屋的关系',
    kept: '处理后 30 天删除照片',
  },
  { what: '投诉的文字和照片', why: '转给负责的单位办理；照片里的拍摄位置会去掉', kept: '办结后三年' },
  { what: '投票选择', why: '业主大会计票，法律允许业主申请撤销决定', kept: '决定失效后三年' },
  { what: '缴费记录', why: '对账、开收据', kept: '会计法规定的年限' },
  {
    what: '登录的设备和时间',
    why: '让您能发现并赶走别人的登录',
    kept: '过期 30 天后或注销账号后删除；操作日志六个月',
  },
];

export interface AgreementSection {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

export const AGREEMENT: readonly AgreementSection[] = [
  {
    title: '谁在处理您的信息',
    paragraphs: [
      '本服务由您所在小区或街道部署。信息只用来办小区里的事：公示、投诉、业主大会和缴费。不做广告，不卖给任何人。',
    ],
  },
  {
    title: '谁能看到',
    paragraphs: [
      '投诉时填写的姓名和电话，只有办理人员能看到，被投诉的一方看不到。',
      '投票选择在截止前谁也看不到；截止后按法律要求公布总数。',
      '列表里的姓名和手机号都打了码；谁查看过完整信息会留下记录。',
      '在微信里提交的文字会交给微信检查有没有违法内容，除此之外不提供给别人。',
    ],
  },
  {
    title: '我们不做的事',
    paragraphs: ['不读通讯录，不读短信，不取位置，不在后台运行，不用人脸识别。'],
  },
  {
    title: '您可以做的事',
    paragraphs: [
      '在“我的 → 隐私与个人信息”里，随时查看、导出或删除您的信息。',
      '不同意本政策就不能登录，但不影响您在小区公告栏看到公示，也可以用纸质方式投票和缴费。',
      '有疑问或要投诉我们对信息的处理，请联系业委会或所在街道。',
    ],
  },
];
