import NNCore
import Testing

@Suite struct PictureTests {
  @Test func colours() {
    func grey(_ samples: [UInt8]) -> Float { Picture(width: 1, height: 1, samples: samples).grey(on: 1).values[0] }
    #expect(grey([0, 0, 0, 255]) == 0 && grey([255, 255, 255, 255]) == 1 && grey([9, 9, 9, 0]) == 1)
    #expect(grey([77, 77, 77, 255]) == Float(77) / 255)
    expectClose(
      [grey([255, 0, 0, 255]), grey([0, 255, 0, 255]), grey([0, 0, 255, 255])], [0.299, 0.587, 0.114], within: 1e-6)
    expectClose([grey([0, 0, 0, 51])], [0.8], within: 1e-6)
  }

  /// The backdrop is the one that shows what is drawn.
  @Test func transparency() {
    func grey(_ samples: [[UInt8]]) -> [Float] {
      Picture(width: samples.count, height: 1, samples: samples.flatMap { $0 }).grey.values
    }
    let clear: [UInt8] = [0, 0, 0, 0]
    #expect(grey([clear, [255, 255, 255, 255], clear]) == [0, 1, 0])
    #expect(grey([clear, [0, 0, 0, 255], clear]) == [1, 0, 1])
    #expect(grey([clear, clear]) == [1, 1])
  }
}
