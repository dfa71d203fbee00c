import { printResult } from '@gospelib/cli-kit';
import { readSchemas, type SchemaStatus, withDatabase } from '@gospelib/data-ops';
import colors from 'picocolors';
import type { PrintOptions, Verb } from '../../verb.ts';
import { schemaOf } from './schema.option.ts';

interface StatusOptions extends PrintOptions {
  service?: string;
}

/** Shows where each schema stands against this release. */
export const dbStatus: Verb = (db, run) =>
  db
    .command('status')
    .description('show which migrations are applied, pending, or of another release')
    .option('--service <name>', 'only the schema of this service')
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, { json, service }: StatusOptions) => {
        const schema = schemaOf(service);
        const found = await withDatabase(environment, (url) =>
          readSchemas(environment, url, schema),
        );
        printResult(json, { schemas: found }, () => found.map(render).join('\n'));
        return 0;
      }),
    );

function render({ schema, at, pending, migrations }: SchemaStatus): string {
  const state =
    at === null
      ? colors.yellow('never migrated')
      : pending > 0
        ? colors.yellow(`at ${at}, ${pending} pending: \`./gl db migrate\``)
        : colors.green(`at ${at}`);
  const lines = migrations.map(({ name, state, reversible, loses }) => {
    const down = reversible === false ? 'no way back' : loses ? `going down loses ${loses}` : '';
    const note = state === 'unknown' ? 'of another release' : down;
    return `  ${state.padEnd(8)} ${name}${note && colors.dim(`  ${note}`)}`;
  });
  return [`${colors.bold(schema)}  ${state}`, ...lines].join('\n');
}
