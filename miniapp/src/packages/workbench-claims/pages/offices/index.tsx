import { Text, View } from '@tarojs/components';
import { ROLE_NAMES, type EstateMembership } from '@linli/shared/identity';
import { formatFullDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Chip, ConfirmSheet, MorePages, PageContent, SkeletonList, Sheet } from '@/components';
import { type Column, DataTable, WorkbenchShell } from '@/components/staff';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { settleOffice, useGrantingOrganisations, useOffices } from '../../api';
import { ProposeForm } from '../../components/propose-form';
import './index.css';

/** 任职与授权: who holds which office; a new one is proposed by one person and confirmed by another. */
export default function OfficesPage() {
  const estateId = useSession((state) => state.estateId);
  const offices = useOffices(estateId);
  const [proposing, setProposing] = useState(false);
  const close = () => {
    setProposing(false);
  };
  return (
    <WorkbenchShell
      route="officesDesk"
      active="claims"
      title="任职与授权"
      resource={offices}
      skeleton={<SkeletonList />}
      actions={
        <Button
          icon="plus"
          onTap={() => {
            setProposing(true);
          }}
        >
          提名任职
        </Button>
      }
    >
      {(list) => (
        <View className="stack stack--4">
          <Card>
            授予权限要两个人：一个人提名，另一个有权的人确认，才会生效。业委会的任职要有社区或街道参与。
          </Card>
          <Offices estateId={estateId ?? ''} list={list.items} />
          <MorePages more={offices.more} />
          <Sheet open={proposing} title="提名任职" onClose={close}>
            <ProposeOffice
              estateId={estateId ?? ''}
              onDone={() => {
                close();
                toast('已提名，等另一个人确认', 'good');
              }}
            />
          </Sheet>
        </View>
      )}
    </WorkbenchShell>
  );
}

interface OfficesProps {
  readonly estateId: string;
  readonly list: readonly EstateMembership[];
}

/** The offices, each with what the person may do about it; that is read back first. */
function Offices({ estateId, list }: OfficesProps) {
  const [asked, setAsked] = useState<{ office: EstateMembership; step: 'confirm' | 'end' } | null>(null);
  const settle = useAction(
    (_key, office: EstateMembership, step: 'confirm' | 'end') => settleOffice(estateId, office.id, step),
    {
      onDone: () => {
        setAsked(null);
        toast('已办好，马上生效', 'good');
      },
    },
  );
  const ask: Ask = (office, step) => {
    settle.clearError();
    setAsked({ office, step });
  };
  return (
    <>
      <DataTable
        caption="任职"
        rows={list}
        columns={columnsWith(ask)}
        rowKey={({ id }) => id}
        rowLabel={(office) => `${office.personName}，${ROLE_NAMES[office.role]}`}
        card={(office) => <OfficeCard office={office} onAsk={ask} />}
        keyboard={false}
      />
      <ConfirmSheet
        open={asked !== null}
        title={asked?.step === 'confirm' ? '确认任职' : '结束任职'}
        sentence={asked === null ? '' : sentenceOf(asked.office, asked.step)}
        doLabel={asked?.step === 'confirm' ? '确认任职' : '结束'}
        danger={asked?.step === 'end'}
        busy={settle.busy}
        error={settle.error?.message}
        onConfirm={() => (asked === null ? undefined : settle.run(asked.office, asked.step))}
        onClose={() => {
          setAsked(null);
        }}
      />
    </>
  );
}

function ProposeOffice({ estateId, onDone }: { readonly estateId: string; readonly onDone: () => void }) {
  const organisations = useGrantingOrganisations(estateId);
  return (
    <PageContent resource={organisations}>
      {(list) => <ProposeForm estateId={estateId} organisations={list} onDone={onDone} />}
    </PageContent>
  );
}

type Ask = (office: EstateMembership, step: 'confirm' | 'end') => void;

function sentenceOf(office: EstateMembership, step: 'confirm' | 'end'): string {
  const what = `${office.personName} 在${office.organisationName}任${ROLE_NAMES[office.role]}${office.wholeArea ? '，管全部小区' : ''}`;
  if (step === 'confirm') return `${what}，${termOf(office)}。确认后马上有相应的权限。`;
  return office.confirmed ? `${what}，从现在起没有相应的权限。` : `对 ${office.personName} 的提名会撤回。`;
}

function termOf({ startsOn, endsOn }: EstateMembership): string {
  return `${formatFullDate(startsOn)} 至 ${endsOn === null ? '另行通知' : formatFullDate(endsOn)}`;
}

function columnsWith(onAsk: Ask): readonly Column<EstateMembership>[] {
  return [
    { key: 'name', title: '姓名', width: '96px', cell: ({ personName }) => personName },
    { key: 'role', title: '任职', width: '128px', cell: ({ role }) => ROLE_NAMES[role] },
    { key: 'organisation', title: '单位', cell: ({ organisationName }) => organisationName },
    { key: 'term', title: '任期', cell: termOf },
    { key: 'by', title: '经手', cell: (office) => handsOf(office) },
    { key: 'state', title: '状态', width: '112px', cell: (office) => <StateChip office={office} /> },
    {
      key: 'steps',
      title: '办理',
      width: '188px',
      align: 'right',
      cell: (office) => <Steps office={office} onAsk={onAsk} />,
    },
  ];
}

function handsOf({ proposedBy, confirmedBy }: EstateMembership): string {
  return [
    ...(proposedBy === null ? [] : [`${proposedBy} 提名`]),
    ...(confirmedBy === null ? [] : [`${confirmedBy} 确认`]),
  ].join('，');
}

function StateChip({ office }: { readonly office: EstateMembership }) {
  return office.confirmed ? <Chip tone="good">在任</Chip> : <Chip tone="urgent">等待确认</Chip>;
}

function Steps({ office, onAsk }: { readonly office: EstateMembership; readonly onAsk: Ask }) {
  return (
    <View className="row gap-2 office-steps">
      {office.mayConfirm && (
        <Button
          size="small"
          label={`确认 ${office.personName} 的任职`}
          onTap={() => {
            onAsk(office, 'confirm');
          }}
        >
          确认
        </Button>
      )}
      {office.mayEnd && (
        <Button
          kind="plain"
          size="small"
          label={`${office.confirmed ? '结束' : '撤回'} ${office.personName} 的任职`}
          onTap={() => {
            onAsk(office, 'end');
          }}
        >
          {office.confirmed ? '结束' : '撤回'}
        </Button>
      )}
    </View>
  );
}

function OfficeCard({ office, onAsk }: { readonly office: EstateMembership; readonly onAsk: Ask }) {
  return (
    <View className="stack stack--2">
      <View className="row row--between gap-2">
        <Text className="t-strong grow">{`${office.personName} · ${ROLE_NAMES[office.role]}`}</Text>
        <StateChip office={office} />
      </View>
      <View className="t-second t-muted">{office.organisationName}</View>
      <View className="t-second t-muted">{`${termOf(office)}　${handsOf(office)}`}</View>
      <Steps office={office} onAsk={onAsk} />
    </View>
  );
}
