import type { TestProject } from 'vitest/node';
import { drillSettings } from '../drills/stack/stack.ts';
import { provided } from '../provided.platform.ts';

/** One platform for the whole run, set as drills need it. */
export default (project: TestProject): Promise<() => Promise<void>> =>
  provided(project, drillSettings);
