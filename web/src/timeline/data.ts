// What the server sends for the drawing, under the same filters as the list beside it.

/** A lane: its name, and the colour of the kind of event where the lane is one of kinds. */
export interface Lane {
  id: string;
  name: string;
  tone: string;
  href: string;
}

/** An event with days: `n` is its place in the list, `ties` are further lanes it belongs to. */
export interface Mark {
  id: string;
  n: number;
  lane: number;
  ties: number[];
  first: string;
  last: string;
  factuality: string;
  origins: number;
  clash: string;
  tone: string;
  name: string;
  when: string;
}

/** Events that are too many to be drawn one by one: those of a lane that begin in these days. */
export interface Bucket {
  lane: number;
  first: string;
  last: string;
  count: number;
}

/** A stretch of days without any event, with its length in words. */
export interface Silence {
  first: string;
  last: string;
  told: string;
}

/** How much there is of each time over the whole period: first and last day of a bar, and how many events. */
export type Bar = [first: string, last: string, count: number];

export interface Labels {
  months: string[];
  events: string;
  zoom: string;
  nothing: string;
  drawing: string;
  strip: string;
  from: string;
  to: string;
}

export interface Answer {
  span: [string, string] | null;
  total: number;
  lanes: Lane[];
  marks: Mark[];
  buckets: Bucket[];
  silences: Silence[];
  strip: Bar[];
  labels: Labels;
}
