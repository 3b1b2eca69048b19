import type { ElectionReason, ElectionResult } from './count.ts';

const SENTENCES: Readonly<Record<ElectionReason, string>> = {
  OK: '名额全部选出',
  TIE_AT_LAST_SEAT: '末位同意人数和面积都相同，不抽签，由票数相同的候选人重新投票',
  SEATS_LEFT: '当选人数过半，业委会成立；空缺由候补委员递补或者补选',
  TOO_FEW_ELECTED: '当选人数没有超过名额的一半，选举不成立',
  QUORUM: '参与投票的业主不够法定人数，选举没有结果',
  ALTERNATES_TIED: '候补末位票数相同，不抽签，均不列为候补',
};

/** "当选 4 人，空缺 1 席：当选人数过半……". */
export function explainElection(result: ElectionResult): string {
  const { elected, openSeats, reasons } = result;
  const seats = openSeats > 0 && elected.length > 0 ? `，还有 ${openSeats} 席` : '';
  const counted = elected.length > 0 ? `当选 ${elected.length} 人${seats}` : '没有人当选';
  return `${counted}：${reasons.map((reason) => SENTENCES[reason]).join('；')}`;
}
