/** A work that people cite as scripture and whose text the corpus does not have. */
export interface TextlessWork {
  readonly name: string;
  readonly reason: string;
  /** It counts only with a number: "wisdom" alone is a word. */
  readonly needsNumber: boolean;
}

/** There are two, distinguished by number. */
export const declarations: TextlessWork = {
  name: 'Official Declaration',
  reason:
    'The Official Declarations follow section 138 of the Doctrine and Covenants; this corpus does not have their text.',
  needsNumber: false,
};

const translation: TextlessWork = {
  name: 'Joseph Smith Translation',
  reason: 'This corpus has the King James Version, and not the Joseph Smith Translation.',
  needsNumber: false,
};

const apocrypha: Readonly<Record<string, string>> = {
  tobit: 'Tobit',
  judith: 'Judith',
  wisdom: 'Wisdom of Solomon',
  wisdomsolomon: 'Wisdom of Solomon',
  sirach: 'Sirach',
  sir: 'Sirach',
  ecclesiasticus: 'Sirach',
  baruch: 'Baruch',
  susanna: 'Susanna',
  '1maccabees': '1 Maccabees',
  '2maccabees': '2 Maccabees',
  '1macc': '1 Maccabees',
  '2macc': '2 Maccabees',
  '1esdras': '1 Esdras',
  '2esdras': '2 Esdras',
};

const others: Readonly<Record<string, TextlessWork>> = {
  od: declarations,
  offdec: declarations,
  officialdec: declarations,
  officialdeclaration: declarations,
  officialdeclarations: declarations,
  dcod: declarations,
  dcofficialdeclaration: declarations,
  jst: translation,
  josephsmithtranslation: translation,
};

/** The work without text that a key names. @param key as `nameKey` returns it */
export function findTextless(key: string): TextlessWork | undefined {
  if (Object.hasOwn(others, key)) return others[key];
  const name = Object.hasOwn(apocrypha, key) ? apocrypha[key] : undefined;
  if (name === undefined) return undefined;
  return {
    name,
    reason: `${name} is in the Apocrypha, which this corpus does not have.`,
    needsNumber: true,
  };
}
