import { Global, Module } from '@nestjs/common';
import { ApplyRollService } from './apply-roll.service.ts';
import { CheckRollService } from './check-roll.service.ts';
import { EstatesRepository } from './estates.repository.ts';
import { OnboardingService } from './onboarding.service.ts';
import { RollImportsController } from './roll-imports.controller.ts';
import { RollImportsRepository } from './roll-imports.repository.ts';
import { RollImportsService } from './roll-imports.service.ts';
import { RollRepository } from './roll.repository.ts';

/** Estates, their homes and the roll. Global: nearly every feature asks for an estate's settings. */
@Global()
@Module({
  controllers: [RollImportsController],
  providers: [
    ApplyRollService,
    CheckRollService,
    EstatesRepository,
    OnboardingService,
    RollImportsRepository,
    RollImportsService,
    RollRepository,
  ],
  exports: [EstatesRepository, OnboardingService, RollImportsService, RollRepository],
})
export class EstateModule {}
