export type { Delivery, DeliverySnapshot } from './delivery.port.ts';
export type { DoneStep, Incident, Round } from './incident.ts';
export type { Provider, ProviderSnapshot } from './provider.port.ts';
export {
  type RebuildParts,
  type RebuildStep,
  type RebuiltStep,
  rebuild,
  rebuildSteps,
} from './rebuild/rebuild.ts';
export { type RecoverOptions, recover } from './recover.ts';
export type { Plan, PlannedStep, Rule } from './rules/rule.ts';
export { rules } from './rules/rules.ts';
export type { Finding, FindingKind } from './snapshot/finding.ts';
export type { Part } from './snapshot/probe.answer.ts';
export { backUpDatabase } from './steps/database.steps.ts';
export { backUpGraph } from './steps/graph-backup.steps.ts';
