import { type ReactNode, useEffect, useRef } from 'react';
import './sheet.css';

type SheetProps = {
  /** Also of the document. */
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
};

/** A narrow page with one thing to do. A new sheet takes the focus, so that what happened is read out. */
export function Sheet({ title, lead, children }: SheetProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · GospeLib`;
    heading.current?.focus({ preventScroll: true });
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
