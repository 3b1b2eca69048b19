import { View } from '@tarojs/components';
import { ASSEMBLY_STATE_LABELS, type AssemblyDetail } from '@linli/shared/assembly';
import { Card, Chip, DoubleBar, Fact, InstantText } from '@/components';
import { barsOf } from '@/components/measure-bars';
import { WorkbenchShell } from '@/components/staff';
import { useRouteParams } from '@/navigate';
import { useMeeting } from '../../api';
import { Extensions } from '../../components/extensions';
import { MeetingMotions } from '../../components/meeting-motions';
import { MeetingSteps } from '../../components/meeting-steps';
import { Opinions } from '../../components/opinions';
import { PaperMandates } from '../../components/paper-mandates';
import { ResultAnswers } from '../../components/result-answers';
import { RollObjections } from '../../components/roll-objections';

/** One meeting after it was made known: objections to answer, opinions to read, turnout, withdraw, cancel. */
export default function MeetingDeskPage() {
  const { assemblyId } = useRouteParams('meetingDesk');
  const meeting = useMeeting(assemblyId);
  return (
    <WorkbenchShell route="meetingDesk" active="assemblies" title="会议办理" resource={meeting}>
      {(detail) => (
        <View className="stack stack--4">
          <Head meeting={detail} />
          {detail.turnout !== null && (
            <Card title="参与情况">
              <View className="stack stack--3">
                <View>{detail.turnout.sentence}</View>
                <DoubleBar {...barsOf(detail.turnout.quorum)} />
              </View>
            </Card>
          )}
          {detail.noticedOn !== null && <RollObjections meeting={detail} />}
          {detail.state === 'VOTING' && <Extensions meeting={detail} />}
          {detail.noticedOn !== null && <PaperMandates meeting={detail} />}
          {detail.publishedAt !== null && <ResultAnswers meeting={detail} />}
          <MeetingMotions meeting={detail} />
          {detail.state === 'OPINIONS' && <Opinions meeting={detail} />}
        </View>
      )}
    </WorkbenchShell>
  );
}

interface Props {
  readonly meeting: AssemblyDetail;
}

function Head({ meeting }: Props) {
  const { state, opensAt, closesAt, objectionsUntil, opinionsUntil } = meeting;
  return (
    <Card title={meeting.title} extra={<Chip tone="brand">{ASSEMBLY_STATE_LABELS[state]}</Chip>}>
      <View className="stack stack--2">
        <View className="t-muted">{meeting.name}</View>
        {meeting.cancelled !== null && <View className="t-bad">{`已取消：${meeting.cancelled.reason}`}</View>}
        {state === 'OPINIONS' && opinionsUntil !== null && (
          <Fact label="意见截止">
            <InstantText at={opinionsUntil} />
          </Fact>
        )}
        {objectionsUntil !== null && (
          <Fact label="异议截止">
            <InstantText at={objectionsUntil} />
          </Fact>
        )}
        {opensAt !== null && (
          <Fact label="投票开始">
            <InstantText at={opensAt} />
          </Fact>
        )}
        {closesAt !== null && (
          <Fact label="投票截止">
            <InstantText at={closesAt} />
          </Fact>
        )}
        {meeting.moved.map(({ from, to, reason }) => (
          <Fact key={to} label="原截止">
            <InstantText at={from} />
            {`，延长：${reason}`}
          </Fact>
        ))}
        <MeetingSteps meeting={meeting} />
      </View>
    </Card>
  );
}
