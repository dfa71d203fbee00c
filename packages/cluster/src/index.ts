export type { ApplicationHealth } from './bootstrap/application.health.ts';
export { type Bootstrap, planBootstrap } from './bootstrap/cluster.bootstrap.ts';
export { ClusterEnvironment } from './cluster.environment.ts';
export type { ClusterTarget } from './cluster.target.ts';
export { chooseTarget } from './environments.file.ts';
export { Kubectl } from './kube/kubectl.ts';
