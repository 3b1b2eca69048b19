import { View } from '@tarojs/components';
import { PAPER_REFUSAL_LABELS, type PaperEntryView, type PaperReturnDetail } from '@linli/shared/assembly';
import { Card, InstantText } from '@/components';
import { readLines } from '../paper-marks';
import './paper.css';

interface Props {
  readonly paper: PaperReturnDetail;
}

/** What each has read, side by side with their names; only once it is no secret any more. */
export function PaperReadings({ paper }: Props) {
  const shown = paper.entries.filter(({ reading }) => reading !== null);
  if (shown.length === 0) return null;
  return (
    <Card title={paper.state === 'MISMATCH' ? '两次录入不一致，请再核对一次' : '录入的人'}>
      <View className="stack stack--3">
        {paper.state === 'MISMATCH' && (
          <View className="t-bad">请对着原票自己看一遍再录；和其中一个人录得一样，就按这样计入。</View>
        )}
        <View className="paper-readings">
          {shown.map((entry) => (
            <Reading key={entry.by} entry={entry} paper={paper} />
          ))}
        </View>
      </View>
    </Card>
  );
}

function Reading({ entry, paper }: Props & { readonly entry: PaperEntryView }) {
  const { reading } = entry;
  if (reading === null) return null;
  const marks = Object.fromEntries(reading.marks.map(({ motionId, mark }) => [motionId, mark] as const));
  return (
    <View className="stack stack--1 paper-readings__one">
      <View className="t-strong">{entry.isMe ? `${entry.by}（您）` : entry.by}</View>
      <View className="t-second t-muted">
        <InstantText at={entry.madeAt} />
      </View>
      {reading.reason !== null && <View>{`不计入：${PAPER_REFUSAL_LABELS[reading.reason]}`}</View>}
      {reading.reason === null && <View>{`签名：${reading.signers.join('、')}`}</View>}
      {reading.reason === null &&
        readLines(paper.motions, marks).map(({ key, what, said }) => (
          <View key={key} className="row row--between row--top">
            <View className="grow">{what}</View>
            <View className="t-strong paper-readings__mark">{said}</View>
          </View>
        ))}
    </View>
  );
}
