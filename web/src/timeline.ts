// The page of the chronicle: its drawing, wherever the page has one, also after a part of the page was exchanged.
import { bindPanel, followList, tickAsTold } from "./timeline/panel.ts";
import { Timeline } from "./timeline/view.ts";

const mounted = new WeakMap<HTMLElement, Timeline>();

function mount(): void {
  for (const root of document.querySelectorAll<HTMLElement>("[data-timeline]")) {
    const known = mounted.get(root);
    if (known) known.refresh();
    else mounted.set(root, new Timeline(root));
  }
  for (const tools of document.querySelectorAll<HTMLElement>("[data-with-script]")) tools.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-zoom]") : null;
  const root = button && document.querySelector<HTMLElement>("[data-timeline]");
  if (button && root) mounted.get(root)?.command(button.dataset["zoom"] ?? "");
});
document.addEventListener("htmx:after:swap", (event) => {
  const target = (event as CustomEvent<{ ctx?: { target?: Element } }>).detail.ctx?.target;
  if (target instanceof HTMLElement && target.dataset["choices"]) tickAsTold(target);
  if (target instanceof HTMLElement && target.closest("#filters")) return;
  mount();
  followList();
});
mount();
bindPanel();
