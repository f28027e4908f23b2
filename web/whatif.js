/*
 * What would change a rating: the arithmetic of src/rate/league.c in the reader's
 * own browser, and fields to try other values in. A test gives both the same
 * groups of places and compares every score to the last bit, so sums, products
 * and orders are those of the engine.
 *
 * A page that has a table of what-if loads the file of its group, which calls
 * footprintLeague({id, overall, words, league}).
 */
"use strict";

(() => {
  /* ---- sums, as num/sum.h and num/moments.c have them ---- */

  const sumOf = (list) => {
    let total = 0, lost = 0;
    for (const x of list) {
      const sum = total + x, part = sum - total;
      lost += (total - (sum - part)) + (x - part);
      total = sum;
    }
    return total + lost;
  };

  const twoSum = (a, b) => {
    const high = a + b, part = high - a;
    return [high, (a - (high - part)) + (b - part)];
  };
  const split = (a) => {
    const c = 134217729 * a, high = c - (c - a);
    return [high, a - high];
  };
  const product = (a, b) => {
    const high = a * b, [ah, al] = split(a), [bh, bl] = split(b);
    return [high, ((ah * bh - high) + ah * bl + al * bh) + al * bl];
  };
  const tidy = (high, low) => {
    const sum = high + low;
    return [sum, low - (sum - high)];
  };
  const add = (a, b) => {
    let high = twoSum(a[0], b[0]);
    const low = twoSum(a[1], b[1]);
    high = tidy(high[0], high[1] + low[0]);
    return tidy(high[0], high[1] + low[1]);
  };
  const multiply = (a, b) => {
    const p = product(a[0], b[0]);
    return tidy(p[0], p[1] + (a[0] * b[1] + a[1] * b[0]));
  };
  const divide = (a, b) => {
    const first = a[0] / b, p = product(first, b);
    const rest = add(a, [-p[0], -p[1]]);
    return tidy(first, rest[0] / b);
  };
  const moments = (values) => {
    const n = values.length, shift = values[0];
    let sum = [0, 0], squares = [0, 0];
    for (const x of values) {
      const d = twoSum(x, -shift);
      sum = add(sum, d);
      squares = add(squares, multiply(d, d));
    }
    if (n === 0) return { mean: NaN, variance: NaN };
    const mean = divide(add(product(n, shift), sum), n)[0];
    if (n < 2) return { mean, variance: NaN };
    const square = divide(multiply(sum, sum), n);
    const rest = add(squares, [-square[0], -square[1]]);
    return { mean, variance: Math.max(0, divide(rest, n - 1)[0]) };
  };

  /* Places in order of their keys, those without one last; ties stay in order. */
  const orderOf = (key) =>
    key.map((_, i) => i).sort((a, b) =>
      Number.isNaN(key[a]) || Number.isNaN(key[b])
        ? Number.isNaN(key[a]) - Number.isNaN(key[b]) || a - b
        : key[a] - key[b] || a - b);

  /* Runs of equal keys: [from, to) in the order. */
  const eachRun = (key, order, present, tell) => {
    for (let from = 0, to; from < present; from = to) {
      to = from + 1;
      while (to < present && key[order[to]] === key[order[from]]) to++;
      tell(from, to);
    }
  };

  /* ---- scores ---- */

  const best = (scale) => scale[0];
  const worst = (scale) => scale[1];
  const bestFirst = (value, better) => value.map((v) => (better > 0 ? -v : v));
  const presentIn = (value) => value.filter((v) => !Number.isNaN(v)).length;

  const byRank = (value, better, scale) => {
    const key = bestFirst(value, better), order = orderOf(key), present = presentIn(value);
    const score = value.map(() => NaN), span = worst(scale) - best(scale);
    eachRun(key, order, present, (from, to) => {
      const r = 0.5 * (from + 1 + to);
      const given = present < 2 ? NaN
        : r === present ? worst(scale) : best(scale) + span * (r - 1) / (present - 1);
      for (let i = from; i < to; i++) score[order[i]] = given;
    });
    return score;
  };

  const byDeviation = (value, better, scale) => {
    const m = moments(value.filter((v) => !Number.isNaN(v)));
    const deviation = Math.sqrt(m.variance);
    const sign = (better > 0) === (best(scale) > worst(scale)) ? 1 : -1;
    return value.map((v) => (deviation > 0 ? sign * (v - m.mean) / deviation : NaN));
  };

  const byShare = (value, better, scale) => {
    const key = bestFirst(value, better), order = orderOf(key), present = presentIn(value);
    const score = value.map(() => NaN);
    eachRun(key, order, present, (from, to) => {
      const ahead = (0.5 * (from + 1 + to) - 0.5) / present;
      for (let i = from; i < to; i++)
        score[order[i]] = best(scale) > worst(scale) ? 1 - ahead : ahead;
    });
    return score;
  };

  const byBands = (bands, value) => {
    for (const [from, below, score] of bands)
      if ((from ?? -Infinity) <= value && value < (below ?? Infinity)) return score;
    return NaN;
  };

  const byDistance = ([target, per, at], value, better, scale) => {
    const short = better > 0 ? target - value : value - target;
    const score = at + (worst(scale) > best(scale) ? 1 : -1) * short / per;
    const low = Math.min(...scale), high = Math.max(...scale);
    return score < low ? low : score > high ? high : score;
  };

  const scoreItem = (league, i) => {
    const item = league.items[i], value = league.value[i], scale = league.scale;
    switch (item.method) {
      case "published": return [...league.published[i]];
      case "value": return [...value];
      case "bands": return value.map((v) => byBands(item.bands, v));
      case "rank": return byRank(value, item.better, scale);
      case "z": return byDeviation(value, item.better, scale);
      case "percentile": return byShare(value, item.better, scale);
      case "target": return value.map((v) => byDistance(item.target, v, item.better, scale));
      default: return value.map(() => NaN);
    }
  };

  /* ---- groups ---- */

  const scoreOf = ([isNode, index], p, out) => (isNode ? out.node : out.item)[index][p];

  const gather = (league, node, p, out) => {
    const products = [], weights = [], all = [];
    for (const part of node.parts) {
      let score = scoreOf(part, p, out);
      all.push(part[2]);
      if (!Number.isNaN(score)) weights.push(part[2]);
      else if (node.missing === "worst") score = worst(league.scale);
      else continue;
      products.push(part[2] * score);
    }
    if (!node.computed) return NaN;
    const present = weights.length, weight = sumOf(weights), whole = sumOf(all);
    if (present === 0 || weight <= 0 || present < node.least || weight < node.leastShare * whole ||
        (node.missing === "refuse" && present < node.parts.length)) return NaN;
    return sumOf(products) / (node.missing === "worst" ? whole : weight);
  };

  const asBad = (score, is, scale) =>
    worst(scale) > best(scale) ? score >= is : score <= is;

  const anyMember = (league, node, p, is, out) =>
    node.parts.some((part) => (part[0] ? anyMember(league, league.nodes[part[1]], p, is, out)
      : asBad(scoreOf(part, p, out), is, league.scale)));

  const applies = (league, gate, p, out) => {
    if (gate.when === "flag") {
      const flag = league.flag[gate.index][p];
      return Number.isNaN(flag) ? (gate.unknownIsNo ? 0 : -1) : +(flag === gate.is);
    }
    if (gate.when === "item") {
      const score = out.item[gate.index][p];
      return Number.isNaN(score) ? -1 : +asBad(score, gate.is, league.scale);
    }
    return +anyMember(league, league.nodes[gate.index], p, gate.is, out);
  };

  const applyGates = (league, n, onCategory, p, out, value) => {
    for (const gate of league.gates) {
      if (Number.isNaN(value)) break;
      if (gate.node !== n || gate.onCategory !== onCategory) continue;
      const then = gate.then === "at-least" ? Math.max(value, gate.value)
        : gate.then === "at-most" ? Math.min(value, gate.value) : gate.value;
      if (then === value) continue;
      const does = applies(league, gate, p, out);
      if (does !== 0) value = does > 0 ? then : NaN;
    }
    return value;
  };

  /* ---- categories ---- */

  const categoryOf = (score, scale, categories, at) => {
    if (Number.isNaN(score)) return 0;
    let category = 1;
    for (let k = 0; k + 1 < categories; k++)
      if (best(scale) < worst(scale) ? score > at[k] : score < at[k]) category = k + 2;
    return category;
  };

  const quantileCuts = (score, scale, categories) => {
    const turn = best(scale) < worst(scale) ? 1 : -1;
    const sorted = score.filter((s) => !Number.isNaN(s)).map((s) => turn * s).sort((a, b) => a - b);
    return Array.from({ length: categories - 1 }, (_, k) => {
      if (sorted.length === 0) return NaN;
      const where = (sorted.length - 1) * (k + 1) / categories, below = Math.floor(where);
      const low = sorted[below], high = sorted[below + 1] ?? low;
      return turn * (low + (where - below) * (high - low));
    });
  };

  /* Whole parts by the largest remainders, the first of equal ones first. */
  const apportion = (total, counts) => {
    const sum = counts.reduce((a, b) => a + BigInt(b), 0n);
    if (sum === 0n) return null;
    const exact = counts.map((c) => BigInt(total) * BigInt(c));
    const part = exact.map((e) => e / sum), rest = exact.map((e) => e % sum);
    for (let left = BigInt(total) - part.reduce((a, b) => a + b, 0n); left > 0n; left--) {
      const most = rest.reduce((m, r, i) => (r > rest[m] ? i : m), 0);
      part[most]++;
      rest[most] = 0n;
    }
    return part.map(Number);
  };

  const byCounts = (league, node, score, present) => {
    const turn = best(league.scale) < worst(league.scale) ? 1 : -1;
    const parts = apportion(present, node.counts), category = score.map(() => 0);
    if (!parts) return category;
    const key = score.map((s) => turn * s), order = orderOf(key);
    eachRun(key, order, present, (from, to) => {
      let upTo = parts[0], k = 0;
      while (k + 1 < node.categories && from + 1 > upTo) upTo += parts[++k];
      for (let i = from; i < to; i++) category[order[i]] = k + 1;
    });
    return category;
  };

  const cut = (league, node, score) => {
    const present = presentIn(score), none = score.map(() => 0);
    const fixed = (at) => score.map((s) => categoryOf(s, league.scale, node.categories, at));
    switch (node.cut) {
      case "fixed": return fixed(node.at);
      case "quantile":
        return present < node.leastPlaces ? none
          : fixed(quantileCuts(score, league.scale, node.categories));
      case "counts":
        return !node.counts || present < node.leastPlaces ? none
          : byCounts(league, node, score, present);
      default: return none;
    }
  };

  /* ---- the whole ---- */

  const judge = (league) => {
    const out = { item: league.items.map((_, i) => scoreItem(league, i)), node: [], category: [] };
    const places = Array.from({ length: league.places }, (_, p) => p);
    league.nodes.forEach((node, n) => {
      out.node[n] = places.map((p) =>
        applyGates(league, n, false, p, out, gather(league, node, p, out)));
      const ungated = cut(league, node, out.node[n]);
      out.category[n] = places.map((p) => {
        const gated = applyGates(league, n, true, p, out, ungated[p] === 0 ? NaN : ungated[p]);
        return Number.isNaN(gated) ? 0 : gated;
      });
    });
    return out;
  };

  /* Missing numbers are null in the file. */
  const read = (league) => {
    for (const key of ["value", "published", "flag"])
      league[key] = league[key].map((row) => row.map((v) => (v === null ? NaN : v)));
    return league;
  };

  globalThis.footprintWhatIf = { judge, read };
  if (typeof document === "undefined") return;

  /* ---- fields in the table of a page ---- */

  const setUp = (box, group) => {
    const place = Number(box.dataset.place), league = read(group.league);
    const word = (k) => (k === 0 ? "none" : group.words[k - 1] ?? String(k));
    const rowsOf = (i) => (league.items[i].method === "published" ? league.published : league.value);
    const tell = document.createElement("p"), reset = document.createElement("button");
    const fields = [];
    const result = () => {
      const out = judge(league);
      return { score: out.node[group.overall][place], category: out.category[group.overall][place] };
    };
    const now = result();
    const show = () => {
      const then = result(), changed = fields.some((f) => f.value !== "");
      const score = Number.isNaN(then.score) ? "none" : then.score.toFixed(2);
      tell.textContent = !changed ? "Nothing is changed yet."
        : `With what you entered: score ${score} (now ${now.score.toFixed(2)}), category ` +
          `${word(then.category)}${then.category === now.category ? ", as now" : ` (now ${word(now.category)})`}.`;
      box.dataset.score = then.score;
      box.dataset.category = then.category;
    };
    const head = document.createElement("th");
    head.scope = "col";
    head.textContent = "Try";
    box.querySelector("thead tr").append(head);
    for (const row of box.querySelectorAll("tbody tr")) {
      const i = Number(row.dataset.item), was = rowsOf(i)[i][place];
      const cell = document.createElement("td"), field = document.createElement("input");
      field.type = "number";
      field.step = "any";
      field.className = "nhsuk-input fp-try";
      field.setAttribute("aria-label", `Another value of ${row.querySelector("th").textContent}`);
      field.placeholder = row.querySelector("td").textContent;
      field.addEventListener("input", () => {
        const value = field.value === "" ? was : Number(field.value);
        rowsOf(i)[i][place] = Number.isFinite(value) ? value : was;
        show();
      });
      fields.push(field);
      cell.append(field);
      row.append(cell);
    }
    tell.className = "fp-outcome";
    tell.setAttribute("aria-live", "polite");
    tell.setAttribute("role", "status");
    reset.type = "button";
    reset.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small";
    reset.textContent = "Back to the figures as they are";
    reset.addEventListener("click", () => {
      for (const field of fields) {
        field.value = "";
        field.dispatchEvent(new Event("input"));
      }
    });
    box.append(tell, reset);
    show();
  };

  globalThis.footprintLeague = (group) => {
    document.querySelectorAll(`.fp-whatif[data-league="${group.id}"]`).forEach((box) =>
      setUp(box, { ...group, league: structuredClone(group.league) }));
  };
})();
