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
import { toast, useSession } from '@/stores';
import { witnessActions } from '../api';

/** Who it is and its public key; read back before it counts, as residents will rely on it. */
export function WitnessForm({ onClose }: { readonly onClose: () => void }) {
  const [kind, setKind] = useState<WitnessKind>('COMMUNITY');
  const [label, setLabel] = useState('');
  const [key, setKey] = useState('');
  const [asking, setAsking] = useState(false);
  const register = useRegister({ kind, label: label.trim(), key: key.trim() }, onClose);
  const whole = label.trim().length >= WITNESS_LIMITS.labelMin && /^\S+\+\S+\+\S+$/.test(key.trim());
  return (
    <>
      <Sheet open={!asking} title="登记见证方" onClose={onClose}>
        <View className="stack stack--3">
          <Choices
            label="是谁"
            value={kind}
            options={WITNESS_KINDS.map((value) => ({ value, label: WITNESS_KIND_LABELS[value] }))}
            onChange={setKind}
          />
          <Field label="名称" hint="居民会看到，例如 康宁社区居委会">
            <TextInput value={label} maxLength={WITNESS_LIMITS.labelMax} onChange={setLabel} />
          </Field>
          <Field label="公钥" hint="见证程序显示的那一整行">
            <TextInput value={key} maxLength={WITNESS_LIMITS.keyMax} onChange={setKey} />
          </Field>
          <Button
            block
            disabled={!whole}
            onTap={() => {
              setAsking(true);
            }}
          >
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
