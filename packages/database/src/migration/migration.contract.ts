/** A column, table or function that is gone, has another name or type, or takes less than before. */
const contracting: readonly RegExp[] = [
  /\bDROP\s+(?:TABLE|COLUMN|SCHEMA|VIEW|MATERIALIZED\s+VIEW|FUNCTION|PROCEDURE|TYPE|DOMAIN|SEQUENCE|TRIGGER|POLICY)\b[^,;]*/gi,
  // `ALTER TABLE notes DROP mood`: COLUMN may be left out.
  /\bDROP\s+(?!TABLE|COLUMN|SCHEMA|VIEW|MATERIALIZED|FUNCTION|PROCEDURE|TYPE|DOMAIN|SEQUENCE|TRIGGER|POLICY|INDEX|CONSTRAINT|DEFAULT|NOT|EXPRESSION|IDENTITY|IF\b)\w+/gi,
  /\bRENAME\b[^,;]*/gi,
  /\bALTER\s+(?:COLUMN\s+)?\w+\s+(?:SET\s+DATA\s+)?TYPE\b[^,;]*/gi,
  /\bSET\s+NOT\s+NULL\b/gi,
  /\bADD\s+(?:COLUMN\s+)?(?:IF\s+NOT\s+EXISTS\s+)?(?!CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN|EXCLUDE)\w+(?=[^,;]*\bNOT\s+NULL\b)(?![^,;]*\b(?:DEFAULT|GENERATED)\b)[^,;]*/gi,
  /\bREVOKE\b[^;]*\bFROM\s+(?!PUBLIC\b)\w+/gi,
  /\bTRUNCATE\b[^,;]*/gi,
];

/** Comments, and texts in quotes or dollars: what stands there is no statement of the migration. */
const unspoken = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$/g;

/** The parts of a migration that take away what a release of before may use; none when it only adds. */
export function findContracting(sql: string): string[] {
  const spoken = sql.replace(unspoken, "''");
  return contracting.flatMap((pattern) =>
    [...spoken.matchAll(pattern)].map(([part]) => part.replace(/\s+/g, ' ').trim()),
  );
}
