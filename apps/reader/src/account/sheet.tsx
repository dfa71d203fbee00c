import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import './sheet.css';

type SheetProps = {
  /** Also of the document. */
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
};

/** Whether a sheet was shown since the page was loaded. */
let shown = false;

/**
 * A narrow page with one thing to do. A new sheet takes the focus, so that what happened is read out; not the one that
 * a visit begins with.
 */
export function Sheet({ title, lead, children }: SheetProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();

  // Fewer dependencies than uses: only when another sheet appears
  useEffect(() => {
    document.title = `${title} · GospeLib`;
    const isFirst = !shown && key === 'default'; // the router's name for where a visit begins
    shown = true;
    if (!isFirst) heading.current?.focus({ preventScroll: true });
  }, [title]);

  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead ? <p>{lead}</p> : null}
      </header>
      {children}
    </div>
  );
}
