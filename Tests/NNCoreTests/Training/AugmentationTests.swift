import NNCore
import Testing

@Suite struct AugmentationTests {
  private func drawn(_ picture: [UInt8], seed: UInt32 = 1, place: Int, step: Int) -> [UInt8] {
    var target = [UInt8](repeating: 77, count: picture.count)
    var span = target.mutableSpan
    Augmentation(seed: seed, rows: 20, columns: 30).draw(picture.span, place: place, step: step, into: &span)
    return target
  }

  private var bar: [UInt8] {
    (0..<600).map { (4..<16).contains($0 / 30) && (13..<17).contains($0 % 30) ? 200 : 0 }
  }

  @Test func dependsOnSeedPlaceAndStepAlone() {
    let one = drawn(bar, place: 5, step: 3)
    #expect(drawn(bar, place: 5, step: 3) == one)
    for other in [drawn(bar, seed: 2, place: 5, step: 3), drawn(bar, place: 6, step: 3), drawn(bar, place: 5, step: 4)]
    {
      #expect(other != one && other != bar)
    }
  }

  /// Ink stays about as much, as dark and where it was; paper stays paper.
  @Test func keepsTheDigit() {
    let wanted = ink(of: bar, width: 30)
    for step in 1...200 {
      let picture = drawn(bar, place: 0, step: step)
      let got = ink(of: picture, width: 30)
      #expect((0.65...1.4).contains(got.sum / wanted.sum), "step \(step)")
      #expect(abs(got.x - wanted.x) < 1.7 && abs(got.y - wanted.y) < 1.7, "step \(step)")
      #expect(picture.max()! > 150 && picture.max()! <= 200)
    }
    #expect(drawn(Array(repeating: 0, count: 600), place: 0, step: 1).allSatisfy { $0 == 0 })
  }
}
