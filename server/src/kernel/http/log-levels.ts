import type { LogLevel } from '@nestjs/common';
import type { Environment } from '../../config/environment.ts';

const LEVELS: Readonly<Record<Environment['logLevel'], LogLevel[] | false>> = {
  debug: ['fatal', 'error', 'warn', 'log', 'debug'],
  info: ['fatal', 'error', 'warn', 'log'],
  warn: ['fatal', 'error', 'warn'],
  error: ['fatal', 'error'],
  silent: false,
};

export function logLevels(level: Environment['logLevel']): LogLevel[] | false {
  return LEVELS[level];
}
