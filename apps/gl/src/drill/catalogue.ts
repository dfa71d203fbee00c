import type { Drill } from './drill.ts';
import { databaseDrills } from './drills/database.drills.ts';
import { graphDrills } from './drills/graph.drills.ts';

/** Every drill, in the order in which `./gl drill all` runs them; the last one leaves a stack that nobody can mend. */
export const drills: readonly Drill[] = [...graphDrills, ...databaseDrills];
