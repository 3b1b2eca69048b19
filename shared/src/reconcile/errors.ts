import { defineErrors } from '../errors/index.ts';

export const RECONCILE_ERRORS = defineErrors({
  'BANK.SHEET_INVALID': { status: 422, message: '流水里有 {count} 处看不懂，改好后再导入' },
  'BANK.AT_ONCE': { status: 409, message: '有人正在导入流水，请稍后再导入一次' },
  'BANK.NO_MERCHANT': { status: 409, message: '这本账还没有设置收款商户号，没有可核对的结算' },
});
