import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import { DiscardFiles } from './discard-files.ts';
import { FileBodies } from './file-bodies.ts';
import { DiskStorage, FileStorage } from './file-storage.ts';
import { FilesController } from './files.controller.ts';
import { FilesService } from './files.service.ts';
import { SweepLooseFiles } from './sweep-loose-files.service.ts';

@Global()
@Module({
  controllers: [FilesController],
  providers: [
    DiscardFiles,
    FileBodies,
    FilesService,
    SweepLooseFiles,
    {
      provide: FileStorage,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => new DiskStorage(join(environment.dataDir, 'files')),
    },
  ],
  exports: [DiscardFiles, FileBodies, FilesService, FileStorage],
})
export class FilesModule {}
