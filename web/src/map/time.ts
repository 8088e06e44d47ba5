// Moving through time in steps: the window that comes next, and whether there is one.
import { isWhole, moved, within, type Stretch } from "../timeline/days.ts";

/** Steps in which the whole time passes where nobody has chosen a window. */
const STEPS = 12;

export function stepped(view: Stretch, by: 1 | -1, whole: Stretch): Stretch {
  if (isWhole(view, whole)) {
    const length = (whole.to - whole.from) / STEPS;
    return by > 0
      ? within({ from: whole.from, to: whole.from + length }, whole)
      : within({ from: whole.to - length, to: whole.to }, whole);
  }
  return moved(view, by * (view.to - view.from), whole);
}

export function atEnd(view: Stretch, whole: Stretch): boolean {
  return !isWhole(view, whole) && view.to >= whole.to - 0.5;
}
