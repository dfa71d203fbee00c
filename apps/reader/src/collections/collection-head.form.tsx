import type { Collection } from '@gospelib/contracts';
import type { FormEvent, ReactNode } from 'react';
import { cleanText } from '../notes/note.text.ts';
import type { Shown } from '../outbox/overlay.ts';
import { writeWithUndo } from '../study/write.ts';
import { DESCRIPTION_LENGTH, TITLE_LENGTH, withHead } from './collection.rules.ts';

type CollectionHeadFormProps = {
  readonly shown: Shown<Collection>;
  readonly onDone: () => void;
};

export function CollectionHeadForm({ shown, onDone }: CollectionHeadFormProps): ReactNode {
  const { item } = shown;
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const read = (name: string) => cleanText(String(typed.get(name) ?? '')).trim();
    const title = read('title');
    if (!title) return;
    const input = withHead(item, title, read('description'));
    if (await writeWithUndo('collections', shown, input, 'List changed.')) onDone();
  };
  return (
    <form className="list-head-form" onSubmit={(event) => void save(event)}>
      <label>
        <span className="label">Title</span>
        <input name="title" defaultValue={item.title} maxLength={TITLE_LENGTH} />
      </label>
      <label>
        <span className="label">Description</span>
        <textarea
          name="description"
          defaultValue={item.description}
          maxLength={DESCRIPTION_LENGTH}
        />
      </label>
      <p className="list-actions">
        <button type="submit" className="button button-main">
          Save
        </button>
        <button type="button" className="button" onClick={onDone}>
          Leave as it was
        </button>
      </p>
    </form>
  );
}
