import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

type PageHeadingProps = {
  /** Of the document, without the library's name. */
  readonly title: string;
  readonly className?: string;
  readonly children: ReactNode;
};

let firstPage: string | undefined;

/**
 * The heading of a page. It names the document, and takes the focus when the page was reached from another one, so
 * that the keyboard and screen readers begin where the new page does. Give it a `key` where a page may change.
 */
export function PageHeading({ title, className, children }: PageHeadingProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();

  // Fewer dependencies than uses: only when the page appears, not at each change of its address
  useEffect(() => {
    document.title = `${title} · GospeLib`;
    firstPage ??= key;
    const typing = document.activeElement instanceof HTMLInputElement;
    if (key !== firstPage && !typing) heading.current?.focus({ preventScroll: true });
  }, [title]);

  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children}
    </h1>
  );
}
