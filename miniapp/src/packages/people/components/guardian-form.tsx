import { View } from '@tarojs/components';
import { GUARDIANSHIP_LABELS, GUARDIANSHIP_KINDS, type GuardianshipKind } from '@linli/shared/assembly';
import { IDENTITY_LIMITS } from '@linli/shared/identity';
import { addDays, shanghaiDate } from '@linli/shared/kernel';
import { Button, Card, Choices, DatePicker, Field, TextInput, useNow } from '@/components';
import { HomeFields } from '@/components/home-search';
import { AttachmentPicker } from '@/components/staff/attachment-picker';
import type { DraftHandle } from '@/stores';
import type { GuardianDraft } from '../guardian-draft';

interface PartProps {
  readonly draft: DraftHandle<GuardianDraft>;
  /** What the server said about a field. */
  readonly fault: (path: string) => string | undefined;
}

/** 被监护的业主: the home and the name as the roll has it. */
export function Ward({ draft: { value, merge }, fault }: PartProps) {
  return (
    <Card title="您代哪位业主投票">
      <View className="stack stack--4">
        <HomeFields value={value} error={fault('unitId')} onChange={merge} />
        <Field label="业主姓名" hint="名册和不动产权证上的名字" error={fault('ownerName')}>
          <TextInput
            value={value.ownerName}
            maxLength={IDENTITY_LIMITS.realNameChars}
            onChange={(ownerName) => {
              merge({ ownerName });
            }}
          />
        </Field>
      </View>
    </Card>
  );
}

const WHY: Readonly<Record<GuardianshipKind, string>> = {
  MINOR: '房子写了孩子的名字，孩子还没满十八周岁',
  INCAPABLE: '失智、重病等；法律上叫没有或限制民事行为能力',
};

/** Why the ward cannot vote alone, and until when. */
export function Reason({ draft: { value, merge }, fault }: PartProps) {
  const tomorrow = addDays(shanghaiDate(useNow()), 1);
  const isMinor = value.kind === 'MINOR';
  return (
    <Card title="为什么由您代投">
      <View className="stack stack--4">
        <Choices
          label="原因"
          value={value.kind}
          options={GUARDIANSHIP_KINDS.map((kind) => ({
            value: kind,
            label: GUARDIANSHIP_LABELS[kind],
            detail: WHY[kind],
          }))}
          onChange={(kind) => {
            merge({ kind, endsOn: null });
          }}
        />
        <Field
          label={isMinor ? '孩子哪天满十八周岁' : '到哪天为止'}
          hint={isMinor ? '从那天起由孩子自己投' : '判决或协议写了期限才填'}
          optional={!isMinor}
          error={fault('endsOn')}
        >
          <DatePicker
            value={value.endsOn}
            from={tomorrow}
            onChange={(endsOn) => {
              merge({ endsOn });
            }}
          />
        </Field>
        {!isMinor && value.endsOn !== null && (
          <View className="row">
            <Button
              kind="quiet"
              size="small"
              onTap={() => {
                merge({ endsOn: null });
              }}
            >
              不填期限
            </Button>
          </View>
        )}
      </View>
    </Card>
  );
}

const PAPERS: Readonly<Record<GuardianshipKind, string>> = {
  MINOR: '户口簿上您和孩子的那几页，或出生医学证明',
  INCAPABLE: '法院认定的判决书、指定监护人的文书，或意定监护公证书',
};

/** One file: pages of a register are laid side by side, or put into one PDF. */
export function Proof({ draft, fault }: PartProps) {
  const { value, merge } = draft;
  return (
    <Card title="监护证明">
      <View className="stack stack--3">
        <View className="t-muted">
          {`${PAPERS[value.kind]}。一张照片或一个 PDF，几页就并排拍在一张里。加密保存，只有社区和街道核对的人能看。`}
        </View>
        <AttachmentPicker
          purpose="GUARDIAN_PAPER"
          files={value.documents}
          limit={1}
          onAdd={(document) => {
            draft.update((now) => ({ ...now, documents: [document] }));
          }}
          onRemove={() => {
            merge({ documents: [] });
          }}
        />
        {fault('documentFileId') !== undefined && <View className="t-bad">{fault('documentFileId')}</View>}
      </View>
    </Card>
  );
}
