import type { StatementLineView, StatementView } from '@linli/shared/income';
import { formatFullDate, formatQuarter, shanghaiDate, yuanText } from '@linli/shared/kernel';
import { currentEstateName, useSession } from '@/stores/session';
import { qrAddress } from '../api';
import './printed-statement.css';

const HEADS = ['收支', '类别', '日期', '对方单位', '合同', '金额', '成本', '净额', '凭证', '决议'] as const;

/** The statement on a sheet of A4 for the notice board; drawn by a browser only, and only when it prints. */
export function PrintedStatement({ view }: { readonly view: StatementView }) {
  const estate = useSession(currentEstateName);
  const estateId = useSession((state) => state.estateId) ?? '';
  if (process.env.TARO_ENV !== 'h5') return null;
  const { incomeNetFen, spendFen } = view.sums;
  return (
    <section className="printed" aria-hidden>
      <header className="printed__head">
        <div>
          <h1 className="printed__title">{`${estate}${formatQuarter(view.quarter)}公共收益收支公示`}</h1>
          <p>{`账户持有人：${view.accountHolder}　第 ${view.version} 版${view.reason === '' ? '' : `　更正原因：${view.reason}`}`}</p>
        </div>
        <figure className="printed__code">
          <img src={qrAddress(estateId, view.id)} alt="" />
          <figcaption>扫码看最新一版</figcaption>
        </figure>
      </header>
      <table className="printed__table">
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head}>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Balance name="季初余额" fen={view.openingFen} />
          {view.lines.map((line) => (
            <PrintedLine key={line.index} line={line} />
          ))}
          <Balance name="净收入合计" fen={incomeNetFen} />
          <Balance name="支出合计" fen={spendFen} />
          <Balance name="季末余额" fen={view.closingFen} />
        </tbody>
      </table>
      <p>
        {`银行余额 ${view.bankBalanceFen === null ? '—' : yuanText(view.bankBalanceFen)} 元`}
        {view.reconciling
          .map(({ description, amountFen }) => `；${description} ${yuanText(amountFen)} 元`)
          .join('')}
      </p>
      <p>
        {`制表：${view.preparedBy}　复核公示：${view.reviewedBy ?? ''}　${view.witness === null ? '' : `见证：${view.witness}　`}公示日期：${view.publishedAt === null ? '' : formatFullDate(shanghaiDate(view.publishedAt))}`}
      </p>
      <p className="printed__hash">{`校验码 ${view.hash ?? ''}`}</p>
    </section>
  );
}

function PrintedLine({ line }: { readonly line: StatementLineView }) {
  const income = line.dir === 'INCOME';
  const grossFen = income ? line.grossFen : line.amountFen;
  const netFen = income ? line.netFen : line.amountFen;
  return (
    <tr>
      <td className="printed__whole">{income ? '收入' : '支出'}</td>
      <td className="printed__whole">{line.categoryLabel}</td>
      <td className="printed__whole">{line.date}</td>
      <td>{line.counterparty}</td>
      <td className="printed__whole">{line.contractNo ?? ''}</td>
      <td className="printed__number">{yuanText(grossFen)}</td>
      <td className="printed__number">{income ? yuanText(line.costFen) : ''}</td>
      <td className="printed__number">{yuanText(netFen)}</td>
      <td className="printed__whole">{line.voucherNo ?? ''}</td>
      <td className="printed__whole">{line.decisionNo ?? ''}</td>
    </tr>
  );
}

function Balance({ name, fen }: { readonly name: string; readonly fen: number }) {
  return (
    <tr className="printed__balance">
      <td colSpan={7}>{name}</td>
      <td className="printed__number">{yuanText(fen)}</td>
      <td colSpan={2} />
    </tr>
  );
}
