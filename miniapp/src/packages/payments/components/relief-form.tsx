import { Text, View } from '@tarojs/components';
import type { BillView } from '@linli/shared/fees';
import { addDays, formatMonth, formatYuan, shanghaiDate } from '@linli/shared/kernel';
import {
  CERTIFICATE_KINDS,
  CERTIFICATE_LABELS,
  RELIEF_LIMITS,
  latestUntil,
  type ReliefKind,
} from '@linli/shared/relief';
import {
  Card,
  Check,
  Choices,
  DatePicker,
  Field,
  PhotoPicker,
  Picker,
  TextArea,
  TextInput,
  useNow,
} from '@/components';
import { photoUpload } from '@/request';
import type { DraftHandle } from '@/stores';
import { owedFen } from '../model';
import type { ReliefDraft } from '../relief-draft';

interface ReliefPartProps {
  readonly draft: DraftHandle<ReliefDraft>;
  /** What the server said about a field. */
  readonly fault: (path: string) => string | undefined;
}

const KINDS: readonly { readonly value: ReliefKind; readonly label: string; readonly detail: string }[] = [
  { value: 'REDUCTION', label: '减免', detail: '少缴一部分或全部，由街道决定减多少、谁来承担' },
  { value: 'DEFERRAL', label: '缓缴', detail: '晚些再缴，缓缴期间不算违约金' },
];

/** Which of the two, and for which bills. */
export function WhatIsAsked({
  draft: { value, merge },
  fault,
  bills,
}: ReliefPartProps & { readonly bills: readonly BillView[] }) {
  const today = shanghaiDate(useNow());
  return (
    <Card title="申请什么">
      <View className="stack stack--4">
        <Choices
          label="申请什么"
          value={value.kind}
          options={KINDS}
          onChange={(kind) => {
            merge({ kind, billIds: [] });
          }}
        />
        <BillChoice
          bills={bills}
          chosen={value.billIds}
          onChange={(billIds) => {
            merge({ billIds });
          }}
        />
        {value.kind === 'DEFERRAL' && (
          <Until
            value={value.wishedUntil}
            today={today}
            error={fault('wishedUntil')}
            onChange={(wishedUntil) => {
              merge({ wishedUntil });
            }}
          />
        )}
      </View>
    </Card>
  );
}

export function Until({
  value,
  today,
  error,
  onChange,
}: {
  readonly value: string | null;
  readonly today: string;
  readonly error: string | undefined;
  readonly onChange: (day: string) => void;
}) {
  return (
    <Field label="想缓到哪天" hint="最晚一年以后" error={error}>
      <DatePicker value={value} from={addDays(today, 1)} to={latestUntil(today)} onChange={onChange} />
    </Field>
  );
}

function BillChoice({
  bills,
  chosen,
  onChange,
}: {
  readonly bills: readonly BillView[];
  readonly chosen: readonly string[];
  readonly onChange: (billIds: readonly string[]) => void;
}) {
  return (
    <Field label="哪些账单">
      <View className="stack stack--2">
        {bills.length === 0 && <View className="t-muted">这套房屋没有可以申请的账单。</View>}
        {bills.map((bill) => (
          <Check
            key={bill.id}
            on={chosen.indexOf(bill.id) >= 0}
            label={`${formatMonth(bill.month)}物业费`}
            onChange={(on) => {
              onChange(on ? [...chosen, bill.id] : chosen.filter((id) => id !== bill.id));
            }}
          >
            <Text>{`${formatMonth(bill.month)} · ${formatYuan(owedFen(bill))}`}</Text>
          </Check>
        ))}
      </View>
    </Field>
  );
}

/** What stands behind it; only community and street look at it. */
export function Hardship({ draft, fault }: ReliefPartProps) {
  const { value, merge } = draft;
  return (
    <Card title="困难证明">
      <View className="stack stack--4">
        <Field label="哪种证件">
          <Picker
            value={value.certificateKind}
            options={CERTIFICATE_KINDS.map((kind) => ({ value: kind, label: CERTIFICATE_LABELS[kind] }))}
            onChange={(certificateKind) => {
              merge({ certificateKind });
            }}
          />
        </Field>
        <Field label="证件编号" hint="只保存校验码，不保存号码" error={fault('certificateNumber')}>
          <TextInput
            value={value.certificateNumber}
            maxLength={RELIEF_LIMITS.certificateMax}
            onChange={(certificateNumber) => {
              merge({ certificateNumber });
            }}
          />
        </Field>
        <Field label="家里的情况" error={fault('reason')}>
          <TextArea
            value={value.reason}
            maxLength={RELIEF_LIMITS.reasonMax}
            rows={3}
            placeholder="例如：两位老人常年吃药，今年没有收入"
            onChange={(reason) => {
              merge({ reason });
            }}
          />
        </Field>
        <View className="t-second t-muted">拍清楚证件编号和有效期。加密保存，决定 30 天后自动删除。</View>
        <PhotoPicker
          photos={value.photos}
          limit={RELIEF_LIMITS.papersMax}
          upload={photoUpload('HARDSHIP_PAPER')}
          onAdd={(photo) => {
            draft.update((now) => ({ ...now, photos: [...now.photos, photo] }));
          }}
          onRemove={(id) => {
            merge({ photos: value.photos.filter((photo) => photo.id !== id) });
          }}
        />
        <Check
          on={value.consent}
          label="同意社区和街道查看材料"
          onChange={(consent) => {
            merge({ consent });
          }}
        >
          <Text>我同意社区和街道为这份申请查看以上材料。不同意就不能申请，其他功能不受影响。</Text>
        </Check>
      </View>
    </Card>
  );
}
