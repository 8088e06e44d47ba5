import assert from "node:assert/strict";
import { test } from "node:test";
import { linked } from "../src/graph/linked.ts";

const EDGES: [string, string][] = [
  ["origin-0", "paper-0"],
  ["origin-0", "paper-1"],
  ["origin-1", "paper-1"],
];

test("a name lights its edges and the names at their other ends", () => {
  assert.deepEqual([...linked(EDGES, "origin-0").edges], [0, 1]);
  assert.deepEqual([...linked(EDGES, "origin-0").nodes].sort(), ["origin-0", "paper-0", "paper-1"]);
  assert.deepEqual([...linked(EDGES, "paper-1").edges], [1, 2]);
});

test("without a name nothing is lit, and a name without edges lights itself alone", () => {
  assert.equal(linked(EDGES, "").edges.size + linked(EDGES, "").nodes.size, 0);
  assert.deepEqual([...linked(EDGES, "paper-9").nodes], ["paper-9"]);
});
