/// Tells ink from paper.
enum InkFinder {
  /// How much ink each pixel holds, 0…1.
  ///
  /// A picture of one grey on another is clear. Of others, several explanations are tried on a small picture, and the
  /// one is taken whose outlines are where the picture has its edges.
  ///
  /// - Throws: `NoDigit` for a blank picture.
  static func ink(_ grey: GreyPicture) throws -> GreyPicture {
    let plain = try InkSeparation(grey)
    return withoutHaze(plain.isClean ? plain.ink(grey) : try inkOnUnevenPaper(grey, plain))
  }

  /// Faint ink is the soft edge of strong ink, or it is none.
  private static func withoutHaze(_ ink: GreyPicture) -> GreyPicture {
    let longer = max(ink.width, ink.height)
    guard longer >= 60 else { return ink }
    // What is near is told by square cells of the picture.
    let cell = (longer - 1) / 256 + 1
    let (across, down) = ((ink.width - 1) / cell + 1, (ink.height - 1) / cell + 1)
    var cells = GreyPicture(width: across, height: down, values: Array(repeating: 0, count: across * down))
    for y in 0..<ink.height {
      for x in 0..<ink.width where ink.values[y * ink.width + x] >= 0.5 {
        cells.values[y / cell * across + x / cell] = 1
      }
    }
    let near = cells.dilated(longer / 30 / cell)
    var kept = ink
    for y in 0..<ink.height {
      for x in 0..<ink.width where near.values[y / cell * across + x / cell] == 0 { kept.values[y * ink.width + x] = 0 }
    }
    return kept
  }

  private static func inkOnUnevenPaper(_ grey: GreyPicture, _ plain: InkSeparation) throws -> GreyPicture {
    let small = Paper.small(grey)
    let edges = Edges(small)
    guard !edges.areMissing else { throw DigitNormalizer.NoDigit.blank }
    var best: (paper: Paper?, fit: Float) = (nil, 0)
    if let separation = try? InkSeparation(small) { best.fit = edges.fit(separation.ink(small)) }
    for paper in Paper.candidates(for: small) {
      let evidence = paper.evidence(small, small: small)
      guard let separation = try? InkSeparation(evidence: evidence) else { continue }
      let fit = edges.fit(separation.ink(evidence))
      // What needs no explanation of the paper, or a simpler one, is to be beaten clearly.
      if fit > 1.05 * best.fit { best = (paper, fit) }
    }
    guard let paper = best.paper else {
      let smooth = smoothed(grey, contrast: plain.contrast)
      return try InkSeparation(smooth).firmInk(smooth)
    }
    let evidence = paper.evidence(grey, small: small)
    let smooth = try smoothed(evidence, contrast: InkSeparation(evidence: evidence).contrast)
    return try InkSeparation(evidence: smooth).firmInk(smooth)
  }

  /// The picture with its noise evened out, as far as that is strong.
  private static func smoothed(_ picture: GreyPicture, contrast: Float) -> GreyPicture {
    var steps = Histogram()
    for place in picture.values.indices.dropFirst() where place % picture.width != 0 {
      steps.add(abs(picture.values[place] - picture.values[place - 1]))
    }
    guard steps.count > 0, min(picture.width, picture.height) >= 60 else { return picture }
    // The middle difference of neighbours is about the standard deviation of noise.
    let noise = steps.quantile(0.5) / contrast
    return picture.smoothed(by: noise < 0.06 ? 0 : noise < 0.15 ? 1 : 2)
  }
}

/// Where a picture changes, and how much: the squares of its gradient.
private struct Edges {
  private let picture: GreyPicture
  private let strength: [Float]
  /// The strongest edges are those of ink: they count by far the most.
  private let total: Float
  /// Between the darkest and the lightest of the picture, its noise evened out.
  private let range: Float

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
    total = strength.reduce(0) { $0 + $1 * $1 }
    range = (smooth.values.max() ?? 0) - (smooth.values.min() ?? 0)
  }

  /// At a stroke, even a blurred one, the grey goes from one end of its range to the other within much less than a
  /// sixth of the picture; light that wanes takes more.
  private static let leastSlope: Float = 6

  /// Whether there is only light and shade: the grey changes, but so slowly that nothing can be drawn there.
  var areMissing: Bool {
    let longer = max(picture.width, picture.height)
    guard longer >= 60, let strongest = strength.max() else { return false }
    // Gradients are taken over two pixels.
    return strongest.squareRoot() / 2 * Float(longer) < Self.leastSlope * range
  }

  /// How well outlines of `ink` agree with the edges: the share of all edges that is at outlines, times the share of
  /// the outlines that is at edges as strong as the others. What the picture's border cuts off counts against it.
  func fit(_ ink: GreyPicture) -> Float {
    let (width, height) = (ink.width, ink.height)
    var outline: [Float] = []
    var explained: Float = 0
    var cutOff = 0
    for y in 0..<height {
      for x in 0..<width {
        let isInk = ink[x, y] > 0.5
        if isInk, x == 0 || y == 0 || x == width - 1 || y == height - 1 { cutOff += 1 }
        let neighbours = [
          (max(x - 1, 0), y), (min(x + 1, width - 1), y), (x, max(y - 1, 0)), (x, min(y + 1, height - 1)),
        ]
        if neighbours.contains(where: { (ink[$0, $1] > 0.5) != isInk }) {
          explained += strength[y * width + x] * strength[y * width + x]
          outline.append(strength[y * width + x])
        }
      }
    }
    guard total > 0, !outline.isEmpty else { return 0 }
    let strong = outline.sorted()[outline.count * 9 / 10]
    // Half of the gradient is a quarter of its square.
    let sharp = outline.count { $0 > strong / 10 }
    let within = 1 - Float(cutOff) / Float(2 * (width + height))
    return explained / total * Float(sharp) / Float(outline.count) * within * within
  }
}
