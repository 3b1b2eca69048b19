import { View } from '@tarojs/components';
import { type Instalment, INSTALMENTS, INSTALMENT_LABELS, type UnitBilling } from '@linli/shared/fees';
import type { UnitChoice } from '@linli/shared/identity';
import { formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Choices,
  DatePicker,
  Fact,
  Field,
  PageContent,
  SkeletonCard,
  TextInput,
  useNow,
} from '@/components';
import { UnitField } from '@/components/home-search';
import { useAction } from '@/request';
import { type DraftHandle, toast, useDraft, useSession } from '@/stores';
import { useFeeActions, useUnitBilling } from '../api';

const MOST_SPACES = 20;
const OPTIONS = INSTALMENTS.map((value) => ({ value, label: INSTALMENT_LABELS[value] }));

/** 一户怎样缴: by the month, the quarter or the year, as the household wishes; its parking, and since when it is theirs. */
export function UnitBillingCard({ manager }: { readonly manager: boolean }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [unit, setUnit] = useState<UnitChoice | null>(null);
  return (
    <Card title="一户的缴费周期">
      <View className="stack stack--4">
        <View className="t-second t-muted">
          没有设过的按月出账。按季的在每季第一个月出三个月，按年的在一月出全年；中途改的，从还没出账的月份算起，不重也不漏。
        </View>
        <UnitField estateId={estateId} value={unit} onChange={setUnit} />
        {unit !== null && <OneUnit key={unit.id} unitId={unit.id} manager={manager} />}
      </View>
    </Card>
  );
}

function OneUnit({ unitId, manager }: { readonly unitId: string; readonly manager: boolean }) {
  const billing = useUnitBilling(unitId);
  return (
    <PageContent resource={billing} skeleton={<SkeletonCard lines={3} />}>
      {(data) => (manager ? <UnitForm unitId={unitId} billing={data} /> : <UnitFacts billing={data} />)}
    </PageContent>
  );
}

function UnitFacts({ billing }: { readonly billing: UnitBilling }) {
  return (
    <View className="stack stack--2">
      <Fact label="缴费周期">{INSTALMENT_LABELS[billing.instalment]}</Fact>
      <Fact label="租用共有车位">{`${billing.commonParkingSpaces} 个`}</Fact>
      <Fact label="交付日期">
        {billing.deliveredOn === null ? '没有登记' : formatFullDate(billing.deliveredOn)}
      </Fact>
      <View className="t-second t-muted">由项目经理修改。</View>
    </View>
  );
}

interface UnitDraft {
  readonly instalment: Instalment;
  readonly spaces: string;
  readonly deliveredOn: string | null;
}

function UnitForm({ unitId, billing }: { readonly unitId: string; readonly billing: UnitBilling }) {
  const actions = useFeeActions();
  const draft = useDraft<UnitDraft>(`unit-billing/${unitId}`, {
    instalment: billing.instalment,
    spaces: String(billing.commonParkingSpaces),
    deliveredOn: billing.deliveredOn,
  });
  const { instalment, spaces, deliveredOn } = draft.value;
  const count = Number(spaces);
  const countable = spaces.trim() !== '' && Number.isInteger(count) && count >= 0 && count <= MOST_SPACES;
  const save = useAction(
    () => actions.setUnit(unitId, { instalment, commonParkingSpaces: count, deliveredOn }),
    {
      onDone: () => {
        draft.discard();
        toast(`已保存，${billing.unitName} 以后${INSTALMENT_LABELS[instalment]}出账`, 'good');
      },
    },
  );
  return (
    <View className="stack stack--4">
      <UnitFields draft={draft} countable={countable} />
      {save.error !== null && <View className="t-bad">{save.error.message}</View>}
      <View className="row gap-3 row--wrap">
        <Button disabled={!draft.kept || !countable} busy={save.busy} onTap={() => save.run()}>
          保存这一户
        </Button>
        {draft.kept && (
          <Button kind="quiet" onTap={draft.discard}>
            不改了
          </Button>
        )}
      </View>
    </View>
  );
}

function UnitFields({
  draft: { value, merge },
  countable,
}: {
  readonly draft: DraftHandle<UnitDraft>;
  readonly countable: boolean;
}) {
  const today = shanghaiDate(useNow());
  return (
    <>
      <Field label="缴费周期">
        <Choices
          label="缴费周期"
          value={value.instalment}
          options={OPTIONS}
          onChange={(instalment) => {
            merge({ instalment });
          }}
        />
      </Field>
      <View className="fee-form">
        <Field
          label="租用共有车位（个）"
          error={countable ? undefined : `请填 0 到 ${MOST_SPACES} 之间的整数`}
        >
          <TextInput
            value={value.spaces}
            keyboard="number"
            maxLength={2}
            onChange={(spaces) => {
              merge({ spaces });
            }}
          />
        </Field>
        <Field label="交付日期" optional hint="交付当月由开发建设单位缴，下月起由业主缴">
          <DatePicker
            value={value.deliveredOn}
            to={today}
            onChange={(deliveredOn) => {
              merge({ deliveredOn });
            }}
          />
        </Field>
      </View>
    </>
  );
}
