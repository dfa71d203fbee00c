export { monthlyDifference } from './cost/monthly.difference.ts';
export { changeInfra, planChange } from './infra/infra.change.ts';
export { findDrift } from './infra/infra.drift.ts';
export { findInfra } from './infra/infra.environment.ts';
export { renderChange, renderPlan } from './plan/plan.explain.ts';
export { breaches } from './rules/plan.rules.ts';
export { diagnoseState } from './state/state.diagnosis.ts';
export { restoreState, unlockState } from './state/state.recover.ts';
export { StateStore } from './state/state.store.ts';
