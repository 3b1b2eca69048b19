import { defineStateMachine } from '../kernel/index.ts';

export const ROLL_IMPORT_STATES = [
  'READING',
  'REFUSED',
  'FAULTY',
  'READY',
  'APPLYING',
  'APPLIED',
  'OUTDATED',
  'CANCELLED',
  'FAILED',
] as const;
/** The life of one upload of a roll. */
export type RollImportState = (typeof ROLL_IMPORT_STATES)[number];

export const ROLL_IMPORT_STATE_NAMES: Readonly<Record<RollImportState, string>> = {
  READING: '正在检查',
  REFUSED: '文件不能读',
  FAULTY: '有错误，未导入',
  READY: '检查通过，等待确认',
  APPLYING: '正在导入',
  APPLIED: '已导入',
  OUTDATED: '名册已有变化，请重新上传',
  CANCELLED: '已取消，未导入',
  FAILED: '没有完成，未导入',
};

/**
 * Applying is one transaction: until APPLIED nothing of the file is in the roll. It cannot be cancelled any more, as
 * it either happens whole or not at all; OUTDATED means that the roll changed after the preview was made.
 */
export const ROLL_IMPORT_MACHINE = defineStateMachine({
  name: 'roll import',
  initial: 'READING',
  states: {
    READING: {},
    REFUSED: { final: true },
    FAULTY: { final: true },
    READY: {},
    APPLYING: {},
    APPLIED: { final: true },
    OUTDATED: { final: true },
    CANCELLED: { final: true },
    FAILED: { final: true },
  },
  transitions: [
    { event: 'REFUSE_FILE', from: ['READING'], to: 'REFUSED', by: ['SYSTEM'] },
    { event: 'FIND_FAULTS', from: ['READING'], to: 'FAULTY', by: ['SYSTEM'] },
    { event: 'PASS', from: ['READING'], to: 'READY', by: ['SYSTEM'] },
    { event: 'APPLY', from: ['READY'], to: 'APPLYING', by: ['STAFF'] },
    { event: 'FINISH', from: ['APPLYING'], to: 'APPLIED', by: ['SYSTEM'] },
    { event: 'FIND_CHANGED', from: ['READY'], to: 'OUTDATED', by: ['SYSTEM'] },
    { event: 'CANCEL', from: ['READING', 'READY'], to: 'CANCELLED', by: ['STAFF'] },
    { event: 'FAIL', from: ['READING'], to: 'FAILED', by: ['SYSTEM'] },
  ],
});

export type RollImportEvent = (typeof ROLL_IMPORT_MACHINE.transitions)[number]['event'];
