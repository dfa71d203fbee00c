import type { Connection, ConnectionsResponse } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { client } from '../api/api.ts';
import { MoreButton } from '../resource/more.button.tsx';
import { usePages } from '../resource/use.pages.ts';
import { ConnectionItem } from './connection.item.tsx';

type ConnectionListProps = {
  readonly id: string;
  readonly group: ConnectionsResponse['groups'][number];
  readonly noun: string;
};

export function ConnectionList({ id, group, noun }: ConnectionListProps): ReactNode {
  const { kind, total } = group;
  const pages = usePages(group, async (cursor, signal) => {
    const { groups } = await client.connections(id, { kind, cursor }, { signal });
    return groups[0] ?? { items: [] };
  });
  return (
    <>
      <ol className="connections">
        {pages.items.map((connection) => (
          <li key={keyOf(connection)}>
            <ConnectionItem connection={connection} />
          </li>
        ))}
      </ol>
      <MoreButton pages={pages} total={total} noun={noun.toLowerCase()} />
    </>
  );
}

function keyOf(connection: Connection): string {
  switch (connection.kind) {
    case 'cross-reference':
    case 'quotation':
      return `${connection.passage.id} ${connection.direction}`;
    case 'word':
      return connection.word.strongs;
    case 'name':
      return connection.name.id;
    case 'topic':
      return connection.topic.slug;
    case 'commentary':
      return `${connection.source} ${connection.covers} ${connection.text.slice(0, 40)}`;
  }
}
