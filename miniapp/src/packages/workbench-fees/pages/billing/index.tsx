import { View } from '@tarojs/components';
import { type BillingTerms, FEE_LIMITS } from '@linli/shared/fees';
import { useState } from 'react';
import {
  Button,
  Card,
  ConfirmSheet,
  Fact,
  Field,
  PageContent,
  Picker,
  SkeletonCard,
  TextInput,
} from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { useFeeActions, useIsManager, useTerms } from '../../api';
import { UnitBillingCard } from '../../components/unit-billing';
import { type TermsFault, type TermsForm, readTerms, termsForm, termsText } from '../../model';
import '../../components/fees-desk.css';

const NO_FAULT: TermsFault = {};
const DUE_DAYS = Array.from({ length: 31 }, (_, index) => ({
  value: String(index + 1),
  label: index === 30 ? '最后一天' : `${index + 1} 日`,
}));
/** 期限和缴费周期: when bills are due and what being late costs, and how each home pays. */
export default function BillingDeskPage() {
  const manager = useIsManager();
  const terms = useTerms();
  return (
    <WorkbenchShell route="billingDesk" active="bills" title="期限和缴费周期">
      <View className="stack stack--4">
        <PageContent resource={terms} skeleton={<SkeletonCard lines={5} />}>
          {(data) => (manager ? <TermsCard terms={data} /> : <TermsFacts terms={data} />)}
        </PageContent>
        <UnitBillingCard manager={manager} />
      </View>
    </WorkbenchShell>
  );
}

function TermsFacts({ terms }: { readonly terms: BillingTerms }) {
  return (
    <Card title="缴费期限和违约金">
      <View className="stack stack--2">
        <View>{termsText(terms)}</View>
        {terms.lateFeeBasis !== null && <Fact label="违约金依据">{terms.lateFeeBasis}</Fact>}
        <View className="t-second t-muted">由项目经理按物业服务合同填写。</View>
      </View>
    </Card>
  );
}

function TermsCard({ terms }: { readonly terms: BillingTerms }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const actions = useFeeActions();
  const draft = useDraft<TermsForm>(`billing-terms/${estateId}`, termsForm(terms));
  const [asking, setAsking] = useState<BillingTerms | null>(null);
  const [fault, setFault] = useState<TermsFault>(NO_FAULT);
  const save = useAction((_key, wanted: BillingTerms) => actions.setTerms(wanted), {
    onDone: () => {
      setAsking(null);
      draft.discard();
      toast('已保存，以后按这个算', 'good');
    },
  });
  const change = (part: Partial<TermsForm>) => {
    draft.merge(part);
    setFault(NO_FAULT);
  };
  const ask = () => {
    const read = readTerms(draft.value);
    if ('fault' in read) setFault(read.fault);
    else setAsking(read.terms);
  };
  return (
    <Card title="缴费期限和违约金">
      <View className="stack stack--4">
        <View className="t-second t-muted">照物业服务合同填写。合同没有约定违约金的，不能收。</View>
        <TermsFields form={draft.value} fault={fault} onChange={change} />
        <View className="row gap-3 row--wrap">
          <Button disabled={!draft.kept} onTap={ask}>
            保存
          </Button>
          {draft.kept && (
            <Button kind="quiet" onTap={draft.discard}>
              不改了
            </Button>
          )}
        </View>
      </View>
      <ConfirmSheet
        open={asking !== null}
        title="改缴费期限和违约金"
        sentence={`${asking === null ? '' : termsText(asking)}没缴清的账单也按新的宽限和违约金算；已经出的账单，到期日不变。`}
        doLabel="确认保存"
        busy={save.busy}
        error={save.error?.message}
        onConfirm={() => (asking === null ? undefined : save.run(asking))}
        onClose={() => {
          setAsking(null);
        }}
      />
    </Card>
  );
}

interface TermsFieldsProps {
  readonly form: TermsForm;
  readonly fault: TermsFault;
  readonly onChange: (part: Partial<TermsForm>) => void;
}

function TermsFields({
  form: { dueDay, graceDays, lateFee, lateFeeBasis },
  fault,
  onChange,
}: TermsFieldsProps) {
  return (
    <>
      <View className="fee-form">
        <Field label="每月几日前缴" hint="当月没有这一天的，到当月最后一天">
          <Picker value={dueDay} options={DUE_DAYS} onChange={(value) => onChange({ dueDay: value })} />
        </Field>
        <Field label="过期后宽限几天" error={fault.graceDays}>
          <TextInput
            value={graceDays}
            keyboard="number"
            maxLength={3}
            onChange={(value) => onChange({ graceDays: value })}
          />
        </Field>
        <Field label="违约金：每天万分之几" hint="不收就填 0" error={fault.lateFee}>
          <TextInput
            value={lateFee}
            keyboard="decimal"
            maxLength={6}
            onChange={(value) => onChange({ lateFee: value })}
          />
        </Field>
      </View>
      {Number(lateFee) > 0 && (
        <Field label="违约金依据" hint="例如：物业服务合同第十二条" error={fault.lateFeeBasis}>
          <TextInput
            value={lateFeeBasis}
            maxLength={FEE_LIMITS.basisMax}
            onChange={(value) => onChange({ lateFeeBasis: value })}
          />
        </Field>
      )}
    </>
  );
}
