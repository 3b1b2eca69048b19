import { Text, View } from '@tarojs/components';
import {
  CLAIM_STATUSES,
  CLAIM_STATUS_NAMES,
  ROLE_NAMES,
  type Claim,
  type ClaimStatus,
} from '@linli/shared/identity';
import { useState } from 'react';
import { Button, Chip, Empty, InstantText, MorePages, PageContent, Sheet, SkeletonList } from '@/components';
import { type Column, DataTable, FilterBar, FilterChips, WorkbenchShell } from '@/components/staff';
import { navigate, useRouteParams } from '@/navigate';
import { useWide } from '@/platform';
import { useClaimQueue } from '../../api';
import { ClaimFilePanel } from '../../components/claim-file';
import './index.css';

interface Opened {
  readonly claimId: string;
  readonly estateId: string;
}

const NOTHING_THERE: Readonly<Record<ClaimStatus, string>> = {
  PENDING: '没有等待核实的认领',
  APPROVED: '还没有通过的认领',
  REFUSED: '还没有退回的认领',
  WITHDRAWN: '没有撤回的认领',
};

/** 房屋认领: the queue of every estate that the person decides for, and the open claim beside it. */
export default function ClaimsPage() {
  const { claimId, estateId } = useRouteParams('claimsDesk');
  const wide = useWide();
  const [status, setStatus] = useState<ClaimStatus>('PENDING');
  const [opened, setOpened] = useState<Opened | null>(
    claimId === undefined || estateId === undefined ? null : { claimId, estateId },
  );
  const queue = useClaimQueue(status);
  const close = () => {
    setOpened(null);
  };
  const file = opened === null ? null : <ClaimFilePanel key={opened.claimId} {...opened} onDone={close} />;
  return (
    <WorkbenchShell
      route="claimsDesk"
      active="claims"
      title="房屋认领"
      actions={
        <Button
          kind="plain"
          icon="people"
          onTap={() => {
            navigate('officesDesk');
          }}
        >
          任职与授权
        </Button>
      }
    >
      <View className="stack stack--4">
        <StatusFilter
          status={status}
          queue={queue}
          onChange={(next) => {
            setStatus(next);
            setOpened(null);
          }}
        />
        <View className={wide ? 'claims' : ''}>
          <View className="claims__list">
            <Queue
              status={status}
              queue={queue}
              openKey={opened?.claimId ?? null}
              keyboard={wide || opened === null}
              onOpen={setOpened}
            />
          </View>
          {wide && file !== null && <View className="claims__file">{file}</View>}
        </View>
      </View>
      {!wide && (
        <Sheet open={opened !== null} title="核实认领" onClose={close}>
          {file}
        </Sheet>
      )}
    </WorkbenchShell>
  );
}

interface StatusFilterProps {
  readonly status: ClaimStatus;
  readonly queue: ReturnType<typeof useClaimQueue>;
  readonly onChange: (status: ClaimStatus) => void;
}

function StatusFilter({ status, queue, onChange }: StatusFilterProps) {
  const waiting = queue.status === 'ready' ? { count: queue.data.pending } : {};
  return (
    <FilterBar>
      <FilterChips
        label="状态"
        value={status}
        options={CLAIM_STATUSES.map((value) => ({
          value,
          label: CLAIM_STATUS_NAMES[value],
          ...(value === 'PENDING' ? waiting : {}),
        }))}
        onChange={onChange}
      />
    </FilterBar>
  );
}

interface QueueProps {
  readonly status: ClaimStatus;
  readonly queue: ReturnType<typeof useClaimQueue>;
  readonly openKey: string | null;
  readonly keyboard: boolean;
  readonly onOpen: (opened: Opened) => void;
}

function Queue({ status, queue, openKey, keyboard, onOpen }: QueueProps) {
  return (
    <PageContent
      resource={queue}
      skeleton={<SkeletonList cards={2} />}
      empty={(data) =>
        data.items.length === 0 ? (
          <Empty title={NOTHING_THERE[status]} text="有人认领房屋时，这里和消息里都会提醒您。" />
        ) : null
      }
    >
      {({ items }) => (
        <View className="stack stack--3">
          <DataTable
            caption={`房屋认领，${CLAIM_STATUS_NAMES[status]}`}
            rows={items}
            columns={columnsFor(new Set(items.map(({ estateId }) => estateId)).size > 1)}
            rowKey={({ id }) => id}
            rowLabel={(claim) => `${claim.unitName}，${ROLE_NAMES[claim.kind]}，${claim.claimantName}`}
            card={(claim) => <ClaimCard claim={claim} />}
            openKey={openKey}
            keyboard={keyboard}
            onOpen={({ id, estateId }) => {
              onOpen({ claimId: id, estateId });
            }}
          />
          <MorePages more={queue.more} />
        </View>
      )}
    </PageContent>
  );
}

function columnsFor(severalEstates: boolean): readonly Column<Claim>[] {
  const estate: Column<Claim> = { key: 'estate', title: '小区', cell: ({ estateName }) => estateName };
  return [
    { key: 'at', title: '提交时间', width: '168px', cell: ({ createdAt }) => <InstantText at={createdAt} /> },
    ...(severalEstates ? [estate] : []),
    { key: 'unit', title: '房屋', cell: ({ unitName }) => unitName },
    { key: 'kind', title: '身份', width: '72px', cell: ({ kind }) => ROLE_NAMES[kind] },
    { key: 'name', title: '申请人', width: '84px', cell: ({ claimantName }) => claimantName },
    {
      key: 'photos',
      title: '照片',
      width: '64px',
      align: 'right',
      cell: ({ evidenceCount }) => evidenceCount,
    },
  ];
}

function ClaimCard({ claim }: { readonly claim: Claim }) {
  return (
    <View className="stack stack--1">
      <View className="row row--between gap-2">
        <Text className="t-strong grow">{claim.unitName}</Text>
        <Chip>{ROLE_NAMES[claim.kind]}</Chip>
      </View>
      <View className="t-second t-muted">{`${claim.estateName} · ${claim.claimantName} · ${claim.evidenceCount} 张照片`}</View>
      <View className="t-second t-muted">
        提交于 <InstantText at={claim.createdAt} ago />
      </View>
    </View>
  );
}
