import { SingleBar } from 'cli-progress';
import colors from 'picocolors';
import type { Progress, Reporter } from './reporter.ts';

/** Reports to a person at a terminal; where there is no terminal, the bar becomes one line per stage. */
export class TerminalReporter implements Reporter {
  #bar: SingleBar | undefined;
  #stage = '';

  say(line: string): void {
    this.progressEnded();
    process.stdout.write(`${colors.dim('gl')} ${line}\n`);
  }

  progress({ stage, done, total }: Progress): void {
    if (!process.stdout.isTTY) {
      if (stage !== this.#stage) process.stdout.write(`${colors.dim('gl')}   ${stage}\n`);
      this.#stage = stage;
      return;
    }
    if (this.#bar === undefined) {
      this.#bar = new SingleBar({
        format: `${colors.dim('gl')}   {bar} {percentage}% {stage}`,
        barCompleteChar: '█',
        barIncompleteChar: '░',
        barsize: 30,
        hideCursor: true,
        clearOnComplete: true,
        gracefulExit: false, // signals are ours
      });
      this.#bar.start(total, done, { stage });
    }
    this.#bar.setTotal(total);
    this.#bar.update(done, { stage });
  }

  progressEnded(): void {
    this.#bar?.stop();
    this.#bar = undefined;
    this.#stage = '';
  }
}
