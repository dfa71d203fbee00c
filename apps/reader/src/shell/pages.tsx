import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { pageOf } from '../address/address.ts';
import { ChapterPage } from '../chapter/chapter.page.tsx';
import { HomePage } from '../home/home.page.tsx';
import { Loading } from '../resource/loading.tsx';
import { ErrorBoundary } from './error.boundary.tsx';

const BookPage = lazy(() => import('../book/book.page.tsx'));
const SearchPage = lazy(() => import('../search/search.page.tsx'));
const WordPage = lazy(() => import('../word/word.page.tsx'));
const NamePage = lazy(() => import('../name/name.page.tsx'));
const TopicsPage = lazy(() => import('../topic/topics.page.tsx'));
const TopicPage = lazy(() => import('../topic/topic.page.tsx'));
const StudyMapPage = lazy(() => import('../study-map/study-map.page.tsx'));
const SourcesPage = lazy(() => import('../sources/sources.page.tsx'));
const AccountPages = lazy(() => import('../account/account.pages.tsx'));
const NotebookPage = lazy(() => import('../notebook/notebook.page.tsx'));
const NotePage = lazy(() => import('../notebook/note.page.tsx'));
const CollectionsPage = lazy(() => import('../collections/collections.page.tsx'));
const CollectionPage = lazy(() => import('../collections/collection.page.tsx'));
const SharedPage = lazy(() => import('../collections/shared.page.tsx'));
const HistoryPage = lazy(() => import('../history/history.page.tsx'));
const NotFoundPage = lazy(() => import('./not-found.page.tsx'));

/** The one list of pages. The two opened most often are in the first load, the others are fetched on demand. */
export function Pages(): ReactNode {
  const { pathname } = useLocation();
  return (
    <ErrorBoundary key={pageOf(pathname)}>
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route index element={<HomePage />} />
          <Route path="search" element={<SearchPage />} />
          <Route path="word/:strongs" element={<WordPage />} />
          <Route path="name/:id" element={<NamePage />} />
          <Route path="topics" element={<TopicsPage />} />
          <Route path="topic/:slug" element={<TopicPage />} />
          <Route path="map/:id" element={<StudyMapPage />} />
          <Route path="sources" element={<SourcesPage />} />
          <Route path="account/*" element={<AccountPages />} />
          <Route path="notebook" element={<NotebookPage />} />
          <Route path="notebook/:id" element={<NotePage />} />
          <Route path="collections" element={<CollectionsPage />} />
          <Route path="collections/:id" element={<CollectionPage />} />
          <Route path="shared/:link" element={<SharedPage />} />
          <Route path="history" element={<HistoryPage />} />
          <Route path=":book" element={<BookPage />} />
          <Route path=":book/:chapter/:verses?" element={<ChapterPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Suspense>
    </ErrorBoundary>
  );
}
