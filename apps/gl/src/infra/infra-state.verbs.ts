import { confirmWord, exitCodes, OperatorError, printResult, renderTable } from '@gospelib/cli-kit';
import type { ChangeOptions, PrintOptions, Verb } from '../verb.ts';

interface ConfirmOptions extends ChangeOptions {
  confirm?: string;
}

const versions: Verb = (state, run) =>
  state
    .command('versions')
    .description('what is stored as the state, whether it is well, and its older versions')
    .argument('<environment>', 'a folder of infra/terraform/environments')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config: { root, env } }, name: string, { json }: PrintOptions) => {
        const { diagnoseState, findInfra, StateStore } = await import('@gospelib/cloud');
        const store = new StateStore(findInfra(root, name), env);
        const [found, lock] = [await store.versions(), await store.lock()];
        const diagnosis = diagnoseState(found);
        printResult(json, { environment: name, diagnosis, lock, versions: found }, () =>
          [
            diagnosis.says,
            ...(lock === undefined
              ? []
              : [`Held by ${lock.who} since ${lock.since.toISOString()} (${lock.operation}).`]),
            renderTable(
              [{ head: 'version' }, { head: 'at' }, { head: 'serial' }, { head: 'resources' }],
              found.map(({ id, at, current, deleted, content }) => [
                current ? `${id} (current)` : id,
                at.toISOString(),
                deleted ? 'deleted' : String(content?.serial ?? 'no state'),
                String(content?.resources ?? ''),
              ]),
            ),
          ].join('\n'),
        );
        return diagnosis.fault === undefined && lock === undefined
          ? exitCodes.well
          : exitCodes.repairable;
      }),
    );

const restore: Verb = (state, run) =>
  state
    .command('restore')
    .description(
      'put a version of the state back, where it was lost or damaged; then a plan has to come out empty',
    )
    .argument('<environment>', 'a folder of infra/terraform/environments')
    .argument('[version]', 'the one that `versions` proposes when left out')
    .option('--confirm <name>', 'the environment’s name: for scripts, which nobody can ask')
    .option('--dry-run', 'say which version')
    .option('--json', 'the result as JSON')
    .action(
      run(
        async (
          { config: { root, env } },
          name: string,
          version: string | undefined,
          options: ConfirmOptions,
        ) => {
          const { diagnoseState, findInfra, renderPlan, restoreState, StateStore } = await import(
            '@gospelib/cloud'
          );
          const infra = findInfra(root, name);
          const diagnosis = diagnoseState(await new StateStore(infra, env).versions());
          const id = version ?? diagnosis.restore;
          if (id === undefined) {
            throw new OperatorError(
              `${diagnosis.says} There is no version to go back to.`,
              undefined,
              {
                exitCode: exitCodes.refused,
              },
            );
          }
          if (options.dryRun === true) {
            printResult(
              options.json,
              { environment: name, version: id, diagnosis },
              () => `${diagnosis.says}\nVersion ${id} would be put back.`,
            );
            return exitCodes.well;
          }
          await confirmWord(name, {
            accepted: options.confirm === name,
            option: `--confirm ${name}`,
          });
          const { pending, explained } = await restoreState(infra, id, { root, env });
          printResult(
            options.json,
            { environment: name, version: id, pending, ...explained },
            () =>
              pending === 0
                ? `Version ${id} is the state again, and it is what is there: the plan is empty.`
                : `Version ${id} is the state again. It does not know all that is there; import that before anything is applied:\n${renderPlan(explained)}`,
          );
          return pending === 0 ? exitCodes.well : exitCodes.repairable;
        },
      ),
    );

const unlock: Verb = (state, run) =>
  state
    .command('unlock')
    .description('give the lock back that a dead process left')
    .argument('<environment>', 'a folder of infra/terraform/environments')
    .option('--confirm <name>', 'the environment’s name: for scripts, which nobody can ask')
    .option('--dry-run', 'say who holds it')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config: { root, env } }, name: string, options: ConfirmOptions) => {
        const { findInfra, StateStore, unlockState } = await import('@gospelib/cloud');
        const infra = findInfra(root, name);
        const lock = await new StateStore(infra, env).lock();
        const held =
          lock && `held by ${lock.who} since ${lock.since.toISOString()} (${lock.operation})`;
        if (lock !== undefined && options.dryRun !== true) {
          console.error(
            `The state of ${name} is ${held}. If that process lives, what it does is lost to the state.`,
          );
          await confirmWord(name, {
            accepted: options.confirm === name,
            option: `--confirm ${name}`,
          });
          await unlockState(infra, lock.id, { root, env });
        }
        printResult(options.json, { environment: name, lock }, () =>
          held === undefined
            ? 'Nobody holds it.'
            : options.dryRun === true
              ? `It is ${held}.`
              : `It was ${held}, and is free.`,
        );
        return exitCodes.well;
      }),
    );

/** What is done with the stored state itself. */
export const infraState: Verb = (infra, run) => {
  const state = infra.command('state').description('the stored state: versions, restore, unlock');
  for (const verb of [versions, restore, unlock]) verb(state, run);
};
