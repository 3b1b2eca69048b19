import { View } from '@tarojs/components';
import {
  AUDIT_LIMITS,
  AUDIT_OPINION_LABELS,
  AUDIT_OPINION_MEANINGS,
  AUDIT_OPINIONS,
  AUDITED_BOOK_LABELS,
  AUDITED_BOOKS,
} from '@linli/shared/income-audit';
import { Button, Check, Choices, DatePicker, Field, TextArea, TextInput } from '@/components';
import { useDocumentUpload } from '@/request';
import type { DraftHandle } from '@/stores';
import type { TypedReport } from '../audit-model';

const OPINIONS = AUDIT_OPINIONS.map((value) => ({
  value,
  label: AUDIT_OPINION_LABELS[value],
  detail: AUDIT_OPINION_MEANINGS[value],
}));

const TEXTS = [
  { name: 'auditor', label: '审计机构', hint: '写全称', maxLength: AUDIT_LIMITS.auditorLength.max },
  { name: 'reportNo', label: '报告文号', hint: '照报告填写', maxLength: AUDIT_LIMITS.reportNoLength.max },
] as const;

interface ReportFieldsProps {
  readonly draft: DraftHandle<TypedReport>;
  /** The year is chosen once. */
  readonly isBegun: boolean;
  readonly errorOf: (path: string) => string | undefined;
}

/** What stands on the report's first page. */
export function ReportFields({ draft, isBegun, errorOf }: ReportFieldsProps) {
  const { value, merge } = draft;
  return (
    <>
      <Field label="审计年度" error={errorOf('year')}>
        {isBegun ? (
          <View>{`${value.year} 年`}</View>
        ) : (
          <TextInput
            value={value.year}
            onChange={(year) => {
              merge({ year });
            }}
            keyboard="number"
            maxLength={4}
            placeholder="如 2025"
          />
        )}
      </Field>
      <Books draft={draft} error={errorOf('books')} />
      <Names draft={draft} errorOf={errorOf} />
      <Field label="报告日期" error={errorOf('signedOn')}>
        <DatePicker
          value={value.signedOn}
          onChange={(signedOn) => {
            merge({ signedOn });
          }}
        />
      </Field>
      <Field label="审计意见" error={errorOf('opinion')}>
        <Choices
          label="审计意见"
          value={value.opinion}
          options={OPINIONS}
          onChange={(opinion) => {
            merge({ opinion });
          }}
        />
      </Field>
      <Field label="摘要" hint="用业主看得懂的话，说清账目怎么样" error={errorOf('summary')}>
        <TextArea
          value={value.summary}
          onChange={(summary) => {
            merge({ summary });
          }}
          maxLength={AUDIT_LIMITS.summaryLength.max}
        />
      </Field>
      <Scan draft={draft} error={errorOf('scanFileId')} />
    </>
  );
}

function Names({ draft: { value, merge }, errorOf }: Pick<ReportFieldsProps, 'draft' | 'errorOf'>) {
  return (
    <>
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
    </>
  );
}

interface PartProps {
  readonly draft: DraftHandle<TypedReport>;
  readonly error: string | undefined;
}

function Books({ draft: { value, merge }, error }: PartProps) {
  return (
    <Field label="审计了什么" error={error}>
      <View className="stack stack--2">
        {AUDITED_BOOKS.map((book) => (
          <Check
            key={book}
            label={AUDITED_BOOK_LABELS[book]}
            on={value.books.includes(book)}
            onChange={(on) => {
              const others = value.books.filter((one) => one !== book);
              merge({ books: on ? [...others, book] : others });
            }}
          >
            {AUDITED_BOOK_LABELS[book]}
          </Check>
        ))}
      </View>
    </Field>
  );
}

function Scan({ draft: { value, merge }, error }: PartProps) {
  const upload = useDocumentUpload('VOUCHER', (scan) => {
    merge({ scan });
  });
  return (
    <Field label="报告扫描件" hint="PDF 或照片，业主能下载核对" error={error ?? upload.error?.message}>
      <Button kind="plain" icon="plus" busy={upload.busy} busyText="正在上传…" onTap={() => upload.run()}>
        {value.scan === null ? '上传扫描件' : `已上传 ${value.scan.name}，点这里换一份`}
      </Button>
    </Field>
  );
}
