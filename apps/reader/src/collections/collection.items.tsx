import type { Collection, CollectionInput } from '@gospelib/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { passagePath } from '../address/address.ts';
import { PassageText } from '../notebook/passage.text.tsx';
import { cleanText } from '../notes/note.text.ts';
import type { Shown } from '../outbox/overlay.ts';
import { referenceOfId } from '../study/reference.ts';
import { writeWithUndo } from '../study/write.ts';
import '../notes/note.card.css';
import {
  COMMENT_LENGTH,
  readPassages,
  withComment,
  withMoved,
  withoutItem,
  withPassages,
} from './collection.rules.ts';

type CollectionItemsProps = { readonly shown: Shown<Collection> };

/** The passages of a list, to read, reorder and comment on. */
export function CollectionItems({ shown }: CollectionItemsProps): ReactNode {
  const { item } = shown;
  const [fault, setFault] = useState('');
  const change = (input: CollectionInput, said: string) =>
    void writeWithUndo('collections', shown, input, said);
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const passages = readPassages(String(new FormData(form).get('passage') ?? ''));
    setFault(passages.length === 0 ? 'That is no passage of the library.' : '');
    if (passages.length === 0) return;
    form.reset();
    change(withPassages(item, passages), 'Added to the list.');
  };
  return (
    <>
      <ol className="list-items">
        {item.items.map(({ passage, comment }, index) => {
          const reference = referenceOfId(passage) ?? passage;
          const key = `${passage} ${index}`;
          return (
            <li key={key}>
              <h2>
                <Link to={passagePath(passage)}>{reference}</Link>
              </h2>
              <PassageText id={passage} />
              <Comment
                key={comment}
                reference={reference}
                comment={comment}
                onSave={(text) => change(withComment(item, index, text), 'List changed.')}
              />
              <p className="card-foot">
                <span className="card-actions">
                  <button
                    type="button"
                    disabled={index === 0}
                    aria-label={`Move ${reference} up`}
                    onClick={() => change(withMoved(item, index, -1), `${reference} moved up.`)}
                  >
                    ↑
                  </button>
                  <button
                    type="button"
                    disabled={index === item.items.length - 1}
                    aria-label={`Move ${reference} down`}
                    onClick={() => change(withMoved(item, index, 1), `${reference} moved down.`)}
                  >
                    ↓
                  </button>
                  <button
                    type="button"
                    aria-label={`Take out ${reference}`}
                    onClick={() => change(withoutItem(item, index), `${reference} taken out.`)}
                  >
                    Take out
                  </button>
                </span>
              </p>
            </li>
          );
        })}
      </ol>
      <form className="notebook-search" aria-label="Add a passage" onSubmit={add}>
        <input
          name="passage"
          aria-label="Add a passage"
          placeholder="Add a passage, e.g. Alma 32:21–23"
          maxLength={100}
          autoComplete="off"
          aria-describedby="list-fault"
        />
        <button type="submit" className="button">
          Add
        </button>
      </form>
      <p id="list-fault" className="list-fault" role="alert">
        {fault}
      </p>
    </>
  );
}

type CommentProps = {
  readonly reference: string;
  readonly comment: string | undefined;
  readonly onSave: (comment: string) => void;
};

/** A comment on a passage, saved when the field loses the focus. */
function Comment({ reference, comment = '', onSave }: CommentProps): ReactNode {
  return (
    <input
      className="list-comment"
      aria-label={`A few words on ${reference}`}
      placeholder="A few words…"
      defaultValue={comment}
      maxLength={COMMENT_LENGTH}
      autoComplete="off"
      onBlur={({ target }) => {
        const text = cleanText(target.value).trim();
        if (text !== comment) onSave(text);
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') currentTarget.blur();
      }}
    />
  );
}
