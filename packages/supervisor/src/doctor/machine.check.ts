import { accessSync, constants, existsSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { dirname, join } from 'node:path';
import type { LocalConfig } from '../config/local.config.ts';
import { makeOwnFolder } from '../config/own.folder.ts';
import { type Finding, fault, ok, warning } from './finding.ts';

const GB = 1e9;
/** Stores, services and an ingest at once. */
const MEMORY_NEEDED = 2 * GB;
/** The corpus, the one before, logs, builds. */
const DISK_NEEDED = 1 * GB;

/** Room to run in, and what the sources may add. */
export function checkMachine(config: LocalConfig): Finding[] {
  return [memory(), ...dataFolder(config), sword(config)];
}

function memory(): Finding {
  const bytes = availableMemory();
  const text = `${(bytes / GB).toFixed(1)} GB available`;
  return bytes >= MEMORY_NEEDED
    ? ok('memory', text)
    : warning(
        'memory',
        text,
        'An ingest needs up to 2 GB on top of what already runs: end other programs first.',
      );
}

/** Node's freemem() counts the page cache as used; the kernel's own estimate does not. */
function availableMemory(): number {
  try {
    const line = readFileSync('/proc/meminfo', 'utf8').match(/^MemAvailable:\s+(\d+) kB/m);
    return line === null ? freemem() : Number(line[1]) * 1024;
  } catch {
    return freemem();
  }
}

function dataFolder({ dataDir }: LocalConfig): Finding[] {
  try {
    makeOwnFolder(dataDir);
    accessSync(dataDir, constants.W_OK);
  } catch {
    return [
      fault(
        'data folder',
        `${dataDir} cannot be written`,
        'Choose another with --data or GOSPELIB_DATA.',
      ),
    ];
  }
  const { bavail, bsize } = statfsSync(existsSync(dataDir) ? dataDir : dirname(dataDir));
  const text = `${dataDir}, ${((bavail * bsize) / GB).toFixed(1)} GB free`;
  return [
    bavail * bsize >= DISK_NEEDED
      ? ok('data folder', text)
      : fault(
          'data folder',
          text,
          'Free 1 GB there, or choose another with --data or GOSPELIB_DATA.',
        ),
  ];
}

function sword({ swordDir }: LocalConfig): Finding {
  const folder = join(swordDir, 'mods.d');
  const modules = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.conf'))
        .map((name) => name.slice(0, -5))
    : [];
  return modules.length > 0
    ? ok('SWORD modules', `${modules.join(', ')} in ${swordDir}`)
    : ok(
        'SWORD modules',
        `none in ${swordDir}: the default corpus is made, without topics and commentaries`,
      );
}
