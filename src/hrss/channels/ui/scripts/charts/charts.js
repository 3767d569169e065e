/* Charts: draws what a page carries in data-chart (an ECharts option as JSON) once its Chinese font is there.
   Colours and fonts come from the style sheet, so a chart is dark where the page is dark. It evaluates no text; without it the
   table beside every chart still says everything. */
(function () {
  "use strict";

  var WEB_FONT = "16px \"Noto Sans SC Variable\"";
  var drawn = [];

  function token(element, name) { return getComputedStyle(element).getPropertyValue(name).trim(); }

  function colours(element) {
    return [1, 2, 3, 4, 5, 6].map(function (number) { return token(element, "--chart-" + number); });
  }

  function grouped(value) {
    return typeof value === "number" ? value.toLocaleString("zh-CN", { maximumFractionDigits: 4 }) : value;
  }

  function short(value) {
    if (Math.abs(value) >= 1e8) { return grouped(value / 1e8) + "亿"; }
    return Math.abs(value) >= 1e4 ? grouped(value / 1e4) + "万" : grouped(value);
  }

  function axis(given, element) {
    if (!given) { return given; }
    if (Array.isArray(given)) { return given.map(function (one) { return axis(one, element); }); }
    var made = Object.assign({}, given);
    var ink = token(element, "--ink-3");
    made.axisLine = Object.assign({ lineStyle: { color: token(element, "--line-strong") } }, given.axisLine);
    made.axisTick = Object.assign({ show: false }, given.axisTick);
    made.splitLine = Object.assign({ lineStyle: { color: token(element, "--line") } }, given.splitLine);
    made.axisLabel = Object.assign({ color: ink, hideOverlap: true }, given.axisLabel);
    made.nameTextStyle = { color: ink };
    if (given.type === "value") {
      made.axisLabel.formatter = given.mirrored ? function (value) { return short(Math.abs(value)); } : short;
    }
    return made;
  }

  /* A band and the line it belongs to name the same tint: the number of their colour. */
  function tinted(one, palette) {
    return one.tint === undefined ? {} : { itemStyle: Object.assign({ color: palette[one.tint % palette.length] }, one.itemStyle) };
  }

  function series(given, option) {
    return (given || []).map(function (one) {
      return Object.assign({ symbolSize: 5, animation: false }, one, tinted(one, option.color), one.type === "pie" ? { label: { color: option.ink, formatter: "{b}\n{d}%" } } : {});
    });
  }

  function prepared(element) {
    var option = JSON.parse(element.getAttribute("data-chart"));
    var ink = token(element, "--ink");
    var mirrored = [].concat(option.xAxis || []).some(function (one) { return one.mirrored; });
    option.animation = false;
    option.color = colours(element);
    option.textStyle = { fontFamily: token(element, "--font"), color: ink, fontSize: 13 };
    option.tooltip = Object.assign({
      renderMode: "richText",
      confine: true,
      backgroundColor: token(element, "--surface"),
      borderColor: token(element, "--line-strong"),
      textStyle: { color: ink, fontFamily: token(element, "--font") },
      valueFormatter: function (value) { return mirrored ? grouped(Math.abs(value)) : grouped(value); }
    }, option.tooltip);
    if (option.legend) { option.legend = Object.assign({ textStyle: { color: token(element, "--ink-2") }, top: 0, itemHeight: 10 }, option.legend); }
    option.grid = Object.assign({ left: 8, right: 16, top: option.legend ? 36 : 16, bottom: 4, containLabel: true }, option.grid);
    option.xAxis = axis(option.xAxis, element);
    option.yAxis = axis(option.yAxis, element);
    option.series = series(option.series, { ink: ink, color: option.color });
    return option;
  }

  function fontsReady(text) {
    var link = document.querySelector("link[href*='noto-sans-sc']");
    if (!link || !document.fonts) { return Promise.resolve(); }
    var loaded = link.sheet ? Promise.resolve() : new Promise(function (done) {
      link.addEventListener("load", done);
      link.addEventListener("error", done);
    });
    return loaded.then(function () { return document.fonts.load(WEB_FONT, text); }).catch(function () { return []; });
  }

  function draw(element) {
    var text = JSON.stringify(JSON.parse(element.getAttribute("data-chart")));
    fontsReady(text).then(function () {
      var chart = window.echarts.init(element, null, { renderer: "canvas" });
      chart.setOption(prepared(element));
      chart.on("click", function (event) {
        if (event.data && event.data.href) { window.location.assign(event.data.href); }
      });
      element.setAttribute("data-drawn", "");
      drawn.push({ element: element, chart: chart });
    });
  }

  function start(root) {
    if (!window.echarts) { return; }
    Array.prototype.forEach.call(root.querySelectorAll("[data-chart]:not([data-drawn])"), draw);
  }

  function resize() {
    drawn = drawn.filter(function (one) { return document.contains(one.element); });
    drawn.forEach(function (one) { one.chart.resize(); });
  }

  function picture(event) {
    var button = event.target.closest("[data-chart-picture]");
    if (!button) { return; }
    var holder = document.getElementById(button.getAttribute("data-chart-picture"));
    var found = drawn.filter(function (one) { return one.element === holder; })[0];
    if (!found) { return; }
    var link = document.createElement("a");
    link.href = found.chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: token(holder, "--surface") });
    link.download = button.getAttribute("data-name") + ".png";
    link.click();
  }

  document.addEventListener("DOMContentLoaded", function () { start(document); });
  document.addEventListener("htmx:load", function (event) { if (event.target !== document.body) { start(event.target); } });
  document.addEventListener("click", picture);
  window.addEventListener("resize", resize);
})();
