import type { FormEvent, ReactNode } from 'react';
import { parseTags } from '../notes/note.text.ts';

type TagsFormProps = {
  readonly tags: readonly string[];
  /** A description of the tagged item: "the bookmark at Alma 32:21". */
  readonly of: string;
  /** Called with undefined when nothing was changed. */
  readonly onDone: (tags: string[] | undefined) => void;
};

/** A field for tags, separated by commas. */
export function TagsForm({ tags, of, onDone }: TagsFormProps): ReactNode {
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = parseTags(String(new FormData(event.currentTarget).get('tags') ?? ''));
    onDone(typed.join() === tags.join() ? undefined : typed);
  };
  return (
    <form className="card-form" onSubmit={save}>
      <input
        name="tags"
        aria-label={`Tags of ${of}, with commas between`}
        placeholder="faith, patience"
        defaultValue={tags.join(', ')}
        maxLength={1_000}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: asked for by the button that opened it
        autoFocus
      />
      <button type="submit" className="button">
        Save
      </button>
    </form>
  );
}
