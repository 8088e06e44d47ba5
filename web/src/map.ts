// The page of the map: its drawing, also after a part of the page was exchanged.
import { MapView } from "./map/view.ts";
import { bindPanel, followList } from "./timeline/panel.ts";

const mounted = new WeakMap<HTMLElement, MapView>();

function mount(): void {
  for (const root of document.querySelectorAll<HTMLElement>("[data-map]")) {
    const known = mounted.get(root);
    if (known) known.refresh();
    else mounted.set(root, new MapView(root));
  }
  for (const tools of document.querySelectorAll<HTMLElement>("[data-with-script]")) tools.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-zoom]") : null;
  const root = button && document.querySelector<HTMLElement>("[data-map]");
  if (button && root) mounted.get(root)?.command(button.dataset["zoom"] ?? "");
});
document.addEventListener("htmx:after:swap", (event) => {
  const target = (event as CustomEvent<{ ctx?: { target?: Element } }>).detail.ctx?.target;
  if (target instanceof HTMLElement && (target.tagName === "DATALIST" || target.dataset["choices"])) return;
  mount();
  followList();
});
mount();
bindPanel();
