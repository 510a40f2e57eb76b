"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const rows = [...document.querySelectorAll("tbody tr")];
  const number = (text) => (text === "" ? null : Number(text));
  const events = rows.map((row) => {
    const d = row.dataset;
    return {
      row, from: number(d.f), to: number(d.t), type: d.y, family: d.g, modality: d.m,
      about: "a" in d, negative: "n" in d, shown: true, text: null,
      actors: [...row.children[2].querySelectorAll("span")].map((s) => s.textContent),
    };
  });
  const dated = events.filter((e) => e.from !== null || e.to !== null);
  const order = ["politics", "statement", "government", "justice", "disaster", "business", "life", "move", "culture", "other"];
  const lanes = order.filter((family) => events.some((e) => e.family === family));
  const hues = { politics: 0, statement: 215, government: 265, justice: 290, disaster: 25, business: 160, life: 330, move: 190, culture: 45, other: 220 };

  function fill(select, values, most) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most);
    for (const [value, count] of sorted) {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = `${value} (${count})`;
      select.append(option);
    }
  }
  fill($("type"), events.map((e) => e.type), 100);
  fill($("actor"), events.flatMap((e) => e.actors), 300);
  fill($("modality"), events.map((e) => (e.negative ? "negative" : e.modality)), 9);

  // Days since 1970-01-01 to words; years before 1 are told as BC.
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const dateOf = (day) => new Date(Math.round(day) * 864e5);
  const yearWords = (y) => (y > 0 ? String(y) : `${1 - y} BC`);
  const words = (day) => {
    const d = dateOf(day);
    return `${d.getUTCDate()} ${months[d.getUTCMonth()]} ${yearWords(d.getUTCFullYear())}`;
  };
  const dayOf = (y, m) => {
    const d = new Date(0);
    d.setUTCFullYear(y, m, 1);
    return d.getTime() / 864e5;
  };

  const canvas = $("axis");
  const pen = canvas.getContext("2d");
  let width = 0, height = 0, left = 0, right = 1, marks = [], frame = 0;
  const GUTTER = 84, AXIS = 20, CROWD = 1500;
  const first = (e) => (e.from === null ? e.to : e.from);
  const last = (e) => (e.to === null ? e.from : e.to);

  // All that is shown; or, to begin with, not the few far dates that would make a dot of all others.
  function whole(begin) {
    const seen = dated.filter((e) => e.shown);
    const days = (seen.length ? seen : dated).map(first).sort((a, b) => a - b);
    if (!days.length) return;
    const end = (share) => days[Math.min(days.length - 1, Math.floor(days.length * share))];
    [left, right] = [days[0], days[days.length - 1]];
    if (begin && (end(0.85) - end(0.15)) * 5 < right - left) [left, right] = [end(0.15), end(0.85)];
    const margin = Math.max((right - left) * 0.03, 3);
    left -= margin;
    right += margin;
    moved();
  }

  const x = (day) => GUTTER + ((day - left) / (right - left)) * (width - GUTTER);

  function ticks() {
    const span = right - left;
    const room = Math.max(2, (width - GUTTER) / 90);
    const years = span / 365.25 / room;
    const found = [];
    if (years > 0.5) {
      const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((s) => s >= years) || 5000;
      let y = Math.ceil(dateOf(left).getUTCFullYear() / step) * step;
      for (; dayOf(y, 0) < right && found.length < 60; y += step) found.push([dayOf(y, 0), yearWords(y)]);
    } else if (span / room > 12) {
      const step = [1, 2, 3, 6].find((s) => s * 30 >= span / room) || 6;
      const d = dateOf(left);
      for (let m = d.getUTCFullYear() * 12 + Math.ceil(d.getUTCMonth() / step) * step; found.length < 60; m += step) {
        const y = Math.floor(m / 12);
        const day = dayOf(y, m - y * 12);
        if (day >= right) break;
        found.push([day, `${months[m - y * 12]} ${yearWords(y)}`]);
      }
    } else {
      const step = Math.max(1, Math.ceil(span / room));
      for (let day = Math.ceil(left); day < right && found.length < 60; day += step) found.push([day, words(day)]);
    }
    return found;
  }

  // Too many to draw each: how many begin in each few pixels, heights by square root so that single ones stay visible.
  function density(seen, laneHeight, inkOf) {
    const BIN = 4;
    const counts = lanes.map(() => new Map());
    let most = 1;
    for (const e of seen) {
      const bins = counts[lanes.indexOf(e.family)];
      const bin = Math.floor(Math.max(x(first(e)), GUTTER) / BIN);
      const count = (bins.get(bin) || 0) + 1;
      bins.set(bin, count);
      most = Math.max(most, count);
    }
    lanes.forEach((lane, i) => {
      pen.fillStyle = inkOf(lane);
      for (const [bin, count] of counts[i]) {
        const tall = Math.max(1.5, (laneHeight - 2) * Math.sqrt(count / most));
        pen.fillRect(bin * BIN, laneHeight * (i + 1) - tall, BIN - 1, tall);
      }
    });
  }

  function draw() {
    frame = 0;
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(name).trim();
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = "11px system-ui, sans-serif";
    pen.textBaseline = "middle";
    pen.setLineDash([]);
    const laneHeight = (height - AXIS) / Math.max(1, lanes.length);
    pen.lineWidth = 1;
    for (const [day, label] of ticks()) {
      pen.strokeStyle = color("--grid");
      pen.beginPath();
      pen.moveTo(x(day), 0);
      pen.lineTo(x(day), height - AXIS);
      pen.stroke();
      pen.fillStyle = color("--dim");
      if (x(day) + 2 + pen.measureText(label).width < width) pen.fillText(label, x(day) + 2, height - AXIS / 2);
    }
    lanes.forEach((lane, i) => {
      pen.fillStyle = color("--dim");
      pen.fillText(lane, 0, laneHeight * (i + 0.5));
    });
    pen.save();
    pen.beginPath();
    pen.rect(GUTTER - 6, 0, width, height - AXIS);
    pen.clip();
    marks = [];
    const seen = dated.filter((e) => e.shown && last(e) >= left && first(e) <= right);
    const inkOf = (family) => `hsl(${hues[family]} ${family === "other" ? 8 : 60}% ${dark ? 66 : 42}%)`;
    if (seen.length > CROWD) {
      density(seen, laneHeight, inkOf);
      pen.restore();
      $("range").textContent = `${words(left)} to ${words(right)}: ${seen.length} events, counted in bars`;
      return;
    }
    // Events of a crowded day go side by side in their lane, as many as there is room for.
    const taken = new Map();
    const size = Math.max(2.5, Math.min(4.5, laneHeight / 5));
    const levels = Math.max(1, Math.floor((laneHeight - 2) / (size * 2 + 1)));
    for (const e of dated) {
      if (!e.shown) continue;
      const open = e.from === null || e.to === null;
      const a = x(first(e)), b = x(last(e) + (open ? 0 : 1));
      const reach = open ? 42 : 0;
      if (b < GUTTER - 50 || a > width + 50) continue;
      const lane = lanes.indexOf(e.family);
      const key = lane * 100000 + Math.round(a / (size * 2));
      const level = taken.get(key) || 0;
      taken.set(key, level + 1);
      const y = laneHeight * lane + size + 2 + (level % levels) * (size * 2 + 1);
      const sure = e.modality === "asserted" && !e.negative;
      const ink = inkOf(e.family);
      pen.fillStyle = pen.strokeStyle = ink;
      pen.lineWidth = 1.3;
      pen.setLineDash(e.about ? [2, 2] : []);
      let from = a, to = b;
      if (open) {
        from = e.from === null ? a - reach : a;
        to = e.from === null ? a : a + reach;
        const fade = pen.createLinearGradient(from, 0, to, 0);
        const clear = ink.replace(")", " / 0)");
        fade.addColorStop(0, e.from === null ? clear : ink);
        fade.addColorStop(1, e.from === null ? ink : clear);
        pen.fillStyle = fade;
        pen.globalAlpha = sure ? 0.8 : 0.4;
        pen.fillRect(from, y - size * 0.7, reach, size * 1.4);
      } else if (b - a > size * 3 || e.from !== e.to) {
        to = Math.max(b, a + size * 2);
        pen.globalAlpha = sure && !e.about ? 0.5 : 0.18;
        pen.fillRect(a, y - size * 0.8, to - a, size * 1.6);
        pen.globalAlpha = 0.9;
        pen.strokeRect(a, y - size * 0.8, to - a, size * 1.6);
      } else {
        pen.beginPath();
        pen.arc((a + b) / 2, y, size, 0, 7);
        pen.globalAlpha = 0.85;
        if (sure && !e.about) pen.fill();
        else pen.stroke();
        from = (a + b) / 2 - size;
        to = (a + b) / 2 + size;
      }
      pen.globalAlpha = 1;
      marks.push([from, to, y, size + 1, e]);
    }
    pen.restore();
    $("range").textContent = dated.length ? `${words(left)} to ${words(right)}` : "";
  }

  const soon = () => { if (!frame) frame = requestAnimationFrame(draw); };
  function moved() {
    soon();
    if ($("follow").checked) filter();
  }
  // Not finer than a week over the drawing, not beyond what a calendar can say.
  function zoom(factor, at) {
    const middle = left + (at === undefined ? 0.5 : at) * (right - left);
    const span = Math.min(8e6, Math.max(7, (right - left) * factor));
    const share = (middle - left) / (right - left);
    left = middle - share * span;
    right = left + span;
    moved();
  }
  function pan(share) {
    const by = share * (right - left);
    left += by;
    right += by;
    moved();
  }

  function filter() {
    const wanted = $("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const type = $("type").value, actor = $("actor").value, modality = $("modality").value;
    const follow = $("follow").checked;
    let count = 0;
    for (const e of events) {
      let shown = (!type || e.type === type) && (!actor || e.actors.includes(actor));
      shown = shown && (!modality || (e.negative ? "negative" : e.modality) === modality);
      if (shown && wanted.length) {
        if (e.text === null) e.text = e.row.textContent.toLowerCase();
        shown = wanted.every((word) => e.text.includes(word));
      }
      e.shown = shown;
      const visible = shown && (!follow || (first(e) !== null && last(e) >= left && first(e) <= right));
      if (e.row.hidden === visible) e.row.hidden = !visible;
      if (visible) count += 1;
    }
    for (const body of document.querySelectorAll("tbody")) {
      body.hidden = !body.querySelector("tr:not([hidden])");
    }
    $("count").textContent = count === events.length ? `${count} events` : `${count} of ${events.length} events`;
    soon();
  }

  function hit(event) {
    const box = canvas.getBoundingClientRect();
    const px = event.clientX - box.left, py = event.clientY - box.top;
    let best = null, least = 8;
    for (const [from, to, y, half, e] of marks) {
      const away = Math.hypot(Math.max(from - px, 0, px - to), Math.max(Math.abs(y - py) - half, 0));
      if (away < least) { least = away; best = e; }
    }
    return best;
  }
  const told = (e) => `${e.row.children[0].textContent}: ${e.row.querySelector("b").textContent}`;

  let held = null;
  canvas.addEventListener("pointerdown", (event) => {
    held = { x: event.clientX, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!held) {
      const e = hit(event);
      $("hint").textContent = e ? told(e) : "";
      canvas.style.cursor = e ? "pointer" : "grab";
      return;
    }
    if (Math.abs(event.clientX - held.x) > 2 || held.moved) {
      pan((held.x - event.clientX) / (width - GUTTER));
      held = { x: event.clientX, moved: true };
    }
  });
  canvas.addEventListener("pointerup", (event) => {
    const e = held && !held.moved ? hit(event) : null;
    held = null;
    if (!e) return;
    for (const row of document.querySelectorAll("tr.on")) row.classList.remove("on");
    e.row.classList.add("on");
    e.row.querySelector("details").open = true;
    e.row.scrollIntoView({ block: "center" });
  });
  canvas.addEventListener("pointercancel", () => { held = null; });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    const at = (event.clientX - box.left - GUTTER) / (width - GUTTER);
    zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 300))), Math.max(0, Math.min(1, at)));
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const acts = { ArrowLeft: () => pan(-0.2), ArrowRight: () => pan(0.2), "+": () => zoom(0.6), "=": () => zoom(0.6), "-": () => zoom(1.7), "0": () => whole(false) };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });
  $("in").addEventListener("click", () => zoom(0.5));
  $("out").addEventListener("click", () => zoom(2));
  $("all").addEventListener("click", () => whole(false));
  let typing = 0;
  $("q").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(filter, 120);
  });
  for (const id of ["type", "actor", "modality", "follow"]) $(id).addEventListener("change", filter);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => setTimeout(filter));

  function resize() {
    const box = canvas.getBoundingClientRect();
    width = box.width;
    height = box.height;
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    soon();
  }
  $("tools").hidden = events.length === 0;
  addEventListener("resize", resize);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", soon);
  filter();
  if (events.length) {
    resize();
    whole(true);
  }
})();
