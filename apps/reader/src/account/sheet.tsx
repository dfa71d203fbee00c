import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import './sheet.css';

type SheetProps = {
  /** Also the title of the document. */
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
};

/** Whether a sheet was shown since the page loaded. */
let shown = false;

/**
 * A narrow page for one task. A new sheet takes the focus, so that screen readers announce it, except at the start of a
 * visit.
 */
export function Sheet({ title, lead, children }: SheetProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();

  // Fewer dependencies than uses: only when another sheet appears
  useEffect(() => {
    document.title = `${title} · GospeLib`;
    const isFirst = !shown && key === 'default'; // the router's key for the first entry of a visit
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
