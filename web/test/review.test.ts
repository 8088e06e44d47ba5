import assert from "node:assert/strict";
import { test } from "node:test";
import { isAsks, missing, share } from "../src/review/answers.ts";

test("an answer that needs a reason or a name names the field that is empty", () => {
  assert.equal(missing("note", "  ", "Irgendwer"), "note");
  assert.equal(missing("name", "warum", ""), "q");
  assert.equal(missing("note", "Dementi", ""), undefined);
  assert.equal(missing("name", "", "Irgendwer"), undefined);
  assert.equal(missing("", "", ""), undefined);
});

test("only what the server writes is understood", () => {
  assert.ok(isAsks("note"));
  assert.ok(isAsks(""));
  assert.ok(!isAsks("value"));
  assert.ok(!isAsks(undefined));
});

test("the box for all tells some from all", () => {
  assert.equal(share(0, 20), "none");
  assert.equal(share(3, 20), "some");
  assert.equal(share(20, 20), "all");
  assert.equal(share(0, 0), "none");
});
