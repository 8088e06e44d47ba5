// Which key leads where.
import { moved, zoomed, type Stretch } from "./days.ts";

/**
 * The stretch that a key brings into view, null where it is none of ours. Keys that move the page as well (arrows, Home,
 * End) are ours only inside the drawing; `at` is the day that stays where it is.
 */
export function keyed(key: string, view: Stretch, whole: Stretch, inside: boolean, at?: number): Stretch | null {
  const quarter = (view.to - view.from) / 4;
  const everywhere: Record<string, () => Stretch> = {
    "+": () => zoomed(view, 2, whole, at),
    "-": () => zoomed(view, 0.5, whole, at),
    "0": () => whole,
  };
  const within: Record<string, () => Stretch> = {
    "=": () => zoomed(view, 2, whole, at),
    ArrowLeft: () => moved(view, -quarter, whole),
    ArrowRight: () => moved(view, quarter, whole),
    Home: () => moved(view, whole.from - view.from, whole),
    End: () => moved(view, whole.to - view.to, whole),
  };
  return (everywhere[key] ?? (inside ? within[key] : undefined))?.() ?? null;
}
