import type { ReactNode } from 'react';
import { curlQuotes, detachInitial, splitDivine } from './scripture.text.ts';

type ScriptureProps = {
  readonly text: string;
  /** True when the first letter is a drop cap, which is then outside of a word in small capitals. */
  readonly initial?: boolean;
};

/** Scripture text as print sets it. Its letters are unchanged: copying and screen readers get "LORD". */
export function Scripture({ text, initial = false }: ScriptureProps): ReactNode {
  const set = curlQuotes(text);
  return splitDivine(initial ? detachInitial(set) : set).map((run, index) => {
    if (!run.divine) return run.text;
    if (initial && index === 0) {
      return [run.text.slice(0, 1), <SmallCapitals key="rest" text={run.text.slice(1)} />];
    }
    return <SmallCapitals key={index} text={run.text} whole />;
  });
}

function SmallCapitals({ text, whole }: { text: string; whole?: boolean }): ReactNode {
  return <span className={whole ? 'divine' : 'small-capitals'}>{text}</span>;
}
