import { UsageError } from '@gospelib/cli-kit';
import type { Command } from 'commander';
import type { Verb } from './verb.ts';

/** Prints a script for the shell: `source <(./gl completion bash)`. */
export const completion: Verb = (program, run) =>
  program
    .command('completion')
    .description('print a completion script: source <(./gl completion bash)')
    .argument('<shell>', 'bash or zsh')
    .action(
      run(async (_context, shell: string) => {
        const words = listWords(program);
        if (shell === 'bash') console.log(bashScript(words));
        else if (shell === 'zsh') {
          console.log(`autoload -U +X bashcompinit && bashcompinit\n${bashScript(words)}`);
        } else throw new UsageError(`There is no completion for ${shell}; there are bash and zsh.`);
        return 0;
      }),
    );

/** What may follow each verb: its subverbs and flags. The path of a verb is its words, joined by spaces. */
function listWords(command: Command, path = ''): [path: string, words: string[]][] {
  const subverbs = command.commands.filter((one) => one.name() !== 'supervise');
  const flags = command.options.flatMap(({ long }) => long ?? []);
  const words = [...subverbs.map((one) => one.name()), ...flags, '--help'];
  return [
    [path, words],
    ...subverbs.flatMap((one) => listWords(one, `${path} ${one.name()}`.trim())),
  ];
}

function bashScript(words: readonly [string, string[]][]): string {
  const cases = words.map(([path, list]) => `    "${path}") words="${list.join(' ')}";;`);
  return `_gl() {
  local path="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) ;; *) path="$path $word";; esac
  done
  case "\${path# }" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _gl gl ./gl`;
}
