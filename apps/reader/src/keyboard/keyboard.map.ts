/** What a key may do; pages say what of it they can. */
export type KeyAction =
  | 'goto'
  | 'help'
  | 'home'
  | 'previous'
  | 'next'
  | 'verse-down'
  | 'verse-up'
  | 'map'
  | 'highlight'
  | 'color'
  | 'note'
  | 'bookmark'
  | 'undo'
  | 'close';

type Binding = {
  readonly action: KeyAction;
  readonly keys: readonly string[];
  /** As the help writes them. */
  readonly caps: readonly string[];
  readonly does: string;
};

/** The one list of keys: what is bound, and what the help says. */
export const KEY_BINDINGS: readonly Binding[] = [
  { action: 'goto', keys: ['/'], caps: ['/'], does: 'Go to a passage, or search' },
  { action: 'previous', keys: ['ArrowLeft'], caps: ['←'], does: 'Previous chapter' },
  { action: 'next', keys: ['ArrowRight'], caps: ['→'], does: 'Next chapter' },
  { action: 'verse-down', keys: ['j'], caps: ['j'], does: 'Next verse' },
  { action: 'verse-up', keys: ['k'], caps: ['k'], does: 'Previous verse' },
  { action: 'map', keys: ['m'], caps: ['m'], does: 'Study map of the verse' },
  { action: 'highlight', keys: ['h'], caps: ['h'], does: 'Highlight the verse, or the words' },
  {
    action: 'color',
    keys: ['1', '2', '3', '4', '5', '6'],
    caps: ['1', '6'],
    does: 'The same, in one of the six colours',
  },
  { action: 'note', keys: ['n'], caps: ['n'], does: 'Write a note on it' },
  { action: 'bookmark', keys: ['b'], caps: ['b'], does: 'Set a bookmark there, or take it away' },
  { action: 'undo', keys: ['u'], caps: ['u'], does: 'Undo what was just done' },
  { action: 'close', keys: ['Escape'], caps: ['Esc'], does: 'Close what is open' },
  { action: 'home', keys: ['l'], caps: ['l'], does: 'All volumes and books' },
  { action: 'help', keys: ['?'], caps: ['?'], does: 'This help' },
];

/** A key press, as far as bindings care. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'> & {
  /** Whether the press goes into a field, a list of choices, or a dialog that has keys of its own. */
  readonly taken: boolean;
};

/** The action of a key press; undefined when it is someone else's. */
export function actionOf(press: KeyPress): KeyAction | undefined {
  if (press.taken || press.altKey || press.ctrlKey || press.metaKey) return undefined;
  return KEY_BINDINGS.find(({ keys }) => keys.includes(press.key))?.action;
}
