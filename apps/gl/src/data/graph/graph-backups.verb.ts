import { graphBackupContent } from '@gospelib/graph';
import type { PrintOptions, Verb } from '../../verb.ts';
import { listBackups } from '../backup.list.ts';

/** Shows the backups of graphs. Exit code 3 when one is damaged. */
export const graphBackups: Verb = (graph, run) =>
  graph
    .command('backups')
    .description(
      'show the backups of graphs (GOSPELIB_BACKUPS says where; default: in the data folder)',
    )
    .option('--json', 'as JSON')
    .action(
      run(({ environment }, { json }: PrintOptions) =>
        listBackups(environment, 'graph', json, ({ content, engine }) => {
          const known = graphBackupContent.safeParse(content);
          const version = known.success ? known.data.version : 'of another format';
          return `${version}, engine ${engine.version}`;
        }),
      ),
    );
