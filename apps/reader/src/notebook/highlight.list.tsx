import type { Highlight } from '@gospelib/contracts';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { passagePath } from '../address/address.ts';
import { ColorSwatches } from '../marks/color.swatches.tsx';
import type { ColorNames } from '../marks/colors.ts';
import { recolor, unhighlight } from '../marks/mark.actions.ts';
import { useColorNames } from '../marks/palette.ts';
import { TagLinks } from '../notes/note.card.tsx';
import { inputOf, type Shown } from '../outbox/overlay.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { referenceOfId } from '../study/reference.ts';
import { writeWithUndo } from '../study/write.ts';
import { Emptiness, ListMore } from './list.parts.tsx';
import { PassageText } from './passage.text.tsx';
import { type FirstPage, type ListFilter, listOf, useStudyList } from './study.list.ts';
import { TagsForm } from './tags.form.tsx';

type ListProps = { readonly account: string; readonly filter: ListFilter };

export function HighlightList({ account, filter }: ListProps): ReactNode {
  return (
    <ResourceView request={listOf(account, 'highlights', filter)}>
      {(first) => <Highlights account={account} filter={filter} first={first} />}
    </ResourceView>
  );
}

type HighlightsProps = ListProps & { readonly first: FirstPage<Highlight> };

function Highlights({ account, filter, first }: HighlightsProps): ReactNode {
  const names = useColorNames(account);
  const { shown, pages } = useStudyList(account, 'highlights', filter, first);
  return (
    <>
      {shown.length === 0 ? (
        <Emptiness filter={filter} noun="highlights">
          Select words in a chapter and choose a colour.
        </Emptiness>
      ) : null}
      <ol className="notebook-list">
        {shown.map((highlight) => (
          <li key={highlight.item.id}>
            <HighlightCard shown={highlight} names={names} />
          </li>
        ))}
      </ol>
      <ListMore pages={pages} noun="highlights" />
    </>
  );
}

type HighlightCardProps = { readonly shown: Shown<Highlight>; readonly names: ColorNames };

function HighlightCard({ shown, names }: HighlightCardProps): ReactNode {
  const { item, unsaved } = shown;
  const [changing, setChanging] = useState<'color' | 'tags'>();
  const reference = referenceOfId(item.passage) ?? item.passage;
  return (
    <article className="note-card highlight-card" data-color={item.color}>
      <h3>
        <Link to={passagePath(item.passage)}>{reference}</Link>
      </h3>
      <PassageText id={item.passage} words={item.words} />
      {changing === 'tags' ? (
        <TagsForm
          tags={item.tags}
          of={`the highlight in ${reference}`}
          onDone={(tags) => {
            setChanging(undefined);
            const input = tags && { ...inputOf<'highlights'>(item), tags };
            if (input) void writeWithUndo('highlights', shown, input, 'Tags changed.');
          }}
        />
      ) : null}
      <footer className="card-foot">
        <span>{names[item.color]}</span>
        <TagLinks tags={item.tags} view="highlights" />
        {unsaved ? <span className="not-saved">not saved yet</span> : null}
        <span className="card-actions">
          {changing === 'color' ? (
            <ColorSwatches
              names={names}
              current={item.color}
              onChoose={(color) => {
                setChanging(undefined);
                if (color !== item.color) void recolor(shown, color, names);
              }}
            />
          ) : (
            <button type="button" onClick={() => setChanging('color')}>
              Colour
            </button>
          )}
          <button type="button" onClick={() => setChanging('tags')}>
            Tags
          </button>
          <button type="button" onClick={() => void unhighlight(shown)}>
            Remove
          </button>
        </span>
      </footer>
    </article>
  );
}
