import { View } from '@tarojs/components';
import {
  CLAIM_STATUS_NAMES,
  ROLE_NAMES,
  type Claim,
  type ClaimStatus,
  type Me,
} from '@linli/shared/identity';
import { formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Cell,
  Chip,
  ConfirmSheet,
  InstantText,
  MorePages,
  PageShell,
  SectionHead,
  SkeletonList,
  type Tone,
} from '@/components';
import { navigate } from '@/navigate';
import { bothResources, useAction, useMe } from '@/request';
import { toast } from '@/stores';
import { useMyClaims, withdrawClaim } from '../../api';

const TONES: Readonly<Record<ClaimStatus, Tone>> = {
  PENDING: 'info',
  APPROVED: 'good',
  REFUSED: 'bad',
  WITHDRAWN: 'plain',
};

/** 我的房屋: what the account is bound to, what is claimed, and the two ways to more. */
export default function HomesPage() {
  const mine = useMyClaims();
  const all = bothResources(useMe(), mine);
  return (
    <PageShell route="homes" resource={all} skeleton={<SkeletonList cards={2} />}>
      {([me, claims]) => (
        <View className="stack stack--4">
          <Homes me={me} />
          <Card title={me.residencies.length === 0 ? '怎样绑定房屋' : '还有别的房屋'}>
            <View className="stack stack--3">
              <View className="t-muted">
                业主：手机号和名册一致会自动绑定；不一致就认领，由业委会、物业或社区核实。家人和租户：请业主给一个邀请码最快。
              </View>
              <Button
                block
                icon="home"
                onTap={() => {
                  navigate('claimHome');
                }}
              >
                认领房屋
              </Button>
              <Button
                kind="plain"
                block
                icon="people"
                onTap={() => {
                  navigate('invitation');
                }}
              >
                我有邀请码
              </Button>
            </View>
          </Card>
          <Card flush>
            <Cell
              icon="people"
              title="业主不能自己投票？"
              detail="未成年人，或自己不能办事的业主，由监护人登记后代投"
              onTap={() => {
                navigate('guardian');
              }}
            />
          </Card>
          {claims.items.length > 0 && (
            <View>
              <SectionHead title="认领进度" />
              <View className="stack stack--3">
                {claims.items.map((claim) => (
                  <ClaimCard key={claim.id} claim={claim} />
                ))}
                <MorePages more={mine.more} />
              </View>
            </View>
          )}
        </View>
      )}
    </PageShell>
  );
}

function Homes({ me }: { readonly me: Me }) {
  if (me.residencies.length === 0) return null;
  return (
    <Card flush>
      {me.residencies.map((home) => (
        <Cell
          key={home.id}
          icon="home"
          title={home.unitName}
          detail={`${home.estateName} · ${ROLE_NAMES[home.kind]}${home.endsAt === null ? '' : `，到 ${formatFullDate(shanghaiDate(home.endsAt))}`}`}
          mark={<Chip tone="brand">{home.kind === 'OWNER' ? '管理' : '查看'}</Chip>}
          label={`${home.estateName} ${home.unitName}，${ROLE_NAMES[home.kind]}，点开看谁住在这里`}
          onTap={() => {
            navigate('homePeople', { unitId: home.unitId });
          }}
        />
      ))}
    </Card>
  );
}

function ClaimCard({ claim }: { readonly claim: Claim }) {
  const [asking, setAsking] = useState(false);
  const withdraw = useAction((_key) => withdrawClaim(claim.id), {
    onDone: () => {
      setAsking(false);
      toast('已撤回，证明照片已删除', 'good');
    },
  });
  return (
    <Card>
      <View className="stack stack--2">
        <View className="row row--between gap-2">
          <View className="t-strong grow">{claim.unitName}</View>
          <Chip tone={TONES[claim.status]}>{CLAIM_STATUS_NAMES[claim.status]}</Chip>
        </View>
        <View className="t-second t-muted">
          {`${claim.estateName} · ${ROLE_NAMES[claim.kind]} · 提交于 `}
          <InstantText at={claim.createdAt} />
        </View>
        {claim.status === 'PENDING' && (
          <View className="t-second">业委会、物业、社区和街道都能核实，有结果会发消息给您。</View>
        )}
        {claim.reason !== null && <View>{claim.reason}</View>}
        <ClaimStep
          status={claim.status}
          onWithdraw={() => {
            setAsking(true);
          }}
        />
      </View>
      <ConfirmSheet
        open={asking}
        title="撤回认领"
        sentence={`${claim.unitName} 的认领会撤回，证明照片一起删除。以后可以重新认领。`}
        doLabel="撤回"
        safeLabel="先不撤回"
        busy={withdraw.busy}
        error={withdraw.error?.message}
        onConfirm={() => withdraw.run()}
        onClose={() => {
          setAsking(false);
        }}
      />
    </Card>
  );
}

interface ClaimStepProps {
  readonly status: ClaimStatus;
  readonly onWithdraw: () => void;
}

/** What the claimant can do about it. */
function ClaimStep({ status, onWithdraw }: ClaimStepProps) {
  if (status === 'PENDING')
    return (
      <Button kind="plain" size="small" onTap={onWithdraw}>
        撤回
      </Button>
    );
  if (status !== 'REFUSED') return null;
  return (
    <Button
      kind="plain"
      size="small"
      onTap={() => {
        navigate('claimHome');
      }}
    >
      补材料，重新认领
    </Button>
  );
}
