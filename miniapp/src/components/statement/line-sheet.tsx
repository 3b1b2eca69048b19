import { View } from '@tarojs/components';
import type { FileRef } from '@linli/shared/files';
import { COLLECTED_LABEL, type StatementLineView } from '@linli/shared/income';
import { formatFullDate } from '@linli/shared/kernel';
import { Attachments } from '../attachments';
import { Chip } from '../chip';
import { DecisionLink } from '../decision-link';
import { Fact, Money } from '../numbers';
import { Sheet } from '../sheet';
import { LineTraceView } from './line-trace';
import './statement.css';

const CLASS_NAMES = { ORDINARY: '普通决议', SPECIAL: '特别决议' } as const;

/** One line in full: how the net came about, which decision allows it, and the voucher itself. */
export function LineSheet({
  line,
  publishedAs = null,
  onClose,
}: {
  readonly line: StatementLineView | null;
  /** The published version that the line is of: then it can be followed into the books. */
  readonly publishedAs?: string | null;
  readonly onClose: () => void;
}) {
  return (
    <Sheet open={line !== null} title={line?.categoryLabel ?? ''} onClose={onClose}>
      {line !== null && (
        <View className="stack stack--4">
          {line.collected === undefined ? <LineFacts line={line} /> : <CollectedFacts line={line} />}
          {publishedAs !== null && (
            <LineTraceView key={line.index} statementId={publishedAs} index={line.index} />
          )}
        </View>
      )}
    </Sheet>
  );
}

/** What nobody typed: made of the payments themselves. */
function CollectedFacts({ line }: { readonly line: StatementLineView }) {
  const isRefund = line.collected?.kind === 'REFUNDS';
  const amountFen = line.dir === 'INCOME' ? line.netFen : line.amountFen;
  return (
    <View className="stack stack--3">
      <View className="row">
        <Chip tone="info">{COLLECTED_LABEL}</Chip>
      </View>
      <View>
        <Fact label={line.dir === 'SPEND' ? '手续费' : isRefund ? '退回' : '收到'}>
          <Money fen={isRefund ? -amountFen : amountFen} />
        </Fact>
        <Fact label="是什么">{line.note}</Fact>
      </View>
      <View className="t-second t-muted">
        住户在微信里付的钱，付的时候就进了总账。这一笔由账上的付款加起来，财务不能改，也不能少列。
      </View>
    </View>
  );
}

function LineFacts({ line }: { readonly line: StatementLineView }) {
  return (
    <View className="stack stack--3">
      <View>
        {line.dir === 'INCOME' ? (
          <>
            <Fact label="收到">
              <Money fen={line.grossFen} />
            </Fact>
            <Fact label="扣除成本">
              <Money fen={line.costFen} />
            </Fact>
            <Fact label="净收入">
              <Money fen={line.netFen} />
            </Fact>
          </>
        ) : (
          <Fact label="支出">
            <Money fen={line.amountFen} />
          </Fact>
        )}
        <Fact label="日期">{formatFullDate(line.date)}</Fact>
        <Fact label="对方单位">{line.counterparty}</Fact>
        {line.contractNo !== null && <Fact label="合同编号">{line.contractNo}</Fact>}
        {line.voucherNo !== null && <Fact label="凭证号">{line.voucherNo}</Fact>}
        {line.dir === 'INCOME' && line.justification !== null && (
          <Fact label="成本高的原因">{line.justification}</Fact>
        )}
        {line.note !== '' && <Fact label="备注">{line.note}</Fact>}
      </View>
      <LineDecision line={line} />
      <Vouchers files={line.vouchers} />
    </View>
  );
}

function LineDecision({ line }: { readonly line: StatementLineView }) {
  const { decision, decisionNo } = line;
  if (decisionNo === null) return <View className="t-second t-muted">这一笔没有写决议编号。</View>;
  return (
    <View className="stack stack--1">
      <DecisionLink number={decisionNo}>{decisionNo}</DecisionLink>
      {decision !== null && (
        <View className="t-second t-muted">
          {`${formatFullDate(decision.decidedOn)}业主大会通过，${CLASS_NAMES[decision.cls]}`}
        </View>
      )}
    </View>
  );
}

function Vouchers({ files }: { readonly files: readonly FileRef[] }) {
  if (files.length === 0)
    return <View className="t-second t-muted">凭证没有上传扫描件，原件可以向账户持有人查阅。</View>;
  return <Attachments files={files} />;
}
