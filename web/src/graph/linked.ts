// Which edges a name has, and which names are at their other ends.

export interface Linked {
  edges: Set<number>;
  nodes: Set<string>;
}

export function linked(edges: readonly (readonly [string, string])[], key: string): Linked {
  const found: Linked = { edges: new Set(), nodes: new Set(key ? [key] : []) };
  for (const [n, [from, to]] of edges.entries()) {
    if (!key || (from !== key && to !== key)) continue;
    found.edges.add(n);
    found.nodes.add(from).add(to);
  }
  return found;
}
