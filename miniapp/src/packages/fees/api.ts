import type { FeeScheduleView, UtilityMonthView } from '@linli/shared/fees';
import { type Resource, api, useResource } from '@/request';
import { useSession } from '@/stores';

function useOfFees<T>(path: string): Resource<T> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null ? null : `/api/estates/${estateId}/fees${path}`;
  return useResource(url, () => api.get<T>(url ?? ''));
}

/** The version in force, or an earlier one. */
export const useSchedule = (version: string | undefined) =>
  useOfFees<FeeScheduleView>(version === undefined ? '/schedule' : `/schedules/${version}`);

export const useUtilities = (month: string | undefined) =>
  useOfFees<UtilityMonthView>(month === undefined ? '/utilities' : `/utilities?month=${month}`);
