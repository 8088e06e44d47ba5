// What an answer of the review still needs before it can be sent. No DOM here, so that it can be tested.
export type Asks = "" | "note" | "name";

export function isAsks(text: string | undefined): text is Asks {
  return text === "" || text === "note" || text === "name";
}

/** The name of the form's field that is missing for an answer, undefined where nothing is. */
export function missing(asks: Asks, note: string, name: string): "note" | "q" | undefined {
  if (asks === "note" && note.trim() === "") return "note";
  if (asks === "name" && name.trim() === "") return "q";
  return undefined;
}

/** State of "all that are shown" for so many chosen of so many: all, none, or some. */
export function share(chosen: number, total: number): "all" | "none" | "some" {
  if (chosen === 0 || total === 0) return "none";
  return chosen === total ? "all" : "some";
}
