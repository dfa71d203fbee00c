import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort, type RunningChild, spawnChild } from '@gospelib/processes';

/** Repositories of others, made of their Go modules, and ours, served by git to pods: no network but the registry's. */
export interface SourceMirrors {
  /** `git://…`; repositories lie below it as `<name>.git`. */
  url: string;
  /** Makes a repository with one commit, of a folder, under a branch. */
  add(name: string, branch: string, from: string, change?: (text: string) => string): void;
  stop(): Promise<void>;
}

export async function startMirrors(folder: string, registry: string): Promise<SourceMirrors> {
  const host = await ownAddressTowards(registry);
  const port = await freePort();
  const served = join(folder, 'served');
  mkdirSync(served, { recursive: true });
  const daemon: RunningChild = await spawnChild({
    command: 'git',
    args: [
      'daemon',
      '--reuseaddr',
      '--export-all',
      `--listen=${host}`,
      `--port=${port}`,
      `--base-path=${served}`,
      served,
    ],
    env: process.env,
    stopSignal: 'SIGTERM',
    log: () => {},
  });
  return {
    url: `git://${host}:${port}`,
    add: (name, branch, from, change) => {
      const work = join(folder, name);
      cpSync(from, work, { recursive: true, dereference: true });
      execFileSync('chmod', ['-R', 'u+w', work]);
      if (change) changeTexts(work, change);
      const git = (...args: string[]) =>
        execFileSync('git', ['-C', work, '-c', 'user.name=l', '-c', 'user.email=l@l', ...args]);
      git('init', '--quiet', `--initial-branch=${branch}`);
      git('add', '--all', '--force');
      git('commit', '--quiet', '--message=mirror');
      execFileSync('git', ['clone', '--quiet', '--bare', work, join(served, `${name}.git`)]);
    },
    stop: () => daemon.stop(),
  };
}

/** The folder of a Go module. @throws Error where it is not served */
export function moduleFolder(module: string): string {
  const text = execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8' });
  return (JSON.parse(text) as { Dir: string }).Dir;
}

function changeTexts(folder: string, change: (text: string) => string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!/\.ya?ml$/.test(name) || !statSync(path).isFile()) continue;
    const text = readFileSync(path, 'utf8');
    const changed = change(text);
    if (changed !== text) writeFileSync(path, changed);
  }
}

/** The address of this machine that the cluster’s network leads to. */
function ownAddressTowards(registry: string): Promise<string> {
  const { hostname, port } = new URL(`http://${registry}`);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port || 80) });
    socket.once('error', reject);
    socket.once('connect', () => {
      resolve(socket.localAddress ?? '');
      socket.destroy();
    });
  });
}
