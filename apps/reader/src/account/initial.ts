/** The first letter of a name with its accent; a dot when the name has no letter. */
export function initialOf(name: string): string {
  const [first] = name.trim().normalize('NFC');
  return first?.toLocaleUpperCase() ?? '·';
}
