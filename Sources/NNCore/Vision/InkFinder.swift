/// Separates ink from paper (foreground extraction with soft edges).
enum InkFinder {
  /// The amount of ink of each pixel, 0…1.
  ///
  /// If paper and ink are two uniform greys, Otsu's threshold separates them. Otherwise several background estimates
  /// are tried on a small picture, and the one is used whose ink outlines agree best with the picture's edges.
  ///
  /// - Throws: `NoDigit` if the picture is blank.
  static func ink(_ grey: GreyPicture) throws -> GreyPicture {
    let plain = try InkSeparation(grey)
    return withoutHaze(plain.isClean ? plain.ink(grey) : try inkOnUnevenPaper(grey, plain))
  }

  /// The ink without faint pixels that are not near strong ink, where they are soft edges.
  private static func withoutHaze(_ ink: GreyPicture) -> GreyPicture {
    let longer = max(ink.width, ink.height)
    guard longer >= 60 else { return ink }
    // Distances are measured in square cells of pixels.
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

  /// The ink of a picture whose paper or ink is not uniform.
  private static func inkOnUnevenPaper(_ grey: GreyPicture, _ plain: InkSeparation) throws -> GreyPicture {
    let small = BackgroundEstimate.workingPicture(of: grey)
    let edges = EdgeMap(small)
    guard !edges.isShadingOnly else { throw DigitNormalizer.NoDigit.blank }
    var best: (background: BackgroundEstimate?, fit: Float) = (nil, 0)
    if let separation = try? InkSeparation(small) { best.fit = edges.fit(separation.ink(small)) }
    for background in BackgroundEstimate.candidates(for: small) {
      let topHat = background.topHat(of: small, small: small)
      guard let separation = try? InkSeparation(topHat: topHat) else { continue }
      let fit = edges.fit(separation.ink(topHat))
      // A further estimate must be clearly better than no estimate or an earlier one.
      if fit > 1.05 * best.fit { best = (background, fit) }
    }
    guard let background = best.background else {
      let smooth = denoised(grey, contrast: plain.contrast)
      return try InkSeparation(smooth).firmInk(smooth)
    }
    let topHat = background.topHat(of: grey, small: small)
    let smooth = try denoised(topHat, contrast: InkSeparation(topHat: topHat).contrast)
    return try InkSeparation(topHat: smooth).firmInk(smooth)
  }

  /// The picture with a box blur whose radius grows with the noise; unchanged if there is little noise.
  private static func denoised(_ picture: GreyPicture, contrast: Float) -> GreyPicture {
    var steps = Histogram()
    for place in picture.values.indices.dropFirst() where place % picture.width != 0 {
      steps.add(abs(picture.values[place] - picture.values[place - 1]))
    }
    guard steps.count > 0, min(picture.width, picture.height) >= 60 else { return picture }
    // The median difference of neighbours approximates the standard deviation of the noise.
    let noise = steps.quantile(0.5) / contrast
    return picture.boxBlurred(noise < 0.06 ? 0 : noise < 0.15 ? 1 : 2)
  }
}

/// The edges of a picture: the squared magnitudes of its gradient.
private struct EdgeMap {
  private let picture: GreyPicture
  private let strength: [Float]
  /// The sum of the squared strengths. The squares give most weight to the strongest edges, which are the edges of ink.
  private let total: Float
  /// The difference of the maximum and the minimum of the blurred picture.
  private let range: Float

  init(_ picture: GreyPicture) {
    let smooth = picture.boxBlurred(1)
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

  /// The minimum slope of a stroke's edge, in grey ranges per length of the picture's longer side. At an edge even of a
  /// blurred stroke, the grey crosses its range within much less than a sixth of the side; shading takes more.
  private static let minimumSlope: Float = 6

  /// Whether the picture has only light and shade: its grey changes too slowly for edges of strokes.
  var isShadingOnly: Bool {
    let longer = max(picture.width, picture.height)
    guard longer >= 60, let strongest = strength.max() else { return false }
    // Gradients are central differences over two pixels.
    return strongest.squareRoot() / 2 * Float(longer) < Self.minimumSlope * range
  }

  /// A score for how well the outlines of `ink` agree with the edges: the share of the edge strength that is at
  /// outlines, times the share of outline pixels that are at strong edges, times a penalty for ink at the picture's
  /// border.
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
    // Strong edges have more than a tenth of the squared gradient's 90 % quantile.
    let sharp = outline.count { $0 > strong / 10 }
    let within = 1 - Float(cutOff) / Float(2 * (width + height))
    return explained / total * Float(sharp) / Float(outline.count) * within * within
  }
}
