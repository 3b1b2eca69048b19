/** Short names of the texts that routing and radar rows cite. Drafts (征求意见稿) are not in force and say so. */
export const POLICIES = {
  civilCode: '《民法典》',
  regulation: '《物业管理条例》',
  shuangliao: '《双辽市物业行业整治工作方案（征求意见稿）》',
  qitai: '奇政办发〔2023〕28号',
  districtTemplate: '区级《加强物业管理工作行动方案》',
  zhoukou: '周口市《关于加强和改进住宅物业管理工作的实施意见（征求意见稿）》',
  sishui: '泗政办字〔2019〕21号',
  beijing: '《北京市物业管理条例》',
  shanghai: '《上海市住宅物业管理规定》',
  product: '平台约定',
} as const;
