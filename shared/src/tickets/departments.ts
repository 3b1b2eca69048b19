/**
 * The public bodies that complaints are routed to and that stand on the contact board. Codes are national; what a body
 * is called locally is region data (`TicketRules.departmentNames`).
 */
export const DEPARTMENTS = {
  STREET: '街道办事处（乡镇人民政府）',
  COMMUNITY: '社区居民委员会',
  HOUSING: '住房和城乡建设局',
  POLICE: '公安局',
  FIRE: '消防救援大队',
  EMERGENCY: '应急管理局',
  PRICE: '发展和改革委员会',
  MARKET: '市场监督管理局',
  PLANNING: '自然资源和规划局',
  URBAN: '城市管理（综合行政执法）局',
  ENVIRONMENT: '生态环境局',
  JUSTICE: '司法局',
  FINANCE: '财政局',
  WATER: '水务局',
  POWER: '供电公司',
  UTILITIES: '供水供电供气供热等专营单位',
  CIVIL_DEFENCE: '人民防空办公室',
  HOTLINE: '12345政务服务便民热线',
} as const;

export type DepartmentCode = keyof typeof DEPARTMENTS;

export const DEPARTMENT_CODES = Object.keys(DEPARTMENTS) as readonly DepartmentCode[];
