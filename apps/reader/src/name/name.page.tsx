import type { NameResponse } from '@gospelib/contracts';
import { lazy, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { mapPath } from '../address/map.address.ts';
import { client, requests } from '../api/api.ts';
import { MoreButton } from '../resource/more.button.tsx';
import { ResourceView } from '../resource/resource.view.tsx';
import { usePages } from '../resource/use.pages.ts';
import { PageHeading } from '../shell/page.heading.tsx';
import { countOf } from '../typography/count.ts';
import { PassageList } from '../typography/passage.list.tsx';
import { WordLinks } from '../word/word.family.tsx';
import '../typography/study.page.css';
import '../word/word.css';

const NotFoundPage = lazy(() => import('../shell/not-found.page.tsx'));

/** `/name/moses`: a name of the Hebrew text, and the verses that contain it. */
export default function NamePage(): ReactNode {
  const { id = '' } = useParams();
  return (
    <ResourceView
      request={requests.name(id)}
      missing={(reason) => <NotFoundPage reason={reason} />}
    >
      {(name) => <NameView key={name.id} name={name} />}
    </ResourceView>
  );
}

function NameView({ name }: { readonly name: NameResponse }): ReactNode {
  const { id, label, words, mentions } = name;
  const pages = usePages(mentions, async (cursor, signal) => {
    return (await client.name(id, { cursor }, { signal })).mentions;
  });
  return (
    <article className="study-page">
      <header className="study-head">
        <p className="label">Name</p>
        <PageHeading title={label}>{label}</PageHeading>
        <p className="quiet">
          {countOf(mentions.total, 'verse')}. A name, not a person: several people may bear it.
        </p>
        <Link className="button" to={mapPath({ root: id })}>
          Study map
        </Link>
      </header>
      {words.length > 0 ? (
        <section>
          <h2>In Hebrew</h2>
          <WordLinks words={words} />
        </section>
      ) : null}
      <section>
        <h2>Verses</h2>
        <PassageList passages={pages.items} />
        <MoreButton pages={pages} total={mentions.total} noun="verses" />
      </section>
    </article>
  );
}
