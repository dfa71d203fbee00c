import type { InfraDrillResult, loadInfraDrills } from '@gospelib/cloud';

/** What infrastructure is broken with. */
export type InfraParts = Awaited<ReturnType<typeof loadInfraDrills>>;
/** Staging as it was applied to the emulator. */
export type EmulatedStaging = Awaited<ReturnType<InfraParts['applyStaging']>>;

/** A drill at the provider; what `./gl drill list` shows of it. */
export interface InfraDrill {
  name: string;
  breaks: string;
  targetSeconds: number;
  run(staging: EmulatedStaging): Promise<InfraDrillResult>;
}
