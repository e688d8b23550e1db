/// Escapes text for HTML and XML, including attribute values in quotes.
package func escaped(markup text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    // Other control characters are valid in neither HTML nor XML.
    case let control
    where control.value < 32 && ![9, 10, 13].contains(control.value) || (127..<160).contains(control.value):
      result += "\u{fffd}"
    case let odd where odd.value & 0xfffe == 0xfffe: result += "\u{fffd}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Renders figures as SVG 1.1.
package enum SVG {
  /// A complete SVG file that follows the viewer's preference for a light or dark colour scheme.
  package static func file(_ figure: Figure) -> String {
    let used = Set(figure.marks.map(\.paint)).union(Paint.basic)
    let paints = Paint.allCases.filter(used.contains)
    let style = """
      <style>\(rules(.light, for: paints))
      @media (prefers-color-scheme: dark) {\(rules(.dark, for: paints))}
      text{font-size:12px;font-family:system-ui,-apple-system,"Segoe UI",sans-serif}</style>
      """
    let surface = "<rect class=\"surface\" width=\"\(number(figure.width))\" height=\"\(number(figure.height))\"/>\n"
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      + element(figure, id: "figure", attributes: " xmlns=\"http://www.w3.org/2000/svg\"", style + "\n" + surface)
      + "\n"
  }

  /// The `svg` element of a figure for a page that has the styles of `rules`.
  ///
  /// - Parameter id: the prefix of the ids of its title and description, unique in the page.
  package static func inline(_ figure: Figure, id: String) -> String {
    element(figure, id: id, attributes: "", "")
  }

  /// The CSS rules that give each paint its colour.
  ///
  /// - Parameters:
  ///   - paints: the paints that the figures have.
  ///   - scope: the beginning of each selector.
  package static func rules(_ palette: Palette, for paints: [Paint] = Paint.allCases, scope: String = "") -> String {
    paints.map { paint in
      "\(scope).\(paint){fill:\(palette[paint])}\(scope)path.\(paint){fill:none;stroke:\(palette[paint])}"
    }.joined()
  }

  private static func element(_ figure: Figure, id: String, attributes: String, _ head: String) -> String {
    let (width, height) = (number(figure.width), number(figure.height))
    let opening =
      "<svg\(attributes) viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" height=\"\(height)\" role=\"img\""
      + " aria-labelledby=\"\(id)-title \(id)-summary\">\n"
    let titles =
      "<title id=\"\(id)-title\">\(escaped(markup: figure.title))</title>\n"
      + "<desc id=\"\(id)-summary\">\(escaped(markup: figure.summary))</desc>\n"
    return opening + titles + head + figure.marks.map { text($0) + "\n" }.joined() + "</svg>"
  }

  private static func text(_ mark: Figure.Mark) -> String {
    switch mark {
    case .line(let points, let paint, let width):
      let path = points.enumerated().map { "\($0 == 0 ? "M" : "L")\(number($1.x)) \(number($1.y))" }.joined()
      // A path of one point needs a segment, even of length 0, to show its round caps.
      let end = points.count == 1 ? "h0" : ""
      return "<path class=\"\(paint)\" d=\"\(path)\(end)\" stroke-width=\"\(number(width))\""
        + " stroke-linejoin=\"round\" stroke-linecap=\"round\"/>"
    case .area(let x, let y, let width, let height, let paint):
      return "<rect class=\"\(paint)\" x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\""
        + " height=\"\(number(height))\"/>"
    case .dot(let centre, let radius, let paint):
      return
        "<circle class=\"\(paint)\" cx=\"\(number(centre.x))\" cy=\"\(number(centre.y))\" r=\"\(number(radius))\"/>"
    case .text(let string, let place, let anchor, let paint, let isBold, let isVertical):
      let (x, y) = (number(place.x), number(place.y))
      let turn = isVertical ? " transform=\"rotate(-90 \(x) \(y))\"" : ""
      return
        "<text class=\"\(paint)\" x=\"\(x)\" y=\"\(y)\" "
        + "text-anchor=\"\(anchor)\"\(isBold ? " font-weight=\"600\"" : "")"
        + "\(turn)>\(escaped(markup: string))</text>"
    }
  }

  /// Formats a length with at most two decimal places.
  private static func number(_ value: Double) -> String {
    let text = value.fixed(2)
    return text.hasSuffix(".00") ? String(text.dropLast(3)) : text.hasSuffix("0") ? String(text.dropLast()) : text
  }
}
