// What was chosen for an upload: files with their paths, counted and checked before anything is sent.

export interface Chosen {
  readonly file: File;
  readonly path: string;
}

/** Problems that can be told before sending: too many files, or too much of them. */
export type Problem = "too-many" | "too-large" | undefined;

/** Files added to those that were there; the same path with the same size and date is the same file. */
export function joined(before: readonly Chosen[], added: readonly Chosen[]): Chosen[] {
  const keys = new Set(before.map(keyOf));
  const fresh: Chosen[] = [];
  for (const one of added) {
    const key = keyOf(one);
    if (keys.has(key)) continue;
    keys.add(key);
    fresh.push(one);
  }
  return [...before, ...fresh];
}

function keyOf(one: Chosen): string {
  return `${one.path}\n${one.file.size}\n${one.file.lastModified}`;
}

export function total(chosen: readonly { readonly file: { readonly size: number } }[]): number {
  return chosen.reduce((sum, one) => sum + one.file.size, 0);
}

/** The form around the files needs a little room, too. */
const AROUND = 400;

export function problemOf(chosen: readonly Chosen[], limit: number, most: number): Problem {
  if (chosen.length > most) return "too-many";
  return total(chosen) + AROUND * (chosen.length + 4) > limit ? "too-large" : undefined;
}

/** "12 KB", "3,4 MB" as the language writes it. */
export function sizeWords(bytes: number, lang: string): string {
  const units = ["B", "KB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${new Intl.NumberFormat(lang, { maximumFractionDigits: unit > 1 ? 1 : 0 }).format(value)} ${units[unit]}`;
}

/** A text of the page with its placeholders filled: "{count} files". */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
