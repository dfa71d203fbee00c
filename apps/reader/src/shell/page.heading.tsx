import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

type PageHeadingProps = {
  /** The title of the document, without the site's name. */
  readonly title: string;
  readonly className?: string;
  readonly children: ReactNode;
};

let firstPage: string | undefined;

/**
 * The heading of a page. It titles the document, and takes the focus after navigation, so that keyboards and screen
 * readers start at the new page. Give it a `key` if the page can change in place.
 */
export function PageHeading({ title, className, children }: PageHeadingProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();

  // Fewer dependencies than uses: only when the page appears, not whenever its address changes
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
