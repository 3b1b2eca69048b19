import { View } from '@tarojs/components';
import type { AssemblyDetail, AssemblyResult } from '@linli/shared/assembly';
import type { LogBoardResponse } from '@linli/shared/ballot-log';
import { formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { Button, Card, Fact, PageShell, SkeletonList } from '@/components';
import { useRouteParams } from '@/navigate';
import { canPrint, printPage } from '@/platform';
import { bothResources } from '@/request';
import { currentEstateName, useSession } from '@/stores';
import { useAssembly, useLogBoard, useResult } from '../../api';
import { LogAlarm } from '../../components/log-alarm';
import { witnessWords } from '../../components/recheck';
import './index.css';

/** The result as it hangs in the entrance hall: the checkpoint as a code, so that nobody can show another one later. */
export default function AssemblyBoardPage() {
  const { assemblyId } = useRouteParams('assemblyBoard');
  const assembly = useAssembly(assemblyId);
  const result = useResult(assemblyId);
  const board = useLogBoard(assemblyId);
  return (
    <PageShell
      route="assemblyBoard"
      resource={bothResources(bothResources(assembly, result), board)}
      skeleton={<SkeletonList />}
    >
      {([[detail, counted], shown]) => (
        <>
          <View className="stack stack--4 no-print">
            <LogAlarm assemblyId={assemblyId} />
            <Card title="贴在公告栏上">
              <View className="stack stack--3">
                <View>
                  打印一张 A4 贴在公告栏。纸上的二维码固定了这份记录：以后谁改动记录，扫码就会对不上。
                </View>
                <Fact label="记录">{`共 ${shown.size} 条`}</Fact>
                <Fact label="见证">{witnessWords(shown)}</Fact>
                {canPrint ? (
                  <Button block icon="print" onTap={printPage}>
                    打印（A4）
                  </Button>
                ) : (
                  <View className="t-muted">请在电脑的浏览器里打开这一页来打印。</View>
                )}
              </View>
            </Card>
          </View>
          <Sheet assembly={detail} result={counted} board={shown} />
        </>
      )}
    </PageShell>
  );
}

interface SheetProps {
  readonly assembly: AssemblyDetail;
  readonly result: AssemblyResult;
  readonly board: LogBoardResponse;
}

/** Drawn by a browser only; on the screen it is what the paper will be. */
function Sheet({ assembly, result, board }: SheetProps) {
  const estate = useSession(currentEstateName);
  if (process.env.TARO_ENV !== 'h5') return null;
  const publishedAt = result.publishedAt ?? result.countedAt;
  return (
    <section className="hall-sheet">
      <h1 className="hall-sheet__title">{`${estate}业主大会表决结果`}</h1>
      <p>{`${assembly.name}　${assembly.title}　公布于 ${formatFullDate(shanghaiDate(publishedAt))}`}</p>
      {result.banner !== null && <p className="hall-sheet__strong">{`${result.banner}，结果没有约束力。`}</p>}
      {result.motions.map(({ motionId, title, explanation, decisionNumber }, index) => (
        <article key={motionId} className="hall-sheet__motion">
          <h2>{`${index + 1}. ${title}`}</h2>
          <p className="hall-sheet__strong">{explanation.headline}</p>
          <p>{explanation.sentences.join('；')}</p>
          {decisionNumber !== null && <p>{`决定编号：${decisionNumber}`}</p>}
        </article>
      ))}
      <footer className="hall-sheet__foot">
        <figure className="hall-sheet__code">
          <img src={board.qr} alt="" />
          <figcaption>扫码核对：记录有没有被改过</figcaption>
        </figure>
        <div className="hall-sheet__proof">
          <p className="hall-sheet__strong">核对码（检查点）</p>
          <pre className="hall-sheet__note">{board.note}</pre>
          <p>{`记录共 ${board.size} 条。${witnessWords(board)}${signers(board)}。`}</p>
          <p>
            业主可以在“业主大会—表决结果”里下载核对文件，用自己的电脑重新数票。认为决定侵害自己权益的业主，可以自知道之日起一年内请求人民法院撤销。
          </p>
        </div>
      </footer>
    </section>
  );
}

function signers({ size, witnesses }: LogBoardResponse): string {
  const signed = witnesses.filter((witness) => witness.size === size).map(({ label }) => label);
  return signed.length === 0 ? '' : `：${signed.join('、')}`;
}
