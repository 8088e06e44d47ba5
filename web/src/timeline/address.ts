// Addresses of what is shown: the filters of the page with other days, without the page of the list one was on.

/** The same question over other days; null: over all time. */
export function over(address: string, days: [string, string] | null): string {
  const [path = "", query = ""] = address.split("?");
  const wanted = new URLSearchParams(query);
  for (const name of ["from", "to", "offset"]) wanted.delete(name);
  if (days) {
    wanted.set("from", days[0]);
    wanted.set("to", days[1]);
  }
  const text = wanted.toString();
  return text ? `${path}?${text}` : path;
}

export function having(address: string, values: Record<string, string>): string {
  const [path = "", query = ""] = address.split("?");
  const wanted = new URLSearchParams(query);
  for (const [name, value] of Object.entries(values)) wanted.set(name, value);
  return `${path}?${wanted.toString()}`;
}

/** Whether two addresses ask the same, in whatever order. */
export function same(one: string, other: string): boolean {
  const sorted = (address: string): string => {
    const [path = "", query = ""] = address.split("?");
    const pairs = [...new URLSearchParams(query)].map(([name, value]) => `${name}=${value}`).sort();
    return [path, ...pairs].join("\n");
  };
  return sorted(one) === sorted(other);
}
