import NNCore
import Testing

@Suite struct SparklineTests {
  @Test func sparkline() {
    var curve = Sparkline(width: 8)
    #expect(curve.text == "")
    for step in 1...16 { curve.add(pow(2, Double(-step)), at: step, of: 16) }
    #expect(curve.text == "█▇▆▅▄▃▂▁")
    var started = Sparkline(width: 8)
    started.add(.nan, at: 1, of: 80)
    started.add(0.5, at: 31, of: 80)
    started.add(0, at: 60, of: 80)
    #expect(started.text == "   █ ▁")
    // Of equal values none stands out, and what is beyond the end belongs to it.
    var flat = Sparkline(width: 3)
    for step in 1...4 { flat.add(1, at: step, of: 3) }
    #expect(flat.text == "▁▁▁")
  }
}
