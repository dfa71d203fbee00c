import type { TestProject } from 'vitest/node';
import { generousEnvironment } from './generous.environment.ts';
import { provided } from './provided.platform.ts';

/** One platform for the whole run, ingest of the real corpus included. */
export default (project: TestProject): Promise<() => Promise<void>> =>
  provided(project, generousEnvironment);
