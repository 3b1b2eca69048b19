import { View } from '@tarojs/components';
import { IDENTITY_LIMITS, type ResidencyKind } from '@linli/shared/identity';
import { addDays, shanghaiDate } from '@linli/shared/kernel';
import { Card, Choices, DatePicker, Field, PhotoPicker, TextArea, TextInput, useNow } from '@/components';
import { HomeFields } from '@/components/home-search';
import { photoUpload } from '@/request';
import type { DraftHandle } from '@/stores';
import type { ClaimDraft } from '../claim-draft';

interface ClaimPartProps {
  readonly draft: DraftHandle<ClaimDraft>;
  /** What the server said about a field. */
  readonly fault: (path: string) => string | undefined;
}

export function ClaimedHome({ draft: { value, merge }, fault }: ClaimPartProps) {
  return (
    <Card title="哪套房屋">
      <View className="stack stack--4">
        <HomeFields value={value} error={fault('unitId')} onChange={merge} />
      </View>
    </Card>
  );
}

const KINDS: readonly { readonly value: ResidencyKind; readonly label: string; readonly detail: string }[] = [
  { value: 'OWNER', label: '业主', detail: '名册上有您的名字，手机号对不上' },
  { value: 'FAMILY', label: '家属', detail: '和业主同住；请业主给邀请码更快' },
  { value: 'TENANT', label: '租户', detail: '租约到期自动解绑；请业主给邀请码更快' },
];

export function Claimant({ draft: { value, merge }, fault }: ClaimPartProps) {
  const tomorrow = addDays(shanghaiDate(useNow()), 1);
  return (
    <Card title="您是谁">
      <View className="stack stack--4">
        <Choices
          label="您是"
          value={value.kind}
          options={KINDS}
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
  );
}

const EVIDENCE: Readonly<Record<ResidencyKind, string>> = {
  OWNER: '不动产权证、购房合同或交房单，拍清楚姓名和房号',
  FAMILY: '户口本、结婚证等能看出关系的一页',
  TENANT: '租赁合同，拍清楚双方姓名、房号和到期日',
};

export function ClaimEvidence({ draft, fault }: ClaimPartProps) {
  const { value, merge } = draft;
  return (
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
        {fault('evidenceFileIds') !== undefined && <View className="t-bad">{fault('evidenceFileIds')}</View>}
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
  );
}
