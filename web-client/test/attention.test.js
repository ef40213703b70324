import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchAttention } from '../src/main/resources/web/player/attention.js';

class Page extends EventTarget {
  hidden = false;

  show(shown) {
    this.hidden = !shown;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

test('a page that is hidden for a moment is not left', async () => {
  const page = new Page();
  const told = [];
  const end = watchAttention((looking) => told.push(looking), { page, awayMs: 5000 });
  page.show(false);
  page.show(true);
  assert.deepEqual(told, []);
  end();
});

test('tells when nobody looks any more, and when somebody does again', async () => {
  const page = new Page();
  const told = [];
  let hear = () => {};
  const end = watchAttention((looking) => { told.push(looking); hear(); }, { page, awayMs: 1 });
  const away = new Promise((resolve) => { hear = resolve; });
  page.show(false);
  await away;
  page.show(true);
  page.show(true);
  assert.deepEqual(told, [false, true]);
  end();
  page.show(false);
  assert.deepEqual(told, [false, true]);
});
