export { dashboards } from './dashboards/dashboard.list.ts';
export { prometheusConfig } from './prometheus/prometheus.config.ts';
export { alertsOf, allRules } from './rules/alert.list.ts';
export { type Objective, objectives } from './rules/objectives.ts';
export { readBudgets } from './slo/budget.report.ts';
export { mappedPrograms, type SentryProject, uploadProgram } from './sourcemaps/sentry.upload.ts';
export { localStack } from './stack/stack.addresses.ts';
export { readStack } from './stack/stack.status.ts';
export { verifyStack } from './stack/stack.verify.ts';
