/*
 * Charts, drawn by Observable Plot from the tables of the page. A table says all
 * that its chart does: without this script nothing is lost but the picture.
 *
 *   <div class="fp-chart" data-chart="spc" data-table="ID" data-unit="..."
 *        data-title="..." [data-target] [data-mean]>
 *
 * Columns are named by data-key on their headings; a cell's exact value is in
 * data-v where its text is rounded.
 */
"use strict";

(() => {
  const ink = "#212b32", grey = "#5b6b78", blue = "#005eb8", orange = "#b23c00";

  const readTable = (id) => {
    const table = document.getElementById(id);
    if (!table) return [];
    const keys = [...table.tHead.rows[0].cells].map((th) => th.dataset.key);
    return [...table.tBodies[0].rows].map((row) => {
      const record = { code: row.dataset.code };
      [...row.cells].forEach((cell, i) => {
        if (!keys[i]) return;
        record[keys[i]] = cell.dataset.v ?? cell.textContent.trim();
        if (i > 0 && cell.querySelector("a")) record.href = cell.querySelector("a").href;
      });
      record.label = row.querySelector("th")?.textContent.trim();
      return record;
    });
  };

  const number = (text) => (text === undefined || text === "" ? NaN : Number(text));
  const limits = (text) => (text ?? "").split(" ").map(number);

  /* Room for the longest name, at some 7 pixels a letter. */
  const widest = (points) =>
    Math.min(360, 24 + 7 * Math.max(...points.map((p) => p.name.length)));

  /* Names only where they don't run into one another; the table has them all. */
  const apart = (points) => {
    const span = (key) => {
      const all = points.map((p) => p[key]);
      return Math.max(...all) - Math.min(...all) || 1;
    };
    const width = span("n"), height = span("value"), kept = [];
    for (const p of points.filter((d) => d.wide && d.wide !== "within"))
      if (!kept.some((k) => Math.abs(k.value - p.value) < height * 0.06 &&
                            Math.abs(k.n - p.n) < width * 0.5))
        kept.push(p);
    return kept;
  };

  const rank = (rows, data) => {
    const points = rows
      .map((r) => {
        const [lower, upper] = limits(r.limits);
        return { name: r.name, value: number(r.value), lower, upper };
      })
      .filter((r) => Number.isFinite(r.value));
    if (points.length === 0) return null;
    const mean = number(data.mean), target = number(data.target);
    const isHere = (r) => data.here !== undefined && r.name === data.here;
    const marks = [Plot.gridX({ stroke: "#d8dde0" })];
    if (Number.isFinite(mean)) marks.push(Plot.ruleX([mean], { stroke: ink, strokeWidth: 1.5 }));
    if (Number.isFinite(target))
      marks.push(Plot.ruleX([target], { stroke: orange, strokeDasharray: "5 4" }));
    marks.push(
      Plot.ruleY(points.filter((r) => Number.isFinite(r.lower)),
        { y: "name", x1: "lower", x2: "upper", stroke: blue, strokeWidth: 3 }),
      Plot.dot(points, { x: "value", y: "name", fill: (r) => (isHere(r) ? orange : blue),
        symbol: (r) => (isHere(r) ? "diamond" : "circle"), r: (r) => (isHere(r) ? 5 : 3.5) }));
    return {
      marginLeft: widest(points), marginBottom: 46, height: 76 + points.length * 17,
      x: { label: `${data.unit}${Number.isFinite(mean) ? `; line: ${data.meanName}` : ""}${
        Number.isFinite(target) ? "; dashed: target" : ""}${
        data.here === undefined ? "" : "; diamond: this footprint"}`, labelAnchor: "center" },
      y: { label: null, domain: points.map((r) => r.name), tickSize: 0 },
      marks,
    };
  };

  const funnel = (rows, data, element) => {
    const script = element.querySelector(".fp-lines");
    const lines = script ? JSON.parse(script.textContent) : [];
    const points = rows
      .map((r) => ({ name: r.name, n: number(r.n), value: number(r.value), wide: r.wide }))
      .filter((r) => Number.isFinite(r.value));
    if (points.length === 0 || lines.length === 0) return null;
    const line = (i, options) =>
      Plot.line(lines, { x: (d) => d[0], y: (d) => d[i], ...options });
    const near = { stroke: grey, strokeWidth: 1 }, wide = { stroke: blue, strokeWidth: 1.5 };
    return {
      marginLeft: 60, marginBottom: 46, height: 400, inset: 12,
      x: { label: "denominator", labelAnchor: "center", tickFormat: "~s" },
      y: { label: `${data.unit}`, labelAnchor: "top" },
      marks: [
        Plot.ruleY([number(data.mean)], { stroke: ink }),
        line(1, near), line(2, near),
        line(3, { ...near, strokeDasharray: "4 3" }), line(4, { ...near, strokeDasharray: "4 3" }),
        line(5, wide), line(6, wide),
        line(7, { ...wide, strokeDasharray: "4 3" }), line(8, { ...wide, strokeDasharray: "4 3" }),
        Plot.dot(points, {
          x: "n", y: "value", r: 4, fill: (d) => (d.wide && d.wide !== "within" ? orange : ink),
          symbol: (d) => (d.wide && d.wide !== "within" ? "diamond" : "circle"),
          title: (d) => `${d.name}: ${d.value}`,
        }),
        Plot.text(apart(points),
          { x: "n", y: "value", text: "name", dx: 8, textAnchor: "start", fill: ink, stroke: "#fff", strokeWidth: 3 }),
      ],
      note: "Grey: chance alone, 95% and (dashed) 99.8%. Blue: widened by the difference between " +
        "areas. Diamonds are outside the widened lines.",
    };
  };

  const shapes = {
    special_cause_improvement: { symbol: "square", colour: blue },
    special_cause_concern: { symbol: "triangle", colour: orange },
    special_cause_neutral_high: { symbol: "diamond", colour: "#5a3d8c" },
    special_cause_neutral_low: { symbol: "diamond", colour: "#5a3d8c" },
  };

  const periodStart = (slug) => {
    const month = /^(\d{4})-(\d{2})$/.exec(slug);
    if (month && Number(month[2]) >= 1 && Number(month[2]) <= 12)
      return new Date(Date.UTC(Number(month[1]), Number(month[2]) - 1, 1));
    const quarter = /^(\d{4})-\d{2}-Q(\d)$/.exec(slug);
    if (quarter)
      return new Date(Date.UTC(Number(quarter[1]), 3 + (Number(quarter[2]) - 1) * 3, 1));
    const day = /^(\d{4})-(\d{2})-(\d{2})/.exec(slug);
    if (day) return new Date(Date.UTC(+day[1], +day[2] - 1, +day[3]));
    const year = /^(\d{4})/.exec(slug);
    return new Date(Date.UTC(Number(year[1]), 3, 1));
  };

  const spc = (rows, data) => {
    const points = rows.map((r) => {
      const [lower, upper] = limits(r.limits);
      const shape = shapes[r.variation] ?? { symbol: "circle", colour: grey };
      return { label: r.label, at: periodStart(r.period), value: number(r.value),
        centre: number(r.centre), lower, upper, variation: r.variation, ...shape };
    });
    const target = number(data.target);
    const marks = [
      Plot.gridY({ stroke: "#e8edee" }),
      Plot.line(points, { x: "at", y: "lower", stroke: grey, strokeDasharray: "5 4" }),
      Plot.line(points, { x: "at", y: "upper", stroke: grey, strokeDasharray: "5 4" }),
      Plot.line(points, { x: "at", y: "centre", stroke: ink }),
    ];
    if (Number.isFinite(target)) marks.push(Plot.ruleY([target], { stroke: orange, strokeWidth: 1.5 }));
    marks.push(
      Plot.line(points, { x: "at", y: "value", stroke: grey, strokeWidth: 1.5 }),
      Plot.dot(points.filter((p) => Number.isFinite(p.value)), {
        x: "at", y: "value", fill: (d) => d.colour, symbol: (d) => d.symbol, r: 4.5,
        title: (d) => `${d.label}: ${d.value}`,
      }));
    return {
      height: 330, marginLeft: 60, marginBottom: 42,
      x: { type: "utc", label: null },
      y: { label: data.unit, labelAnchor: "top" },
      marks,
      note: "Dashed: process limits; line: mean" +
        (Number.isFinite(target) ? "; orange line: target" : "") +
        ". Squares: improvement; triangles: concern; diamonds: high or low without a judgement.",
    };
  };

  /* Categories over time: filled where a change is beyond noise, hollow where it
   * is not; the line is dashed into a change that noise explains. */
  const moves = {
    same: { words: "no change", dash: null }, beyond: { words: "beyond noise", dash: null },
    within: { words: "within noise", dash: "3 5" }, rule: { words: "by a rule", dash: "8 4" },
    unknown: { words: "not known", dash: "3 5" },
  };

  const steps = (rows, data, element) => {
    const script = element.querySelector(".fp-lines");
    const words = script ? JSON.parse(script.textContent) : [];
    const points = rows.map((r) => ({ label: r.label, at: periodStart(r.period),
      value: number(r.value), move: r.move })).filter((r) => Number.isFinite(r.value));
    if (points.length < 2) return null;
    const most = Math.max(words.length, ...points.map((p) => p.value));
    const lines = points.slice(1).map((p, i) => Plot.line([points[i], p], { x: "at", y: "value",
      stroke: grey, strokeWidth: 2, strokeDasharray: moves[p.move]?.dash ?? null }));
    const open = (p) => p.move === "within" || p.move === "unknown";
    return {
      height: 60 + 46 * most, marginLeft: 40 + 7 * Math.max(4, ...words.map((w) => w.length)),
      marginBottom: 36, marginRight: 48, inset: 14,
      x: { type: "utc", label: null, ticks: points.map((p) => p.at),
        tickFormat: (d) => points.find((p) => +p.at === +d)?.label ?? "" },
      y: { label: null, domain: Array.from({ length: most }, (_, i) => i + 1), type: "point",
        grid: true, tickFormat: (k) => words[k - 1] ?? k },
      marks: [...lines,
        Plot.dot(points, { x: "at", y: "value", r: 7, stroke: blue, strokeWidth: 3,
          fill: (p) => (open(p) ? "#fff" : blue),
          title: (p) => `${p.label}: ${words[p.value - 1] ?? p.value}` }),
        Plot.text(points.filter((p) => p.move && p.move !== "same"), { x: "at", y: "value", dy: -16,
          text: (p) => moves[p.move]?.words ?? "", fill: ink, stroke: "#fff", strokeWidth: 4 })],
      note: "Hollow with a dashed line: a change that noise explains, or of which nothing is known.",
    };
  };

  /* Groups from the most to the least deprived, and the line through them. */
  const gradient = (rows, data) => {
    const points = rows.map((r) => {
      const [lower, upper] = limits(r.limits);
      return { label: r.label, at: number(r.rank), value: number(r.value), lower, upper };
    });
    const a = number(data.intercept), b = number(data.slope);
    return {
      height: 330, marginLeft: 60, marginBottom: 46, insetBottom: 12,
      x: { label: "most deprived on the left, least on the right", labelAnchor: "center",
        domain: [0, 1], ticks: points.map((p) => p.at),
        tickFormat: (x) => String(points.findIndex((p) => p.at === x) + 1) },
      y: { label: data.unit, labelAnchor: "top", grid: true },
      marks: [
        Plot.line([{ x: 0, y: a }, { x: 1, y: a + b }], { x: "x", y: "y", stroke: orange, strokeWidth: 2 }),
        Plot.ruleX(points.filter((p) => Number.isFinite(p.lower)), { x: "at", y1: "lower", y2: "upper", stroke: blue, strokeWidth: 3 }),
        Plot.dot(points, { x: "at", y: "value", r: 4.5, fill: blue,
          title: (p) => `${p.label}: ${p.value}` }),
      ],
      note: `Dots: groups${points.some((p) => Number.isFinite(p.lower)) ? " with their 95% intervals" : ""}. ` +
        "Line: the fit whose fall or rise is the slope index.",
    };
  };

  const kinds = { rank, funnel, spc, steps, gradient };

  const draw = (element) => {
    const data = element.dataset;
    const spec = kinds[data.chart]?.(readTable(data.table), data, element);
    if (!spec) return;
    const { note, ...options } = spec;
    const svg = Plot.plot({
      width: Math.max(320, Math.min(900, element.clientWidth || 900)),
      style: { fontSize: "13px", color: ink, background: "#fff", overflow: "visible" },
      ariaLabel: `${data.title}. The table has all its values.`,
      ...(element.clientWidth < 560 && options.marginLeft > 200
        ? { ...options, marginLeft: 150, style: { fontSize: "10px", background: "#fff" } }
        : options),
    });
    svg.setAttribute("role", "img");
    /* An image has no parts for a screen reader: the table is there for that. */
    svg.querySelectorAll("g[aria-label]").forEach((g) => g.removeAttribute("aria-label"));
    element.querySelectorAll("svg, .fp-note").forEach((old) => old.remove());
    element.append(svg);
    if (note) {
      const p = document.createElement("p");
      p.className = "nhsuk-body-s fp-note";
      p.textContent = note;
      element.append(p);
    }
  };

  /* A number that is asked for inside a closed table opens it. */
  const openTarget = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const details = target && (target.closest("details") ?? null);
    if (details) {
      details.open = true;
      target.scrollIntoView();
    }
  };

  document.querySelectorAll(".fp-chart").forEach(draw);
  openTarget();
  addEventListener("hashchange", openTarget);
})();
