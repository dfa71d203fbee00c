import { startTestFalkor } from '@gospelib/testkit';
import { expect, it } from 'vitest';
import { loadGraph } from '../load/bulk.load.ts';
import { connectGraph } from './graph.store.ts';

it('a load goes on after a store that was about to write a snapshot has refused a part of it', async () => {
  const falkor = await startTestFalkor({ persistence: true });
  const store = connectGraph(falkor.url, { timeout: 60_000 });
  await store.whenReady(60_000);
  // Usually it takes five seconds of waiting before the store says so; here it says so at once.
  await store.send(['CONFIG', 'SET', 'busy-reply-threshold', '1']);
  const rows = Array.from({ length: 30_000 }, (_, verse) => ({
    ...{ id: `gen.1.${verse}`, book: 'gen', chapter: 1, verse, order: verse },
    ...{ text: 'x'.repeat(800), paragraph: false, connections: 0 },
  }));
  let loading = true;
  const forks = (async () => {
    while (loading) {
      await store.send(['BGREWRITEAOF']).catch(() => undefined); // one at a time
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  try {
    const content = { nodes: [{ label: 'Passage' as const, rows }], edges: [] };
    const loads = ['a', 'b', 'c', 'd'].map((key) => loadGraph(store, key, content));
    for (const { checksums } of await Promise.all(loads)) {
      expect(checksums.nodes.Passage?.rows).toBe(30_000);
    }
  } finally {
    loading = false;
    await forks;
    await store.close();
    await falkor.stop();
  }
});
