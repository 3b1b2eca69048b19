import { View } from '@tarojs/components';
import { FEE_LIMITS, FEE_UNITS, type FeeItem } from '@linli/shared/fees';
import { parseRate, rateText } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Field, Sheet, TextArea, TextInput } from '@/components';

/** One charge of the draft: its rate, basis, grade and note. Name and target stay: another charge is another row. */
export function ItemEditor({
  item,
  onDone,
  onRemove,
  onClose,
}: {
  readonly item: FeeItem;
  readonly onDone: (item: FeeItem) => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}) {
  const [rate, setRate] = useState(rateText(item.rateTenThousandthYuan));
  const [grade, setGrade] = useState(item.serviceGrade ?? '');
  const [basis, setBasis] = useState(item.basis);
  const [note, setNote] = useState(item.note);
  const parsed = parseRate(rate);
  const rateWrong = parsed === null || parsed < 0;
  const basisWrong = basis.trim() === '';
  return (
    <Sheet open title={item.name} onClose={onClose}>
      <View className="stack stack--4">
        {item.unit !== 'SQM_SHARED' && (
          <Field
            label={`收费标准（${FEE_UNITS[item.unit].label}）`}
            error={rateWrong ? '填数字，最多四位小数，如 0.65' : undefined}
          >
            <TextInput value={rate} onChange={setRate} keyboard="decimal" maxLength={12} />
          </Field>
        )}
        <Field
          label="依据"
          hint="合同第几条，或业主大会哪次决议"
          error={basisWrong ? '没有依据的项目不能收费' : undefined}
        >
          <TextArea value={basis} onChange={setBasis} maxLength={FEE_LIMITS.basisMax} rows={2} />
        </Field>
        <Field label="服务等级" optional>
          <TextInput value={grade} onChange={setGrade} maxLength={FEE_LIMITS.nameMax} />
        </Field>
        <Field label="说明" optional>
          <TextArea value={note} onChange={setNote} maxLength={FEE_LIMITS.noteMax} rows={2} />
        </Field>
        <View className="sheet__buttons">
          <Button kind="plain" block onTap={onRemove}>
            删掉这一项
          </Button>
          <Button
            block
            disabled={rateWrong || basisWrong}
            onTap={() => {
              onDone({
                ...item,
                rateTenThousandthYuan: parsed ?? item.rateTenThousandthYuan,
                serviceGrade: grade.trim() === '' ? null : grade.trim(),
                basis: basis.trim(),
                note: note.trim(),
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
