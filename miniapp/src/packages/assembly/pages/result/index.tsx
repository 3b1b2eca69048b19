import { View } from '@tarojs/components';
import { type AssemblyResult, PAPER_REFUSAL_LABELS, PAPER_REFUSALS } from '@linli/shared/assembly';
import { Button, Card, Fact, InstantText, PageShell, SkeletonList } from '@/components';
import { navigate, useRouteParams } from '@/navigate';
import { bothResources } from '@/request';
import { seatOf, useAssembly, useResult } from '../../api';
import { AfterResult } from '../../components/after-result';
import { AdvisoryBanner } from '../../components/banner';
import { LogAlarm } from '../../components/log-alarm';
import { Recheck } from '../../components/recheck';
import { ResultCard } from '../../components/result-card';

/** The result: passed or not in one sentence with both fractions, then the double bars, then the details. */
export default function AssemblyResultPage() {
  const { assemblyId, as } = useRouteParams('assemblyResult');
  const result = useResult(assemblyId, seatOf(as));
  const assembly = useAssembly(assemblyId, seatOf(as));
  return (
    <PageShell route="assemblyResult" resource={bothResources(assembly, result)} skeleton={<SkeletonList />}>
      {([detail, counted]) => (
        <View className="stack stack--4">
          <AdvisoryBanner text={counted.banner === null ? null : `${counted.banner}。下面的结果没有约束力`} />
          <LogAlarm assemblyId={detail.id} asks seat={seatOf(as)} />
          <View className="stack stack--1">
            <View className="t-second t-muted">{detail.name}</View>
            <View className="t-page">{detail.title}</View>
            <View className="t-second t-muted">
              公布于 <InstantText at={counted.publishedAt ?? counted.countedAt} />
            </View>
          </View>
          {counted.elections.map((election) => (
            <Card key={election.electionId} tone="brand" title="选举结果">
              <View className="stack stack--2">
                <View>{election.sentence}</View>
                <Button
                  kind="plain"
                  block
                  onTap={() => {
                    navigate('election', { electionId: election.electionId });
                  }}
                >
                  看当选名单
                </Button>
              </View>
            </Card>
          ))}
          {counted.motions.map((motion, index) => (
            <ResultCard key={motion.motionId} result={motion} position={index + 1} />
          ))}
          <RefusedPapers result={counted} />
          {seatOf(as) === undefined && <AfterResult assemblyId={detail.id} />}
          {seatOf(as) === undefined && <Recheck assemblyId={detail.id} />}
          <HowCounted result={counted} />
        </View>
      )}
    </PageShell>
  );
}

/** Papers that took no part, with the reason of each: nobody's ballot goes missing without a word. */
function RefusedPapers({ result: { refusedPapers } }: { readonly result: AssemblyResult }) {
  const reasons = PAPER_REFUSALS.flatMap((reason) => {
    const papers = refusedPapers[reason];
    return papers === undefined ? [] : [{ reason, papers }];
  });
  if (reasons.length === 0) return null;
  return (
    <Card title="没有计入的纸质票">
      <View className="stack stack--2">
        {reasons.map(({ reason, papers }) => (
          <Fact key={reason} label={PAPER_REFUSAL_LABELS[reason]}>{`${papers} 张`}</Fact>
        ))}
        <View className="t-second t-muted">
          每张都由两个人核对，或者由时间决定，原票保存备查；交票的业主在自己的票里能看到原因。
        </View>
      </View>
    </Card>
  );
}

function HowCounted({ result }: { readonly result: AssemblyResult }) {
  return (
    <Card title="怎样计的票">
      <View className="stack stack--2">
        <View>
          以截止时间前收到的票计，改过的以最后一次为准；一户有几套房只算一户，面积相加。没有投票的不算同意也不算反对。
        </View>
        <View className="t-second t-muted">
          下面是名册、选票和规则的校验码，内容改动一个字，校验码就会不同。
        </View>
        <Fact label="名册">{short(result.hashes.roll)}</Fact>
        <Fact label="选票">{short(result.hashes.ballots)}</Fact>
        <Fact label="规则">{short(result.hashes.rules)}</Fact>
      </View>
    </Card>
  );
}

const short = (hash: string) => `${hash.slice(0, 8)}…${hash.slice(-8)}`;
