final class PickleElementType {
  let code: String
  var isBigEndian = false

  init(code: String) {
    self.code = code
  }

  var element: StoredArray.ElementType? { StoredArray.ElementType(numpyCode: code) }
}
