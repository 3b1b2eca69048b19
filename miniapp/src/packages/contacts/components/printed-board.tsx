import type { ContactBoardView } from '@linli/shared/contacts';
import { formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { useSession } from '@/stores/session';
import { qrAddress } from '../api';
import './printed-board.css';

const HEADS = ['部门', '工作职责', '受理事项', '联系人', '电话'] as const;

/** The board on a sheet of A3 for the wall; drawn by a browser only, and only when it prints. */
export function PrintedBoard({ board }: { readonly board: ContactBoardView }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  if (process.env.TARO_ENV !== 'h5') return null;
  return (
    <section className="wall" aria-hidden>
      <header className="wall__head">
        <div>
          <h1 className="wall__title">{`${board.estateName}执法部门职责及联系人公告牌`}</h1>
          <p>{`${board.publishedBy}　${formatFullDate(board.effectiveFrom)}起用　第 ${board.version} 版　${formatFullDate(shanghaiDate(board.checkedAt))}核对`}</p>
        </div>
        <figure className="wall__code">
          <img src={qrAddress(estateId)} alt="" />
          <figcaption>扫码看最新号码</figcaption>
        </figure>
      </header>
      <table className="wall__table">
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head}>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {board.entries.map((entry) => (
            <tr key={`${entry.departmentName}|${entry.contactName}`}>
              <td className="wall__name">{entry.departmentName}</td>
              <td>{entry.duties}</td>
              <td>{entry.handles.join('、')}</td>
              <td className="wall__whole">{entry.contactName}</td>
              <td className="wall__phone">{entry.phone.display}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="wall__levels">
        {`投诉电话：${board.levels
          .filter(({ phone }) => phone !== null)
          .map(({ label, phone }) => `${label} ${phone?.display ?? ''}`)
          .join('　')}`}
      </p>
      <p className="wall__levels">
        {board.emergency.map(({ number, label }) => `${label} ${number}`).join('　')}
      </p>
    </section>
  );
}
