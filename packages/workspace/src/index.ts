export { affectedTargets } from './affected.targets.ts';
export { type CheckOptions, runChecks } from './check.run.ts';
export { renderSummary, type Summary } from './check.summary.ts';
export { type CiJobs, ciJobs } from './ci.jobs.ts';
export { type Facts, manifestFacts } from './manifest.facts.ts';
export { buildProjects } from './nx.build.ts';
export type { Workspace } from './nx.command.ts';
export { findProjects } from './workspace.projects.ts';
