import { expect, test } from 'vitest';
import { understood } from './testing/understood.ts';

test.each([
  [
    'Gen 1,3',
    'gen.1.3 ## “1,3” was read as chapter and verse; for the chapters, write “Genesis 1; 3”.',
  ],
  [
    'John 3:16 NIV',
    'john.3.16 ## This corpus has the King James Version, not the New International Version.',
  ],
  [
    'John 3:16, ESV',
    'john.3.16 ## This corpus has the King James Version, not the English Standard Version.',
  ],
  [
    'John 3:16 (NIV); Rom 8:28 (ESV)',
    'john.3.16 rom.8.28 ## This corpus has the King James Version, not the New International Version. ## This corpus has the King James Version, not the English Standard Version.',
  ],
  [
    'NIV John 3:16',
    'john.3.16 ## This corpus has the King James Version, not the New International Version.',
  ],
  [
    'Matthew 4:1 (JST)',
    'matt.4.1 ## This corpus has the King James Version, not the Joseph Smith Translation.',
  ],
  [
    'Alma 5; JST Gen. 14:25; Moses 1',
    'alma.5 moses.1 !! [JST Gen. 14:25] This corpus has the King James Version, and not the Joseph Smith Translation. {}',
  ],
  [
    'John 3:16 (New International Version)',
    'john.3.16 ## This corpus has the King James Version, not the New International Version.',
  ],
  [
    'John 3:16 NASB 1995',
    'john.3.16 ## This corpus has the King James Version, not the New American Standard Bible.',
  ],
  [
    'https://www.biblegateway.com/passage/?search=John+3%3A16&version=NIV',
    'john.3.16 ## This corpus has the King James Version, not the New International Version.',
  ],
  ['John 3:16; foo 3:4', 'john.3.16 !! [foo 3:4] There is no book called “foo”. {}'],
  [
    'John 3:16, foo 3:4, Alma 5:1',
    'john.3.16 alma.5.1 !! [foo 3:4] There is no book called “foo”. {}',
  ],
  [
    'John 3:16; 99:1; 4:2',
    'john.3.16 john.4.2 !! [John 99:1] John has 21 chapters; there is no chapter 99. {John 21}',
  ],
  [
    'John 3:16; 99:1, 3',
    'john.3.16 !! [John 99:1, 3] John has 21 chapters; there is no chapter 99. {John 21}',
  ],
  [
    'Alma 5; Mos 3:19',
    'alma.5 !! [Mos 3:19] “Mos 3:19” could be Mosiah 3:19 or Moses 3:19. {Mosiah 3:19, Moses 3:19}',
  ],
  [
    'John 3:16 is my favorite verse',
    'john.3.16 !! [is my favorite verse] “is my favorite verse” was not understood. {}',
  ],
  [
    'John 3:16 For God so loved the world',
    'john.3.16 !! [For God so loved the world] “For God so loved the world” was not understood. {}',
  ],
  [
    'Alma 32:21 — faith is not',
    'alma.32.21 !! [faith is not] “faith is not” was not understood. {}',
  ],
  [
    'Jude 2:1; Alma 5',
    'alma.5 !! [Jude 2:1] Jude has one chapter; there is no chapter 2. {Jude 1}',
  ],
  [
    'John 3, 16',
    'john.3 john.16 ## “3, 16” was read as chapters; for the verse, write “John 3:16”.',
  ],
  [
    'Gen 1,3; Ex 2,4',
    'gen.1.3 ex.2.4 ## “1,3” was read as chapter and verse; for the chapters, write “Genesis 1; 3”. ## “2,4” was read as chapter and verse; for the chapters, write “Exodus 2; 4”.',
  ],
  [
    'Joh 3,16',
    'john.3.16 ## “3,16” was read as chapter and verse; for the chapters, write “John 3; 16”.',
  ],
  [
    'Gen 2,4b-25',
    'gen.2.4-25 ## “2,4b-25” was read as chapter and verse; for the chapters, write “Genesis 2; 4b-25”.',
  ],
  [
    'Ex 20,1-17; Dtn 5,6-21',
    'ex.20.1-17 !! [Dtn 5,6-21] There is no book called “Dtn”. Did you mean Daniel? {Daniel 5:6–21}',
  ],
  [
    'JST, Matt. 4:1',
    'matt.4.1 !! [JST] This corpus has the King James Version, and not the Joseph Smith Translation. {}',
  ],
  [
    'Matt. 4:1, JST',
    'matt.4.1 ## This corpus has the King James Version, not the Joseph Smith Translation.',
  ],
  [
    '1 Pet. 3:18-20, NRSV',
    '1-pet.3.18-20 ## This corpus has the King James Version, not the New Revised Standard Version.',
  ],
  [
    'Rom 8:28 NKJV',
    'rom.8.28 ## This corpus has the King James Version, not the New King James Version.',
  ],
  ['Isa 7:14 LXX', 'isa.7.14 ## This corpus has the King James Version, not the Septuagint.'],
  [
    'Phil 4:13 (KJV), Rom 8:28 (NIV)',
    'philip.4.13 rom.8.28 ## This corpus has the King James Version, not the New International Version.',
  ],
  [
    'John 3:16-17 ESV/NIV',
    'john.3.16-17 ## This corpus has the King James Version, not the English Standard Version. ## This corpus has the King James Version, not the New International Version.',
  ],
  ['Alma 5:1–3; 7; foo', 'alma.5.1-3 alma.7 !! [foo] There is no book called “foo”. {}'],
  [
    'John 3:16; OD 1',
    'john.3.16 !! [OD 1] The Official Declarations follow section 138 of the Doctrine and Covenants; this corpus does not have their text. {}',
  ],
  [
    'John 3:16 and Tobit 4:15',
    'john.3.16 !! [Tobit 4:15] Tobit is in the Apocrypha, which this corpus does not have. {}',
  ],
  [
    'Alma 64; Alma 5',
    'alma.5 !! [Alma 64] Alma has 63 chapters; there is no chapter 64. {Alma 63}',
  ],
  [
    'Mormon 1:1; Alma 100:1',
    'morm.1.1 !! [Alma 100:1] Alma has 63 chapters; there is no chapter 100. {Alma 63}',
  ],
])('%j answers what it can and says the rest: %s', (text, answer) => {
  expect(understood(text)).toBe(answer);
});
