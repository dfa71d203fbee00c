import type { CorpusResponse, CorpusSource } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { requests } from '../api/api.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { PageHeading } from '../shell/page.heading.tsx';
import { countOf } from '../typography/count.ts';
import { curlQuotes } from '../typography/scripture.text.ts';
import { wordsOf } from './count.name.ts';
import { CountTable } from './count.table.tsx';
import '../typography/study.page.css';
import './sources.css';

/** `/sources`: the source and licence of every text and connection. */
export default function SourcesPage(): ReactNode {
  return (
    <div className="study-page sources">
      <header className="study-head">
        <PageHeading title="Sources and licences">Sources and licences</PageHeading>
        <p className="sources-lead">
          Nothing here is our own: the texts, the dictionaries and the cross-references were made by
          others, who gave them freely.
        </p>
      </header>
      <ResourceView request={requests.corpus()}>
        {(corpus) => <Corpus corpus={corpus} />}
      </ResourceView>
    </div>
  );
}

function Corpus({ corpus }: { readonly corpus: CorpusResponse }): ReactNode {
  const { sources, counts, mends, derived, version, edition, checksum } = corpus;
  return (
    <>
      <ul className="source-list">
        {sources.map((source) => (
          <li key={source.id}>
            <Source source={source} />
          </li>
        ))}
      </ul>
      {derived.length > 0 ? (
        <section>
          <h2>Found by GospeLib</h2>
          <dl className="source-notes">
            {derived.map(({ kind, method }) => (
              <div key={kind}>
                <dt>{wordsOf(kind)}</dt>
                <dd>{curlQuotes(method)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      {mends.length > 0 ? (
        <section>
          <h2>Mended in the sources</h2>
          <ul className="source-mends">
            {mends.map(({ rule, records, note }) => (
              <li key={rule}>
                {curlQuotes(note)} <span className="quiet">{countOf(records, 'record')}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section>
        <h2>What the library holds</h2>
        <div className="source-counts">
          <CountTable caption="Nodes" counts={counts.nodes} />
          <CountTable caption="Connections" counts={counts.edges} />
        </div>
      </section>
      <p className="source-version quiet">
        Corpus {version}, {edition} edition, checksum <span>{checksum.slice(0, 16)}…</span>
      </p>
    </>
  );
}

function Source({ source }: { readonly source: CorpusSource }): ReactNode {
  const { title, version, licence, attribution, url, provides } = source;
  return (
    <article>
      <h2>{url ? <a href={url}>{curlQuotes(title)}</a> : curlQuotes(title)}</h2>
      <p>{curlQuotes(provides)}</p>
      <p className="quiet">
        {curlQuotes(attribution)} · <b>{licence}</b> · version {version}
      </p>
    </article>
  );
}
