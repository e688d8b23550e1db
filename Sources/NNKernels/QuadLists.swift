import CProcessor

/// Lists the places below `count` where one of four rows of bytes is not zero.
///
/// - Parameter entries: room for `count`, and `listPadding` more that may be written to.
/// - Returns: how many there are.
public func listQuad(
  _ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, _ third: UnsafePointer<UInt8>,
  _ fourth: UnsafePointer<UInt8>, count: Int, entries: UnsafeMutablePointer<QuadEntry>
) -> Int {
  var found = 0
  var place = 0
  while place + 16 <= count {
    found &+= Int(
      processor_list_quad(
        first + place, second + place, third + place, fourth + place, UInt32(truncatingIfNeeded: place), entries + found
      ))
    place &+= 16
  }
  while place < count {
    let low = QuadEntry(first[place]) &<< 32 | QuadEntry(second[place]) &<< 40
    let bytes = low | QuadEntry(third[place]) &<< 48 | QuadEntry(fourth[place]) &<< 56
    entries[found] = QuadEntry(truncatingIfNeeded: place) | bytes
    found &+= bytes == 0 ? 0 : 1
    place &+= 1
  }
  return found
}
