import { View } from '@tarojs/components';
import { FEE_LIMITS, FEE_UNITS, type FeeItem } from '@linli/shared/fees';
import { parseRate, rateText } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Field, Sheet, TextArea, TextInput } from '@/components';

interface ItemEditorProps {
  readonly item: FeeItem;
  readonly onDone: (item: FeeItem) => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

interface Typed {
  readonly rate: string;
  readonly grade: string;
  readonly basis: string;
  readonly note: string;
}

/** One charge of the draft: its rate, basis, grade and note. Name and target stay: another charge is another row. */
export function ItemEditor({ item, onDone, onRemove, onClose }: ItemEditorProps) {
  const [typed, setTyped] = useState<Typed>({
    rate: rateText(item.rateTenThousandthYuan),
    grade: item.serviceGrade ?? '',
    basis: item.basis,
    note: item.note,
  });
  const rate = parseRate(typed.rate);
  const faults = { rate: rate === null || rate < 0, basis: typed.basis.trim() === '' };
  return (
    <Sheet open title={item.name} onClose={onClose}>
      <View className="stack stack--4">
        <ItemFields
          item={item}
          typed={typed}
          faults={faults}
          onChange={(part) => {
            setTyped({ ...typed, ...part });
          }}
        />
        <View className="sheet__buttons">
          <Button kind="plain" block onTap={onRemove}>
            删掉这一项
          </Button>
          <Button
            block
            disabled={faults.rate || faults.basis}
            onTap={() => {
              onDone({
                ...item,
                rateTenThousandthYuan: rate ?? item.rateTenThousandthYuan,
                serviceGrade: typed.grade.trim() === '' ? null : typed.grade.trim(),
                basis: typed.basis.trim(),
                note: typed.note.trim(),
              });
            }}
          >
            改好了
          </Button>
        </View>
      </View>
    </Sheet>
  );
}

interface ItemFieldsProps {
  readonly item: FeeItem;
  readonly typed: Typed;
  readonly faults: { readonly rate: boolean; readonly basis: boolean };
  readonly onChange: (part: Partial<Typed>) => void;
}

function ItemFields({
  item: { unit },
  typed: { rate, grade, basis, note },
  faults,
  onChange,
}: ItemFieldsProps) {
  const typing = (key: keyof Typed) => (value: string) => {
    onChange({ [key]: value });
  };
  return (
    <>
      {unit !== 'SQM_SHARED' && (
        <Field
          label={`收费标准（${FEE_UNITS[unit].label}）`}
          error={faults.rate ? '填数字，最多四位小数，如 0.65' : undefined}
        >
          <TextInput value={rate} onChange={typing('rate')} keyboard="decimal" maxLength={12} />
        </Field>
      )}
      <Field
        label="依据"
        hint="合同第几条，或业主大会哪次决议"
        error={faults.basis ? '没有依据的项目不能收费' : undefined}
      >
        <TextArea value={basis} onChange={typing('basis')} maxLength={FEE_LIMITS.basisMax} rows={2} />
      </Field>
      <Field label="服务等级" optional>
        <TextInput value={grade} onChange={typing('grade')} maxLength={FEE_LIMITS.nameMax} />
      </Field>
      <Field label="说明" optional>
        <TextArea value={note} onChange={typing('note')} maxLength={FEE_LIMITS.noteMax} rows={2} />
      </Field>
    </>
  );
}
