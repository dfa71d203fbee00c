import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import type { Environment } from '@gospelib/environment';
import type { GraphStore } from '@gospelib/graph';
import { withGraph } from './graph.session.ts';

/** Lets the graph store take a further password beside those that it takes, until it is started anew. @throws OperatorError */
export function addGraphPassword(environment: Environment, password: string): Promise<void> {
  return changePasswords(environment, () => [`>${password}`]);
}

/** Lets the graph store take the password of its address and no other. @throws OperatorError */
export function settleGraphPassword(environment: Environment): Promise<void> {
  return changePasswords(environment, (own) => ['resetpass', `>${own}`]);
}

function changePasswords(
  environment: Environment,
  rules: (own: string) => readonly string[],
): Promise<void> {
  return withGraph(environment, async (store: GraphStore) => {
    const { password } = new URL(store.url);
    if (password === '') {
      throw new OperatorError(
        `The graph store of ${environment.name} takes no password: nothing was changed.`,
        'Its address (FALKORDB_URL) names one where it does.',
        { exitCode: exitCodes.refused },
      );
    }
    await store.send(['ACL', 'SETUSER', 'default', ...rules(decodeURIComponent(password))]);
  });
}
