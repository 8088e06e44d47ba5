// Who rests on whom: pointing at a name, or focusing it, shows its edges and lets the others step back.
import { linked } from "./graph/linked.ts";

function light(graph: SVGSVGElement, key: string): void {
  const edges = [...graph.querySelectorAll<SVGElement>("[data-from]")];
  const names = [...graph.querySelectorAll<SVGElement>("[data-node]")];
  const found = linked(
    edges.map((edge) => [edge.dataset["from"] ?? "", edge.dataset["to"] ?? ""]),
    key,
  );
  graph.classList.toggle("lit", key !== "");
  for (const [n, edge] of edges.entries()) edge.classList.toggle("on", found.edges.has(n));
  for (const name of names) name.classList.toggle("on", found.nodes.has(name.dataset["node"] ?? ""));
}

function keyOf(target: EventTarget | null): string {
  return (target instanceof Element && target.closest("[data-node]")?.getAttribute("data-node")) || "";
}

for (const [began, ended] of [
  ["pointerover", "pointerout"],
  ["focusin", "focusout"],
] as const) {
  document.addEventListener(began, (event) => {
    const graph = event.target instanceof Element ? event.target.closest<SVGSVGElement>("svg.graph") : null;
    const key = keyOf(event.target);
    if (graph && key) light(graph, key);
  });
  document.addEventListener(ended, (event) => {
    const graph = event.target instanceof Element ? event.target.closest<SVGSVGElement>("svg.graph") : null;
    // A name that has the focus stays lit when the pointer leaves another one.
    if (graph && keyOf(event.target)) light(graph, began === "pointerover" ? keyOf(document.activeElement) : "");
  });
}
