import type { Verb } from '../../verb.ts';
import { addVerifyBackup } from '../backup.again.ts';
import { graphActivate } from './graph-activate.verb.ts';
import { graphBackup } from './graph-backup.verb.ts';
import { graphBackups } from './graph-backups.verb.ts';
import { graphList } from './graph-list.verb.ts';
import { graphPassword } from './graph-password.verb.ts';
import { graphPrune } from './graph-prune.verb.ts';
import { graphRestore } from './graph-restore.verb.ts';
import { graphRollback } from './graph-rollback.verb.ts';
import { graphVerify } from './graph-verify.verb.ts';

export const graphVerbs: readonly Verb[] = [
  graphList,
  graphVerify,
  graphActivate,
  graphRollback,
  graphBackup,
  graphBackups,
  (graph, run) => addVerifyBackup(graph, run, 'graph'),
  graphRestore,
  graphPrune,
  graphPassword,
];
