/** How far work that takes a while has come. */
export interface Progress {
  stage: string;
  done: number;
  total: number;
}

/** Is told what happens while something long goes on. */
export interface Reporter {
  say(line: string): void;
  progress(progress: Progress): void;
  /** That work is over, one way or another. */
  progressEnded(): void;
}
