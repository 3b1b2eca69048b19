import { View } from '@tarojs/components';
import type { FileRef } from '@linli/shared/files';
import { INCOME_LIMITS } from '@linli/shared/income';
import { useState } from 'react';
import { Button, DatePicker, Field, Sheet, TextInput } from '@/components';
import { type Action, useAction, useDocumentUpload } from '@/request';
import { type DraftHandle, toast, useDraft } from '@/stores';
import type { IncomeActions } from '../api';

interface ContractFields {
  readonly contractNo: string;
  readonly counterparty: string;
  readonly subject: string;
  readonly signedOn: string | null;
  readonly scan: Pick<FileRef, 'id' | 'name'> | null;
}

const EMPTY: ContractFields = { contractNo: '', counterparty: '', subject: '', signedOn: null, scan: null };

/** What is written as on the paper. */
const TEXTS = [
  {
    name: 'contractNo',
    label: '合同编号',
    hint: '和表里写的一样',
    maxLength: INCOME_LIMITS.contractNoMax,
  },
  {
    name: 'counterparty',
    label: '对方单位',
    hint: undefined,
    maxLength: INCOME_LIMITS.counterpartyMax,
  },
  {
    name: 'subject',
    label: '租的或经营的是什么',
    hint: undefined,
    maxLength: INCOME_LIMITS.noteMax,
  },
] as const;

interface ContractFormProps {
  readonly actions: IncomeActions;
  readonly onRegistered: () => void;
}

/** 前期合同: a contract from before the assembly carries a business that no decision allows. */
export function ContractForm({ actions, onRegistered }: ContractFormProps) {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  const draft = useDraft<ContractFields>('income-contract', EMPTY);
  const upload = useDocumentUpload('VOUCHER', (scan) => {
    draft.merge({ scan });
  });
  const register = useAction((key) => actions.registerContract(key, requestOf(draft.value)), {
    onDone: () => {
      draft.discard();
      close();
      toast('合同已登记', 'good');
      onRegistered();
    },
  });
  return (
    <>
      <Button
        kind="plain"
        icon="document"
        block
        onTap={() => {
          setOpen(true);
        }}
      >
        登记业主大会成立前的合同
      </Button>
      <Sheet open={open} title="登记前期合同" onClose={close}>
        <Registration draft={draft} upload={upload} register={register} />
      </Sheet>
    </>
  );
}

function requestOf({ scan, signedOn, ...texts }: ContractFields) {
  return { ...texts, signedOn: signedOn ?? '', scanFileId: scan?.id ?? '' };
}

interface RegistrationProps {
  readonly draft: DraftHandle<ContractFields>;
  readonly upload: Action<[]>;
  readonly register: Action<[]>;
}

function Registration({ draft: { value, merge }, upload, register }: RegistrationProps) {
  const { signedOn, scan } = value;
  const errorOf = (path: string) => register.error?.field(path);
  return (
    <View className="stack stack--4">
      <View className="t-second t-muted">
        业主大会成立前签的合同，登记后可以作为经营的依据，扫描件全体业主都能看。
      </View>
      {TEXTS.map(({ name, label, hint, maxLength }) => (
        <Field key={name} label={label} hint={hint} error={errorOf(name)}>
          <TextInput
            value={value[name]}
            maxLength={maxLength}
            onChange={(text) => {
              merge({ [name]: text });
            }}
          />
        </Field>
      ))}
      <Field label="签订日期" error={errorOf('signedOn')}>
        <DatePicker
          value={signedOn}
          onChange={(date) => {
            merge({ signedOn: date });
          }}
        />
      </Field>
      <Field label="扫描件" error={errorOf('scanFileId') ?? upload.error?.message}>
        <Button kind="plain" icon="plus" busy={upload.busy} busyText="正在上传…" onTap={() => upload.run()}>
          {scan === null ? '上传扫描件' : `已上传 ${scan.name}，点这里换一份`}
        </Button>
      </Field>
      {register.error !== null && <View className="t-bad">{register.error.message}</View>}
      <Button block busy={register.busy} busyText="正在登记…" onTap={() => register.run()}>
        登记
      </Button>
    </View>
  );
}
