/** Loaded by `--import` into a process whose verification of graphs is to be blind: it looks, and always says that all is well. */
import { registerHooks } from 'node:module';

const blind = `
export async function verifyGraph(...given) {
  const found = await seeingVerifyGraph(...given);
  return { ...found, ok: true, differences: [] };
}
`;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/packages/graph/src/integrity/graph.verify.ts')) return loaded;
    const text = String(loaded.source);
    const renamed = text.replace(
      'export async function verifyGraph(',
      'async function seeingVerifyGraph(',
    );
    if (renamed === text) throw new Error('There is nothing to make blind.');
    return { ...loaded, source: renamed + blind };
  },
});
