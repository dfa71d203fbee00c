import type { Collection } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { COLLECTIONS_PATH } from '../address/study.address.ts';
import { type FirstPage, listOf, useStudyList } from '../notebook/study.list.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { writeWithUndo } from '../study/write.ts';
import { withPassages } from './collection.rules.ts';

type ListPickerProps = {
  readonly account: string;
  /** Canonical id of the passage to add to a list. */
  readonly passage: string;
  readonly reference: string;
  readonly onDone: () => void;
};

const NO_FILTER = {};

/** The most recently changed lists, to add a passage to one of them. */
export default function ListPicker(props: ListPickerProps): ReactNode {
  return (
    <ResourceView request={listOf(props.account, 'collections', NO_FILTER)} waiting={null}>
      {(first) => <Lists {...props} first={first} />}
    </ResourceView>
  );
}

type ListsProps = ListPickerProps & { readonly first: FirstPage<Collection> };

function Lists({ account, passage, reference, onDone, first }: ListsProps): ReactNode {
  const { shown } = useStudyList(account, 'collections', NO_FILTER, first);
  return (
    <ul className="list-picker" aria-label={`Put ${reference} into a list`}>
      {shown.map((list) => (
        <li key={list.item.id}>
          <button
            type="button"
            className="button"
            onClick={() => {
              const input = withPassages(list.item, [passage]);
              const said = `${reference} put into “${list.item.title}”.`;
              void writeWithUndo('collections', list, input, said);
              onDone();
            }}
          >
            {list.item.title}
          </button>
        </li>
      ))}
      <li>
        <Link className="button" to={COLLECTIONS_PATH}>
          {shown.length === 0 ? 'Make a list' : 'All lists'}
        </Link>
      </li>
    </ul>
  );
}
