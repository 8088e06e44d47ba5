import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Topology } from "topojson-specification";
import { added, isReal, LANES, type Place } from "../src/map/data.ts";
import { bulk, EUROPE, fitted, globe, middle, reach, scaleOf, type Spot, type Weighed } from "../src/map/globe.ts";
import { around, boxOf, crosses, inside, setNames, type Box } from "../src/map/labels.ts";
import { arcs, closer, clustered, radiusOf, REACH, type Located } from "../src/map/spots.ts";
import { atEnd, stepped } from "../src/map/time.ts";
import { lands } from "../src/map/world.ts";
import { bounds, isWhole } from "../src/timeline/days.ts";

const WIEN: Spot = [16.37, 48.21];
const BERLIN: Spot = [13.41, 52.52];
const GENF: Spot = [6.15, 46.2];
const TOKIO: Spot = [139.7, 35.7];
const SANTIAGO: Spot = [-70.6, -33.4];

function place(id: string, events = 1, more: Partial<Place> = {}): Place {
  const known = { lat: 0, lon: 0, radius: 5, states: [], precision: "Ort", counted: `${events}`, told: { happened: events } };
  return { id, name: id, drawing: "point", events, lanes: { talks: events }, ...known, ...more };
}

function spot(id: string, x: number, y: number, events = 1): Located {
  return { place: place(id, events), x, y };
}

function weighed(spots: readonly Spot[], weight = 1): Weighed[] {
  return spots.map((one) => ({ spot: one, weight }));
}

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

test("no spots touch after they were joined, and no event is lost", () => {
  const next = numbers(7);
  for (const size of [1, 2, 30, 300]) {
    const spots = Array.from({ length: size }, (_, n) => spot(`p${n}`, next() * 600, next() * 400, 1 + Math.floor(next() * 20)));
    const found = clustered(spots);
    for (const [n, a] of found.entries())
      for (const b of found.slice(n + 1))
        assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= Math.max(a.r, REACH) + Math.max(b.r, REACH), `${size} spots`);
    const total = (all: readonly { events: number }[]): number => all.reduce((sum, one) => sum + one.events, 0);
    assert.equal(total(found), total(spots.map((one) => one.place)));
    assert.equal(found.flatMap((one) => one.places).length, size);
    assert.deepEqual(found.map((one) => one.events), found.map((one) => one.events).sort((a, b) => b - a));
  }
});

test("what stands alone stands where it is; joined ones between theirs, nearer to the heavier", () => {
  const [alone] = clustered([spot("a", 10.25, 20.75)]);
  assert.deepEqual([alone?.x, alone?.y], [10.25, 20.75]);
  const [both] = clustered([spot("a", 0, 0, 9), spot("b", 10, 0, 1)]);
  assert.equal(both?.x, 1);
  assert.deepEqual(both?.places.map((one) => one.id), ["a", "b"]);
  assert.ok((both?.r ?? 0) > radiusOf(10));
});

test("the order of spots does not change what is joined", () => {
  const next = numbers(11);
  const spots = Array.from({ length: 60 }, (_, n) => spot(`p${n}`, next() * 300, next() * 300, 1 + (n % 4)));
  const told = (all: readonly Located[]): string[] => clustered(all).map((one) => one.places.map((p) => p.id).join(" "));
  assert.deepEqual(told([...spots].reverse()), told(spots));
});

test("looking closer by what is told sets spots apart; on one spot it never does", () => {
  const near = [spot("a", 100, 100), spot("b", 104, 100)];
  const factor = closer(near);
  assert.equal(clustered(near.map((one) => ({ ...one, x: one.x * factor * 1.01, y: one.y }))).length, 2);
  assert.equal(closer([spot("a", 5, 5), spot("b", 5, 5)]), Infinity);
});

test("a ring has a part for each kind, in the order of the lanes, and is full", () => {
  const parts = arcs({ force: 1, talks: 3, other: 5 }, LANES);
  assert.deepEqual(parts.map((one) => one.lane), ["talks", "force"]);
  assert.deepEqual(parts.map((one) => [one.from, one.length]), [[0, 75], [75, 25]]);
  assert.deepEqual(arcs({}, LANES), []);
});

test("only what is told as happening is drawn as real", () => {
  assert.ok(isReal({ denied: 3, ongoing: 1 }));
  assert.ok(!isReal({ planned: 2, alleged: 1 }));
  assert.ok(isReal({}), "where kinds were not counted, nothing is called unreal");
  assert.deepEqual(added([{ talks: 1 }, { talks: 2, harm: 1 }]), { talks: 3, harm: 1 });
});

test("the middle of places lies among them, also across the date line", () => {
  const [lon = 0, lat = 0] = middle([WIEN, BERLIN, GENF]) ?? [];
  assert.ok(lon > 6 && lon < 17 && lat > 46 && lat < 53);
  const [across = 0] = middle([[179, 0], [-179, 0]]) ?? [];
  assert.ok(Math.abs(Math.abs(across) - 180) < 1e-6);
  assert.equal(middle([[0, 0], [180, 0]]), null);
  assert.equal(reach([], EUROPE), 0);
});

test("a place far off does not take the others out of sight", () => {
  const europe = [WIEN, BERLIN, GENF, WIEN, BERLIN];
  assert.deepEqual(bulk(weighed([...europe, TOKIO])), europe);
  assert.deepEqual(bulk([...weighed(europe), { spot: TOKIO, weight: 20 }]), [TOKIO]);
  assert.equal(bulk(weighed([WIEN, SANTIAGO, TOKIO])).length, 3);
  assert.deepEqual(bulk([]), []);
});

test("what is in view at the start lies in it, whatever the size of the drawing", () => {
  for (const [width, height] of [[328, 300], [940, 560], [1600, 640]] as const)
    for (const places of [[WIEN], [WIEN, BERLIN, GENF], [WIEN, TOKIO, SANTIAGO], []]) {
      const { projection, faces } = globe(weighed(places), width, height);
      for (const one of places.length ? places : [EUROPE]) {
        const [x = -1, y = -1] = projection([...one]) ?? [];
        assert.ok(faces(one) && x >= 0 && x <= width && y >= 0 && y <= height, `${one} in ${width} by ${height}`);
      }
    }
});

test("a single town is shown with the land around it", () => {
  const { projection } = globe(weighed([WIEN]), 900, 560);
  assert.ok(900 / scaleOf(projection) > 1500, "kilometres across");
  const [x = 0, y = 0] = projection([...WIEN]) ?? [];
  assert.ok(Math.hypot(x - 450, y - 280) < 2);
});

test("all places come into view with one step", () => {
  const { k, at } = fitted([[0, 0], [4000, 100], [100, 900]], 800, 500);
  for (const [x, y] of [[0, 0], [4000, 100], [100, 900]] as const) {
    assert.ok(Math.abs(x - at[0]) * k <= 400 && Math.abs(y - at[1]) * k <= 250);
  }
});

test("names cover neither spots nor each other and stay in the drawing", () => {
  const next = numbers(3);
  const taken: Box[] = Array.from({ length: 20 }, () => {
    const [x, y] = [next() * 500, next() * 300];
    return { x0: x, y0: y, x1: x + 20, y1: y + 20 };
  });
  const before = taken.length;
  const wishes = Array.from({ length: 80 }, (_, n) => {
    const [x, y] = [next() * 500, next() * 300];
    return { what: n, width: 50, height: 15, stands: n % 2 ? around(x, y, 10) : inside(x, y, 18) };
  });
  const found = setNames(wishes, taken, { x0: 0, y0: 0, x1: 500, y1: 300 });
  assert.ok(found.length > 5);
  const boxes = found.map((one) => boxOf(one.stand, 50, 15));
  for (const [n, box] of boxes.entries()) {
    assert.ok(box.x0 >= 0 && box.y0 >= 0 && box.x1 <= 500 && box.y1 <= 300);
    for (const other of [...taken.slice(0, before), ...boxes.slice(n + 1)]) assert.ok(!crosses(box, other));
  }
});

test("playing goes through the whole time once and ends", () => {
  const whole = bounds("2018-01-01", "2021-12-31");
  let view = stepped(whole, 1, whole);
  assert.equal(view.from, whole.from);
  let steps = 1;
  for (; !atEnd(view, whole) && steps < 50; steps += 1) {
    const next = stepped(view, 1, whole);
    assert.ok(next.from > view.from && next.to <= whole.to + 1e-6);
    view = next;
  }
  assert.equal(steps, 12);
  assert.ok(!atEnd(whole, whole) && isWhole(whole, whole));
  assert.equal(stepped(whole, -1, whole).to, whole.to);
});

test("states are known by their numbers, and Kosovo, which has none, by its name", () => {
  const world = JSON.parse(readFileSync("node_modules/world-atlas/countries-110m.json", "utf8")) as Topology;
  const found = lands(world, { "040": ["AT", "Österreich"], Kosovo: ["XK", "Kosovo"] });
  const named = found.filter((one) => one.code);
  assert.deepEqual(named.map((one) => one.name).sort(), ["Kosovo", "Österreich"]);
  const [lon = 0, lat = 0] = named.find((one) => one.code === "AT")?.at ?? [];
  assert.ok(lon > 9.5 && lon < 17.2 && lat > 46.3 && lat < 49.1);
  assert.ok(found.length > 170);
});
