import assert from "node:assert/strict";
import { test } from "node:test";
import { having, over, same } from "../src/timeline/address.ts";
import type { Mark } from "../src/timeline/data.ts";
import { bounds, CLOSEST, dateOf, dayOf, daysIn, isoOf, isWhole, moved, ticks, within, zoomed } from "../src/timeline/days.ts";
import { keyed } from "../src/timeline/keys.ts";
import { fitting, layoutLane, placeOf, sizeOf, type Room } from "../src/timeline/layout.ts";

const MONTHS = ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];
const whole = bounds("2018-01-01", "2021-12-31");
const measure = (text: string): number => text.length * 6;

function mark(id: string, first: string, last = first, more: Partial<Mark> = {}): Mark {
  const rest = { n: 0, lane: 0, ties: [], factuality: "happened", origins: 1, clash: "", tone: "talks", when: first };
  return { id, first, last, name: `Gespräch: Person ${id}`, ...rest, ...more };
}

function room(from: string, to: string, more: Partial<Room> = {}): Room {
  return { view: { from: dayOf(from), to: dayOf(to) }, width: 1000, size: 14, most: 7, wish: 0, measure, ...more };
}

test("days go to numbers and back, also before 1970 and in early years", () => {
  for (const iso of ["0099-03-01", "1648-10-24", "1969-12-31", "1970-01-01", "2000-02-29", "2024-12-31"])
    assert.equal(isoOf(dayOf(iso)), iso);
  assert.equal(dayOf("2020-03-01") - dayOf("2020-02-28"), 2);
  assert.equal(dateOf(dayOf("2019-05-06")).getUTCDate(), 6);
});

test("what is in view never leaves the whole, whatever one does", () => {
  let view = whole;
  for (let step = 0; step < 400; step += 1) {
    const at = whole.from + ((step * 37) % Math.floor(whole.to - whole.from));
    view = step % 3 === 0 ? moved(view, ((step % 7) - 3) * 90, whole) : zoomed(view, [0.3, 1.7, 2.4][step % 3] ?? 1, whole, at);
    assert.ok(view.from >= whole.from - 1e-6 && view.to <= whole.to + 1e-6);
    assert.ok(view.to - view.from >= CLOSEST - 1e-6);
  }
});

test("zooming keeps the day under the pointer where it is", () => {
  const at = dayOf("2019-04-01");
  const before = within({ from: dayOf("2019-01-01"), to: dayOf("2020-01-01") }, whole);
  const after = zoomed(before, 2, whole, at);
  const place = (view: { from: number; to: number }): number => (at - view.from) / (view.to - view.from);
  assert.ok(Math.abs(place(before) - place(after)) < 1e-9);
  assert.ok(Math.abs((after.to - after.from) * 2 - (before.to - before.from)) < 1e-9);
});

test("a single day has room around it, and the whole names no days", () => {
  const one = bounds("2021-05-01", "2021-05-01");
  assert.ok(one.to - one.from >= CLOSEST);
  assert.ok(isWhole(whole, whole));
  assert.ok(!isWhole(zoomed(whole, 1.1, whole), whole));
  assert.deepEqual(daysIn({ from: dayOf("2021-05-01"), to: dayOf("2021-05-03") }), ["2021-05-01", "2021-05-02"]);
});

test("ticks are no more than asked for, in order, and start where calendars do", () => {
  for (const [from, to] of [["2021-01-01", "2021-01-20"], ["2021-01-01", "2021-04-01"], ["2018-01-01", "2021-12-31"], ["1500-01-01", "2024-01-01"]]) {
    const view = { from: dayOf(from ?? ""), to: dayOf(to ?? "") };
    const found = ticks(view, 22, MONTHS);
    assert.ok(found.length > 1 && found.length <= 27, `${found.length} ticks from ${from}`);
    assert.deepEqual(found.map((tick) => tick.day), found.map((tick) => tick.day).toSorted((a, b) => a - b));
    assert.ok(found.every((tick) => tick.day >= view.from && tick.day <= view.to && tick.label));
  }
  assert.deepEqual(ticks({ from: dayOf("2018-01-01"), to: dayOf("2021-12-31") }, 5, MONTHS).map((tick) => tick.label), ["2018", "2019", "2020", "2021"]);
});

test("marks of one lane never touch each other, nor do their labels", () => {
  const marks = Array.from({ length: 60 }, (_, n) => {
    const day = isoOf(dayOf("2021-01-01") + ((n * 17) % 330));
    return mark(String(n), day, n % 5 ? day : isoOf(dayOf(day) + 30));
  });
  for (const wish of [0, 170]) {
    const { placed, clusters } = layoutLane(marks, room("2021-01-01", "2022-01-01", { wish }));
    assert.equal(placed.length + clusters.reduce((sum, one) => sum + one.count, 0), 60);
    for (const one of placed)
      for (const other of placed) {
        if (one === other || one.row !== other.row) continue;
        assert.ok(one.x1 <= other.x0 || other.x1 <= one.x0, "marks overlap");
        const reach = (p: typeof one): [number, number] =>
          p.before ? [p.x0 - 5 - measure(p.label), p.x1] : [p.x0, p.label ? p.x1 + 5 + measure(p.label) : p.x1];
        const [a, b] = [reach(one), reach(other)];
        assert.ok(a[1] <= b[0] || b[1] <= a[0], `labels overlap: ${one.label} / ${other.label}`);
      }
  }
});

test("too many marks in one place become a count that knows its days; nothing is lost", () => {
  const marks = Array.from({ length: 120 }, (_, n) => mark(String(n), isoOf(dayOf("2021-06-01") + (n % 5))));
  const { placed, clusters, rows } = layoutLane(marks, room("2001-01-01", "2041-01-01"));
  assert.equal(placed.length, 0);
  assert.equal(clusters.length, 1);
  assert.equal(clusters[0]?.count, 120);
  assert.deepEqual([isoOf(clusters[0]?.first ?? 0), isoOf((clusters[0]?.last ?? 0) - 1)], ["2021-06-01", "2021-06-05"]);
  assert.equal(rows, 1);
});

test("a bar lies over exactly its days and keeps its symbol in sight", () => {
  const inView = room("2021-03-01", "2021-04-01");
  const month = layoutLane([mark("m", "2021-03-01", "2021-03-31")], inView).placed[0];
  assert.ok(month?.bar);
  assert.equal(Math.round(month.x0), 0);
  assert.equal(Math.round(month.x1), Math.round(placeOf(dayOf("2021-04-01"), inView)));
  const year = layoutLane([mark("y", "2020-01-01", "2021-03-15")], inView).placed[0];
  assert.ok(year && year.at > 0 && year.at < placeOf(dayOf("2021-03-16"), inView));
  assert.equal(layoutLane([mark("o", "2020-01-01")], inView).placed.length, 0);
});

test("a day is a mark, however close one looks", () => {
  const [day] = layoutLane([mark("d", "2021-03-02")], room("2021-03-01", "2021-03-08")).placed;
  assert.equal(day?.bar, false);
});

test("marks grow with independent origins up to three", () => {
  assert.deepEqual([0, 1, 2, 3, 9].map((n) => Math.round(sizeOf(n, 10))), [10, 10, 12, 14, 14]);
});

test("labels are cut at words, or left out", () => {
  assert.equal(fitting("Gespräch: Rouwaïdi – Wien", 999, measure), "Gespräch: Rouwaïdi – Wien");
  assert.equal(fitting("Gespräch: Rouwaïdi – Wien", 125, measure), "Gespräch: Rouwaïdi …");
  assert.equal(fitting("Gespräch: Rouwaïdi – Wien", 20, measure), "");
});

test("addresses: other days, the same filters, the list from its beginning", () => {
  assert.equal(over("/chronicle?type=AID&offset=50&from=2018-01-01", ["2019-01-01", "2019-02-01"]), "/chronicle?type=AID&from=2019-01-01&to=2019-02-01");
  assert.equal(over("/chronicle?from=2018-01-01&to=2018-02-01", null), "/chronicle");
  assert.equal(having("/a?x=1", { y: "2" }), "/a?x=1&y=2");
  assert.ok(same("/a?x=1&x=2&y=%C3%A4", "/a?y=ä&x=2&x=1"));
  assert.ok(!same("/a?x=1", "/a?x=2"));
});

test("keys zoom everywhere, and move only inside the drawing", () => {
  const view = within({ from: dayOf("2019-01-01"), to: dayOf("2020-01-01") }, whole);
  assert.deepEqual(keyed("0", view, whole, false), whole);
  assert.equal(keyed("ArrowLeft", view, whole, false), null);
  assert.equal(keyed("Home", view, whole, true)?.from, whole.from);
  assert.equal(keyed("End", view, whole, true)?.to, whole.to);
  const right = keyed("ArrowRight", view, whole, true);
  assert.ok(right && right.from > view.from && right.to - right.from === view.to - view.from);
  assert.equal(keyed("x", view, whole, true), null);
  const at = dayOf("2019-02-01");
  const near = keyed("+", view, whole, true, at);
  assert.ok(near && near.from < at && near.to > at && near.to - near.from < view.to - view.from);
});
