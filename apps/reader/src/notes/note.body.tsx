import type { NoteMention } from '@gospelib/contracts';
import { type ReactNode, useMemo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import { Link } from 'react-router';
import { linkMentions } from './mention.plugin.ts';
import './note.body.css';

type NoteBodyProps = {
  readonly body: string;
  readonly mentions: readonly Pick<NoteMention, 'start' | 'end' | 'passage'>[];
};

/** A heading in a note is not a heading of the page. */
const heading: Components['h1'] = ({ children }) => <p className="note-heading">{children}</p>;

const components: Components = {
  a: ({ href = '', children }) =>
    /^\/(?!\/)/.test(href) ? (
      <Link to={href}>{children}</Link>
    ) : (
      <a href={href} rel="noopener noreferrer nofollow" target="_blank">
        {children}
      </a>
    ),
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
};

/** Renders a note's Markdown: HTML stays text, links cannot run scripts, and images are left out. */
export function NoteBody({ body, mentions }: NoteBodyProps): ReactNode {
  const plugins = useMemo(() => [linkMentions(mentions)], [mentions]);
  return (
    <div className="note-body">
      <Markdown remarkPlugins={plugins} components={components} disallowedElements={['img']}>
        {body}
      </Markdown>
    </div>
  );
}
