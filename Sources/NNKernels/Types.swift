// The types that kernels are called with. The variants for more capable processors share those of the portable module.

#if NN_VARIANT
  import NNKernels

  public typealias UpdateRule = NNKernels.UpdateRule
  public typealias Parameters = NNKernels.Parameters
  public typealias OutputActivation = NNKernels.OutputActivation
  public typealias QuadEntry = NNKernels.QuadEntry
  public typealias QuadRun = NNKernels.QuadRun
  public typealias PairRun = NNKernels.PairRun
  public typealias FixedMatrix = NNKernels.FixedMatrix
  public typealias Answer = NNKernels.Answer
#else
  /// One step of an optimiser, as PyTorch defines SGD, Adam and AdamW.
  ///
  /// With g the gradient plus `gradientDecay` · w, and w first multiplied by `weightFactor`:
  /// - plain form: w ← w − `rate` · g;
  /// - momentum form: m ← `beta1` · m + g, w ← w − `rate` · m;
  /// - sum form: w ← w + g, without decay: for gradients that are summed up in place of w;
  /// - adaptive form: m ← `beta1` · m + `share1` · g, v ← `beta2` · v + `share2` · g²,
  ///   w ← w − `rate` · m / (√v · `secondScale` + `epsilon`).
  @frozen
  public struct UpdateRule {
    @frozen
    public enum Form {
      case plain, momentum, adaptive, sum
    }

    public var form: Form
    public var rate: Float
    public var beta1: Float = 0
    public var beta2: Float = 0
    public var share1: Float = 0
    public var share2: Float = 0
    public var epsilon: Float = 0
    public var secondScale: Float = 1
    public var gradientDecay: Float = 0
    public var weightFactor: Float = 1

    public init(_ form: Form, rate: Float = 0) {
      (self.form, self.rate) = (form, rate)
    }

    /// Whether a gradient of zero leaves parameters whose moments are zero as they are.
    public var leavesRest: Bool { gradientDecay == 0 && weightFactor == 1 }
  }

  /// Weights in panels, and the optimiser's first and second moments in the same places. The rule's form says which of
  /// the moments are there; the others are not touched.
  @frozen
  public struct Parameters {
    public var weights: UnsafeMutablePointer<Float>
    public var first: UnsafeMutablePointer<Float>
    public var second: UnsafeMutablePointer<Float>
    /// Floats from one panel to the next.
    public var panelStride: Int

    public init(
      weights: UnsafeMutablePointer<Float>, first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>,
      panelStride: Int
    ) {
      (self.weights, self.first, self.second, self.panelStride) = (weights, first, second, panelStride)
    }

    /// The same from another row on.
    @inlinable
    public func row(_ index: Int) -> Parameters {
      // The moments that aren't there have no rows; their pointers are never followed.
      let offset = 16 * index
      return Parameters(
        weights: weights + offset, first: first + offset, second: second + offset, panelStride: panelStride)
    }
  }

  /// What is applied to sums as they are stored.
  @frozen
  public enum OutputActivation {
    case none, relu, sigmoid, tanh
  }

  /// What a network's logits say of an example.
  @frozen
  public struct Answer {
    /// The class of the greatest logit, the first of several.
    public var best: Int32
    /// The greatest logit less that of the label; 0 without a label.
    public var margin: Float
    /// Σ e to the power of each logit less the greatest: −log p(label) is log `sum` + `margin`.
    public var sum: Float

    public init(best: Int32, margin: Float, sum: Float) {
      (self.best, self.margin, self.sum) = (best, margin, sum)
    }
  }

  /// An entry of a list of the places where one of four rows of bytes is not zero: the place in bits 0–31, the rows' bytes
  /// in 32–39, 40–47, 48–55 and 56–63.
  public typealias QuadEntry = UInt64

  /// Entries beyond a list's end that may be written to as it is made.
  public let listPadding = 16

  /// Lists of entries, one after the other.
  @frozen
  public struct QuadRun {
    /// Parts of a list. Any of them may be empty: entries that are not sorted are all in the first.
    @inlinable public static var parts: Int { 3 }

    public let entries: UnsafePointer<QuadEntry>
    /// Where the parts of each list start, `parts` a list: entries of all four rows, of the first two alone and of the
    /// last two alone. Each part ends where the next starts, of the same list or the next.
    public let starts: UnsafePointer<Int>
    public let count: Int
    /// Which lists are to be gone through; nil for all.
    public let needed: UnsafePointer<Bool>?

    public init(
      entries: UnsafePointer<QuadEntry>, starts: UnsafePointer<Int>, count: Int, needed: UnsafePointer<Bool>? = nil
    ) {
      (self.entries, self.starts, self.count, self.needed) = (entries, starts, count, needed)
    }

    @inlinable
    public func isNeeded(_ list: Int) -> Bool { needed?[list] ?? true }
  }

  /// Lists whose entries are of two neighbouring places: an entry holds the bytes of four rows at both, two by two from the
  /// lowest on.
  @frozen
  public struct PairRun {
    public let lists: QuadRun
    /// By entry, half of the even one of its places.
    public let places: UnsafePointer<UInt32>

    public init(lists: QuadRun, places: UnsafePointer<UInt32>) {
      (self.lists, self.places) = (lists, places)
    }
  }

  /// A matrix of whole numbers of 16 bits in panels, rows by twos: a word holds two numbers of a column, the even row's below.
  @frozen
  public struct FixedMatrix {
    public let words: UnsafeMutablePointer<Int32>
    /// By column, what the numbers are multiples of.
    public let scales: UnsafeMutablePointer<Float>
    /// Words from one panel to the next.
    public let panelStride: Int

    public init(words: UnsafeMutablePointer<Int32>, scales: UnsafeMutablePointer<Float>, panelStride: Int) {
      (self.words, self.scales, self.panelStride) = (words, scales, panelStride)
    }
  }
#endif
