import { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { registerHooks, syncBuiltinESMExports } from 'node:module';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Preloaded into the test runner and into every Node process it starts (NODE_OPTIONS): writes each file that is read and
 * each folder that is listed below the repository to the file that GOSPELIB_READS names, as they happen, so that a killed
 * process has recorded what it read. What other programs read is not seen; files named in their command lines are.
 */
const root = resolve(import.meta.dirname, '../../..');
const inherited = [
  'GOSPELIB_OWNER',
  'GOSPELIB_READS',
  'GOSPELIB_RUN',
  'NODE_COMPILE_CACHE',
  'NODE_OPTIONS',
  'TMPDIR',
] as const;
const started = Symbol.for('gospelib.reads');

type Hooked = Record<string, (...args: unknown[]) => unknown>;

if (process.env.GOSPELIB_READS !== undefined && !(started in globalThis)) {
  Object.defineProperty(globalThis, started, { value: true });
  record(process.env.GOSPELIB_READS);
}

function record(file: string): void {
  const { writeSync } = fs;
  const output = fs.openSync(file, 'a', 0o666);
  const seen = new Set<string>();
  const note = (path: unknown, kind: 'file' | 'folder' | 'tree'): void => {
    const full = pathOf(path);
    if (full === undefined || !`${full}/`.startsWith(`${root}/`)) return;
    if (full.includes('/node_modules/')) return;
    const line = `${kind} ${relative(root, full)}\n`;
    if (seen.has(line)) return;
    seen.add(line);
    writeSync(output, line);
  };

  for (const target of [fs, fs.promises]) {
    hook(
      target,
      ['readFile', 'readFileSync', 'createReadStream', 'copyFile', 'copyFileSync'],
      (path) => note(path, 'file'),
    );
    hook(target, ['open', 'openSync'], (path, flags) => {
      if (typeof flags !== 'string' || flags.startsWith('r')) note(path, 'file');
    });
    hook(target, ['readdir', 'readdirSync', 'opendir', 'opendirSync'], (path) =>
      note(path, 'folder'),
    );
    hook(target, ['cp', 'cpSync'], (path) => note(path, 'tree'));
  }
  registerHooks({
    load(url, context, next) {
      note(url, 'file');
      return next(url, context);
    },
  });
  hook(ChildProcess.prototype, ['spawn'], (options) => {
    const { args = [], envPairs, ...spawn } = options as Spawn;
    const cwd = spawn.cwd ?? process.cwd();
    for (const argument of args) if (isFile(argument, cwd)) note(resolve(cwd, argument), 'file');
    // A process that is given an environment of its own is recorded too.
    for (const name of inherited) {
      const value = process.env[name];
      if (value !== undefined && envPairs?.some((pair) => pair.startsWith(`${name}=`)) === false)
        envPairs.push(`${name}=${value}`);
    }
  });
  syncBuiltinESMExports();
}

interface Spawn {
  readonly args?: readonly string[];
  readonly cwd?: string | null;
  readonly envPairs?: string[];
}

function hook(
  target: object,
  names: readonly string[],
  before: (path: unknown, second: unknown) => void,
): void {
  const methods = target as Hooked;
  for (const name of names) {
    const original = methods[name];
    if (original === undefined) continue; // fs.promises has no synchronous ones
    methods[name] = function (this: unknown, ...args: unknown[]): unknown {
      before(args[0], args[1]);
      return original.apply(this, args);
    };
    Object.assign(methods[name], original);
  }
}

function pathOf(path: unknown): string | undefined {
  if (path instanceof URL) return path.protocol === 'file:' ? fileURLToPath(path) : undefined;
  const text = Buffer.isBuffer(path) ? path.toString() : path;
  if (typeof text !== 'string') return undefined; // an open file
  if (text.startsWith('file:')) return fileURLToPath(text);
  return text.startsWith('node:') || text.startsWith('data:') ? undefined : resolve(text);
}

function isFile(argument: string, cwd: string): boolean {
  if (argument.startsWith('-') || argument.length > 1024) return false;
  try {
    return fs.statSync(resolve(cwd, argument)).isFile();
  } catch {
    return false; // no file, or none that may be read
  }
}
