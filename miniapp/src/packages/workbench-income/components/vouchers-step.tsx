import { View } from '@tarojs/components';
import type { FileRef } from '@linli/shared/files';
import { INCOME_LIMITS, isCollected, type StatementLine } from '@linli/shared/income';
import { formatYuan } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Chip } from '@/components';
import { AttachmentPicker } from '@/components/staff';
import { useLatest } from '@/platform';
import { amountOf, faultsOfLine, labelOf } from '../model';
import type { StepProps } from './lines-step';

/** 附凭证: pictures or PDF to each line; what has none is shown first. */
export function VouchersStep({ edit, faults, onChange }: StepProps) {
  const { request, files } = edit;
  const [onlyMissing, setOnlyMissing] = useState(false);
  // What came by WeChat is proved by its payments.
  const lines = request.lines
    .map((line, index) => ({ line, index, number: index + 1 }))
    .filter(({ line }) => !isCollected(line));
  const missing = lines.filter(({ line }) => line.voucherIds.length === 0);
  const rows = onlyMissing ? missing : lines;
  // Several pictures of one choice arrive one after the other: each is added to what is there by then.
  const latest = useLatest(edit);
  const write = (
    index: number,
    change: (voucherIds: readonly string[]) => readonly string[],
    added: FileRef | null = null,
  ) => {
    const now = latest();
    const lines = now.request.lines.map((line, at) =>
      at === index ? { ...line, voucherIds: change(line.voucherIds) } : line,
    );
    onChange({
      request: { ...now.request, lines },
      files: added === null ? now.files : [...now.files, added],
    });
  };
  return (
    <View className="stack stack--3">
      <View className="row row--between row--wrap">
        <View className="t-second t-muted">{`${lines.length} 笔里有 ${missing.length} 笔还没有扫描件；有凭证号也可以公示，附上更让人放心。`}</View>
        <Button
          kind="quiet"
          size="small"
          onTap={() => {
            setOnlyMissing(!onlyMissing);
          }}
        >
          {onlyMissing ? '看全部' : '只看没有的'}
        </Button>
      </View>
      {rows.map(({ line, index, number }) => (
        <LineVouchers
          key={number}
          line={line}
          number={number}
          files={line.voucherIds.flatMap((id) => files.find((file) => file.id === id) ?? [])}
          fault={faultsOfLine(faults, index).find(({ path }) => path.endsWith('voucherIds'))?.message}
          onAdd={(file) => {
            write(index, (ids) => [...ids, file.id], file);
          }}
          onRemove={(id) => {
            write(index, (ids) => ids.filter((kept) => kept !== id));
          }}
        />
      ))}
    </View>
  );
}

interface LineVouchersProps {
  readonly line: StatementLine;
  readonly number: number;
  readonly files: readonly FileRef[];
  readonly fault: string | undefined;
  readonly onAdd: (file: FileRef) => void;
  readonly onRemove: (id: string) => void;
}

function LineVouchers({ line, number, files, fault, onAdd, onRemove }: LineVouchersProps) {
  return (
    <Card>
      <View className="stack stack--2">
        <View className="row row--between row--wrap">
          <View className="t-strong">{`${number}. ${labelOf(line)} ${formatYuan(amountOf(line))}`}</View>
          {files.length > 0 ? (
            <Chip tone="good">{`${files.length} 张`}</Chip>
          ) : (
            <Chip>{line.voucherNo ?? '没有凭证'}</Chip>
          )}
        </View>
        <View className="t-second t-muted">{`${line.date.slice(5)} · ${line.counterparty}`}</View>
        {fault !== undefined && <View className="t-second t-bad">{fault}</View>}
        <AttachmentPicker
          purpose="VOUCHER"
          files={files}
          limit={INCOME_LIMITS.vouchersPerLine}
          onAdd={onAdd}
          onRemove={onRemove}
        />
      </View>
    </Card>
  );
}
