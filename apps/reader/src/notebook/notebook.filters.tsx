import type { TagsResponse } from '@gospelib/contracts';
import { books } from '@gospelib/scripture';
import { type FormEvent, type ReactNode, useId } from 'react';
import { Link } from 'react-router';
import { type NotebookAddress, notebookPath } from '../address/study.address.ts';
import { useGo } from '../address/use.go.ts';
import { COLORS } from '../marks/colors.ts';
import { useColorNames } from '../marks/palette.ts';
import { type Request, useResource } from '../resource/use.resource.ts';
import { studyApi } from '../study/study.ts';
import { curlQuotes } from '../typography/scripture.text.ts';
import { ColorNamesForm } from './color-names.form.tsx';

const tagsOf = (account: string): Request<TagsResponse> => ({
  key: `study ${account} tags`,
  load: (signal) => studyApi.tags({ signal }),
});

type FiltersProps = { readonly account: string; readonly address: NotebookAddress };

/** The filters of a notebook: words, a tag, a book, a colour; all are in the address. */
export function NotebookFilters({ account, address }: FiltersProps): ReactNode {
  const go = useGo();
  const known = useResource(tagsOf(account));
  const tags = known.status === 'ready' ? known.value.tags.map(({ tag }) => tag) : [];
  const { view, q, tag, book } = address;
  const narrow = (change: Partial<NotebookAddress>) =>
    go(notebookPath({ ...address, ...change }), { replace: true, preventScrollReset: true });
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    narrow({ q: String(new FormData(event.currentTarget).get('q') ?? '').trim() });
  };
  return (
    <div className="notebook-filters">
      {view === 'notes' ? (
        <form key={q} className="notebook-search" aria-label="Search" onSubmit={search}>
          <input
            type="search"
            name="q"
            aria-label="Search in your notes"
            placeholder="Search in your notes…"
            defaultValue={q}
            maxLength={200}
          />
          <button type="submit" className="button">
            Search
          </button>
        </form>
      ) : null}
      <div className="notebook-selects">
        <Select
          label="Book"
          value={book}
          onChoose={(slug) => narrow({ book: slug })}
          options={books.map(({ slug, name }) => [slug, curlQuotes(name)])}
        />
        {tags.length > 0 || tag ? (
          <Select
            label="Tag"
            value={tag}
            onChoose={(chosen) => narrow({ tag: chosen })}
            options={(tag && !tags.includes(tag) ? [tag, ...tags] : tags).map((t) => [t, t])}
          />
        ) : null}
      </div>
      {view === 'highlights' ? <ColorFilter account={account} address={address} /> : null}
    </div>
  );
}

function ColorFilter({ account, address }: FiltersProps): ReactNode {
  const names = useColorNames(account);
  return (
    <>
      <ul className="color-filter" aria-label="Colours">
        {COLORS.map((color) => {
          const chosen = address.color === color;
          return (
            <li key={color}>
              <Link
                to={notebookPath({ ...address, color: chosen ? undefined : color })}
                replace
                data-color={color}
                aria-current={chosen || undefined}
              >
                {names[color]}
              </Link>
            </li>
          );
        })}
      </ul>
      <ColorNamesForm account={account} names={names} />
    </>
  );
}

type SelectProps = {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChoose: (value: string | undefined) => void;
  readonly options: readonly (readonly [value: string, name: string])[];
};

function Select({ label, value = '', onChoose, options }: SelectProps): ReactNode {
  const id = useId();
  return (
    <span className="notebook-select">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <select id={id} value={value} onChange={({ target }) => onChoose(target.value || undefined)}>
        <option value="">All</option>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
