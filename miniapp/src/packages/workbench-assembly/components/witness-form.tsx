import { View } from '@tarojs/components';
import {
  type RegisterWitnessRequest,
  WITNESS_KIND_LABELS,
  WITNESS_KINDS,
  WITNESS_LIMITS,
  type WitnessKind,
} from '@linli/shared/ballot-log';
import { useState } from 'react';
import { Button, Choices, ConfirmSheet, Field, Sheet, TextInput } from '@/components';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { witnessActions } from '../api';

interface Filled {
  readonly kind: WitnessKind;
  readonly label: string;
  readonly key: string;
}

/** Who it is and its public key; read back before it counts, as residents will rely on it. */
export function WitnessForm({ onClose }: { readonly onClose: () => void }) {
  const draft = useDraft<Filled>('log-witness', { kind: 'COMMUNITY', label: '', key: '' });
  const { kind, label, key } = draft.value;
  const [asking, setAsking] = useState(false);
  const done = () => {
    draft.discard();
    onClose();
  };
  const register = useRegister({ kind, label: label.trim(), key: key.trim() }, done);
  const whole = label.trim().length >= WITNESS_LIMITS.labelMin && /^\S+\+\S+\+\S+$/.test(key.trim());
  return (
    <>
      <Sheet open={!asking} title="登记见证方" onClose={onClose}>
        <View className="stack stack--3">
          <Choices
            label="是谁"
            value={kind}
            options={WITNESS_KINDS.map((value) => ({ value, label: WITNESS_KIND_LABELS[value] }))}
            onChange={(chosen) => draft.merge({ kind: chosen })}
          />
          <Field label="名称" hint="居民会看到，例如 康宁社区居委会">
            <TextInput
              value={label}
              maxLength={WITNESS_LIMITS.labelMax}
              onChange={(typed) => draft.merge({ label: typed })}
            />
          </Field>
          <Field label="公钥" hint="对方的见证程序显示的那一整行字，照样粘贴">
            <TextInput
              value={key}
              maxLength={WITNESS_LIMITS.keyMax}
              onChange={(typed) => draft.merge({ key: typed })}
            />
          </Field>
          <Button block disabled={!whole} onTap={() => setAsking(true)}>
            核对登记
          </Button>
        </View>
      </Sheet>
      <ConfirmSheet
        open={asking}
        title="请核对"
        sentence={`${WITNESS_KIND_LABELS[kind]}“${label.trim()}”将见证本小区的每次表决。请和对方当面核对公钥：${key.trim().split('+')[1] ?? ''}。`}
        doLabel="登记"
        safeLabel="再看看"
        busy={register.busy}
        error={register.error?.message}
        onConfirm={() => register.run()}
        onClose={() => {
          setAsking(false);
          register.clearError();
        }}
      />
    </>
  );
}

function useRegister(request: RegisterWitnessRequest, onDone: () => void) {
  const estateId = useSession((state) => state.estateId) ?? '';
  return useAction((key) => witnessActions(estateId).register(key, request), {
    onDone: () => {
      toast('已登记', 'good');
      onDone();
    },
  });
}
