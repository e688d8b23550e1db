import Testing

/// Training that is killed at any moment, again and again, comes to the bytes of training that was never stopped.
struct KillTests {
  private static let everything = """
    --epochs 60 --batch-size 50 --validation 0.2 --schedule one-cycle --warmup 20% --optimizer momentum --nesterov \
    --learning-rate 0.02 --clip-norm 1 --max-norm 2 --label-smoothing 0.1 --class-weights balanced --average 0.95 \
    --dropout 0.2 --input-dropout 0.1 --augment affine,elastic,thickness --teacher teacher.safetensors \
    --keep best-accuracy --patience 50
    """

  private func expectTheSame(_ log: String, kills: Int) throws {
    let shell = try Shell()
    try shell.makeDigits(260)
    try shell.output(of: "nn-init 784 30 10 --seed 2 -o start.safetensors")
    try shell.output(of: "nn-init 784 40 10 | nn-train -q --data data.safetensors -o teacher.safetensors")
    let train = "nn-train -q --data data.safetensors \(Self.everything) --checkpoint c --checkpoint-every 0.01s \(log)"
    try shell.output(of: "\(train) start.safetensors -o whole.safetensors")
    try shell.output(of: "mv log.tsv whole.tsv; mv c whole.checkpoint")

    let delays = (0..<kills).map { _ in "\(Double.random(in: 0.01...0.2))" }
    let result = try shell.run(
      """
      try() {
        if [ -s c ]; then nn-eval c --data data.safetensors >c.tsv || exit 9; set -- "$@" --resume c
        else set -- "$@" start.safetensors; fi
        exec \(train) -o end.safetensors "$@"
      }
      check() {
        cmp end.safetensors whole.safetensors && cmp c whole.checkpoint || exit 8
        cut -f 1-7 log.tsv >parts.tsv; cut -f 1-7 whole.tsv | cmp - parts.tsv || exit 7
      }
      killed=0
      for delay in \(delays.joined(separator: " ")); do
        if [ -e end.safetensors ]; then check; rm end.safetensors c log.tsv; fi
        (try) & pid=$!
        sleep $delay
        kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null; [ $? != 137 ] || killed=$((killed + 1))
      done
      [ -e end.safetensors ] || (try) || exit 6
      check
      echo $killed
      """)
    #expect(result.status == 0, "\(result.status) \(result.errors.suffix(300)) after \(delays)")
    #expect(try #require(Int(result.output.split(separator: "\n").last ?? "")) > kills / 2)
  }

  @Test func anEpochALine() throws { try expectTheSame("--log log.tsv", kills: 50) }

  @Test func someUpdatesALine() throws { try expectTheSame("--log log.tsv --log-every 7", kills: 10) }
}
