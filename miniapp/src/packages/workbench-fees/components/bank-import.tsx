import type { Ledger } from '@linli/shared/fees';
import { BankImportPart } from '@/components/staff';
import { useMoneyActions } from '../money-api';

/** The bank's statement beside what WeChat should have settled. */
export function SettlementImport({ ledger }: { readonly ledger: Ledger }) {
  const actions = useMoneyActions();
  return (
    <BankImportPart
      lead="把网银导出的流水（xlsx 或 csv）传上来，和微信应结算的钱逐天核对。"
      send={(file) => actions.importStatement(ledger, file)}
      found={({ settlements, differences }) => `其中结算 ${settlements} 笔，发现差异 ${differences} 条`}
    />
  );
}
