/** What a key can do; each page handles the actions that it supports. */
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
  /** The keys as the help shows them. */
  readonly caps: readonly string[];
  readonly does: string;
};

/** The one list of keys, for bindings and for the help. */
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

/** The parts of a key press that bindings use. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'> & {
  /** Whether the press goes to a field, a list of options, or a dialog with keys of its own. */
  readonly taken: boolean;
};

/** The action of a key press; undefined when there is none. */
export function actionOf(press: KeyPress): KeyAction | undefined {
  if (press.taken || press.altKey || press.ctrlKey || press.metaKey) return undefined;
  return KEY_BINDINGS.find(({ keys }) => keys.includes(press.key))?.action;
}
