import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen, codePoints, firstWhere, isLayer, layerOf, passage, stepped, switched, unitsOf, withLayers } from "../src/article/marks.ts";

test("a layer is switched in its order", () => {
  assert.deepEqual(switched(["events"], "names"), ["names", "events"]);
  assert.deepEqual(switched(["names", "events"], "events"), ["names"]);
  assert.deepEqual(switched(["names"], "none"), []);
  assert.deepEqual(switched(["names"], "nothing-of-ours"), ["names"]);
});

test("the address tells the layers and keeps what else it says", () => {
  assert.equal(withLayers("?at=3-9&layers=none", ["names", "events"]), "?at=3-9&layers=names,events");
  assert.equal(withLayers("", []), "?layers=none");
});

test("identifiers tell their layer", () => {
  assert.equal(layerOf("e12"), "names");
  assert.equal(layerOf("v1"), "events");
  assert.equal(layerOf("x1"), undefined);
  assert.ok(isLayer("zones"));
  assert.ok(!isLayer("none"));
});

test("a click chooses the shortest mark of the layers shown, the next click the next", () => {
  const refs = ["e1", "q2", "c3"];
  assert.equal(chosen(refs, ["names", "quotations"], undefined), "e1");
  assert.equal(chosen(refs, ["names", "quotations"], "e1"), "q2");
  assert.equal(chosen(refs, ["names", "quotations"], "q2"), "e1");
  assert.equal(chosen(refs, ["claims"], "e1"), "c3");
  assert.equal(chosen(refs, ["times"], undefined), undefined);
  assert.equal(chosen([], ["names"], undefined), undefined);
});

test("steps stay within the list", () => {
  assert.equal(stepped(-1, 1, 3), 0);
  assert.equal(stepped(0, -1, 3), 0);
  assert.equal(stepped(2, 1, 3), 2);
});

test("places are counted in code points", () => {
  for (const words of ["", "Grüße", "a😀b", "😀😀", "\ud83d", "x\ude00y", "e\u0301"]) {
    assert.equal(codePoints(words), [...words].length);
    [...words].forEach((_, place, all) => {
      assert.equal(unitsOf(words, place), all.slice(0, place).join("").length);
    });
    assert.equal(unitsOf(words, 99), words.length);
  }
});

test("an address names a passage, or none", () => {
  assert.deepEqual(passage("?layers=names&at=12-30"), [12, 30]);
  assert.equal(passage("?at=30-12"), undefined);
  assert.equal(passage("?at=x"), undefined);
  assert.equal(passage("?what=1-2"), undefined);
});

test("the first place at which something holds", () => {
  for (let from = 0; from <= 7; from += 1) assert.equal(firstWhere(7, (place) => place >= from), from);
  assert.equal(firstWhere(0, () => true), 0);
});
