import NNCore
import Testing

@Suite struct DatasetCopiesTests {
  private var dataset: Dataset {
    let pixels = (0..<5 * 63).map { UInt8($0 * 37 % 251) }
    return Dataset(count: 5, inputs: .pixels(Bytes(pixels), rows: 9, columns: 7), labels: [3, 1, 4, 1, 5])
  }

  /// Copy k of an example is what training draws in epoch k, and threads make no difference.
  @Test func copiesAreWhatTrainingSees() throws {
    for kind in [AugmentationKind.plain, AugmentationKind(DistortionSetting.Part.allCases)] {
      let copies = try dataset.redrawn(kind, seed: 7, copies: 3, pool: WorkerPool(count: 1))
      #expect(copies.count == 15 && copies.labels == [3, 3, 3, 1, 1, 1, 4, 4, 4, 1, 1, 1, 5, 5, 5])
      let redrawing = try #require(kind.redrawing(seed: 7, rows: 9, columns: 7))
      for place in 0..<5 {
        for step in 1...3 {
          var drawn = [UInt8](repeating: 0, count: 63)
          var span = drawn.mutableSpan
          redrawing.draw([UInt8](dataset.example(place)).span, place: place, step: step, into: &span)
          #expect([UInt8](copies.example(3 * place + step - 1)) == drawn)
        }
      }
      for workers in [2, 3, 8] {
        let other = try dataset.redrawn(kind, seed: 7, copies: 3, pool: WorkerPool(count: workers))
        #expect([UInt8](other.inputs.bytes) == [UInt8](copies.inputs.bytes))
      }
    }
  }

  @Test func noKindChangesNothing() throws {
    let same = try dataset.redrawn(.none, seed: 7, copies: 1, pool: WorkerPool(count: 1))
    #expect([UInt8](same.inputs.bytes) == [UInt8](dataset.inputs.bytes))
  }
}
