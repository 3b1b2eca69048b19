import { type Fen, formatYuan } from '../kernel/index.ts';
import type { Bill, BillLine } from './bill.ts';
import type { Ledger } from './ledger.ts';

/** One charge over all bills of the month, beside the month before. */
export interface ItemTotal {
  readonly itemCode: string;
  readonly itemName: string;
  readonly ledger: Ledger;
  readonly units: number;
  readonly amountFen: Fen;
  readonly previousFen: Fen;
  readonly differenceFen: Fen;
}

/** A unit whose bill is not what it was 与上月不同. */
export interface BillChange {
  readonly unitId: string;
  readonly unitName: string;
  readonly ledger: Ledger;
  readonly previousFen: Fen;
  readonly currentFen: Fen;
  /** 新增 装修垃圾清运费 300.00 元; 单价 0.65 → 0.70 … */
  readonly why: readonly string[];
}

export function totalsByItem(bills: readonly Bill[], previous: readonly Bill[]): ItemTotal[] {
  const now = sumByItem(bills);
  const before = sumByItem(previous);
  const codes = new Set([...now.keys(), ...before.keys()]);
  return [...codes].flatMap((code) => {
    const known = now.get(code) ?? before.get(code);
    if (known === undefined) return [];
    const amountFen = now.get(code)?.amountFen ?? 0;
    const previousFen = before.get(code)?.amountFen ?? 0;
    return {
      itemCode: known.itemCode,
      itemName: known.itemName,
      ledger: known.ledger,
      units: now.get(code)?.units.size ?? 0,
      amountFen,
      previousFen,
      differenceFen: amountFen - previousFen,
    };
  });
}

/** Bills that differ from the month before, new and vanished ones included; the largest difference first. */
export function changesFrom(previous: readonly Bill[], bills: readonly Bill[]): BillChange[] {
  const before = new Map(previous.map((bill) => [accountOf(bill), bill]));
  const now = new Map(bills.map((bill) => [accountOf(bill), bill]));
  const accounts = new Set([...now.keys(), ...before.keys()]);
  return [...accounts]
    .flatMap((account): BillChange[] => {
      const [old, current] = [before.get(account), now.get(account)];
      const known = current ?? old;
      if (known === undefined || (old?.totalFen ?? 0) === (current?.totalFen ?? 0)) return [];
      return [
        {
          unitId: known.unitId,
          unitName: known.unitName,
          ledger: known.ledger,
          previousFen: old?.totalFen ?? 0,
          currentFen: current?.totalFen ?? 0,
          why: reasons(old?.lines ?? [], current?.lines ?? []),
        },
      ];
    })
    .sort((a, b) => difference(b) - difference(a));
}

function reasons(before: readonly BillLine[], now: readonly BillLine[]): string[] {
  const old = new Map(before.map((line) => [line.itemName, line]));
  const current = new Map(now.map((line) => [line.itemName, line]));
  const changed = now.flatMap((line) => {
    const previous = old.get(line.itemName);
    if (previous === undefined) return `新增：${line.itemName}，${line.formula}`;
    return previous.amountFen === line.amountFen
      ? []
      : `${line.itemName}：上月 ${previous.formula}；本月 ${line.formula}`;
  });
  const gone = before.filter(({ itemName }) => !current.has(itemName));
  return [...changed, ...gone.map((line) => `不再收：${line.itemName}，上月 ${formatYuan(line.amountFen)}`)];
}

function sumByItem(bills: readonly Bill[]): Map<string, ItemSum> {
  const sums = new Map<string, ItemSum>();
  for (const { unitId, ledger, lines } of bills) {
    for (const { itemCode, itemName, amountFen } of lines) {
      const key = `${itemCode}·${itemName}`;
      const sum: ItemSum = sums.get(key) ?? { itemCode, itemName, ledger, units: new Set(), amountFen: 0 };
      sum.units.add(unitId);
      sum.amountFen += amountFen;
      sums.set(key, sum);
    }
  }
  return sums;
}

interface ItemSum {
  readonly itemCode: string;
  readonly itemName: string;
  readonly ledger: Ledger;
  readonly units: Set<string>;
  amountFen: Fen;
}

const accountOf = ({ unitId, payer, ledger }: Bill): string => `${unitId}:${payer}:${ledger}`;

const difference = ({ previousFen, currentFen }: BillChange): Fen => Math.abs(currentFen - previousFen);
