import Foundation
import NNCore
import NNKernels
import Testing

@Suite struct SoftmaxTests {
  @Test(arguments: kernelSets.map(\.instructionSet))
  func probabilitiesAndAnswersEqualPlainOnes(_ set: Kernels.InstructionSet) throws {
    let kernels = try #require(Kernels(set))
    for (rows, count) in zip([1, 2, 3, 5, 8] + oddSizes, oddSizes + [1, 2, 10, 15, 100]) {
      let panels = (count + lanes - 1) / lanes
      let stride = panels * lanes + 5
      let buffer = GuardedBuffer<Float>((rows - 1) * stride + panels * lanes, seed: 13)
      for index in 0..<buffer.count { buffer.start[index] *= 40 }
      let logits = (0..<rows).map { row in (0..<count).map { Double(buffer.start[row * stride + $0]) } }
      let gap = (0..<rows - 1).map { row in (panels * lanes..<stride).map { buffer.start[row * stride + $0] } }
      let labels = (0..<rows).map { Int32(7 * $0 % count) }
      let answers = GuardedBuffer<Answer>(rows)
      kernels.softmax(buffer.start, stride, rows, count, panels, labels, answers.start)
      for row in 0..<rows {
        let greatest = try #require(logits[row].max())
        let total = logits[row].reduce(0) { $0 + exp($1 - greatest) }
        let answer = answers.start[row]
        #expect(Int(answer.best) == logits[row].firstIndex(of: greatest))
        #expect(Double(answer.margin) == Double(Float(greatest) - Float(logits[row][Int(labels[row])])))
        #expect(abs(Double(answer.sum) / total - 1) < 1e-5)
        for index in 0..<count {
          let exact = exp(logits[row][index] - greatest) / total
          #expect(abs(Double(buffer.start[row * stride + index]) - exact) <= 1e-5 * exact + 1e-38)
        }
        #expect((count..<panels * lanes).allSatisfy { buffer.start[row * stride + $0] == 0 })
      }
      #expect((0..<rows - 1).map { row in (panels * lanes..<stride).map { buffer.start[row * stride + $0] } } == gap)
      #expect(buffer.isIntact && answers.isIntact)
    }
  }

  @Test(arguments: kernelSets.map(\.instructionSet))
  func theFirstOfSeveralGreatestIsTheBest(_ set: Kernels.InstructionSet) throws {
    let kernels = try #require(Kernels(set))
    for (first, second) in [(0, 1), (3, 9), (15, 16), (0, 39), (17, 38)] {
      let row = GuardedBuffer<Float>(3 * lanes)
      for index in 0..<row.count { row.start[index] = -2 }
      (row.start[first], row.start[second]) = (5, 5)
      var answer = Answer(best: -1, margin: -1, sum: -1)
      kernels.softmax(row.start, 3 * lanes, 1, 40, 3, nil, &answer)
      #expect(Int(answer.best) == first && answer.margin == 0)
    }
  }

  /// Training notices by its loss that it went astray.
  @Test(arguments: kernelSets.map(\.instructionSet), [Float.nan, .infinity])
  func whatIsNotFiniteIsTold(_ set: Kernels.InstructionSet, _ value: Float) throws {
    let kernels = try #require(Kernels(set))
    for place in [0, 5, 15, 16, 20] {
      let row = GuardedBuffer<Float>(2 * lanes, seed: 14)
      row.start[place] = value
      var answer = Answer(best: -1, margin: -1, sum: -1)
      kernels.softmax(row.start, 2 * lanes, 1, 21, 2, [2], &answer)
      #expect(!(log(answer.sum) + answer.margin).isFinite)
      #expect((0..<21).contains(answer.best))
    }
  }

  @Test(arguments: kernelSets.map(\.instructionSet))
  func gradientIsProbabilityLessOneForTheLabel(_ set: Kernels.InstructionSet) throws {
    let kernels = try #require(Kernels(set))
    for (rows, count) in [(1, 1), (3, 10), (7, 16), (17, 17), (5, 130)] {
      let panels = (count + lanes - 1) / lanes
      let stride = panels * lanes + 2
      let probabilities = GuardedBuffer<Float>((rows - 1) * stride + panels * lanes, seed: 15)
      for row in 0..<rows { for index in count..<panels * lanes { probabilities.start[row * stride + index] = 0 } }
      let labels = (0..<rows).map { Int32(5 * $0 % count) }
      let gradients = Panels(rows: rows, columns: count, seed: 16)
      kernels.crossEntropyGradient(
        probabilities.start, stride, rows, panels, labels, 0.125, gradients.buffer.start, gradients.stride)
      for row in 0..<rows {
        for index in 0..<count {
          let p = probabilities.start[row * stride + index]
          #expect(gradients[row, index] == (Int32(index) == labels[row] ? p - 1 : p) * 0.125)
        }
      }
      #expect(gradients.hasCleanPadding && gradients.buffer.isIntact)
    }
  }
}
