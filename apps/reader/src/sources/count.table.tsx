import type { ReactNode } from 'react';
import { nameOfCount } from './count.name.ts';

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
            <th scope="row">{nameOfCount(name)}</th>
            <td>{count.toLocaleString('en')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
