import { defineErrors } from './define-errors.ts';

/** What any feature may answer. Each sentence says what happened and what to do. */
export const KERNEL_ERRORS = defineErrors({
  'REQUEST.INVALID': { status: 400, message: '有内容填得不对，请按提示修改后再提交' },
  'REQUEST.UNKNOWN_FIELD': { status: 400, message: '提交了系统不认识的内容，请更新到最新版本后再试' },
  'REQUEST.MALFORMED': { status: 400, message: '提交的内容不完整或已损坏，请重新提交' },
  'REQUEST.TOO_LARGE': { status: 413, message: '提交的内容太多了，请减少一些再提交' },
  'REQUEST.MEDIA_TYPE': { status: 415, message: '提交的内容格式不对，请更新到最新版本后再试' },

  'FIELD.REQUIRED': { status: 400, message: '这一项必须填写' },
  'FIELD.TOO_SHORT': { status: 400, message: '至少填 {min} 个字' },
  'FIELD.TOO_LONG': { status: 400, message: '最多填 {max} 个字' },
  'FIELD.TOO_FEW': { status: 400, message: '至少要有 {min} 项' },
  'FIELD.TOO_MANY': { status: 400, message: '最多 {max} 项' },
  'FIELD.TOO_SMALL': { status: 400, message: '不能小于 {min}' },
  'FIELD.TOO_BIG': { status: 400, message: '不能大于 {max}' },
  'FIELD.FORMAT': { status: 400, message: '格式不对，请检查后重填' },
  'FIELD.CHOICE': { status: 400, message: '请从给出的选项里选择' },
  'FIELD.UNKNOWN': { status: 400, message: '系统不认识这一项' },

  'AUTH.REQUIRED': { status: 401, message: '登录已过期，请重新登录' },
  'ACCESS.DENIED': { status: 403, message: '您没有权限做这件事，如需办理请联系业委会或物业' },
  NOT_FOUND: { status: 404, message: '没有找到要看的内容，它可能已被撤下，请返回后刷新' },
  CONFLICT: { status: 409, message: '内容刚刚被别人改过，请刷新后再试' },
  GONE: { status: 410, message: '这个内容已经失效，请返回后刷新' },

  'STATE.NOT_ALLOWED': { status: 409, message: '现在这一步还不能（或已经不能）这样做，请刷新后查看最新进展' },
  'STATE.NOT_YOURS': { status: 403, message: '这一步不由您来办理，请等待对方处理' },
  'STATE.INCOMPLETE': { status: 422, message: '还缺少必要的内容，请补全后再提交' },

  'IDEMPOTENCY.REQUIRED': { status: 400, message: '提交缺少防重复编号，请更新到最新版本后再试' },
  'IDEMPOTENCY.IN_FLIGHT': { status: 409, message: '上一次提交还在处理，请稍等几秒再看结果，不用重复提交' },
  'IDEMPOTENCY.MISMATCH': { status: 422, message: '这次内容与上一次提交不同，请返回后重新提交' },

  'RATE.LIMITED': { status: 429, message: '操作太频繁了，请 {seconds} 秒后再试' },

  'FILE.MISSING': { status: 400, message: '没有收到文件，或者上传后放了太久已经清掉，请重新选择' },
  'FILE.EMPTY': { status: 400, message: '文件是空的，请重新选择' },
  'FILE.TYPE': { status: 415, message: '不支持这种文件，请换成{allowed}' },
  'FILE.TOO_LARGE': { status: 413, message: '文件超过 {maxMb} MB，请压缩后再传' },
  'FILE.TOO_MANY': { status: 400, message: '一次最多传 {max} 个文件' },
  'FILE.PIXELS': { status: 422, message: '图片尺寸太大，请换一张或截图后再传' },
  'FILE.DAMAGED': { status: 422, message: '文件打不开，可能已损坏，请重新选择' },
  'FILE.REJECTED': { status: 422, message: '文件没有通过内容检查，请换一个' },
  'FILE.NOT_READY': { status: 409, message: '文件还在检查，请稍后再看' },

  'CONTENT.REJECTED': { status: 422, message: '文字里有不能发布的内容，请修改后再提交' },

  'SERVER.FAULT': { status: 500, message: '系统出了点问题，已经记录。请稍后再试，您填写的内容不会丢' },
  'SERVER.BUSY': { status: 503, message: '现在使用的人很多，请稍后再试，您填写的内容不会丢' },
  'SERVER.STOPPING': { status: 503, message: '系统正在更新，请一分钟后再试，您填写的内容不会丢' },
  'DATABASE.UNREACHABLE': { status: 503, message: '暂时连不上数据库，请稍后再试，您填写的内容不会丢' },
  'STORAGE.FULL': { status: 507, message: '存储空间已满，暂时不能保存，请联系管理员' },
  'WECHAT.UNREACHABLE': { status: 502, message: '暂时连不上微信，请稍后再试' },
});

export type KernelErrorCode = keyof typeof KERNEL_ERRORS;
