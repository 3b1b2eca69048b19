/**
 * What shall go wrong, and how often. A rule is told once through the control API and used up by what it
 * matches; without a rule everything works.
 */
import { asObject, flagOf, integerOf, textOf, type Json } from './json.ts';
import {
  CORRUPT_PARTS,
  type CallbackFault,
  type Contradiction,
  type Delivery,
  type Refund,
} from './records.ts';

/** What goes wrong with one reply of WeChat's API. */
export type ReplyFault =
  /** Answered with an error; nothing is done. */
  | { readonly kind: 'refuse'; readonly status: number; readonly code: string; readonly message: string }
  /** The connection is cut before anything is done. */
  | { readonly kind: 'unreachable' }
  /** It is done, and then the connection is cut. */
  | { readonly kind: 'lose-reply' }
  /** It is done, and the reply is not signed, signed by somebody else, or six minutes old. */
  | { readonly kind: 'unsigned-reply' }
  | { readonly kind: 'forge-reply' }
  | { readonly kind: 'stale-reply' }
  /** Signed, and about another order or refund than was asked about. */
  | { readonly kind: 'answer-about'; readonly number: string }
  | { readonly kind: 'slow-reply'; readonly ms: number };

export type MediaVerdict = { readonly suggest: 'pass' | 'review' | 'risky'; readonly label: number };

export type FaultRule =
  | {
      readonly about: 'callback';
      readonly fault: CallbackFault;
      readonly of: Delivery['kind'] | null;
      readonly outTradeNo: string | null;
    }
  | {
      readonly about: 'reply';
      readonly fault: ReplyFault;
      readonly method: string | null;
      /** The beginning of the path, `/v3/pay/transactions/jsapi` for one. */
      readonly path: string;
    }
  | { readonly about: 'refund'; readonly outcome: Refund['outcome'] }
  | { readonly about: 'media'; readonly verdict: MediaVerdict }
  /** The trade bill tells one payment or refund otherwise than it was. */
  | { readonly about: 'bill'; readonly number: string; readonly change: BillChange }
  /** The bill as it is downloaded is not the one whose hash was signed. */
  | { readonly about: 'bill-file'; readonly damage: BillDamage };

export type BillChange =
  | { readonly kind: 'omit' }
  | { readonly kind: 'double' }
  | { readonly kind: 'amount'; readonly fen: number }
  /** More or less than agreed, in hundred-thousandths of a yuan. */
  | { readonly kind: 'fee'; readonly moreUnits: number }
  | { readonly kind: 'state'; readonly state: string };

const BILL_DAMAGES = ['changed', 'truncated', 'bomb'] as const;
export type BillDamage = (typeof BILL_DAMAGES)[number];

export type PlannedFault = { readonly id: number; readonly rule: FaultRule; readonly left: number };

export type FaultPlan = {
  add(rule: FaultRule, times: number): PlannedFault;
  list(): readonly PlannedFault[];
  clear(): void;
  /** All the callback faults that meet this delivery; each is used up once. */
  takeForCallback(kind: Delivery['kind'], outTradeNo: string | null): readonly CallbackFault[];
  takeForReply(method: string, path: string): ReplyFault | null;
  takeRefundOutcome(): Refund['outcome'] | null;
  takeMediaVerdict(): MediaVerdict | null;
  /** Bill faults stay: the same bill must read the same every time. */
  billFaults(): ReadonlyMap<string, BillChange>;
  takeBillDamage(): BillDamage | null;
};

export function createFaultPlan(): FaultPlan {
  let planned: PlannedFault[] = [];
  let lastId = 0;

  function use(id: number): void {
    planned = planned
      .map((fault) => (fault.id === id ? { ...fault, left: fault.left - 1 } : fault))
      .filter((fault) => fault.left > 0);
  }

  /** The first rule that `pick` recognises, used up once. */
  function takeFirst<Found>(pick: (rule: FaultRule) => Found | null): Found | null {
    for (const { id, rule } of planned) {
      const found = pick(rule);
      if (found === null) continue;
      use(id);
      return found;
    }
    return null;
  }

  return {
    add: (rule, times) => {
      lastId += 1;
      const fault = { id: lastId, rule, left: times };
      planned.push(fault);
      return fault;
    },
    list: () => planned,
    clear: () => {
      planned = [];
    },
    takeForCallback: (kind, outTradeNo) =>
      [...planned].flatMap(({ id, rule }) => {
        if (rule.about !== 'callback') return [];
        if (rule.of !== null && rule.of !== kind) return [];
        if (rule.outTradeNo !== null && rule.outTradeNo !== outTradeNo) return [];
        use(id);
        return [rule.fault];
      }),
    takeForReply: (method, path) =>
      takeFirst((rule) =>
        rule.about === 'reply' &&
        path.startsWith(rule.path) &&
        (rule.method === null || rule.method === method)
          ? rule.fault
          : null,
      ),
    takeRefundOutcome: () => takeFirst((rule) => (rule.about === 'refund' ? rule.outcome : null)),
    takeMediaVerdict: () => takeFirst((rule) => (rule.about === 'media' ? rule.verdict : null)),
    billFaults: () =>
      new Map(
        planned.flatMap(({ rule }) => (rule.about === 'bill' ? [[rule.number, rule.change] as const] : [])),
      ),
    takeBillDamage: () => takeFirst((rule) => (rule.about === 'bill-file' ? rule.damage : null)),
  };
}

const oneOf = <Choice extends string>(choices: readonly Choice[], text: string | null): Choice | null =>
  choices.find((choice) => choice === text) ?? null;

function attemptsOf(json: Json): number | 'all' {
  return json['attempts'] === 'all' ? 'all' : (integerOf(json, 'attempts') ?? 1);
}

function contradictionOf(json: Json | null): Contradiction | null {
  if (!json) return null;
  const amountFen = integerOf(json, 'amountFen');
  const texts = ['currency', 'openid', 'mchid', 'appid', 'outTradeNo', 'tradeState'].flatMap((field) => {
    const value = textOf(json, field);
    return value === null ? [] : [[field, value] as const];
  });
  const change = { ...(amountFen === null ? {} : { amountFen }), ...Object.fromEntries(texts) };
  return Object.keys(change).length > 0 ? change : null;
}

function callbackFault(kind: string, json: Json): CallbackFault | null {
  switch (kind) {
    case 'lose':
      return { kind, attempts: attemptsOf(json) };
    case 'delay':
      return { kind, ms: integerOf(json, 'ms') ?? 0 };
    case 'repeat':
      return { kind, copies: integerOf(json, 'copies') ?? 1, concurrently: flagOf(json, 'concurrently') };
    case 'reorder':
      return { kind };
    case 'corrupt': {
      const part = oneOf(CORRUPT_PARTS, textOf(json, 'part') ?? 'signature');
      return part && { kind, part, attempts: attemptsOf(json) };
    }
    case 'contradict': {
      const change = contradictionOf(asObject(json['change']));
      return change && { kind, change, everywhere: flagOf(json, 'everywhere') };
    }
    default:
      return null;
  }
}

function replyFault(kind: string, json: Json): ReplyFault | null {
  switch (kind) {
    case 'refuse':
      return {
        kind,
        status: integerOf(json, 'status') ?? 500,
        code: textOf(json, 'code') ?? 'SYSTEM_ERROR',
        message: textOf(json, 'message') ?? '系统异常，请稍后重试',
      };
    case 'slow-reply':
      return { kind, ms: integerOf(json, 'ms') ?? 0 };
    case 'answer-about':
      return { kind, number: textOf(json, 'number') ?? '' };
    case 'unreachable':
    case 'lose-reply':
    case 'unsigned-reply':
    case 'forge-reply':
    case 'stale-reply':
      return { kind };
    default:
      return null;
  }
}

/** Reads a rule from the control API; null when it makes no sense. */
export function readFaultRule(json: Json): FaultRule | null {
  const kind = textOf(json, 'kind') ?? '';
  const callback = callbackFault(kind, json);
  if (callback) {
    const of = oneOf(['payment', 'refund', 'push'], textOf(json, 'of'));
    return { about: 'callback', fault: callback, of, outTradeNo: textOf(json, 'outTradeNo') };
  }
  const reply = replyFault(kind, json);
  if (reply) {
    return {
      about: 'reply',
      fault: reply,
      method: textOf(json, 'method'),
      path: textOf(json, 'path') ?? '/',
    };
  }
  if (kind === 'refund-outcome') {
    const outcome = oneOf(['SUCCESS', 'CLOSED', 'ABNORMAL'], textOf(json, 'outcome'));
    return outcome && { about: 'refund', outcome };
  }
  if (kind === 'media-verdict') {
    const suggest = oneOf(['pass', 'review', 'risky'], textOf(json, 'suggest'));
    return suggest && { about: 'media', verdict: { suggest, label: integerOf(json, 'label') ?? 20002 } };
  }
  if (kind === 'damage-bill') {
    const damage = oneOf(BILL_DAMAGES, textOf(json, 'damage') ?? 'changed');
    return damage && { about: 'bill-file', damage };
  }
  const number = textOf(json, 'outRefundNo') ?? textOf(json, 'outTradeNo');
  return kind === 'misstate-bill' && number ? { about: 'bill', number, change: billChange(json) } : null;
}

/** Without any other word the line is left out. */
function billChange(json: Json): BillChange {
  const fen = integerOf(json, 'reportedFen');
  const moreUnits = integerOf(json, 'moreFeeUnits');
  const state = textOf(json, 'state');
  if (fen !== null) return { kind: 'amount', fen };
  if (moreUnits !== null) return { kind: 'fee', moreUnits };
  if (state !== null) return { kind: 'state', state };
  return flagOf(json, 'double') ? { kind: 'double' } : { kind: 'omit' };
}
