import type { Kube, ReleaseChecks } from '@gospelib/delivery';
import { bakeRules } from '../ship/bake.settings.ts';
import type { Context } from '../verb.ts';

const WORKFLOW = 'ci.yml';

/** What decides about a release, asked of who knows it. */
export function releaseChecks(
  { config: { env } }: Context,
  argocd: Kube,
  isHotfix: boolean,
): ReleaseChecks {
  return {
    argocd,
    bake: bakeRules(isHotfix),
    isCiGreen: async (commit) => {
      const { githubAccess, hasSucceeded } = await import('@gospelib/delivery');
      return env.GITHUB_TOKEN ? hasSucceeded(githubAccess(env), WORKFLOW, commit) : undefined;
    },
    unsigned: async (references) => {
      const { findUnsigned, signerOf } = await import('@gospelib/delivery');
      return findUnsigned(references, signerOf(env), env);
    },
  };
}
