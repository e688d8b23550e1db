import Testing

/// A file that breaks one rule of the format, and what is said of it.
struct SafetensorsViolation: CustomTestStringConvertible {
  let testDescription: String
  let file: [UInt8]
  let message: String

  init(_ description: String, _ file: [UInt8], _ message: String) {
    (testDescription, self.file, self.message) = (description, file, message)
  }

  /// Of a header, with the four bytes that most of them speak of.
  init(_ description: String, _ header: String, _ message: String) {
    self.init(description, Samples.safetensors(header, [1, 2, 3, 4]), message)
  }
}

extension SafetensorsViolation {
  static let all = framing + json + names + tensors

  private static let sound = #""x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}"#

  private static func tensor(_ fields: String) -> String { #"{"x":{\#(fields)}}"# }

  private static let framing: [SafetensorsViolation] = [
    .init("empty", [], "is empty"),
    .init("too short", [1, 0, 0, 0, 0, 0, 0], "too short"),
    .init(
      "100 MB and a byte", Samples.littleEndian(UInt64(100_000_001)) + Array("{}".utf8), "byte 0: is not a safe"),
    .init("a length of 2^64 - 1", Array(repeating: 0xff, count: 8) + Array("{}".utf8), "longer than 100 MB"),
    .init("truncated at 100 MB", Samples.littleEndian(UInt64(100_000_000)) + Array("{}".utf8), "ends after 2 of them"),
    .init(
      "truncated header", Samples.littleEndian(UInt64(60)) + Array("{\(sound)}".utf8.prefix(20)),
      "ends after 20 of them"),
    .init("no header", Samples.littleEndian(UInt64(0)), "doesn't start with '{'"),
    .init("truncated data", Samples.safetensors("{\(sound)}", [1, 2, 3]), "ends after 3 of them"),
    .init("trailing byte", Samples.safetensors("{\(sound)}", [1, 2, 3, 4, 5]), "bytes follow the last tensor"),
    .init("bytes without a tensor", "{}", "byte 10: bytes follow"),
  ]

  private static let json: [SafetensorsViolation] = [
    .init("leading space", " {\(sound)}", "byte 8: is not a safetensors file: the header doesn't start with '{'"),
    .init("an array", "[]", "doesn't start with '{'"),
    .init("no value", #"{"x":}"#, "safetensors header"),
    .init("trailing comma", "{\(sound),}", "safetensors header"),
    .init("not closed", "{\(sound)", "safetensors header"),
    .init("single quotes", "{'x':1}", "safetensors header"),
    .init("a comment", "{/**/\(sound)}", "safetensors header"),
    .init("something behind", "{\(sound)}{}", "something follows"),
    .init("zero bytes behind", "{\(sound)}\0\0", "something follows"),
    .init("leading zero", tensor(#""dtype":"U8","shape":[04],"data_offsets":[0,4]"#), "safetensors header"),
    .init("not a number", tensor(#""dtype":"U8","shape":[NaN],"data_offsets":[0,4]"#), "safetensors header"),
    .init("line feed in a name", "{\"x\n\":1}", "control character"),
    .init("unknown escape", #"{"\x":1}"#, "unknown escape"),
    .init("half a pair", #"{"\ud800":1}"#, "surrogate"),
    .init("too deep", #"{"x":"# + String(repeating: "[", count: 100_000), "safetensors header"),
    .init(
      "byte FF", Samples.safetensors(header: Array(#"{""#.utf8) + [0xff] + Array(#"":1}"#.utf8)), "not valid UTF-8"),
    .init(
      "overlong slash", Samples.safetensors(header: Array(#"{""#.utf8) + [0xc0, 0xaf] + Array(#"":1}"#.utf8)),
      "not valid UTF-8"),
    .init(
      "surrogate", Samples.safetensors(header: Array(#"{""#.utf8) + [0xed, 0xa0, 0x80] + Array(#"":1}"#.utf8)),
      "not valid UTF-8"),
    .init("UTF-16", Samples.safetensors(header: Array("{\0\"\0x\0".utf8)), "safetensors header"),
  ]

  private static let names: [SafetensorsViolation] = [
    .init("tensor twice", "{\(sound),\(sound)}", "'x' stands twice"),
    .init(
      "twice by escape", #"{\#(sound),"\u0078":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}"#, "'x' stands twice"),
    .init("metadata twice", #"{"__metadata__":{},\#(sound),"__metadata__":{}}"#, "'__metadata__' stands twice"),
    .init("metadata name twice", #"{"__metadata__":{"a":"1","a":"1"},\#(sound)}"#, "'a' stands twice"),
    .init(
      "dtype twice", tensor(#""dtype":"U8","dtype":"U8","shape":[4],"data_offsets":[0,4]"#), "'dtype' stands twice"),
    .init("line feeds twice", #"{"a\nb":1,"a\nb":2}"#, #"'a\nb' stands twice"#),
    .init("metadata number", #"{"__metadata__":{"version":1},\#(sound)}"#, "metadata 'version' is not a string"),
    .init("metadata null", #"{"__metadata__":{"version":null},\#(sound)}"#, "metadata 'version' is not a string"),
    .init("metadata object", #"{"__metadata__":{"a":{}},\#(sound)}"#, "metadata 'a' is not a string"),
    .init("metadata array", #"{"__metadata__":[],\#(sound)}"#, "'__metadata__' is not an object"),
    .init("metadata text", #"{"__metadata__":"a",\#(sound)}"#, "'__metadata__' is not an object"),
  ]

  private static let tensors: [SafetensorsViolation] = [
    .init("hole at the start", tensor(#""dtype":"U8","shape":[3],"data_offsets":[1,4]"#), "'x' leaves a hole"),
    .init(
      "hole between",
      #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#,
      "'b' leaves a hole"),
    .init(
      "overlap",
      #"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#,
      "'b' overlaps"),
    .init("the same bytes", #"{\#(sound),"y":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#, "'y' overlaps"),
    .init(
      "nothing inside another", #"{\#(sound),"y":{"dtype":"U8","shape":[0],"data_offsets":[2,2]}}"#, "overlaps"),
    .init(
      "too few bytes", tensor(#""dtype":"U16","shape":[4],"data_offsets":[0,4]"#), "takes 8 bytes by its shape and 4"),
    .init(
      "too many bytes", tensor(#""dtype":"U8","shape":[3],"data_offsets":[0,4]"#), "takes 3 bytes by its shape and 4"),
    .init(
      "a scalar of 4", tensor(#""dtype":"U8","shape":[],"data_offsets":[0,4]"#), "takes 1 bytes by its shape and 4"),
    .init("half a byte", tensor(#""dtype":"F4","shape":[7],"data_offsets":[0,4]"#), "tensor 'x' "),
    .init(
      "product of 2^64", tensor(#""dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]"#), "too large"),
    .init(
      "product of 2^66 / 8", tensor(#""dtype":"U64","shape":[4611686018427387904],"data_offsets":[0,0]"#), "too large"),
    .init(
      "size of 2^64", tensor(#""dtype":"U8","shape":[18446744073709551616],"data_offsets":[0,4]"#), "no shape"),
    .init(
      "overflow before 0", tensor(#""dtype":"U8","shape":[4611686018427387904,16,0],"data_offsets":[0,0]"#), "too large"
    ),
    .init("negative size", tensor(#""dtype":"U8","shape":[-4],"data_offsets":[0,4]"#), "no shape of whole"),
    .init("fractional size", tensor(#""dtype":"U8","shape":[4.0],"data_offsets":[0,4]"#), "no shape of whole"),
    .init("size as text", tensor(#""dtype":"U8","shape":["4"],"data_offsets":[0,4]"#), "no shape of whole"),
    .init("no shape", tensor(#""dtype":"U8","data_offsets":[0,4]"#), "no shape of whole"),
    .init("unknown dtype", tensor(#""dtype":"F128","shape":[4],"data_offsets":[0,4]"#), "unknown dtype 'F128'"),
    .init("dtype in small letters", tensor(#""dtype":"u8","shape":[4],"data_offsets":[0,4]"#), "unknown dtype 'u8'"),
    .init("no dtype", tensor(#""shape":[4],"data_offsets":[0,4]"#), "has no dtype"),
    .init(
      "unknown field", tensor(#""dtype":"U8","shape":[4],"data_offsets":[0,4],"offset":0"#), "unknown field 'offset'"),
    .init("no object", #"{"x":[0,4]}"#, "is not described by an object"),
    .init("end before start", tensor(#""dtype":"U8","shape":[0],"data_offsets":[4,0]"#), "data_offsets"),
    .init("three offsets", tensor(#""dtype":"U8","shape":[4],"data_offsets":[0,4,8]"#), "data_offsets"),
    .init("negative offset", tensor(#""dtype":"U8","shape":[4],"data_offsets":[-4,0]"#), "data_offsets"),
    .init(
      "far beyond the end",
      tensor(#""dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]"#), "tensor"),
    .init(
      "beyond the end", tensor(#""dtype":"U8","shape":[1000000000000000000],"data_offsets":[0,1000000000000000000]"#),
      "ends after 4"),
  ]
}
