/** A process that runs migrations and is then killed: for the test of what that leaves. */
import { migrate } from '../migration/migrate.ts';

const [url = '', schema = '', folder = ''] = process.argv.slice(2);
await migrate({ url, schema, folder });
