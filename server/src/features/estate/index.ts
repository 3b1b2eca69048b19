export { EstateModule } from './estate.module.ts';
export { EstatesRepository, type EstateRecord } from './estates.repository.ts';
export { OnboardingService } from './onboarding.service.ts';
export { RollImportsService } from './roll-imports.service.ts';
export { RollRepository, type StoredUnit } from './roll.repository.ts';
