import NNCore
import Testing

@Suite struct TrainingLogTests {
  private static let good = "3\t1\t0.5\t0.75\t\t\t0.01\t1.250"

  private func read(_ text: String) throws -> [TrainingLog.Line] {
    try TrainingLog(reading: temporaryFile(Array(text.utf8))).lines
  }

  @Test func linesAreReadAsWritten() throws {
    let text = "4\t2\t1e-07\t1.0\tinf\t0.5\t1e-05\t0.001"
    let lines = try read("\(TrainingLog.header)\n\(Self.good)\n\(text)\n")
    #expect(lines.map(\.text) == [Self.good, text])
    #expect(lines[0].step == 3 && lines[0].epoch == 1 && lines[0].loss == 0.5 && lines[0].accuracy == 0.75)
    #expect(lines[0].validationLoss == nil && lines[0].validationAccuracy == nil)
    #expect(lines[0].learningRate == 0.01 && lines[0].seconds == 1.25)
    #expect(lines[1].validationLoss == .infinity && lines[1].validationAccuracy == 0.5)
    #expect(try read("\(TrainingLog.header)") == [])
    // As it may come back from an editor; and with columns that are not known yet.
    #expect(try read("\(TrainingLog.header)\tmore\r\n\(Self.good)\t7\r\n\r\n") == [lines[0]])
  }

  @Test(arguments: [
    ("3\t1\t0.5", "line 3: has 3 fields, not 8"),
    ("x\t1\t0.5\t0.75\t\t\t0.01\t1", "line 3: step is 'x', not a whole number"),
    ("3\t-1\t0.5\t0.75\t\t\t0.01\t1", "line 3: epoch is '-1', not a whole number"),
    ("3\t1\t0,5\t0.75\t\t\t0.01\t1", "line 3: loss is '0,5', not a number"),
    ("3\t1\t\t0.75\t\t\t0.01\t1", "line 3: loss is '', not a number"),
    ("3\t1\t0.5\t0.75\tbad\t\t0.01\t1", "line 3: validation_loss is 'bad', not a number"),
  ])
  func brokenLines(_ line: String, _ fault: String) throws {
    let error = #expect(throws: FileError.self) {
      try read("\(TrainingLog.header)\n\(Self.good)\n\(line)\n\(Self.good)\n")
    }
    #expect(error?.kind == .badData && error.map { "\($0)".hasSuffix(fault) } == true, "\(String(describing: error))")
  }

  @Test func whatIsNoLog() throws {
    expectFault("is empty") { try read("") }
    expectFault("is no log of nn-train") { try read("step,epoch,loss\n1,2,3\n") }
    expectFault("is no text in UTF-8") { try TrainingLog(reading: temporaryFile([0xff, 0xfe, 10])) }
  }
}
