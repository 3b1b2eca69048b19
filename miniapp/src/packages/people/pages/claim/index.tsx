import { View } from '@tarojs/components';
import {
  IDENTITY_LIMITS,
  ROLE_NAMES,
  type EstateChoice,
  type ResidencyKind,
  type UnitChoice,
} from '@linli/shared/identity';
import { addDays, endOfDay, formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Choices,
  ConfirmSheet,
  DatePicker,
  Field,
  PageShell,
  PhotoPicker,
  TextArea,
  TextInput,
  type UploadedPhoto,
  useNow,
} from '@/components';
import { EstateField, UnitField } from '@/components/home-search';
import { replace } from '@/navigate';
import { photoUpload, useAction, useMessageConsent } from '@/request';
import { toast, useDraft } from '@/stores';
import { submitClaim } from '../../api';

interface ClaimDraft {
  readonly estate: EstateChoice | null;
  readonly unit: UnitChoice | null;
  readonly kind: ResidencyKind;
  readonly realName: string;
  readonly leaseEnds: string | null;
  readonly note: string;
  readonly photos: readonly UploadedPhoto[];
}

const DRAFT = 'claim/new';
const NOTHING: ClaimDraft = {
  estate: null,
  unit: null,
  kind: 'OWNER',
  realName: '',
  leaseEnds: null,
  note: '',
  photos: [],
};

const EVIDENCE: Readonly<Record<ResidencyKind, string>> = {
  OWNER: '不动产权证、购房合同或交房单，拍清楚姓名和房号',
  FAMILY: '户口本、结婚证等能看出关系的一页',
  TENANT: '租赁合同，拍清楚双方姓名、房号和到期日',
};

/** 认领房屋: which home, as what, with what proof. What was typed stays on the phone until it is sent. */
export default function ClaimHomePage() {
  const draft = useDraft<ClaimDraft>(DRAFT, NOTHING);
  const { value, merge } = draft;
  const tomorrow = addDays(shanghaiDate(useNow()), 1);
  const [asking, setAsking] = useState(false);
  const askForMessages = useMessageConsent(['CLAIM']);
  const send = useAction(
    async (key) => {
      const { estate, unit } = value;
      if (estate === null || unit === null) throw new Error('The form was sent before it was complete');
      return submitClaim(key, estate.id, {
        unitId: unit.id,
        kind: value.kind,
        realName: value.realName.trim(),
        note: value.note.trim(),
        evidenceFileIds: value.photos.map(({ id }) => id),
        endsAt: value.kind === 'TENANT' && value.leaseEnds !== null ? endOfDay(value.leaseEnds) : null,
      });
    },
    {
      name: DRAFT,
      onDone: () => {
        setAsking(false);
        draft.discard();
        toast('已提交，有结果会发消息给您', 'good');
        replace('homes');
      },
      onError: () => {
        setAsking(false);
      },
    },
  );
  const fault = (path: string) => send.error?.fields.find((field) => field.path === path)?.message;
  const missing = missingIn(value);
  return (
    <PageShell
      route="claimHome"
      foot={
        <Button
          block
          disabled={missing !== null}
          onTap={() => {
            setAsking(true);
          }}
        >
          {missing ?? '提交认领'}
        </Button>
      }
    >
      <View className="stack stack--4">
        {send.error !== null && (
          <Card tone="urgent">
            <View className="t-bad">{`${send.error.message}。您填的内容还在手机里。`}</View>
          </Card>
        )}
        <Card title="哪套房屋">
          <View className="stack stack--4">
            <EstateField
              value={value.estate}
              onChange={(estate) => {
                merge({ estate, unit: null });
              }}
            />
            {value.estate !== null && (
              <UnitField
                estateId={value.estate.id}
                value={value.unit}
                error={fault('unitId')}
                onChange={(unit) => {
                  merge({ unit });
                }}
              />
            )}
          </View>
        </Card>
        <Card title="您是谁">
          <View className="stack stack--4">
            <Choices
              label="您是"
              value={value.kind}
              options={[
                { value: 'OWNER', label: '业主', detail: '名册上有您的名字，手机号对不上' },
                { value: 'FAMILY', label: '家属', detail: '和业主同住；请业主给邀请码更快' },
                { value: 'TENANT', label: '租户', detail: '租约到期自动解绑；请业主给邀请码更快' },
              ]}
              onChange={(kind) => {
                merge({ kind });
              }}
            />
            <Field label="真实姓名" hint="只给核实的人看" error={fault('realName')}>
              <TextInput
                value={value.realName}
                maxLength={IDENTITY_LIMITS.realNameChars}
                autoComplete="name"
                onChange={(realName) => {
                  merge({ realName });
                }}
              />
            </Field>
            {value.kind === 'TENANT' && (
              <Field label="租约到哪天" error={fault('endsAt')}>
                <DatePicker
                  value={value.leaseEnds}
                  from={tomorrow}
                  onChange={(leaseEnds) => {
                    merge({ leaseEnds });
                  }}
                />
              </Field>
            )}
          </View>
        </Card>
        <Card title="证明照片">
          <View className="stack stack--3">
            <View className="t-muted">
              {`${EVIDENCE[value.kind]}。身份证号可以盖住。处理后 ${IDENTITY_LIMITS.evidenceKeptDays} 天自动删除。`}
            </View>
            <PhotoPicker
              photos={value.photos}
              limit={IDENTITY_LIMITS.evidenceFiles}
              upload={photoUpload('CLAIM_EVIDENCE')}
              onAdd={(photo) => {
                draft.update((now) => ({ ...now, photos: [...now.photos, photo] }));
              }}
              onRemove={(id) => {
                merge({ photos: value.photos.filter((photo) => photo.id !== id) });
              }}
            />
            {fault('evidenceFileIds') !== undefined && (
              <View className="t-bad">{fault('evidenceFileIds')}</View>
            )}
            <Field label="补充说明" optional error={fault('note')}>
              <TextArea
                value={value.note}
                maxLength={IDENTITY_LIMITS.claimNoteChars}
                rows={3}
                placeholder="例如：换了手机号，名册上还是旧号码"
                onChange={(note) => {
                  merge({ note });
                }}
              />
            </Field>
          </View>
        </Card>
      </View>
      <ConfirmSheet
        open={asking}
        title="提交认领"
        sentence={sentenceOf(value)}
        doLabel="提交认领"
        busy={send.busy}
        busyText="正在提交"
        onConfirm={async () => {
          await askForMessages();
          await send.run();
        }}
        onClose={() => {
          setAsking(false);
        }}
      />
    </PageShell>
  );
}

/** What the button says instead of letting an incomplete form go; null when nothing is missing. */
function missingIn(value: ClaimDraft): string | null {
  if (value.estate === null) return '请先选小区';
  if (value.unit === null) return '请先选房屋';
  if (value.realName.trim().length < 2) return '请填真实姓名';
  if (value.kind === 'TENANT' && value.leaseEnds === null) return '请选租约到期日';
  if (value.photos.length === 0) return '请加证明照片';
  return null;
}

function sentenceOf({ estate, unit, kind, realName, leaseEnds, photos }: ClaimDraft): string {
  const until = kind === 'TENANT' && leaseEnds !== null ? `，租到 ${formatFullDate(leaseEnds)}` : '';
  return `${realName.trim()} 以${ROLE_NAMES[kind]}的身份认领 ${estate?.name ?? ''} ${unit?.name ?? ''}${until}，附 ${photos.length} 张照片。业委会、物业经理、社区和街道会看到这些材料。`;
}
