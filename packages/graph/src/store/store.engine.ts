import type { GraphStore } from './graph.store.ts';

export interface StoreEngine {
  name: 'falkordb';
  /** Of the server and of the module, e.g. `8.2.3-falkordb.4.16.3`. */
  version: string;
}

/** Name and version of the store. @throws StoreUnavailableError, Error when there is no graph module */
export async function engineOf(store: GraphStore): Promise<StoreEngine> {
  const info = String(await store.send(['INFO', 'server']));
  const server = /^redis_version:(\S+)/m.exec(info)?.[1] ?? 'unknown';
  const modules = (await store.send(['MODULE', 'LIST'])) as (string | number)[][];
  const graph = modules.find((module) => module[module.indexOf('name') + 1] === 'graph');
  if (graph === undefined) throw new Error('The store has no graph module: it is no FalkorDB.');
  const number = Number(graph[graph.indexOf('ver') + 1]);
  const parts = [Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100];
  return { name: 'falkordb', version: `${server}-falkordb.${parts.join('.')}` };
}
