import { UsageError } from '@gospelib/cli-kit';
import { schemas } from '@gospelib/data-ops';

/** The schema of a service, as `--service` names it. @throws UsageError for another name */
export function schemaOf(service: string | undefined): string | undefined {
  if (service === undefined || schemas.includes(service)) return service;
  throw new UsageError(`--service is one of ${schemas.join(', ')}.`);
}
