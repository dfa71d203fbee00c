import { type ReactNode, useEffect, useState } from 'react';
import './loading.css';

/** No indicator for shorter waits, ms. */
const GRACE = 150;

/** Placeholder lines for text that is loading. */
export function Loading(): ReactNode {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), GRACE);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="loading" role="status" data-visible={visible}>
      <span className="unseen">{visible ? 'Fetching the page…' : ''}</span>
      {visible
        ? ['a', 'b', 'c', 'd', 'e', 'f'].map((line) => <span key={line} className="loading-line" />)
        : null}
    </div>
  );
}
