import CProcessor
import NNKernelTypes

extension Kernels {
  public func listQuad(_ rows: QuadRows, count: Int, entries: UnsafeMutablePointer<QuadEntry>) -> Int {
    var found = 0
    var place = 0
    while place + 16 <= count {
      found &+= Int(
        processor_list_quad(
          rows.first + place, rows.second + place, rows.third + place, rows.fourth + place,
          UInt32(truncatingIfNeeded: place), entries + found
        ))
      place &+= 16
    }
    while place < count {
      let low = QuadEntry(rows.first[place]) &<< 32 | QuadEntry(rows.second[place]) &<< 40
      let bytes = low | QuadEntry(rows.third[place]) &<< 48 | QuadEntry(rows.fourth[place]) &<< 56
      entries[found] = QuadEntry(truncatingIfNeeded: place) | bytes
      found &+= bytes == 0 ? 0 : 1
      place &+= 1
    }
    return found
  }
}
