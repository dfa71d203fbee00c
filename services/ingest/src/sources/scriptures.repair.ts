import type { RepairList } from '../corpus/repair.list.ts';

/** D&C 84:99–102 as printed; the package has only the first line of each verse. */
const NEW_SONG: Readonly<Record<string, string>> = {
  'dc.84.99':
    'The Lord hath brought again Zion; The Lord hath redeemed his people, Israel, According to the election of grace, Which was brought to pass by the faith And covenant of their fathers.',
  'dc.84.100':
    'The Lord hath redeemed his people; And Satan is bound and time is no longer. The Lord hath gathered all things in one. The Lord hath brought down Zion from above. The Lord hath brought up Zion from beneath.',
  'dc.84.101':
    'The earth hath travailed and brought forth her strength; And truth is established in her bowels; And the heavens have smiled upon her; And she is clothed with the glory of her God; For he stands in the midst of his people.',
  'dc.84.102':
    'Glory, and honor, and power, and might, Be ascribed to our God; for he is full of mercy, Justice, grace and truth, and peace, Forever and ever, Amen.',
};

/** Number of occurrences of each defect of the text. */
export class VerseRepairs {
  song = 0;
  spaces = 0;
  divineName = 0;
  subheadings = 0;

  report(repairs: RepairList): void {
    repairs.add(
      'dc-84-song',
      this.song,
      'D&C 84:99–102 is cut after the first line of each verse; the full verses are put back.',
    );
    repairs.add('double-space', this.spaces, 'Joseph Smith—History 1:3 has a double space.');
    repairs.add('divine-name', this.divineName, 'Psalm 140:7 reads "O GOD", not "O God".');
    repairs.add(
      'psalm-119-subheadings',
      this.subheadings,
      'Editorial subheadings of Psalm 119 are dropped, its Hebrew letters are kept.',
    );
  }
}

/** The text of a verse without its known defects. */
export function repairVerse(id: string, text: string, repairs: VerseRepairs): string {
  const song = NEW_SONG[id];
  if (song !== undefined && text !== song) {
    repairs.song++;
    return song;
  }
  if (id === 'ps.140.7' && text.startsWith('O God the Lord')) {
    repairs.divineName++;
    return text.replace('O God the Lord', 'O GOD the Lord');
  }
  if (text.includes('  ')) {
    repairs.spaces++;
    return text.replaceAll(/ {2,}/g, ' ');
  }
  return text;
}
