/** Gives names that nobody has yet: "Service", then "Service 2". Comparing ignores case and outer spaces. */
export function nameGiver(taken: Iterable<string>): (wanted: string) => string {
  const used = new Set([...taken].map((name) => name.trim().toLowerCase()));
  /** The next number to try by stem, so that many copies of one name do not count from 2 each time. */
  const next = new Map<string, number>();
  return (wanted) => {
    const base = wanted.trim() === '' ? 'Component' : wanted.trim();
    let name = base;
    if (used.has(base.toLowerCase())) {
      const stem = base.replace(/ \d+$/, '');
      let number = next.get(stem) ?? 2;
      while (used.has(`${stem} ${number}`.toLowerCase())) number += 1;
      next.set(stem, number + 1);
      name = `${stem} ${number}`;
    }
    used.add(name.toLowerCase());
    return name;
  };
}
