import type { MapEdgeKind, MapNode, MapNodeKind } from '@gospelib/contracts';
import { namePath, passagePath, topicPath, wordPath } from '../address/address.ts';

export const EDGE_NAMES: Readonly<Record<MapEdgeKind, string>> = {
  'cross-reference': 'Cross-references',
  quotation: 'Quotations',
  word: 'Words',
  derivation: 'Derivations',
  name: 'Names',
  topic: 'Topics',
};

export const NODE_NAMES: Readonly<Record<MapNodeKind, string>> = {
  passage: 'Verse',
  word: 'Word',
  name: 'Name',
  topic: 'Topic',
};

/** Prefix of topics on the map, since a name may have the same slug. */
const TOPIC = 'topic:';

/** The page of a node. */
export function nodePath({ id, kind }: MapNode): string {
  switch (kind) {
    case 'passage':
      return passagePath(id);
    case 'word':
      return wordPath(id);
    case 'name':
      return namePath(id);
    case 'topic':
      return topicPath(id.replace(TOPIC, ''));
  }
}
