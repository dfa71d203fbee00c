import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import {
  NOTEBOOK_PATH,
  type NotebookAddress,
  type NotebookView,
  notebookPath,
  parseNotebook,
} from '../address/study.address.ts';
import { useOutbox } from '../outbox/use.outbox.ts';
import { PageHeading } from '../shell/page.heading.tsx';
import { SignInGate } from '../study/sign-in.gate.tsx';
import { BookmarkList } from './bookmark.list.tsx';
import { HighlightList } from './highlight.list.tsx';
import { NoteHits } from './note.hits.tsx';
import { NoteList } from './note.list.tsx';
import { NotebookFilters } from './notebook.filters.tsx';
import { TransferSection } from './transfer.section.tsx';
import { UnsavedList } from './unsaved.list.tsx';
import '../typography/study.page.css';
import './notebook.css';

/** `/notebook`: everything the reader has made, to search and filter. */
export default function NotebookPage(): ReactNode {
  const [params] = useSearchParams();
  const address = parseNotebook(params);
  return (
    <div className="study-page notebook">
      <header className="study-head">
        <PageHeading title="Notebook">Notebook</PageHeading>
      </header>
      <SignInGate
        purpose="What you highlight, note and bookmark is gathered here."
        to={NOTEBOOK_PATH}
      >
        {(account) => <Notebook key={account} account={account} address={address} />}
      </SignInGate>
    </div>
  );
}

const NAMES = { notes: 'Notes', highlights: 'Highlights', bookmarks: 'Bookmarks' } as const;

type NotebookProps = { readonly account: string; readonly address: NotebookAddress };

function Notebook({ account, address }: NotebookProps): ReactNode {
  const { changes } = useOutbox();
  const { view } = address;
  return (
    <>
      <nav className="notebook-views" aria-label="What is shown">
        {(['notes', 'highlights', 'bookmarks'] as const).map((each) => (
          <ViewLink key={each} view={each} current={view} label={NAMES[each]} />
        ))}
        {changes.length > 0 || view === 'unsaved' ? (
          <ViewLink view="unsaved" current={view} label={`Not saved yet (${changes.length})`} />
        ) : null}
      </nav>
      {view === 'unsaved' ? (
        <UnsavedList account={account} />
      ) : (
        <>
          <NotebookFilters account={account} address={address} />
          <h2 className="unseen">{NAMES[view]}</h2>
          <Shown account={account} address={address} />
          <TransferSection />
        </>
      )}
    </>
  );
}

function Shown({ account, address }: NotebookProps): ReactNode {
  const { view, q, tag, book, color } = address;
  if (view === 'highlights')
    return <HighlightList account={account} filter={{ tag, book, color }} />;
  if (view === 'bookmarks') return <BookmarkList account={account} filter={{ tag, book }} />;
  if (q?.trim()) return <NoteHits account={account} q={q.trim()} filter={{ tag, book }} />;
  return <NoteList account={account} filter={{ tag, book }} />;
}

type ViewLinkProps = {
  readonly view: NotebookView;
  readonly current: NotebookView;
  readonly label: string;
};

function ViewLink({ view, current, label }: ViewLinkProps): ReactNode {
  return (
    <Link to={notebookPath({ view })} aria-current={view === current ? 'page' : undefined}>
      {label}
    </Link>
  );
}
