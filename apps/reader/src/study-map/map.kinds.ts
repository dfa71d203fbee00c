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

/** Topics carry this before their slug on the map, for a name may be written like one. */
const TOPIC = 'topic:';

/** The page of what a node stands for. */
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
