import { View } from '@tarojs/components';
import {
  FEE_LIMITS,
  FEE_TARGETS,
  FEE_UNITS,
  type FeeItem,
  type FeeScheduleView,
  type FeeSheetCheck,
  type PublishScheduleRequest,
  type ServiceStandard,
  scheduleChanges,
} from '@linli/shared/fees';
import { addMonths, formatMonth, monthOf, rateText, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Chip, ConfirmButton, Field, Picker, Tabs, TextArea, useNow } from '@/components';
import { FeeItems, ServiceList } from '@/components/fees';
import { DataTable, SheetFaults, SplitView, WorkbenchShell } from '@/components/staff';
import { chooseDocument } from '@/platform';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { useFeeActions, useIsManager, useLatestSchedule } from '../../api';
import { ItemEditor } from '../../components/item-editor';
import { UtilitiesPart } from '../../components/utilities-part';
import { changeText, monthOptions } from '../../model';

interface ScheduleDraft {
  readonly items: readonly FeeItem[] | null;
  readonly effectiveFrom: string | null;
  readonly reason: string;
}

const NOTHING: ScheduleDraft = { items: null, effectiveFrom: null, reason: '' };

/** 收费公示: the schedule in force, the next version as a draft on this device, and what owners will see of it. */
export default function FeesDeskPage() {
  const schedule = useLatestSchedule();
  const [tab, setTab] = useState<'schedule' | 'utilities'>('schedule');
  const missing = schedule.status === 'error' && schedule.error.status === 404;
  const tabs = (
    <Tabs
      label="收费公示"
      value={tab}
      onChange={setTab}
      options={[
        { value: 'schedule', label: '收费标准' },
        { value: 'utilities', label: '公共水电' },
      ]}
    />
  );
  if (tab === 'utilities' || missing)
    return (
      <WorkbenchShell route="feesDesk" active="fees" title="收费公示">
        <View className="stack stack--4">
          {tabs}
          {tab === 'utilities' ? <UtilitiesPart /> : <Editor current={null} />}
        </View>
      </WorkbenchShell>
    );
  return (
    <WorkbenchShell route="feesDesk" active="fees" title="收费公示" resource={schedule}>
      {(data) => (
        <View className="stack stack--4">
          {tabs}
          <Editor current={data} />
        </View>
      )}
    </WorkbenchShell>
  );
}

function Editor({ current }: { readonly current: FeeScheduleView | null }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const draft = useDraft<ScheduleDraft>(`fee-schedule/${estateId}`, NOTHING);
  const [editing, setEditing] = useState<FeeItem | null>(null);
  const published = current?.items ?? [];
  const items = draft.value.items ?? published;
  const services = current?.services ?? [];
  const changes = scheduleChanges(published.map(bare), items.map(bare));
  const put = (next: readonly FeeItem[]) => {
    draft.merge({ items: next.map(bare) });
    setEditing(null);
  };
  return (
    <SplitView
      preview={
        <View className="stack stack--4">
          <FeeItems items={items} />
          <ServiceList services={services} />
        </View>
      }
    >
      <View className="stack stack--4">
        <Status current={current} changed={changes.length > 0} />
        <Import
          onRead={(check) => {
            if (check.items !== null) draft.merge({ items: check.items });
          }}
        />
        <ItemTable items={items} onOpen={setEditing} keyboard={editing === null} />
        {changes.length > 0 && (
          <Publish
            first={current === null}
            items={items.map(bare)}
            services={services}
            changes={changes.map(changeText)}
            draft={draft.value}
            onChange={draft.merge}
            onDiscard={draft.discard}
          />
        )}
        {editing !== null && (
          <ItemEditor
            key={editing.code}
            item={editing}
            onClose={() => {
              setEditing(null);
            }}
            onDone={(item) => {
              put(items.map((one) => (one.code === item.code ? item : one)));
            }}
            onRemove={() => {
              put(items.filter(({ code }) => code !== editing.code));
            }}
          />
        )}
      </View>
    </SplitView>
  );
}

/** Only what is published; views carry labels besides. */
function bare(item: FeeItem): FeeItem {
  const { code, name, target, unit, rateTenThousandthYuan, serviceGrade, basis, note, ledger, reference } =
    item;
  return { code, name, target, unit, rateTenThousandthYuan, serviceGrade, basis, note, ledger, reference };
}

function Status({
  current,
  changed,
}: {
  readonly current: FeeScheduleView | null;
  readonly changed: boolean;
}) {
  const thisMonth = monthOf(shanghaiDate(useNow()));
  return (
    <View className="row gap-2 row--wrap">
      {current === null ? (
        <Chip tone="bad" icon="alert">
          还没有公示，不能出账
        </Chip>
      ) : (
        <Chip
          tone="good"
          icon="check"
        >{`第 ${current.version} 版已公示，${formatMonth(current.effectiveFrom)}起执行${current.effectiveFrom > thisMonth ? '（还没到）' : ''}`}</Chip>
      )}
      {changed && <Chip tone="urgent">有没公示的改动，只存在这台设备上</Chip>}
    </View>
  );
}

function Import({ onRead }: { readonly onRead: (check: FeeSheetCheck) => void }) {
  const actions = useFeeActions();
  const [check, setCheck] = useState<(FeeSheetCheck & { readonly name: string }) | null>(null);
  const read = useAction(
    async () => {
      const file = await chooseDocument(['.xlsx', '.csv']);
      return file === null ? null : { name: file.name, ...(await actions.checkSchedule(file)) };
    },
    {
      onDone: (answer) => {
        if (answer === null) return;
        setCheck(answer);
        onRead(answer);
        if (answer.items !== null) toast(`已读入 ${answer.items.length} 项`, 'good');
      },
      onError: ({ message }) => {
        toast(message, 'bad');
      },
    },
  );
  return (
    <View className="stack stack--3">
      <View className="row gap-3 row--wrap">
        <Button kind="plain" size="small" onTap={() => read.run()} busy={read.busy} busyText="正在读表格…">
          从表格导入
        </Button>
        <View className="t-second t-muted">点一行可以改；改动公示以后才算数。</View>
      </View>
      {check !== null && check.faults.length > 0 && (
        <SheetFaults title={`${check.name} 有 ${check.faults.length} 处要改`} faults={check.faults} />
      )}
    </View>
  );
}

function ItemTable({
  items,
  onOpen,
  keyboard,
}: {
  readonly items: readonly FeeItem[];
  readonly onOpen: (item: FeeItem) => void;
  readonly keyboard: boolean;
}) {
  if (items.length === 0) return <Card>还没有收费项目。把收费公示表传上来，就能开始。</Card>;
  const rate = (item: FeeItem) =>
    item.unit === 'SQM_SHARED'
      ? '按实分摊'
      : `${rateText(item.rateTenThousandthYuan)} ${FEE_UNITS[item.unit].label}`;
  return (
    <DataTable
      caption="收费项目"
      rows={items}
      rowKey={({ code }) => code}
      rowLabel={(item) => `${item.name}，${rate(item)}，打开可以改`}
      onOpen={onOpen}
      keyboard={keyboard}
      card={(item) => (
        <View className="stack stack--1">
          <View className="t-strong">{item.name}</View>
          <View>{rate(item)}</View>
          <View className="t-second t-muted">{item.basis}</View>
        </View>
      )}
      columns={[
        { key: 'name', title: '项目', width: '172px', cell: ({ name }) => name },
        { key: 'target', title: '对象', width: '96px', cell: ({ target }) => FEE_TARGETS[target].label },
        { key: 'rate', title: '标准', align: 'right', width: '150px', cell: rate },
        { key: 'basis', title: '依据', cell: ({ basis }) => basis },
      ]}
    />
  );
}

interface PublishProps {
  /** Nothing has been published before. */
  readonly first: boolean;
  readonly items: readonly FeeItem[];
  readonly services: readonly ServiceStandard[];
  readonly changes: readonly string[];
  readonly draft: ScheduleDraft;
  readonly onChange: (part: Partial<ScheduleDraft>) => void;
  readonly onDiscard: () => void;
}

function Publish({ first, items, services, changes, draft, onChange, onDiscard }: PublishProps) {
  const now = useNow();
  const effectiveFrom = draft.effectiveFrom ?? addMonths(monthOf(shanghaiDate(now)), first ? 0 : 1);
  return (
    <Card title={`${changes.length} 处改动`}>
      <View className="stack stack--4">
        <View className="stack stack--1">
          {changes.map((change) => (
            <View key={change}>{change}</View>
          ))}
        </View>
        <Field label="从哪个月起执行" hint="已经出过账的月份不能改">
          <Picker
            value={effectiveFrom}
            options={monthOptions(now, first ? 12 : 0, 12)}
            onChange={(month) => {
              onChange({ effectiveFrom: month });
            }}
          />
        </Field>
        {!first && (
          <Field label="调整的原因和依据" hint="业主会看到；调价要写合同条款或业主大会决议">
            <TextArea
              value={draft.reason}
              onChange={(reason) => {
                onChange({ reason });
              }}
              maxLength={FEE_LIMITS.reasonMax}
              rows={3}
            />
          </Field>
        )}
        <PublishSteps
          request={{ effectiveFrom, reason: draft.reason.trim(), items, services }}
          changes={changes.length}
          reasoned={first || draft.reason.trim().length >= FEE_LIMITS.reasonMin}
          onDiscard={onDiscard}
        />
      </View>
    </Card>
  );
}

interface PublishStepsProps {
  readonly request: PublishScheduleRequest;
  readonly changes: number;
  readonly reasoned: boolean;
  readonly onDiscard: () => void;
}

function PublishSteps({ request, changes, reasoned, onDiscard }: PublishStepsProps) {
  const actions = useFeeActions();
  const isManager = useIsManager();
  if (!isManager) return <View className="t-second t-muted">收费标准由物业经理公示。</View>;
  return (
    <View className="row gap-3 row--wrap">
      <ConfirmButton
        disabled={!reasoned}
        text="公示新标准"
        ask={{
          title: '公示收费标准',
          sentence: `将公示 ${request.items.length} 项收费标准，${formatMonth(request.effectiveFrom)}起执行，${changes} 处改动全体业主都会看到。公示后不能改，只能再公示新的一版。`,
          doLabel: '确认公示',
        }}
        perform={(key) => actions.publishSchedule(key, request)}
        onDone={({ version }) => {
          onDiscard();
          toast(`第 ${version} 版已公示，业主收到了通知`, 'good');
        }}
      />
      <Button kind="quiet" onTap={onDiscard}>
        不改了
      </Button>
    </View>
  );
}
