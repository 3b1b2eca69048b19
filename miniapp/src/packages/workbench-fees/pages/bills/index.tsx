import { View } from '@tarojs/components';
import { type BillPreviewView, LEDGER_LABELS } from '@linli/shared/fees';
import { formatMonth, formatYuan, monthOf, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Check,
  Chip,
  ConfirmSheet,
  Fact,
  Field,
  Money,
  Picker,
  StateBlock,
  useNow,
} from '@/components';
import { DataTable, WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { useFeeActions, useUtilities } from '../../api';
import { OneOffs, type OneOffRow } from '../../components/one-offs';
import { monthOptions } from '../../model';
import '../../components/fees-desk.css';

/** 账单: the month's bills, seen before they are issued. */
export default function BillsDeskPage() {
  const now = useNow();
  const actions = useFeeActions();
  const utilities = useUtilities();
  const estateId = useSession((state) => state.estateId) ?? '';
  const [month, setMonth] = useState(monthOf(shanghaiDate(now)));
  const [withUtilities, setWithUtilities] = useState(false);
  const [seen, setSeen] = useState<BillPreviewView | null>(null);
  const [asking, setAsking] = useState(false);
  const published = utilities.status === 'ready' ? utilities.data.month : null;
  const oneOffs = useDraft<readonly OneOffRow[]>(`one-offs/${estateId}/${month}`, []);
  const request = {
    month,
    utilitiesOf: withUtilities ? published : null,
    oneOffs: oneOffs.value.map(({ unitId, itemCode, count }) => ({ unitId, itemCode, count })),
  };
  const preview = useAction(() => actions.preview(request), { onDone: setSeen });
  const issue = useAction((key) => actions.issue(key, { ...request, fingerprint: seen?.fingerprint ?? '' }), {
    onDone: ({ bills, totalFen }) => {
      setAsking(false);
      setSeen(null);
      oneOffs.discard();
      toast(`已出 ${bills} 张账单，共 ${formatYuan(totalFen)}，业主收到了通知`, 'good');
    },
  });
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
      <View className="stack stack--4">
        <Card title="出哪个月的账">
          <View className="stack stack--4">
            <View className="month-picker">
              <Field label="月份">
                <Picker
                  value={month}
                  options={monthOptions(now, 3, 1)}
                  onChange={(value) => {
                    setMonth(value);
                    setSeen(null);
                  }}
                />
              </Field>
            </View>
            {published !== null && (
              <Check
                on={withUtilities}
                label="加上公共水电费分摊"
                onChange={(on) => {
                  setWithUtilities(on);
                  setSeen(null);
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
          <Preview
            preview={seen}
            onIssue={() => {
              setAsking(true);
            }}
          />
        )}
        <ConfirmSheet
          open={asking}
          title="出账"
          sentence={`将给业主出 ${formatMonth(month)}账单 ${seen?.bills ?? 0} 张，共 ${formatYuan(seen?.totalFen ?? 0)}，并通知业主缴费。出账后不能改，只能作废重出。`}
          doLabel="确认出账"
          busyText="正在出账…"
          busy={issue.busy}
          error={issue.error?.message}
          onConfirm={() => issue.run()}
          onClose={() => {
            setAsking(false);
          }}
        />
      </View>
    </WorkbenchShell>
  );
}

const FAULTS: Readonly<Record<string, string>> = {
  'FEES.SCHEDULE_MISSING': '这个月还没有公示收费标准',
  'FEES.ITEM_NOT_PUBLISHED': '有没公示的收费项目',
  'FEES.ITEM_NOT_ONE_OFF': '按月的项目不能单独收一次',
  'FEES.UNIT_UNKNOWN': '名册里没有这套房屋',
  'FEES.UTILITY_ITEM_MISSING': '收费标准里没有公共水电费分摊这一项',
  'FEES.UTILITY_SCOPE_EMPTY': '分摊范围里没有房屋',
};

function Preview({ preview, onIssue }: { readonly preview: BillPreviewView; readonly onIssue: () => void }) {
  const ready = preview.faults.length === 0 && preview.bills > 0;
  return (
    <View className="stack stack--4">
      {preview.faults.length > 0 && (
        <Card tone="urgent" title="先要解决">
          {preview.faults.map(({ code, about }) => (
            <View key={code + about}>{`${FAULTS[code] ?? code}：${about}`}</View>
          ))}
        </Card>
      )}
      <Card title={`${formatMonth(preview.month)}账单预览`}>
        <View className="stack stack--2">
          <Money fen={preview.totalFen} size="money" />
          <Fact label="账单">{`${preview.bills} 张`}</Fact>
          {preview.byLedger.map(({ ledger, bills, amountFen }) => (
            <Fact key={ledger} label={LEDGER_LABELS[ledger]}>{`${bills} 张，${formatYuan(amountFen)}`}</Fact>
          ))}
          {preview.skipped > 0 && <Fact label="已经出过">{`${preview.skipped} 张，不再重复`}</Fact>}
          {preview.uncharged.length > 0 && (
            <Fact label="没有收费项目">{`${preview.uncharged.length} 套，如 ${preview.uncharged[0]?.unitName ?? ''}`}</Fact>
          )}
          <View className="row gap-3 row--wrap">
            <Button disabled={!ready} onTap={onIssue}>
              按这个预览出账
            </Button>
            {preview.bills === 0 && preview.skipped > 0 && (
              <Button
                kind="plain"
                onTap={() => {
                  navigate('paymentsDesk');
                }}
              >
                看缴费情况
              </Button>
            )}
          </View>
        </View>
      </Card>
      {preview.bills > 0 && <Items preview={preview} />}
      {preview.bills > 0 && <Changes preview={preview} />}
    </View>
  );
}

function Items({ preview }: { readonly preview: BillPreviewView }) {
  if (preview.items.length === 0) return null;
  return (
    <Card title="按项目">
      <DataTable
        caption="按项目的合计，和上月比"
        rows={preview.items}
        rowKey={({ itemCode, itemName }) => itemCode + itemName}
        rowLabel={({ itemName, amountFen }) => `${itemName}，${formatYuan(amountFen)}`}
        card={(item) => (
          <View className="stack stack--1">
            <View className="row row--between">
              <View className="t-strong">{item.itemName}</View>
              <View>{formatYuan(item.amountFen)}</View>
            </View>
            <View className="t-second t-muted">{`${item.units} 户，比上月 ${difference(item.differenceFen)}`}</View>
          </View>
        )}
        columns={[
          { key: 'name', title: '项目', cell: ({ itemName }) => itemName },
          { key: 'units', title: '户数', align: 'right', width: '80px', cell: ({ units }) => String(units) },
          {
            key: 'before',
            title: '上月',
            align: 'right',
            width: '140px',
            cell: (item) => formatYuan(item.previousFen),
          },
          {
            key: 'now',
            title: '本月',
            align: 'right',
            width: '140px',
            cell: (item) => formatYuan(item.amountFen),
          },
          {
            key: 'diff',
            title: '相差',
            align: 'right',
            width: '140px',
            cell: (item) => difference(item.differenceFen),
          },
        ]}
      />
    </Card>
  );
}

function Changes({ preview }: { readonly preview: BillPreviewView }) {
  if (preview.changes.length === 0) return null;
  const rows = preview.changes.map((change) => ({ ...change, key: `${change.unitId}:${change.ledger}` }));
  const title = `${preview.changedUnits} 户和上月不一样`;
  return (
    <Card
      title={title}
      extra={
        rows.length < preview.changedUnits ? <Chip>{`显示差得最多的 ${rows.length} 条`}</Chip> : undefined
      }
    >
      <DataTable
        caption="和上月不一样的账单"
        rows={rows}
        rowKey={({ key }) => key}
        rowLabel={({ unitName, currentFen }) => `${unitName}，${formatYuan(currentFen)}`}
        card={(row) => (
          <View className="stack stack--1">
            <View className="row row--between">
              <View className="t-strong">{row.unitName}</View>
              <View>{`${formatYuan(row.previousFen)} → ${formatYuan(row.currentFen)}`}</View>
            </View>
            {row.why.map((reason) => (
              <View key={reason} className="t-second t-muted">
                {reason}
              </View>
            ))}
          </View>
        )}
        columns={[
          { key: 'unit', title: '房屋', width: '180px', cell: ({ unitName }) => unitName },
          {
            key: 'before',
            title: '上月',
            align: 'right',
            width: '110px',
            cell: (row) => formatYuan(row.previousFen),
          },
          {
            key: 'now',
            title: '本月',
            align: 'right',
            width: '110px',
            cell: (row) => formatYuan(row.currentFen),
          },
          {
            key: 'why',
            title: '为什么',
            cell: ({ why }) => why.map((reason) => <View key={reason}>{reason}</View>),
          },
        ]}
      />
    </Card>
  );
}

function difference(fen: number): string {
  return fen === 0 ? '一样' : fen > 0 ? `多 ${formatYuan(fen)}` : `少 ${formatYuan(-fen)}`;
}
