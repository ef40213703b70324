import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WallPlan, initialPlan } from '../src/main/resources/web/app/wall-plan.js';

const plan = (...tiles) => new WallPlan({ layout: 4, tiles });

test('clicking down a list fills the wall', () => {
  let wall = plan();
  for (const key of ['a', 'b', 'c', 'd']) wall = wall.placeSelected(key);
  assert.deepEqual(wall.visible, ['a', 'b', 'c', 'd']);
  assert.deepEqual(wall.placeSelected('e').visible, ['a', 'b', 'c', 'e'], 'a full wall replaces the selected tile');
});

test('choosing a stream that is shown only selects its tile', () => {
  const wall = plan('a', 'b').placeSelected('b');
  assert.deepEqual(wall.visible, ['a', 'b', null, null]);
  assert.equal(wall.selected, 1);
});

test('dropping a tile onto another swaps them', () => {
  assert.deepEqual(plan('a', 'b', 'c').place('a', 2).visible, ['c', 'b', 'a', null]);
});

test('a stream never stands in two tiles, not even in hidden ones', () => {
  const wall = new WallPlan({ layout: 9, tiles: ['a', 'b', 'c', 'd', 'e'] }).withLayout(4).place('e', 0);
  assert.deepEqual(wall.withLayout(9).tiles.filter((key) => key === 'e'), ['e']);
});

test('a smaller layout forgets nothing', () => {
  const wall = new WallPlan({ layout: 9, tiles: ['a', 'b', 'c', 'd', 'e'], selected: 8 }).withLayout(4);
  assert.deepEqual(wall.visible, ['a', 'b', 'c', 'd']);
  assert.equal(wall.selected, 3);
  assert.equal(wall.withLayout(9).visible[4], 'e');
});

test('filling leaves what is shown and adds only what is not', () => {
  assert.deepEqual(plan('b', null, 'x').fill(['a', 'b', 'c', 'd']).visible, ['b', 'a', 'x', 'c']);
});

test('fills by itself only until somebody chooses', () => {
  assert.equal(plan().automatic, true);
  assert.equal(plan().fill(['a']).automatic, true);
  assert.equal(plan().select(2).automatic, true);
  for (const chosen of [plan().place('a', 0), plan('a').remove(0), plan().clear()]) assert.equal(chosen.automatic, false);
});

test('an address wins over what is remembered', () => {
  const remembered = JSON.parse(JSON.stringify(plan('x')));
  assert.deepEqual(initialPlan(new URLSearchParams('streams=a,b@sub'), remembered).visible, ['a', 'b@sub', null, null]);
  assert.equal(initialPlan(new URLSearchParams('streams=a'), remembered).layout, 1);
  assert.equal(initialPlan(new URLSearchParams('streams=a&layout=9'), remembered).layout, 9);
  assert.deepEqual(initialPlan(new URLSearchParams('layout=16'), remembered).visible[0], 'x');
  assert.equal(initialPlan(new URLSearchParams('layout=5'), null).layout, 4);
});

test('survives whatever stands in the storage', () => {
  for (const odd of [{ layout: 'many', tiles: [1, {}, 'a'], selected: 99 }, {}, { tiles: 'abc' }]) {
    const wall = initialPlan(new URLSearchParams(), odd);
    assert.equal(wall.layout, 4);
    assert.equal(wall.tiles.length, 16);
  }
});
