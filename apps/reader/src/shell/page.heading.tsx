import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

type PageHeadingProps = {
  /** Names the page: another title is another page, whose heading takes the focus. */
  readonly title: string;
  /** The title of the document, without the site's name, where a state of the page has its own. */
  readonly documentTitle?: string | undefined;
  readonly className?: string;
  readonly children: ReactNode;
};

let firstPage: string | undefined;

/**
 * The heading of a page. It titles the document, and takes the focus after navigation, so that keyboards and screen
 * readers start at the new page. Give it a `key` if the page can change in place.
 */
export function PageHeading(props: PageHeadingProps): ReactNode {
  const { title, documentTitle = title, className, children } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();

  useEffect(() => {
    document.title = `${documentTitle} · GospeLib`;
  }, [documentTitle]);

  // Fewer dependencies than uses: only when the page appears, not whenever its address changes
  useEffect(() => {
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
