export { alertsOf, allRules } from './rules/alert.list.ts';
export { type Objective, objectives } from './rules/objectives.ts';
