import { View } from '@tarojs/components';
import type { PaperReturnDetail } from '@linli/shared/assembly';
import { Attachments, Card, Fact, InstantText } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { useRouteParams } from '@/navigate';
import { PaperAnswer } from '../../components/paper-answer';
import { PaperEntryForm } from '../../components/paper-entry-form';
import { PaperReadings } from '../../components/paper-readings';
import { ReturnChip } from '../../components/paper-returns';
import { useReturn } from '../../paper-api';

/** One paper: what is on it is read here by one after the other; who differs from another calls a third. */
export default function PaperEntryPage() {
  const { assemblyId = '', returnId } = useRouteParams('paperEntry');
  const paper = useReturn(assemblyId, returnId);
  return (
    <WorkbenchShell route="paperEntry" active="papers" title="录入纸质票" resource={paper}>
      {(known) => (
        <View className="stack stack--4">
          <Head paper={known} />
          {known.state !== 'WAITING' && known.state !== 'ONCE' && <PaperReadings paper={known} />}
          {known.objection !== null && <PaperAnswer assemblyId={assemblyId} paper={known} />}
          {known.canEnter ? (
            <PaperEntryForm key={known.id} assemblyId={assemblyId} paper={known} />
          ) : (
            <WhyNot paper={known} />
          )}
        </View>
      )}
    </WorkbenchShell>
  );
}

interface Props {
  readonly paper: PaperReturnDetail;
}

function Head({ paper }: Props) {
  return (
    <Card title={paper.numberText ?? '没有编号的票'} extra={<ReturnChip paper={paper} />}>
      <View className="stack stack--2">
        <Fact label="房屋">{paper.label}</Fact>
        {paper.voters.length > 0 && (
          <Fact label="业主">{paper.voters.map(({ name }) => name).join('、')}</Fact>
        )}
        <Fact label="收到">
          <InstantText at={paper.receivedAt} />
          {` · ${paper.receivedBy}`}
        </Fact>
        {paper.note !== '' && <Fact label="说明">{paper.note}</Fact>}
        {paper.scans.length > 0 && <Attachments files={paper.scans} />}
      </View>
    </Card>
  );
}

function WhyNot({ paper }: Props) {
  const { state, entries } = paper;
  if (state === 'COUNTED' || state === 'REFUSED') return null;
  const mine = entries.some(({ isMe }) => isMe);
  return (
    <Card>
      {mine
        ? '您已经录入过，现在要由另一个人独立录入。录得一样就计入，不一样会请第三个人核对。'
        : '录入期限已过，结果即将公布。'}
    </Card>
  );
}
