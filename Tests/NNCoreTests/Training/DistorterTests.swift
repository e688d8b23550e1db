import NNCore
import NNKernelDispatch
import NNKernelTypes
import Testing

@Suite struct DistorterTests {
  private static let all: [DistortionSetting: Double] = Dictionary(
    uniqueKeysWithValues: DistortionSetting.allCases.map { ($0, $0.standard) })

  private func drawn(
    _ picture: [UInt8], _ values: [DistortionSetting: Double], seed: UInt32 = 1, place: Int = 0, step: Int = 1,
    stepsAnEpoch: Int = 1
  ) -> [UInt8] {
    var target = [UInt8](repeating: 77, count: picture.count)
    var span = target.mutableSpan
    Distorter(seed: seed, shape: PictureShape(rows: 20, columns: 30), values, stepsAnEpoch: stepsAnEpoch)
      .draw(picture.span, place: place, step: step, into: &span)
    return target
  }

  private var bar: [UInt8] {
    (0..<600).map { (4..<16).contains($0 / 30) && (13..<17).contains($0 % 30) ? 200 : 0 }
  }

  @Test func identityGivesThePictureBack() {
    var values = Self.all.mapValues { _ in 0.0 }
    values[.sigma] = 6
    let noise = (0..<600).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
    for step in 1...5 { #expect(drawn(noise, values, step: step) == noise) }
    #expect(drawn(noise, [:]) == noise)
  }

  /// Within an epoch a picture stays the same, whatever the step.
  @Test func dependsOnSeedPlaceAndEpochAlone() {
    for part in DistortionSetting.Part.allCases {
      let values = Self.all.filter { part.settings.contains($0.key) }
      let one = drawn(bar, values, place: 5, step: 3)
      #expect(one != bar && drawn(bar, values, place: 5, step: 3) == one)
      #expect(drawn(bar, values, place: 5, step: 21, stepsAnEpoch: 10) == one)
      #expect(drawn(bar, values, place: 5, step: 30, stepsAnEpoch: 10) == one)
      for other in [
        drawn(bar, values, seed: 2, place: 5, step: 3), drawn(bar, values, place: 6, step: 3),
        drawn(bar, values, place: 5, step: 4), drawn(bar, values, place: 5, step: 31, stepsAnEpoch: 10),
      ] {
        #expect(other != one)
      }
    }
  }

  /// Ink stays about as much and where it was; paper stays paper.
  @Test func keepsTheDigit() {
    let wanted = ink(of: bar, width: 30)
    for step in 1...200 {
      let picture = drawn(bar, Self.all, step: step)
      let got = ink(of: picture, width: 30)
      #expect((0.4...1.9).contains(got.sum / wanted.sum), "step \(step)")
      #expect(abs(got.x - wanted.x) < 5 && abs(got.y - wanted.y) < 5, "step \(step)")
      #expect(picture.max()! > 100 && picture.max()! <= 200)
    }
    #expect(drawn(Array(repeating: 0, count: 600), Self.all).allSatisfy { $0 == 0 })
  }

  /// SciPy's affine_transform is the reference.
  @Test(arguments: InstructionSet.allCases.filter(\.isAvailable)) func affineMaps(_ set: InstructionSet) throws {
    let figures = try Fixtures.figures("distortion")
    let picture = figures["picture"].ints.map { UInt8($0) }
    func pair(_ figures: Figures) -> SIMD2<Float> { SIMD2(Float(figures.doubles[0]), Float(figures.doubles[1])) }
    for (number, map) in figures["maps"].items.enumerated() {
      var distortion = PictureDistortion(rows: figures["rows"].int, columns: figures["columns"].int)
      distortion.origin = pair(map["origin"])
      (distortion.across, distortion.down) = (pair(map["across"]), pair(map["down"]))
      var target = [UInt8](repeating: 77, count: picture.count)
      try #require(set.kernels).distort(picture, distortion, into: &target)
      for (place, wanted) in map["result"].doubles.enumerated() {
        // Half a step by rounding, and what Floats lose of places between steep neighbours.
        #expect(abs(Double(target[place]) - wanted) < 0.52, "map \(number), pixel \(place)")
      }
      if number == 0 { #expect(target == picture) }
    }
  }

  /// A slope tells by how much each pixel was displaced. SciPy's gaussian_filter of noise is the reference.
  @Test func elasticFieldHasTheStatisticsOfTheGaussian() throws {
    let slope = (0..<600).map { UInt8($0 % 30 * 8) }
    for field in try Fixtures.figures("distortion")["fields"].items {
      let (sigma, alpha) = (field["sigma"].double, field["alpha"].double)
      let distances = Array(stride(from: 0, through: 10, by: 2))
      var (sums, mean, count) = (distances.map { _ in 0.0 }, 0.0, 0.0)
      for step in 1...3000 {
        let picture = drawn(slope, [.sigma: sigma, .alpha: alpha], step: step)
        func displacement(_ x: Int) -> Double { Double(picture[300 + x]) / 8 - Double(x) }
        // Away from the edge, which is steep.
        let first = displacement(9)
        for (index, distance) in distances.enumerated() { sums[index] += first * displacement(9 + distance) }
        (mean, count) = (mean + first, count + 1)
      }
      let variance = field["variance"].double
      // Rounding to steps of 1/8 pixel adds a variance of 1/768.
      #expect(abs(sums[0] / count - variance - 1 / 768) < 0.12 * variance, "sigma \(sigma): \(sums[0] / count)")
      #expect(abs(mean / count) < 4 * (variance / count).squareRoot(), "sigma \(sigma)")
      for (sum, wanted) in zip(sums, field["correlation"].doubles) {
        #expect(abs(sum / sums[0] - wanted) < 0.08, "sigma \(sigma): \(sum / sums[0]), not \(wanted)")
      }
    }
  }
}
