import type { TopicsResponse } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { topicPath } from '../address/address.ts';
import { client, requests } from '../api/api.ts';
import { MoreButton } from '../resource/more.button.tsx';
import { ResourceView } from '../resource/resource.view.tsx';
import { usePages } from '../resource/use.pages.ts';
import { PageHeading } from '../shell/page.heading.tsx';
import '../typography/study.page.css';
import { useSettled } from './use.settled.ts';
import './topic.css';

/** `/topics?q=…`: the topics of the full corpus, and those that begin with what is typed. */
export default function TopicsPage(): ReactNode {
  const [params, setParams] = useSearchParams();
  const typed = params.get('q') ?? '';
  const q = useSettled(typed.trim(), 200);
  return (
    <div className="study-page">
      <header className="study-head">
        <PageHeading title="Topics">Topics</PageHeading>
        <input
          type="search"
          className="topics-field"
          aria-label="Find a topic"
          placeholder="Find a topic…"
          value={typed}
          maxLength={100}
          onChange={(event) =>
            setParams(event.target.value ? { q: event.target.value } : {}, { replace: true })
          }
        />
      </header>
      <ResourceView request={requests.topics(q || undefined)}>
        {(topics) => <TopicList q={q} topics={topics} />}
      </ResourceView>
    </div>
  );
}

function TopicList({
  q,
  topics,
}: {
  readonly q: string;
  readonly topics: TopicsResponse;
}): ReactNode {
  const pages = usePages(topics, (cursor, signal) =>
    client.topics(q ? { q, cursor } : { cursor }, { signal }),
  );
  if (topics.total === 0) {
    return (
      <p className="topics-none quiet" role="status">
        {q
          ? `No topic matches “${q}”.`
          : 'Topics come with the full corpus; this library was made from the default one. See the Sources page.'}
      </p>
    );
  }
  return (
    <>
      <ul className="topics">
        {pages.items.map(({ slug, name, passages }) => (
          <li key={slug}>
            <Link to={topicPath(slug)}>{name}</Link> <span className="quiet">{passages}</span>
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} total={topics.total} noun="topics" />
    </>
  );
}
