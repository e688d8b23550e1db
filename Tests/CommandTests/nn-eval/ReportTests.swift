import Foundation
import Testing

/// The page of nn-eval --report, looked at as a program reads it.
struct ReportTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(300)
    try shell.makeDigits(300, seed: 2, name: "test")
    try shell.output(
      of: """
        nn-init 784 6 10 -o start.safetensors
        nn-train -q start.safetensors --data data.safetensors --epochs 2 --validation 0.2 --log log.tsv -o model.safetensors
        """)
  }

  /// Reads a page as XML, which it is too, and has what is asked of it ready.
  private static let reader = """
    import json, sys, base64
    import xml.etree.ElementTree as ElementTree
    text = open("report.html", encoding="utf-8").read()
    assert text.startswith("<!DOCTYPE html>\\n")
    page = ElementTree.fromstring(text.split("\\n", 1)[1])
    def words(element): return "".join(element.itertext()).strip()
    sections = {words(s.find("h2")): s for s in page.find("body").find("main").findall("section")}
    exact = {d.get("id"): float(d.get("value")) for d in page.iter("data")}
    told = json.load(open("told.json"))

    """

  /// Evaluates with `--report` and `--json`, and runs what follows on both.
  private func check(
    options: String = "", model: String = "model.safetensors", data: String = "test.safetensors", _ script: String
  ) throws {
    try shell.output(of: "nn-eval \(model) --data \(data) --json --report report.html \(options) >told.json")
    try Python.run(Self.reader + script, in: shell)
  }

  @Test func needsNothingButItself() throws {
    try shell.output(of: "nn-eval model.safetensors --data test.safetensors --report report.html --log log.tsv")
    let page = String(decoding: try shell.read("report.html"), as: UTF8.self)
    let plain = page.replacing(/data:image\/png;base64,[A-Za-z0-9+\/=]*/, with: "")
    for foreign in ["<script", "<link", "<iframe", "http:", "https:", "//", "url(", "@import", "javascript:"] {
      #expect(!plain.contains(foreign), "\(foreign)")
    }
    #expect(plain.firstMatch(of: /\son[a-z]+=/) == nil)
    #expect(page.contains("prefers-color-scheme:dark"))
  }

  @Test(.enabled(if: Shell.has("python3"), "needs Python"))
  func figuresAreThoseThatAreTold() throws {
    try check(
      options: "--log log.tsv",
      """
      assert exact["accuracy"] == told["accuracy"] and exact["loss"] == told["loss"]
      assert exact["calibration_error"] == told["calibration_error"] and exact["errors"] == len(told["errors"])
      for index, item in enumerate(told["classes"]):
        assert all(exact[f"{measure}.{index}"] == item[measure] for measure in ("precision", "recall", "f1"))
      matrix = next(t for t in page.iter("table") if t.get("class") == "matrix")
      rows = [[int(words(c) or 0) for c in r.findall("td")] for r in matrix.find("tbody")]
      assert rows == told["confusion"]
      names = [item["name"] for item in told["classes"]]
      assert [words(h) for h in matrix.find("thead").iter("th")][1:] == names
      assert [words(r.find("th")) for r in matrix.find("tbody")] == names
      support = [int(words(r.findall("td")[3])) for r in sections["Classes"].iter("tr") if r.find("td") is not None]
      assert support == [sum(row) for row in told["confusion"]]
      bins = [b for b in told["calibration"] if b["count"]]
      table = [r for r in sections["Calibration"].iter("tr") if r.find("td") is not None]
      assert [int(words(r.find("td"))) for r in table] == [b["count"] for b in bins]
      assert [words(r.findall("td")[2]) for r in table] == ["%.2f %%" % (100 * b["accuracy"] + 1e-9) for b in bins]
      assert list(sections) == ["Key figures", "Training curve", "Calibration", "Confusion matrix", "Classes", "Mistakes", "Model and data"]
      """)
  }

  @Test(.enabled(if: Shell.has("python3"), "needs Python"))
  func everythingHasAName() throws {
    try check(
      options: "--log log.tsv",
      """
      assert page.get("lang") == "en" and words(page.find("head").find("title"))
      ids = [e.get("id") for e in page.iter() if e.get("id")]
      assert len(ids) == len(set(ids)), "ids are unique"
      svgs = list(page.iter("svg"))
      assert len(svgs) == 4
      for svg in svgs:
        assert svg.get("role") == "img" and svg.find("title") is not None and svg.find("desc") is not None
        assert svg.get("aria-labelledby").split() == [svg.find("title").get("id"), svg.find("desc").get("id")]
        assert len(words(svg.find("desc"))) > 20
      assert all(image.get("alt") for image in page.iter("img"))
      for table in page.iter("table"):
        assert all(head.get("scope") in ("row", "col") for head in table.iter("th")) and table.find(".//th") is not None
      last = [line.split("\\t") for line in open("log.tsv")][-1]
      assert "%.4f" % float(last[2]) in words(svgs[0].find("desc"))
      """)
  }

  /// Two diagrams stand beside each other where there is room for both; else each takes all of the width.
  @Test(.enabled(if: Shell.has("python3"), "needs Python"))
  func chartsStackInANarrowWindow() throws {
    try check(
      options: "--log log.tsv",
      """
      import re
      sheet = page.find("head").find("style").text
      rules = dict(re.findall(r"([^{}]+)\\{([^{}]*)\\}", re.sub(r"@media[^{]*\\{", "", sheet.replace("\\n", ""))))
      assert "display:grid" in rules[".chart"] and "overflow" not in rules[".chart"]
      assert "grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr))" in rules[".chart"]
      assert rules[".chart svg"] == "width:100%;height:auto;display:block"
      for name in ("Training curve", "Calibration"):
        chart = [d for d in sections[name].iter("div") if d.get("class") == "chart"]
        assert len(chart) == 1 and [e.tag for e in chart[0]] == ["svg", "svg"]
        assert all(float(e.get("viewBox").split()[2]) < 500 for e in chart[0])
        legend = [u for u in sections[name].iter("ul") if u.get("class") == "legend"]
        assert len(legend) == 1 and all(words(i) for i in legend[0])
      """)
  }

  @Test(.enabled(if: Shell.has("python3"), "needs Python"))
  func severalLogs() throws {
    try shell.output(
      of: """
        nn-train -q start.safetensors --data data.safetensors --epochs 3 --log 'a<b>.tsv' -o /dev/null
        nn-eval model.safetensors --data test.safetensors --report one.html --log log.tsv
        """)
    try check(
      options: "--log log.tsv --log 'a<b>.tsv' --log - <log.tsv",
      """
      assert list(sections)[1] == "Training curves"
      legend = sections["Training curves"].find("ul")
      assert [words(i) for i in legend] == ["log.tsv", "a<b>.tsv", "standard input", "training", "validation"]
      colours = [i.find("i").get("style").split(";")[0] for i in legend]
      assert colours[:3] == ["background:var(--first)", "background:var(--second)", "background:var(--third)"]
      for svg in sections["Training curves"].iter("svg"):
        for paint in ("first", "second", "third"):
          assert [p for p in svg.iter("path") if p.get("class") == paint], paint
        for name in ("log.tsv: ", "a<b>.tsv: ", "standard input: "):
          assert name in words(svg.find("desc"))
      one = ElementTree.fromstring(open("one.html", encoding="utf-8").read().split("\\n", 1)[1])
      legend = next(u for u in one.iter("ul") if u.get("class") == "legend")
      assert [words(i) for i in legend] == ["training", "validation"]
      """)
  }

  @Test func logsThatCantBeTaken() throws {
    let command = "nn-eval model.safetensors --data test.safetensors --report r.html"
    let nine = String(repeating: " --log log.tsv", count: 9)
    expectFailure(
      try shell.run(command + nine), 64, contains: "--log may be given 8 times, and is given 9 times")
    expectFailure(try shell.run("\(command) --log - --log - <log.tsv"), 64, contains: "read only once")
    expectFailure(
      try shell.run("\(command) --log log.tsv --log model.safetensors"), 65, contains: "model.safetensors: ")
    #expect(try !shell.names.contains("r.html"))
    try shell.output(of: command + nine.dropLast(14))
  }

  @Test(.enabled(if: Shell.has("python3"), "needs Python"))
  func gallery() throws {
    try check(
      """
      items = list(sections["Mistakes"].find("ul"))
      assert 0 < len(items) == min(len(told["errors"]), 120)
      order = sorted(told["errors"], key=lambda e: (-e["probability"], e["index"]))
      for item, mistake in zip(items, order):
        label, given, note = [words(e) for e in item.iter("span")][0], [words(e) for e in item.iter("span")][2], words(item.findall("p")[1])
        assert (label, given) == (mistake["label"], mistake["prediction"])
        assert note.endswith("#%d" % mistake["index"]) and abs(float(note.split()[0]) - 100 * mistake["probability"]) < 0.006
        kind, data = item.find("img").get("src").split(",")
        assert kind == "data:image/png;base64" and base64.b64decode(data, validate=True).startswith(b"\\x89PNG")
      text = words(sections["Mistakes"].find("p"))
      count = len(told["errors"])
      assert text.startswith(f"The 120 of {count} " if count > 120 else f"All {count}, "), text
      """)
    // The first picture is that of the data.
    if Python.hasPillow, Python.hasSafetensors {
      try Python.run(
        Self.reader + """
          import io, numpy
          from PIL import Image
          from safetensors.numpy import load_file
          first = max(told["errors"], key=lambda e: (e["probability"], -e["index"]))
          data = sections["Mistakes"].find("ul")[0].find("img").get("src").split(",")[1]
          picture = numpy.array(Image.open(io.BytesIO(base64.b64decode(data))))
          assert numpy.array_equal(picture, load_file("test.safetensors")["images"][first["index"]])
          """, in: shell)
    }
  }

  @Test(.enabled(if: Shell.has("python3"), "needs Python"))
  func textsAreEscaped() throws {
    let odd = ["<script>alert('1')</script>", "a&amp;b", "\"quoted\"", "日本", "</table>", "x\u{202e}y"]
    try shell.write(
      Samples.model(weights: odd.indices.map { [Float($0), 0] }, biases: odd.map { _ in 0 }, classes: odd),
      to: "<i>model&")
    try shell.write(Samples.features([[1, 0], [0, 1], [-1, 3]], labels: [0, 1, 2]), to: "<b>data")
    try check(
      model: "'<i>model&'", data: "'<b>data'",
      """
      assert words(page.find("body").find("header").find("h1")) == "<i>model&"
      assert [item["name"] for item in told["classes"]] == [words(r.find("th")) for r in sections["Classes"].find(".//tbody")]
      assert "<script" not in text and "Mistakes" not in sections and "Training curve" not in sections
      """)
  }

  /// With many classes the matrix is a picture, and the page stays small.
  @Test(.enabled(if: Shell.has("python3"), "needs Python"))
  func manyClasses() throws {
    let weights = (0..<300).map { [Float($0 % 17), Float($0 % 5)] }
    try shell.write(Samples.model(weights: weights, biases: weights.map { _ in 0 }), to: "many")
    try shell.write(
      Samples.features((0..<200).map { [Float($0 % 7) - 3, 1] }, labels: (0..<200).map { $0 }), to: "data")
    try check(
      model: "many", data: "data",
      """
      image = sections["Confusion matrix"].find(".//img")
      assert image.get("src").startswith("data:image/png;base64,") and "300 classes" in image.get("alt")
      assert len(list(sections["Classes"].find(".//tbody"))) == 300 and len(text) < 400_000
      """)
  }

  @Test func noMistakes() throws {
    try shell.write(Samples.model(weights: [[9, 0], [0, 9]], biases: [0, 0]), to: "right")
    try shell.write(Samples.pixels(shape: [2, 1, 2], [255, 0, 0, 255], labels: [0, 1]), to: "data")
    try shell.output(of: "nn-eval right --data data --report report.html --errors-png errors.png")
    #expect(
      String(decoding: try shell.read("report.html"), as: UTF8.self).contains("<p>There are none in 2 examples.</p>"))
  }
}
