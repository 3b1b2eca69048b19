import { type Fen, parseYuan, yuanText } from '@linli/shared/kernel';
import { useState } from 'react';
import { TextInput } from '@/components';

/** An amount in yuan. What is typed stays as typed; the amount follows as soon as it is one. */
export function MoneyInput({
  fen,
  onChange,
  label,
}: {
  readonly fen: Fen | null;
  readonly onChange: (fen: Fen) => void;
  readonly label?: string;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const amount = typed === null ? null : parseYuan(typed);
  const changedElsewhere = typed === null || (amount !== null && amount !== fen);
  return (
    <TextInput
      keyboard="decimal"
      maxLength={20}
      placeholder="0.00"
      value={changedElsewhere ? (fen === null ? '' : yuanText(fen)) : typed}
      onChange={(value) => {
        setTyped(value);
        const next = parseYuan(value);
        if (next !== null) onChange(next);
      }}
      {...(label === undefined ? {} : { label })}
    />
  );
}
