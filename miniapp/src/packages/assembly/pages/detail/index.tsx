import { View } from '@tarojs/components';
import type { AssemblyDetail, MotionDetail, MyPrincipal } from '@linli/shared/assembly';
import { formatInstant } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Attachments,
  Button,
  Card,
  Chip,
  Deadline,
  DoubleBar,
  Fact,
  InstantText,
  PageShell,
  SectionHead,
  SkeletonList,
  useNow,
} from '@/components';
import { barsOf } from '@/components/measure-bars';
import { navigate, useRouteParams } from '@/navigate';
import { type Seat, seatOf, useAssembly } from '../../api';
import { AdvisoryBanner } from '../../components/banner';
import { LogAlarm } from '../../components/log-alarm';
import { MotionFacts } from '../../components/motion-facts';
import { MyVote } from '../../components/my-vote';
import { bothMust } from '../../model';

interface SeatProps {
  readonly assembly: AssemblyDetail;
  readonly seat: Seat;
}

/** One meeting: what is decided and why, materials, my units as frozen, the motions, the turnout. */
export default function AssemblyDetailPage() {
  const { assemblyId, as } = useRouteParams('assemblyDetail');
  const seat = seatOf(as);
  const assembly = useAssembly(assemblyId, seat);
  const ready = assembly.status === 'ready' ? assembly.data : null;
  const open = ready?.mine.find(({ canVote, ballot }) => canVote && ballot === null) ?? null;
  return (
    <PageShell
      route="assemblyDetail"
      resource={assembly}
      skeleton={<SkeletonList />}
      {...(ready !== null && open !== null
        ? { foot: <VoteFoot assembly={ready} principal={open} seat={seat} /> }
        : {})}
    >
      {(detail) => (
        <View className="stack stack--4">
          <AdvisoryBanner text={detail.banner} />
          <LogAlarm assemblyId={detail.id} asks={detail.noticedOn !== null} seat={seat} />
          <Head assembly={detail} />
          {seat === 'delegate' && detail.mine.some(({ kind }) => kind === 'DEVELOPER') && <AsDelegate />}
          <Moved assembly={detail} />
          <WhatNext assembly={detail} seat={seat} />
          {detail.mine.length === 0 && detail.state === 'VOTING' && <NoVote />}
          {detail.mine.map((principal) => (
            <MyVote key={principal.principalId} assembly={detail} principal={principal} seat={seat} />
          ))}
          {detail.turnout !== null && (
            <Card title="参与情况">
              <View className="stack stack--3">
                <View>{detail.turnout.sentence}</View>
                <DoubleBar {...barsOf(detail.turnout.quorum)} />
                <View className="t-second t-muted">{`${bothMust(detail.turnout.quorum)}，才能形成决定。选了什么要到计票后才公布。`}</View>
              </View>
            </Card>
          )}
          <Motions assembly={detail} />
          <Materials assembly={detail} />
          <Schedule assembly={detail} seat={seat} />
        </View>
      )}
    </PageShell>
  );
}

/** A deadline that was moved keeps the old one in sight, with who wanted it and why. */
function Moved({ assembly: { moved } }: { readonly assembly: AssemblyDetail }) {
  const now = useNow();
  if (moved.length === 0) return null;
  return (
    <Card tone="urgent" title="投票时间延长过">
      <View className="stack stack--2">
        {moved.map(({ from, to, reason }) => (
          <View key={to}>
            {`原定 ${formatInstant(from, now)} 截止，经召集人提出、街道同意，延长到 ${formatInstant(to, now)}：${reason}`}
          </View>
        ))}
      </View>
    </Card>
  );
}

/** What one is here for, and how far it reaches. */
function AsDelegate() {
  return (
    <Card tone="brand" title="您代表建设单位投票">
      社区或街道凭授权委托书登记了您。没有卖出或没有交付的房屋合成一票，由您来投；截止前可以修改。
    </Card>
  );
}

/** Family, tenants and staff: why there is nothing to tap. */
function NoVote() {
  return (
    <Card title="您在这次大会没有票">
      <View className="stack stack--3">
        <View>只有通知时名册上的业主能投票，家人和租户不能代投。您可以看材料和进度，结果公布后也能看。</View>
        <Button
          kind="plain"
          onTap={() => {
            navigate('guardian');
          }}
        >
          业主未成年或不能自己投？登记监护人
        </Button>
      </View>
    </Card>
  );
}

function VoteFoot({ assembly, principal, seat }: SeatProps & { readonly principal: MyPrincipal }) {
  return (
    <Button
      block
      icon="ballot"
      onTap={() => {
        navigate('assemblyVote', { assemblyId: assembly.id, principalId: principal.principalId, as: seat });
      }}
    >
      去投票
    </Button>
  );
}

function Head({ assembly }: { readonly assembly: AssemblyDetail }) {
  return (
    <View className="stack stack--2">
      <View className="t-second t-muted">{`${assembly.name} · ${assembly.convener}召集`}</View>
      <View className="t-page">{assembly.title}</View>
      <View>{assembly.summary}</View>
    </View>
  );
}

/** The clock of the present step. */
function WhatNext({ assembly, seat }: SeatProps) {
  const { state, cancelled, opinionsUntil, opensAt, closesAt } = assembly;
  if (cancelled !== null) return <Card tone="urgent">{`会议已取消：${cancelled.reason}`}</Card>;
  if (state === 'OPINIONS' && opinionsUntil !== null)
    return <Deadline at={opinionsUntil} what="征求意见截止" />;
  if (state === 'NOTICED' && opensAt !== null) return <Deadline at={opensAt} what="投票开始" />;
  if (state === 'VOTING' && closesAt !== null) return <Deadline at={closesAt} what="投票截止" />;
  if (state === 'PUBLISHED')
    return (
      <Button
        block
        onTap={() => {
          navigate('assemblyResult', { assemblyId: assembly.id, as: seat });
        }}
      >
        看表决结果
      </Button>
    );
  return (
    <View className="t-muted">
      投票已截止，等最后的票存好，一分钟后自动计票并公布；截止前收到的纸质票还没录完的，最多再等两天。
    </View>
  );
}

function Motions({ assembly }: { readonly assembly: AssemblyDetail }) {
  return (
    <View>
      <SectionHead title={`议题 ${assembly.motions.length} 项`} />
      <View className="stack stack--3">
        {assembly.motions.map((motion) => (
          <MotionCard key={motion.id} motion={motion} assembly={assembly} />
        ))}
      </View>
    </View>
  );
}

const OUTCOME_CHIPS = {
  PASSED: ['good', '通过'],
  REJECTED: ['bad', '未通过'],
  NO_QUORUM: ['bad', '未达法定人数'],
  WITHDRAWN: ['plain', '已撤回'],
  ANNULLED: ['bad', '已撤销'],
} as const;

function MotionCard({
  motion,
  assembly,
}: {
  readonly motion: MotionDetail;
  readonly assembly: AssemblyDetail;
}) {
  const [whole, setWhole] = useState(false);
  const chip =
    motion.state in OUTCOME_CHIPS ? OUTCOME_CHIPS[motion.state as keyof typeof OUTCOME_CHIPS] : null;
  const long = motion.text.length > 90;
  return (
    <Card>
      <View className="stack stack--2">
        <View className="row row--between row--top">
          <View className="t-title grow">{`${motion.position}. ${motion.title}`}</View>
          {chip !== null && <Chip tone={chip[0]}>{chip[1]}</Chip>}
        </View>
        <View>{long && !whole ? `${motion.text.slice(0, 84)}…` : motion.text}</View>
        {long && !whole && (
          <Button
            kind="quiet"
            size="small"
            onTap={() => {
              setWhole(true);
            }}
          >
            看全文
          </Button>
        )}
        <MotionFacts motion={motion} />
        {motion.withdrawn !== null && (
          <View className="t-muted">{`撤回原因：${motion.withdrawn.reason}`}</View>
        )}
        {motion.decisionNumber !== null && <Fact label="决定编号">{motion.decisionNumber}</Fact>}
        {assembly.state === 'OPINIONS' && (
          <View className="row row--between">
            <View className="t-second t-muted">{`已收到 ${motion.opinionCount} 条意见`}</View>
            <Button
              kind="plain"
              size="small"
              icon="edit"
              onTap={() => {
                navigate('assemblyOpinion', { assemblyId: assembly.id, motionId: motion.id });
              }}
            >
              提意见
            </Button>
          </View>
        )}
      </View>
    </Card>
  );
}

function Materials({ assembly }: { readonly assembly: AssemblyDetail }) {
  if (assembly.materials.length === 0) return null;
  return (
    <Card title="材料">
      <View className="stack stack--3">
        <Attachments
          files={assembly.materials.map(({ name, url, mediaType }) => ({
            name,
            url,
            thumbUrl: mediaType.startsWith('image/') ? url : null,
          }))}
        />
        <View className="t-second t-muted">
          {assembly.materials
            .filter(({ mediaType }) => mediaType.startsWith('image/'))
            .map(({ name }) => name)
            .join('、')}
        </View>
      </View>
    </Card>
  );
}

function Schedule({ assembly, seat }: SeatProps) {
  const { noticedOn, objectionsUntil, opensAt, closesAt, publishedAt } = assembly;
  if (noticedOn === null) return null;
  return (
    <Card title="日程和名册">
      <View className="stack stack--2">
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
        {publishedAt !== null && (
          <Fact label="结果公布">
            <InstantText at={publishedAt} />
          </Fact>
        )}
        <View className="t-second t-muted">{assembly.saleDuringVote}</View>
        {seat === undefined && (
          <Button
            kind="plain"
            block
            icon="people"
            onTap={() => {
              navigate('assemblyRoll', { assemblyId: assembly.id });
            }}
          >
            看公示的业主名册
          </Button>
        )}
      </View>
    </Card>
  );
}
