import assert from "node:assert/strict";
import { test } from "node:test";
import { filled, joined, problemOf, sizeWords, total, type Chosen } from "../src/jobs/files.ts";
import { parsed } from "../src/jobs/sending.ts";

const one = (path: string, text: string): Chosen => ({
  file: new File([text], path.split("/").at(-1) ?? path, { lastModified: 1 }),
  path,
});

test("a file that is chosen twice is sent once, one of the same name from another folder as well", () => {
  const first = one("a/x.txt", "eins");
  const found = joined([first], [one("a/x.txt", "eins"), one("b/x.txt", "eins"), one("a/x.txt", "andere")]);
  assert.deepEqual(
    found.map((chosen) => chosen.path),
    ["a/x.txt", "b/x.txt", "a/x.txt"],
  );
  assert.equal(total(found), 14);
});

test("too many and too large is told before anything is sent", () => {
  const chosen = [one("x.txt", "x".repeat(3000)), one("y.txt", "y")];
  assert.equal(problemOf(chosen, 1_000_000, 5), undefined);
  assert.equal(problemOf(chosen, 3000, 5), "too-large");
  assert.equal(problemOf(chosen, 1_000_000, 1), "too-many");
  assert.equal(problemOf([], 0, 0), "too-large");
});

test("sizes are written as the language does", () => {
  assert.equal(sizeWords(0, "de"), "0 B");
  assert.equal(sizeWords(999, "de"), "999 B");
  assert.equal(sizeWords(2048, "en"), "2 KB");
  assert.equal(sizeWords(3.46 * 1024 * 1024, "de"), "3,5 MB");
  assert.equal(sizeWords(512 * 1024 * 1024, "en"), "512 MB");
});

test("placeholders are filled, unknown ones stay", () => {
  assert.equal(filled("{count} Dateien, {size}, {x}", { count: "3", size: "1 KB" }), "3 Dateien, 1 KB, {x}");
});

test("an answer that is no JSON is none", () => {
  assert.deepEqual(parsed('{"job": "/jobs/job-1"}'), { job: "/jobs/job-1" });
  assert.equal(parsed("<html>"), undefined);
  assert.equal(parsed("null"), undefined);
});
