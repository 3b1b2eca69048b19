import { View } from '@tarojs/components';
import { ASSEMBLY_LIMITS, type MyRollEntry, type RollObjectionKind } from '@linli/shared/assembly';
import {
  Button,
  Card,
  Choices,
  Field,
  InstantText,
  PageShell,
  PhotoPicker,
  SkeletonCard,
  StateBlock,
  TextArea,
  type UploadedPhoto,
  useNow,
} from '@/components';
import { goBack, useRouteParams } from '@/navigate';
import { spoken } from '@/platform';
import { photoUpload, useAction } from '@/request';
import { type DraftHandle, toast, useDraft, useSession } from '@/stores';
import { assemblyActions, useAssembly } from '../../api';
import { LogAlarm } from '../../components/log-alarm';
import { entryDetail } from '../../model';

const KINDS: readonly { readonly value: RollObjectionKind; readonly label: string }[] = [
  { value: 'AREA', label: '面积不对' },
  { value: 'OWNER', label: '业主不对' },
  { value: 'CO_OWNER', label: '共有人不对' },
  { value: 'OTHER', label: '其他' },
];

interface Form {
  readonly kind: RollObjectionKind | null;
  readonly text: string;
  readonly photos: readonly UploadedPhoto[];
}

/** 名册异议: what is wrong with my unit on the frozen roll. */
export default function AssemblyObjectionPage() {
  const { assemblyId, unitId } = useRouteParams('assemblyObjection');
  const assembly = useAssembly(assemblyId);
  const now = useNow();
  return (
    <PageShell
      route="assemblyObjection"
      resource={assembly}
      skeleton={<SkeletonCard lines={5} />}
      kept="您写的内容还在这台设备上"
    >
      {(detail) => {
        const unit = detail.mine.flatMap(({ units }) => units).find((entry) => entry.unitId === unitId);
        if (unit === undefined)
          return (
            <StateBlock
              icon="home"
              title="没有找到这套房屋"
              next={{ label: '返回', onTap: () => goBack() }}
            />
          );
        if (detail.state !== 'NOTICED' || (detail.objectionsUntil !== null && now > detail.objectionsUntil))
          return (
            <StateBlock
              icon="clock"
              title="名册异议的时间已过"
              text="投票开始前的异议期已经结束，如有疑问请联系业委会。"
              next={{ label: '返回', onTap: () => goBack('assembly') }}
            />
          );
        return (
          <View className="stack stack--4">
            <LogAlarm assemblyId={detail.id} />
            <OnTheRoll unit={unit} until={detail.objectionsUntil} />
            <ObjectionForm assemblyId={detail.id} unitId={unit.unitId} />
          </View>
        );
      }}
    </PageShell>
  );
}

function OnTheRoll({ unit, until }: { readonly unit: MyRollEntry; readonly until: number | null }) {
  return (
    <Card>
      <View className="t-strong">{unit.label}</View>
      <View className="t-muted">{`名册上：${entryDetail(unit)}`}</View>
      {until !== null && (
        <View className="t-second t-muted">
          请在 <InstantText at={until} /> 前提出
        </View>
      )}
    </Card>
  );
}

interface ObjectionFormProps {
  readonly assemblyId: string;
  readonly unitId: string;
}

function ObjectionForm({ assemblyId, unitId }: ObjectionFormProps) {
  const name = `objection/${assemblyId}/${unitId}`;
  const form = useDraft<Form>(name, { kind: null, text: '', photos: [] });
  const { kind, text } = form.value;
  const send = useObjection(assemblyId, unitId, form, name);
  const ready = kind !== null && text.trim().length >= ASSEMBLY_LIMITS.objectionLength.min;
  return (
    <>
      <Choices
        label="哪里不对"
        value={kind}
        options={KINDS}
        onChange={(value) => {
          form.merge({ kind: value });
        }}
      />
      <Field label="实际情况是" error={send.error?.field('text')}>
        <TextArea
          value={text}
          maxLength={ASSEMBLY_LIMITS.objectionLength.max}
          placeholder="例如：不动产权证上专有部分面积是 91.20 ㎡"
          onChange={(value) => {
            form.merge({ text: value });
          }}
        />
      </Field>
      <Proof form={form} />
      {send.error !== null && (
        <View className="t-bad" {...spoken({ role: 'alert' })}>
          {send.error.message}
        </View>
      )}
      <Button
        block
        disabled={!ready}
        busy={send.busy}
        busyText="正在提交"
        onTap={() => (kind === null ? undefined : send.run(kind))}
      >
        提交异议
      </Button>
    </>
  );
}

function useObjection(assemblyId: string, unitId: string, form: DraftHandle<Form>, name: string) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { text, photos } = form.value;
  return useAction(
    (key, kind: RollObjectionKind) =>
      assemblyActions(estateId, assemblyId).object(key, {
        unitId,
        kind,
        text: text.trim(),
        fileIds: photos.map(({ id }) => id),
      }),
    {
      name,
      onDone: () => {
        form.discard();
        toast('异议已提交，业委会会在投票开始前答复', 'good');
        goBack('assembly');
      },
    },
  );
}

function Proof({ form }: { readonly form: DraftHandle<Form> }) {
  const { photos } = form.value;
  return (
    <Field label="证明照片" optional hint="例如不动产权证、合同的有关一页，只给业委会看">
      <PhotoPicker
        photos={photos}
        upload={photoUpload('CLAIM_EVIDENCE')}
        onAdd={(photo) => {
          form.update((now) => ({ ...now, photos: [...now.photos, photo] }));
        }}
        onRemove={(id) => {
          form.merge({ photos: photos.filter((photo) => photo.id !== id) });
        }}
      />
    </Field>
  );
}
