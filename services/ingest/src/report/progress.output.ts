import { SingleBar } from 'cli-progress';
import type { ProgressEvent } from './stage.recorder.ts';

export type ProgressKind = 'ndjson' | 'bar' | 'none';

export interface ProgressOutput {
  show(event: ProgressEvent): void;
  /** Safe to call twice. */
  end(): void;
}

/** Lines of JSON on stdout for a program, a bar on stderr for a person, or nothing. */
export function progressOutput(kind: ProgressKind): ProgressOutput {
  if (kind === 'none') return { show: () => undefined, end: () => undefined };
  if (kind === 'ndjson') {
    return {
      show: (event) => console.log(JSON.stringify({ event: 'progress', ...event })),
      end: () => undefined,
    };
  }
  const bar = new SingleBar({
    format: '{bar} {stage}',
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
  });
  let running = false;
  return {
    show: ({ stage, done, total }) => {
      if (!running) bar.start(total, done, { stage });
      running = true;
      bar.setTotal(total);
      bar.update(done, { stage });
    },
    end: () => {
      if (running) bar.stop();
      running = false;
    },
  };
}
