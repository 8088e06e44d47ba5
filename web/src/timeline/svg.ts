// Elements of a drawing, made without a word of markup.
const NAMESPACE = "http://www.w3.org/2000/svg";

export type Attributes = Record<string, string | number | null>;

export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(NAMESPACE, name);
  set(made, attributes);
  made.append(...children);
  return made;
}

/** Set attributes; null removes one. Numbers are written with one decimal, which no screen can tell from more. */
export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes))
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, typeof value === "number" ? String(Math.round(value * 10) / 10) : value);
}

let context: CanvasRenderingContext2D | null = null;

/** Width of a text as the labels of the drawing are set. */
export function measured(text: string): number {
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return text.length * 6;
  context.font = "11.5px 'Inter Variable', Inter, sans-serif";
  return context.measureText(text).width;
}

export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
