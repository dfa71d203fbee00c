import type { TopicResponse } from '@gospelib/contracts';
import { lazy, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { topicPath } from '../address/address.ts';
import { mapPath } from '../address/map.address.ts';
import { client, requests } from '../api/api.ts';
import { MoreButton } from '../resource/more.button.tsx';
import { ResourceView } from '../resource/resource.view.tsx';
import { usePages } from '../resource/use.pages.ts';
import { PageHeading } from '../shell/page.heading.tsx';
import { countOf } from '../typography/count.ts';
import { PassageList } from '../typography/passage.list.tsx';
import '../typography/study.page.css';
import './topic.css';

const NotFoundPage = lazy(() => import('../shell/not-found.page.tsx'));

/** `/topic/faith`: a topic, and the passages about it. */
export default function TopicPage(): ReactNode {
  const { slug = '' } = useParams();
  return (
    <ResourceView
      request={requests.topic(slug)}
      missing={(reason) => <NotFoundPage reason={reason} />}
    >
      {(topic) => <TopicView key={topic.slug} topic={topic} />}
    </ResourceView>
  );
}

function TopicView({ topic }: { readonly topic: TopicResponse }): ReactNode {
  const { slug, name, seeAlso, about } = topic;
  const pages = usePages(about, async (cursor, signal) => {
    return (await client.topic(slug, { cursor }, { signal })).about;
  });
  return (
    <article className="study-page">
      <header className="study-head">
        <p className="label">Topic</p>
        <PageHeading title={name}>{name}</PageHeading>
        <p className="quiet">{countOf(about.total, 'passage')}</p>
        <Link className="button" to={mapPath({ root: `topic:${slug}` })}>
          Study map
        </Link>
      </header>
      {seeAlso.length > 0 ? (
        <section>
          <h2>See also</h2>
          <ul className="topics">
            {seeAlso.map((other) => (
              <li key={other.slug}>
                <Link to={topicPath(other.slug)}>{other.name}</Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section>
        <h2>Passages</h2>
        <PassageList passages={pages.items} />
        <MoreButton pages={pages} total={about.total} noun="passages" />
      </section>
    </article>
  );
}
