import type { ReactNode } from 'react';
import './mark.icons.css';

function Icon({ path }: { readonly path: string }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

/** A sheet with lines. */
export function NoteIcon(): ReactNode {
  return <Icon path="M3.5 2.5h9v11h-9zM5.5 5.5h5M5.5 8h5M5.5 10.5h3" />;
}

export function BookmarkIcon(): ReactNode {
  return <Icon path="M4.5 2.5h7v11L8 10.6l-3.5 2.9z" />;
}

export function ListIcon(): ReactNode {
  return <Icon path="M2.5 4h1M2.5 8h1M2.5 12h1M6 4h7.5M6 8h7.5M6 12h7.5" />;
}

export function RemoveIcon(): ReactNode {
  return <Icon path="M4 4l8 8M12 4l-8 8" />;
}
