import { View } from '@tarojs/components';
import { type BillPreviewRequest, type BillPreviewView, LEDGER_LABELS } from '@linli/shared/fees';
import { formatMonth, formatYuan } from '@linli/shared/kernel';
import { Button, Card, Chip, ConfirmButton, Fact, Money } from '@/components';
import { DataTable } from '@/components/staff';
import { navigate } from '@/navigate';
import { toast } from '@/stores';
import { useFeeActions } from '../api';

const FAULTS: Readonly<Record<string, string>> = {
  'FEES.SCHEDULE_MISSING': '这个月还没有公示收费标准',
  'FEES.ITEM_NOT_PUBLISHED': '有没公示的收费项目',
  'FEES.ITEM_NOT_ONE_OFF': '按月的项目不能单独收一次',
  'FEES.UNIT_UNKNOWN': '名册里没有这套房屋',
  'FEES.UTILITY_ITEM_MISSING': '收费标准里没有公共水电费分摊这一项',
  'FEES.UTILITY_SCOPE_EMPTY': '分摊范围里没有房屋',
};

export interface BillPreviewProps {
  readonly preview: BillPreviewView;
  /** What was asked for. */
  readonly request: BillPreviewRequest;
  readonly onIssued: () => void;
}

/** The month's bills as they would be issued, beside last month's. */
export function BillPreview({ preview, request, onIssued }: BillPreviewProps) {
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
            <Issue preview={preview} request={request} onIssued={onIssued} />
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

function Issue({ preview, request, onIssued }: BillPreviewProps) {
  const actions = useFeeActions();
  const { month, bills, totalFen, faults, fingerprint } = preview;
  return (
    <ConfirmButton
      disabled={faults.length > 0 || bills === 0}
      text="按这个预览出账"
      ask={{
        title: '出账',
        sentence: `将给业主出 ${formatMonth(month)}账单 ${bills} 张，共 ${formatYuan(totalFen)}，并通知业主缴费。出账后不能改，只能作废重出。`,
        doLabel: '确认出账',
        busyText: '正在出账…',
      }}
      perform={(key) => actions.issue(key, { ...request, fingerprint })}
      onDone={(issued) => {
        toast(`已出 ${issued.bills} 张账单，共 ${formatYuan(issued.totalFen)}，业主收到了通知`, 'good');
        onIssued();
      }}
    />
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
          moneyColumn('previousFen', '上月', '140px'),
          moneyColumn('amountFen', '本月', '140px'),
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
          moneyColumn('previousFen', '上月', '110px'),
          moneyColumn('currentFen', '本月', '110px'),
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
import { moneyColumn } from '../money-column';
