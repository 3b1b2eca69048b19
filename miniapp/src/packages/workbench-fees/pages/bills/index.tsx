import { View } from '@tarojs/components';
import type { BillPreviewView } from '@linli/shared/fees';
import { formatMonth, monthOf, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Check, Field, Picker, StateBlock, useNow } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { type Action, useAction } from '@/request';
import { useDraft, useSession } from '@/stores';
import { useFeeActions, useUtilities } from '../../api';
import { BillPreview } from '../../components/bill-preview';
import { OneOffs, type OneOffRow } from '../../components/one-offs';
import { monthOptions } from '../../model';
import '../../components/fees-desk.css';

/** 账单: the month's bills, seen before they are issued. */
export default function BillsDeskPage() {
  return (
    <WorkbenchShell
      route="billsDesk"
      active="bills"
      title="账单"
      actions={
        <Button
          kind="plain"
          icon="clock"
          onTap={() => {
            navigate('billingDesk');
          }}
        >
          期限和缴费周期
        </Button>
      }
    >
      <Billing />
    </WorkbenchShell>
  );
}

function Billing() {
  const actions = useFeeActions();
  const utilities = useUtilities();
  const estateId = useSession((state) => state.estateId) ?? '';
  const now = useNow();
  const [scope, setScope] = useState<Scope>({ month: monthOf(shanghaiDate(now)), withUtilities: false });
  const [seen, setSeen] = useState<BillPreviewView | null>(null);
  const published = utilities.status === 'ready' ? utilities.data.month : null;
  const { month, withUtilities } = scope;
  const oneOffs = useDraft<readonly OneOffRow[]>(`one-offs/${estateId}/${month}`, []);
  const request = {
    month,
    utilitiesOf: withUtilities ? published : null,
    oneOffs: oneOffs.value.map(({ unitId, itemCode, count }) => ({ unitId, itemCode, count })),
  };
  const preview = useAction(() => actions.preview(request), { onDone: setSeen });
  return (
    <View className="stack stack--4">
      <ScopeCard
        scope={scope}
        published={published}
        preview={preview}
        onChange={(changed) => {
          setScope(changed);
          setSeen(null);
        }}
      />
      <OneOffs
        month={month}
        rows={oneOffs.value}
        onChange={(rows) => {
          oneOffs.set(rows);
          setSeen(null);
        }}
      />
      {preview.error !== null && (
        <StateBlock icon="alert" title="没有算成" text={preview.error.message} role="alert" />
      )}
      {seen !== null && (
        <BillPreview
          preview={seen}
          request={request}
          onIssued={() => {
            setSeen(null);
            oneOffs.discard();
          }}
        />
      )}
    </View>
  );
}

/** What the bills are to hold. */
interface Scope {
  readonly month: string;
  readonly withUtilities: boolean;
}

interface ScopeCardProps {
  readonly scope: Scope;
  /** The month of the utilities made known last. */
  readonly published: string | null;
  readonly preview: Action<[]>;
  readonly onChange: (scope: Scope) => void;
}

function ScopeCard({ scope, published, preview, onChange }: ScopeCardProps) {
  const now = useNow();
  return (
    <Card title="出哪个月的账">
      <View className="stack stack--4">
        <View className="month-picker">
          <Field label="月份">
            <Picker
              value={scope.month}
              options={monthOptions(now, 3, 1)}
              onChange={(month) => {
                onChange({ ...scope, month });
              }}
            />
          </Field>
        </View>
        {published !== null && (
          <Check
            on={scope.withUtilities}
            label="加上公共水电费分摊"
            onChange={(withUtilities) => {
              onChange({ ...scope, withUtilities });
            }}
          >
            {`加上${formatMonth(published)}的公共水电费分摊`}
          </Check>
        )}
        <View className="row gap-3 row--wrap">
          <Button onTap={() => preview.run()} busy={preview.busy} busyText="正在算…">
            预览
          </Button>
          <View className="t-second t-muted">预览不会出账。一户一月一张，出过的不会重复出。</View>
        </View>
      </View>
    </Card>
  );
}
