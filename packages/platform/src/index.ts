export {
  portOf,
  processNames,
  schemaNames,
  secretVariables,
  service,
  serviceNames,
  storeNames,
  storesOf,
} from './catalogue.lists.ts';
export { platform } from './catalogue.ts';
export type {
  Catalogue,
  JobEntry,
  PortEntry,
  Resources,
  SecretEntry,
  ServiceEntry,
  Setting,
  StoreEntry,
  StoreName,
} from './catalogue.types.ts';
export { jobExitCodes } from './job.exit.ts';
