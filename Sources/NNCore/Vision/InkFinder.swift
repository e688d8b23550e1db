/// Tells ink from paper.
enum InkFinder {
  /// How much ink each pixel holds, 0…1.
  ///
  /// A picture of one grey on another is clear. Of others, several explanations are tried on a small picture, and the one
  /// is taken whose outlines are where the picture has its edges.
  ///
  /// - Throws: `NoDigit` for a blank picture.
  static func ink(_ grey: GreyPicture) throws -> GreyPicture {
    let plain = try InkSeparation(grey)
    if plain.isClean { return plain.ink(grey) }
    let small = Paper.small(grey)
    let edges = Edges(small)
    var best: (paper: Paper?, fit: Float) = (nil, 0)
    if let separation = try? InkSeparation(small) { best.fit = edges.fit(separation.ink(small)) }
    for paper in Paper.candidates(for: small) {
      let evidence = paper.evidence(small, small: small)
      guard let separation = try? InkSeparation(evidence: evidence) else { continue }
      let fit = edges.fit(separation.ink(evidence))
      // What needs no explanation of the paper, or a simpler one, is to be beaten clearly.
      if fit > 1.05 * best.fit { best = (paper, fit) }
    }
    guard let paper = best.paper else { return plain.ink(grey) }
    let evidence = paper.evidence(grey, small: small).smoothed(by: noiseRadius(grey))
    return try InkSeparation(evidence: evidence).ink(evidence)
  }

  /// Noise of single pixels is evened out where strokes are many pixels wide.
  private static func noiseRadius(_ grey: GreyPicture) -> Int { min(max(grey.width, grey.height) / 250, 2) }
}

/// Where a picture changes, and how much: the squares of its gradient.
private struct Edges {
  private let picture: GreyPicture
  private let strength: [Float]
  private let total: Float

  init(_ picture: GreyPicture) {
    let smooth = picture.smoothed(by: 1)
    let (width, height) = (picture.width, picture.height)
    var strength = Array(repeating: Float(0), count: width * height)
    for y in 0..<height {
      let (above, below) = (max(y - 1, 0), min(y + 1, height - 1))
      for x in 0..<width {
        let across = smooth[min(x + 1, width - 1), y] - smooth[max(x - 1, 0), y]
        let down = smooth[x, below] - smooth[x, above]
        strength[y * width + x] = across * across + down * down
      }
    }
    (self.picture, self.strength) = (picture, strength)
    total = strength.reduce(0, +)
  }

  /// How well outlines of `ink` agree with the edges: the share of all edges that is at outlines, times the share of the
  /// outlines that is at edges as strong as the others.
  func fit(_ ink: GreyPicture) -> Float {
    let (width, height) = (ink.width, ink.height)
    var outline: [Float] = []
    var explained: Float = 0
    for y in 0..<height {
      for x in 0..<width {
        let isInk = ink[x, y] > 0.5
        // A border of the picture is no outline of its own, but ink that is cut off by it has one without an edge.
        var isOutline = false
        for (nx, ny) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)] {
          guard nx >= 0, ny >= 0, nx < width, ny < height else {
            if isInk { outline.append(0) }
            continue
          }
          if (ink[nx, ny] > 0.5) != isInk { isOutline = true }
        }
        if isOutline {
          explained += strength[y * width + x]
          outline.append(strength[y * width + x])
        }
      }
    }
    guard total > 0, !outline.isEmpty else { return 0 }
    let strong = outline.sorted()[outline.count * 9 / 10]
    // Half of the gradient is a quarter of its square.
    let sharp = outline.count { $0 > strong / 10 }
    return explained / total * Float(sharp) / Float(outline.count)
  }
}
