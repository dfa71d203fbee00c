/** Where an environment writes to a disk. */
export interface StoragePlace {
  name: 'data' | 'backups';
  folder: string;
  /** What is left on its disk for those who are not root. */
  freeBytes: number;
  /** Why nothing can be written there, in the words of the system; undefined when it can. */
  refusal: string | undefined;
}
