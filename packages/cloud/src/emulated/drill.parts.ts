/** What `./gl drill` breaks infrastructure with: loaded where there is an emulator, since it brings AWS' clients. */
export { applyStaging } from './emulated.staging.ts';
export { infraDrills } from './infra.drills.ts';
export { loseAllButBackups, rebuildEmulated } from './total.loss.ts';
