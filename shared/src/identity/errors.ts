import { defineErrors } from '../errors/index.ts';

export const IDENTITY_ERRORS = defineErrors({
  'AUTH.CODE_WRONG': { status: 422, message: '验证码不对或已过期，请重新获取' },
  'AUTH.LOCKED': { status: 429, message: '验证码输错次数太多，请 {minutes} 分钟后再试' },
  'AUTH.CODE_TOO_SOON': { status: 429, message: '验证码刚发过，请 {seconds} 秒后再试' },
  'AUTH.DEMO_ONLY': { status: 404, message: '这里没有演示登录，请用微信或手机号登录' },
  'AUTH.WECHAT_CODE': { status: 422, message: '微信登录没有成功，请再点一次' },
  'AUTH.WECHAT_OFF': { status: 404, message: '还没有接入微信，请用手机号登录' },
  'AUTH.PHONE_TAKEN': { status: 409, message: '这个手机号已绑定其他微信，请用手机号登录后再处理' },
  'CLAIM.PENDING': { status: 409, message: '您已经认领过这套房屋，正在等待核实' },
  'CLAIM.HELD': { status: 409, message: '您已经绑定了这套房屋，不用再认领' },
  'CLAIM.DECIDED': { status: 409, message: '这条认领已经处理过，请刷新查看结果' },
  'CLAIM.OWN': { status: 403, message: '不能核实自己的认领，请由另一位工作人员处理' },
  'INVITATION.INVALID': { status: 422, message: '邀请码不对或已失效，请向业主重新要一个' },
  'RESIDENCY.OWNER': { status: 409, message: '业主身份以名册为准，不能在这里移除' },
  'MEMBERSHIP.TWO_PERSONS': { status: 409, message: '授予权限要两个人：请由另一位有权的人确认' },
});
