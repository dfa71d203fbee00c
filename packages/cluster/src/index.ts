export { ClusterEnvironment } from './cluster.environment.ts';
export type { ClusterTarget } from './cluster.target.ts';
export { chooseTarget } from './environments.file.ts';
