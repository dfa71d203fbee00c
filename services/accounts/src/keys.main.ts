import { connectDatabase } from '@gospelib/database';
import { keyMaker } from './auth/key.maker.ts';
import { readConfig } from './config.ts';
import { runKeyCommand } from './key/key.command.ts';
import { KeyRing } from './key/key.ring.ts';
import { keySchedule } from './key/key.schedule.ts';

const config = readConfig(process.env);
const database = connectDatabase({
  url: config.DATABASE_URL,
  schema: 'accounts',
  application: 'accounts-keys',
  connections: 1,
  // An operator waits, not a request: a busy store may take longer.
  connectTimeout: 10_000,
  queryTimeout: 10_000,
});
const keys = new KeyRing(database, keySchedule(config));
process.exitCode = await runKeyCommand(keys, keyMaker(config), process.argv.slice(2));
await database.close();
