// Draws every figure.chart of the page from the JSON in it. The page's table says the same for those who do not see it.
"use strict";

(function () {
  // told apart in black and white by marks, strokes and patterns; the colours are safe for colour-blind eyes
  const COLOURS = ["#1c4e6b", "#b5500c", "#2e7d5b", "#7b3f8c", "#8a6d00", "#444c54", "#0072b2", "#a4231a", "#5a7d2a", "#9a4d76", "#006d77", "#6b4f3a"];
  const MARKS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond", "pin", "arrow", "roundRect", "emptyCircle"];
  const STROKES = ["solid", "dashed", "dotted", [8, 3, 2, 3], [12, 4], [2, 2], [6, 2, 2, 2, 2, 2]];
  const FONT = getComputedStyle(document.documentElement).fontFamily;
  const WIDE = 560;
  const PAPER = 680; // pixels: what fits on a printed page

  function shown(value, unit) {
    if (value === null || value === undefined) return "";
    if (unit === "%") return (100 * value).toFixed(1) + "%";
    return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
  }

  // How wide a text is, in Chinese characters: Latin letters and digits are about half as wide.
  function breadth(text) {
    return [...text].reduce((sum, character) => sum + (character < "\u2000" ? 0.58 : 1), 0);
  }

  function shortened(text, most) {
    if (breadth(text) <= most) return text;
    let kept = text;
    while (breadth(kept) > most - 1) kept = kept.slice(0, -1);
    return kept + "…";
  }

  // How far the names at the ends of lines must move (pixels, down) so that none stands on another.
  function moves(strands, room) {
    const most = Math.max(...strands.flatMap((strand) => strand.values), 0) || 1;
    const ends = strands.map((strand, at) => {
      const value = strand.values.filter((each) => each !== null).at(-1) ?? 0;
      return { at, y: room * (1 - value / most) };
    });
    ends.sort((one, other) => one.y - other.y);
    const moved = [];
    let free = -Infinity;
    for (const end of ends) {
      const place = Math.max(end.y, free);
      moved[end.at] = place - end.y;
      free = place + 14;
    }
    return moved;
  }

  // How many rows the legend takes: an entry is its sign and its name, in characters of 11 pixels.
  function legendRows(names, width) {
    let rows = 1;
    let used = 0;
    for (const name of names) {
      const entry = 52 + 11 * breadth(name);
      if (used && used + entry > width) {
        rows += 1;
        used = 0;
      }
      used += entry;
    }
    return rows;
  }

  function heightOf(chart) {
    return chart.strands.length > 4 ? 420 : 320;
  }

  function options(chart, width, height) {
    const narrow = width < WIDE;
    const bars = chart.kind !== "line";
    const many = chart.strands.length > 1;
    // the values of more than two lines would stand in each other's way; the table has them
    const told = bars ? !narrow || chart.categories.length < 8 : chart.strands.length < (narrow ? 2 : 3);
    const most = narrow ? 14 : 30;
    const title = chart.title + chart.words.unit;
    const size = narrow ? 13 : 15;
    const below = 8 + (size + 5) * Math.ceil((title.length * size) / (width - 10));
    const top = below + (many ? 21 * legendRows(chart.strands.map((strand) => shortened(strand.name, most)), width) : 0);
    const ends = bars ? [] : moves(chart.strands, height - top - 74);
    // there is no half a case on the scale of cases
    const whole = chart.unit !== "%" && chart.strands.every((strand) => strand.values.every((value) => value === null || Number.isInteger(value)));
    const labels = chart.categories.map((name, at) => (chart.notes[at] ? name + "\n" + chart.notes[at] : name));
    return {
      animation: false,
      color: COLOURS,
      textStyle: { fontFamily: FONT },
      title: { text: title, left: 0, top: 0, textStyle: { fontSize: size, lineHeight: size + 5, width: width - 10, overflow: "break" } },
      legend: many ? { top: below, left: 0, itemWidth: 34, textStyle: { fontSize: 11 }, formatter: (name) => shortened(name, most) } : undefined,
      grid: { left: 8, right: !bars && many && !narrow ? 190 : 24, top: top + 18, bottom: 26, containLabel: true },
      aria: { enabled: true, decal: { show: bars && many } },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, valueFormatter: (value) => shown(value, chart.unit) || "—" },
      xAxis: { type: "category", data: labels, boundaryGap: true, axisLabel: { fontSize: 11, interval: narrow && labels.length > 8 ? "auto" : 0, color: "#1b232b" }, axisTick: { alignWithLabel: true } },
      yAxis: { type: "value", minInterval: whole ? 1 : 0, min: chart.unit === "%" ? 0 : undefined, axisLabel: { fontSize: 11, formatter: (value) => shown(value, chart.unit === "%" ? "%" : "").replace(".0%", "%") }, splitLine: { lineStyle: { color: "#e3e8ec" } } },
      series: chart.strands.map((strand, at) => ({
        name: strand.name,
        type: bars ? "bar" : "line",
        stack: chart.kind === "stack" ? "all" : undefined,
        data: strand.values,
        connectNulls: false,
        symbol: MARKS[at % MARKS.length],
        symbolSize: 8,
        barMaxWidth: 46,
        lineStyle: { width: 2, type: STROKES[at % STROKES.length] },
        label: { show: told, position: chart.kind === "stack" ? "inside" : "top", fontSize: 11, color: chart.kind === "stack" ? "#fff" : "#1b232b", textBorderColor: chart.kind === "stack" ? "#333" : "#fff", textBorderWidth: 2, formatter: (of) => (of.value === 0 && chart.kind === "stack" ? "" : shown(of.value, chart.unit)) },
        labelLayout: bars ? { hideOverlap: true } : undefined,
        endLabel: !bars && many && !narrow ? { show: true, formatter: () => shortened(strand.name, 15), fontSize: 11, color: COLOURS[at % COLOURS.length], distance: 8, offset: [0, ends[at]] } : undefined,
      })),
    };
  }

  // The source under the drawing, and a line between two years where the form changed.
  function drawBeside(drawn, chart) {
    const grid = drawn.getModel().getComponent("grid").coordinateSystem.getRect();
    const step = grid.width / chart.categories.length;
    const source = { type: "text", left: 0, bottom: 2, silent: true, style: { text: chart.words.source + " " + location.host, fontSize: 10, fill: "#56636f" } };
    const breaks = chart.breaks.flatMap((at) => [
      { type: "line", silent: true, shape: { x1: grid.x + at * step, x2: grid.x + at * step, y1: grid.y - 12, y2: grid.y + grid.height }, style: { stroke: "#55636f", lineWidth: 1.5, lineDash: [4, 3] } },
      { type: "text", silent: true, x: grid.x + at * step + 4, y: grid.y - 14, style: { text: chart.words.break, fontSize: 10, fill: "#55636f" } },
    ]);
    drawn.setOption({ graphic: [source, ...breaks] });
  }

  function draw(box, chart, renderer, width, height) {
    const drawn = echarts.init(box, null, { renderer: renderer, width: width, height: height });
    drawn.setOption(options(chart, width, height));
    drawBeside(drawn, chart);
    return drawn;
  }

  function save(name, blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // A cell that a spreadsheet would run as a formula is kept as text.
  function cell(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
    return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  function csv(chart) {
    const head = [chart.words.category, ...chart.strands.map((strand) => strand.name)];
    const noted = chart.notes.some(Boolean);
    if (noted) head.push("n");
    const rows = chart.categories.map((name, at) => [name, ...chart.strands.map((strand) => strand.values[at]), ...(noted ? [chart.notes[at].replace(/^n=/, "").replace(/,/g, "")] : [])]);
    return "\ufeff" + [head, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
  }

  const TAKEN = {
    svg(chart, name) {
      const drawn = draw(document.createElement("div"), chart, "svg", 960, 540);
      save(name + ".svg", new Blob([drawn.renderToSVGString()], { type: "image/svg+xml" }));
      drawn.dispose();
    },
    png(chart, name) {
      const drawn = draw(document.createElement("div"), chart, "canvas", 960, 540);
      drawn.renderToCanvas({ pixelRatio: 2, backgroundColor: "#fff" }).toBlob((blob) => save(name + ".png", blob), "image/png");
      drawn.dispose();
    },
    csv(chart, name) {
      save(name + ".csv", new Blob([csv(chart)], { type: "text/csv;charset=utf-8" }));
    },
  };

  for (const figure of document.querySelectorAll("figure.chart")) {
    const chart = JSON.parse(figure.querySelector("script").textContent);
    figure.hidden = false;
    const box = document.createElement("div");
    box.className = "drawing";
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", chart.title + "。" + chart.words.table);
    figure.append(box);
    const height = () => heightOf(chart);
    let width = figure.clientWidth;
    let drawn = draw(box, chart, "svg", width, height());
    const again = (asked) => {
      if (!asked || asked === width) return;
      width = asked;
      drawn.dispose();
      drawn = draw(box, chart, "svg", width, height());
    };
    new ResizeObserver(() => again(figure.clientWidth)).observe(figure);
    addEventListener("beforeprint", () => again(Math.min(width, PAPER)));
    addEventListener("afterprint", () => again(figure.clientWidth));
    const taking = document.createElement("p");
    taking.className = "take quiet";
    taking.append(chart.words.take + " ");
    for (const kind of ["svg", "png", "csv"]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = chart.words[kind];
      button.addEventListener("click", () => TAKEN[kind](chart, chart.name));
      taking.append(button, " ");
    }
    figure.append(taking);
  }
})();
