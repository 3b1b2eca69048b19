export { ReconcileService } from './reconcile.service.ts';
export { ReconciliationModule } from './reconciliation.module.ts';
