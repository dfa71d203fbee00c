import type { ChapterResponse } from '@gospelib/contracts';
import { memo, type ReactNode } from 'react';
import { inRange, type VerseRange } from '../address/verse.range.ts';
import { Foreign } from '../typography/polyglot.tsx';
import { groupParagraphs } from './paragraph.ts';
import { VerseView } from './verse.view.tsx';

type ChapterTextProps = {
  readonly chapter: ChapterResponse;
  readonly range: VerseRange | undefined;
};

export const ChapterText = memo(function ChapterText(props: ChapterTextProps): ReactNode {
  const { chapter, range } = props;
  const first = chapter.verses.find(({ number }) => number > 0);
  return groupParagraphs(chapter.verses.filter(({ number }) => number > 0)).map((group) => (
    <div key={group[0]?.id} className="paragraph">
      {group.map((verse) => (
        <VerseView
          key={verse.id}
          verse={verse}
          chosen={inRange(range, verse.number)}
          initial={verse === first}
          above={verse.heading ? <Letter heading={verse.heading} /> : null}
        />
      ))}
    </div>
  ));
});

/** The letter of a stanza of Psalm 119, e.g. "א Aleph". */
function Letter({ heading }: { readonly heading: string }): ReactNode {
  const [letter = '', ...name] = heading.split(' ');
  return (
    <h2 className="letter">
      <Foreign language="hebrew" text={letter} /> <span className="label">{name.join(' ')}</span>
    </h2>
  );
}
