import type { ReactNode } from 'react';

type CountTableProps = {
  readonly caption: string;
  readonly counts: Readonly<Record<string, number>>;
};

export function CountTable({ caption, counts }: CountTableProps): ReactNode {
  return (
    <table>
      <caption className="label">{caption}</caption>
      <tbody>
        {Object.entries(counts).map(([name, count]) => (
          <tr key={name}>
            <th scope="row">{wordsOf(name)}</th>
            <td>{count.toLocaleString('en')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `CROSS_REF` as one reads it: "Cross ref". */
export function wordsOf(name: string): string {
  const words = name.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
