import type { RollImport } from '@linli/shared/estate';
import { PageContent, SkeletonList } from '@/components';
import { SheetFaults } from '@/components/staff';
import { useRollReport } from '../api';

/** What is wrong in a roll that was not imported. */
export function Faults({ estateId, faulty }: { readonly estateId: string; readonly faulty: RollImport }) {
  const report = useRollReport(estateId, faulty.id);
  return (
    <PageContent resource={report} skeleton={<SkeletonList />}>
      {({ errors, rows, accepted }) => (
        <SheetFaults
          title={`${faulty.fileName} 没有导入`}
          lead={`共 ${rows} 行，${accepted} 行没有问题，${errors.length} 处要改。请在表格里改好后重新上传；名册没有任何变动。`}
          faults={errors}
        />
      )}
    </PageContent>
  );
}
