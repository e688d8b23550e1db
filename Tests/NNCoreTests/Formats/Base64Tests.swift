import Foundation
import NNCore
import Testing

@Suite struct Base64Tests {
  @Test func asFoundationHasIt() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count * 11) }
      #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
    }
    let all = (0...255).map { UInt8($0) }
    #expect(Base64.encode(all) == Data(all).base64EncodedString())
  }
}
