import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useEditing } from '../notes/editing.store.ts';
import { startStudy } from './study.start.ts';
import { ToastView } from './toast.view.tsx';
import { UnsavedNote } from './unsaved.note.tsx';
import './study.shell.css';

const NoteEditor = lazy(() => import('../notes/note.editor.tsx'));

/** The frame of every page with study features: messages, unsent changes, and the editor. */
export default function StudyShell(): ReactNode {
  const editing = useEditing();
  useEffect(startStudy, []);
  return (
    <div className="study-shell">
      <UnsavedNote />
      <ToastView />
      {editing ? (
        <Suspense>
          <NoteEditor key={editing.id} editing={editing} />
        </Suspense>
      ) : null}
    </div>
  );
}
