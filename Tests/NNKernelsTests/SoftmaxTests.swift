import Foundation
import NNKernelDispatch
import NNKernelTypes
import Testing

@Suite struct SoftmaxTests {
  @Test(arguments: instructionSets)
  func probabilitiesAndAnswersEqualPlainOnes(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    for (rows, count) in zip([1, 2, 3, 5, 8, 16, 17] + oddSizes, oddSizes + [1, 2, 10, 15, 100, 10, 10]) {
      let panels = (count + lanes - 1) / lanes
      let stride = panels * lanes + 5
      let buffer = GuardedBuffer<Float>((rows - 1) * stride + panels * lanes, seed: 13)
      for index in 0..<buffer.count { buffer.start[index] *= 40 }
      let logits = (0..<rows).map { row in (0..<count).map { Double(buffer.start[row * stride + $0]) } }
      let gap = (0..<rows - 1).map { row in (count..<stride).map { buffer.start[row * stride + $0] } }
      let labels = (0..<rows).map { Int32(7 * $0 % count) }
      let answers = GuardedBuffer<Answer>(rows)
      kernels.softmax(
        Rows(start: buffer.start, stride: stride, count: rows), classCount: count, labels: labels,
        answers: answers.start,
        gradientScale: nil,
        targets: SoftmaxTargets(start: buffer.start, rowStride: stride, panelStride: lanes))
      for row in 0..<rows {
        let maximum = try #require(logits[row].max())
        let total = logits[row].reduce(0) { $0 + exp($1 - maximum) }
        let answer = answers.start[row]
        #expect(Int(answer.best) == logits[row].firstIndex(of: maximum))
        #expect(Double(answer.margin) == Double(Float(maximum) - Float(logits[row][Int(labels[row])])))
        #expect(abs(Double(answer.sum) / total - 1) < 1e-5)
        for index in 0..<count {
          let exact = exp(logits[row][index] - maximum) / total
          #expect(abs(Double(buffer.start[row * stride + index]) - exact) <= 1e-5 * exact + 1e-38)
        }
      }
      #expect((0..<rows - 1).map { row in (count..<stride).map { buffer.start[row * stride + $0] } } == gap)
      #expect(buffer.isIntact && answers.isIntact)
    }
  }

  @Test(arguments: instructionSets)
  func theFirstOfSeveralMaximaIsTheBest(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    for (first, second) in [(0, 1), (3, 9), (15, 16), (0, 39), (17, 38)] {
      let row = GuardedBuffer<Float>(3 * lanes)
      for index in 0..<row.count { row.start[index] = -2 }
      (row.start[first], row.start[second]) = (5, 5)
      var answer = Answer(best: -1, margin: -1, sum: -1)
      kernels.softmax(
        Rows(start: row.start, stride: 3 * lanes, count: 1), classCount: 40, labels: nil, answers: &answer,
        gradientScale: nil,
        targets: SoftmaxTargets(start: row.start, rowStride: 3 * lanes, panelStride: lanes))
      #expect(Int(answer.best) == first && answer.margin == 0)
    }
  }

  /// Training notices by its loss that it went astray.
  @Test(arguments: instructionSets, [Float.nan, .infinity])
  func whatIsNotFiniteIsTold(_ set: InstructionSet, _ value: Float) throws {
    let kernels = try #require(set.kernels)
    for place in [0, 5, 15, 16, 20] {
      let row = GuardedBuffer<Float>(2 * lanes, seed: 14)
      row.start[place] = value
      var answer = Answer(best: -1, margin: -1, sum: -1)
      kernels.softmax(
        Rows(start: row.start, stride: 2 * lanes, count: 1), classCount: 21, labels: [2], answers: &answer,
        gradientScale: nil,
        targets: SoftmaxTargets(start: row.start, rowStride: 2 * lanes, panelStride: lanes))
      #expect(!(log(answer.sum) + answer.margin).isFinite)
      #expect((0..<21).contains(answer.best))
    }
  }

  @Test(arguments: instructionSets)
  func gradientIsTheShareOfProbabilityLessOneForTheLabel(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    for (rows, count) in [(1, 1), (3, 10), (7, 16), (16, 10), (17, 17), (35, 10), (5, 130)] {
      let stride = count + 2
      let logits = GuardedBuffer<Float>((rows - 1) * stride + count, seed: 15)
      for index in 0..<logits.count { logits.start[index] *= 9 }
      let given = logits.elements
      let labels = (0..<rows).map { Int32(5 * $0 % count) }
      let answers = GuardedBuffer<Answer>(rows)
      let gradients = GuardedPanels(rows: rows, columns: count, seed: 16)
      kernels.softmax(
        Rows(start: logits.start, stride: stride, count: rows), classCount: count, labels: labels,
        answers: answers.start,
        gradientScale: 0.125,
        targets: SoftmaxTargets(start: gradients.buffer.start, rowStride: lanes, panelStride: gradients.stride))
      #expect(logits.elements == given)
      kernels.softmax(
        Rows(start: logits.start, stride: stride, count: rows), classCount: count, labels: labels,
        answers: answers.start,
        gradientScale: nil,
        targets: SoftmaxTargets(start: logits.start, rowStride: stride, panelStride: lanes))
      for row in 0..<rows {
        for index in 0..<count {
          let p = logits.start[row * stride + index]
          let expected = (Int32(index) == labels[row] ? p - 1 : p) * 0.125
          #expect(abs(gradients[row, index] - expected) <= 1e-7)
        }
      }
      #expect(gradients.hasCleanPadding && gradients.buffer.isIntact && logits.isIntact && answers.isIntact)
    }
  }
}
