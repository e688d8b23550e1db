final class PickleArray {
  var stored: StoredArray?
}
