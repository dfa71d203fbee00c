/** The first letter of a name, its accent included; a dot where a name has none. */
export function initialOf(name: string): string {
  const [first] = name.trim().normalize('NFC');
  return first?.toLocaleUpperCase() ?? '·';
}
