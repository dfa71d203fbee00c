import type { ConnectionKind, ConnectionsResponse } from '@gospelib/contracts';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import type { PanelView } from '../address/address.ts';
import { ConnectionList } from './connection.list.tsx';

const NAMES: Readonly<Record<ConnectionKind, string>> = {
  'cross-reference': 'Cross-references',
  quotation: 'Quotations',
  word: 'Words',
  name: 'Names',
  topic: 'Topics',
  commentary: 'Commentary',
};

type ConnectionTabsProps = {
  /** Canonical id of a verse or of a range. */
  readonly id: string;
  readonly connections: ConnectionsResponse;
  readonly view: PanelView;
};

/** The kinds of connections of a passage, as tabs; the selected one is in the address. */
export function ConnectionTabs({ id, connections, view }: ConnectionTabsProps): ReactNode {
  const [, setParams] = useSearchParams();
  const { state } = useLocation();
  const list = useRef<HTMLDivElement>(null);
  const { groups } = connections;
  const shown = groups.find(({ kind }) => kind === view) ?? groups[0];
  const kindShown = shown?.kind;

  // On a phone the tabs scroll horizontally; the selected one must be visible.
  useEffect(() => {
    list.current
      ?.querySelector(`#tab-${kindShown}`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [kindShown]);

  if (!shown) {
    return <p className="panel-empty">No connections are known.</p>;
  }

  const show = (kind: ConnectionKind) => setParams({ show: kind }, { replace: true, state });

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = groups.indexOf(shown) + step;
    const next = groups[(at + groups.length) % groups.length];
    if (!next) return;
    show(next.kind);
    list.current?.querySelector<HTMLElement>(`#tab-${next.kind}`)?.focus();
  };

  return (
    <>
      <div ref={list} className="tabs" role="tablist" aria-label="Kinds of connections">
        {groups.map(({ kind, total }) => (
          <button
            key={kind}
            id={`tab-${kind}`}
            type="button"
            role="tab"
            aria-selected={kind === shown.kind}
            aria-controls="panel-list"
            tabIndex={kind === shown.kind ? 0 : -1}
            onClick={() => show(kind)}
            onKeyDown={onKeyDown}
          >
            {NAMES[kind]} <span className="tab-count">{total}</span>
          </button>
        ))}
      </div>
      <div id="panel-list" role="tabpanel" aria-labelledby={`tab-${shown.kind}`}>
        <ConnectionList
          key={`${id} ${shown.kind}`}
          id={id}
          group={shown}
          noun={NAMES[shown.kind]}
        />
      </div>
    </>
  );
}
