import { createStudyClient } from '@gospelib/client';
import type { SharedCollection } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { passagePath } from '../address/address.ts';
import { sendWithin, USUAL_LIMIT } from '../api/send.ts';
import { PassageText } from '../notebook/passage.text.tsx';
import { ResourceView } from '../resource/resource.view.tsx';
import type { Request } from '../resource/use.resource.ts';
import { PageHeading } from '../shell/page.heading.tsx';
import { referenceOfId } from '../study/reference.ts';
import '../typography/study.page.css';
import './collections.css';

/** Sends no token: the answer is the same for everyone. */
const open = createStudyClient({ baseUrl: '', fetch: sendWithin(USUAL_LIMIT) });

const listAt = (link: string): Request<SharedCollection> => ({
  key: `shared ${link}`,
  load: (signal) => open.shared(link, { signal }),
});

/** `/shared/{link}`: a shared list, for everyone who has its link. */
export default function SharedPage(): ReactNode {
  const { link = '' } = useParams();
  return (
    <>
      {/* The address is a secret of those who have it; the gateway says the same of a page that is opened by it. */}
      <meta name="robots" content="noindex, nofollow" />
      <meta name="referrer" content="no-referrer" />
      <ResourceView request={listAt(link)} missing={() => <NotShared />}>
        {(list) => <SharedView list={list} />}
      </ResourceView>
    </>
  );
}

function SharedView({ list }: { readonly list: SharedCollection }): ReactNode {
  const { title, description, items } = list;
  return (
    <article className="study-page">
      <header className="study-head">
        <p className="label">A reading list</p>
        <PageHeading title={title}>{title}</PageHeading>
        {description ? <p className="list-description">{description}</p> : null}
      </header>
      <ol className="list-items">
        {items.map(({ passage, comment }, index) => {
          const key = `${passage} ${index}`;
          return (
            <li key={key}>
              <h2>
                <Link to={passagePath(passage)}>{referenceOfId(passage) ?? passage}</Link>
              </h2>
              <PassageText id={passage} />
              {comment ? <p className="list-said">{comment}</p> : null}
            </li>
          );
        })}
      </ol>
    </article>
  );
}

function NotShared(): ReactNode {
  return (
    <div className="notice">
      <PageHeading title="Not shared">No list is shared under this link</PageHeading>
      <p>Whoever made it has taken the link back, or a part of the link is missing.</p>
      <p>
        <Link to="/">To the library</Link>
      </p>
    </div>
  );
}
