import { databaseDrills } from './database.drills.ts';
import type { Drill } from './drill.ts';
import { graphDrills } from './graph.drills.ts';
import { hinderedDrills } from './hindered.drills.ts';
import { ingestDrills } from './ingest.drills.ts';
import { platformDrills } from './platform.drills.ts';
import { schemaDrills } from './schema.drills.ts';

/** Every drill, in the order in which `./gl drill all` runs them; the last one leaves a stack that nobody can mend. */
export const drills: readonly Drill[] = [
  ...graphDrills,
  ...ingestDrills,
  ...hinderedDrills,
  ...platformDrills,
  ...schemaDrills,
  ...databaseDrills,
];
