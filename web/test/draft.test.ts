import assert from "node:assert/strict";
import { test } from "node:test";
import { needsLook, nextFit } from "../src/draft/steps.ts";

test("what is wrong, unsure or not found needs a look", () => {
  assert.ok(needsLook(["draft-row", "bad"]));
  assert.ok(needsLook(["unfound", "opens"]));
  assert.ok(!needsLook(["draft-row", "good", "ticked"]));
});

test("steps go to the next that fits and stay where there is none", () => {
  const fits = [false, true, false, true];
  assert.equal(nextFit(fits, -1, 1), 1);
  assert.equal(nextFit(fits, 1, 1), 3);
  assert.equal(nextFit(fits, 3, 1), 3);
  assert.equal(nextFit(fits, 3, -1), 1);
  assert.equal(nextFit(fits, 1, -1), 1);
  assert.equal(nextFit(fits, -1, -1), 3);
  assert.equal(nextFit([], -1, 1), -1);
});
