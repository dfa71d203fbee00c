export { environmentCost, renderCost } from './cost/cost.report.ts';
export { monthlyDifference } from './cost/monthly.difference.ts';
export { refreshPrices } from './cost/price.refresh.ts';
export { noEmulator } from './emulated/emulator.ts';
export type { InfraDrillResult } from './emulated/infra.drills.ts';
export { changeInfra, planChange } from './infra/infra.change.ts';
export { findDrift } from './infra/infra.drift.ts';
export { findInfra } from './infra/infra.environment.ts';
export { checkParity, isWell, renderParity } from './parity/parity.check.ts';
export { renderChange, renderPlan } from './plan/plan.explain.ts';
export { rebuildInfra, rebuildState } from './rebuild/infra.rebuild.ts';
export { type FoundInfra, InfraProvider } from './recovery/infra.provider.ts';
export { breaches } from './rules/plan.rules.ts';
export { diagnoseState } from './state/state.diagnosis.ts';
export { restoreState, unlockState } from './state/state.recover.ts';
export { StateStore } from './state/state.store.ts';

/** Drills at an emulator of AWS. */
export const loadInfraDrills = (): Promise<typeof import('./emulated/drill.parts.ts')> =>
  import('./emulated/drill.parts.ts');
