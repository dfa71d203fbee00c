import { expect, test } from 'vitest';
import { openDataFolder } from '../data/data.folder.ts';
import { scratchFolder } from '../testing/scratch.ts';
import { startRedisServer } from './redis.process.ts';

/** Takes connections on the port of its configuration, and answers none. */
const silent = `
let text = '';
process.stdin.on('data', (more) => (text += more)).on('end', () => {
  require('node:net').createServer(() => {}).listen(Number(/^port (\\d+)/m.exec(text)[1]), '127.0.0.1');
});`;

test('a server that takes connections and answers nothing is given up in time, and ended', async () => {
  const program = {
    command: process.execPath,
    args: ['-e', silent],
    falkorModule: undefined,
    version: 'silent',
  };
  const folder = await openDataFolder(scratchFolder(), program.version);
  const server = { program, folder, options: { dataDir: folder.path }, portHint: '', config: [] };
  const started = startRedisServer(server, { startMs: 1_000, answerMs: 200 });
  await expect(started).rejects.toThrow('did not answer within 1 s');
  // Its folder is free again.
  (await openDataFolder(folder.path, program.version)).close();
});
