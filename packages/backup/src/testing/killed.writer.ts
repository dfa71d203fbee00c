/**
 * A process for a test to kill while it writes a backup: prints the id once one file is whole and another half written.
 */
import { PassThrough, Readable } from 'node:stream';
import { openBackupStore } from '../open.ts';
import { testKeys } from './sample.backup.ts';

const [folder = ''] = process.argv.slice(2);
const draft = await openBackupStore(folder, testKeys).create('graph');
await draft.write('first', Readable.from([Buffer.from('whole')]));
const endless = new PassThrough();
endless.write(Buffer.alloc(200_000));
setInterval(() => console.log(draft.id), 200); // keeps the process alive until it is killed
await draft.write('second', endless);
