import { readdir, readFile } from 'node:fs/promises';

interface Stat {
  readonly parent: number;
  /** Ticks of 10 ms, in all threads. */
  readonly ticks: number;
}

/** Cores' worth of processor time that each process and its children use, by name, until `end` (Linux). */
export async function watchProcessors(
  pids: ReadonlyMap<string, number>,
): Promise<{ end(): Promise<ReadonlyMap<string, number>> }> {
  const start = performance.now();
  const before = await readStats();
  return {
    async end() {
      const after = await readStats();
      const ticks = performance.now() - start;
      return new Map(
        [...pids].map(([name, root]) => {
          let used = 0;
          for (const [pid, stat] of after) {
            if (pid !== root && stat.parent !== root) continue;
            used += stat.ticks - (before.get(pid)?.ticks ?? 0);
          }
          return [name, (used * 10) / ticks];
        }),
      );
    },
  };
}

async function readStats(): Promise<Map<number, Stat>> {
  const stats = new Map<number, Stat>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // Fields 4, 14 and 15 of proc_pid_stat(5); the name before them ends in a bracket.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number);
    if (parent !== undefined)
      stats.set(Number(name), { parent, ticks: (user ?? 0) + (system ?? 0) });
  }
  return stats;
}
