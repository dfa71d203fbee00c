/** A process that runs migrations until a test kills it. */
import { migrate } from '../migration/migrate.ts';

const [url = '', schema = '', folder = ''] = process.argv.slice(2);
await migrate({ url, schema, folder });
