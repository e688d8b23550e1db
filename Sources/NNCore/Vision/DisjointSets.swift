/// Disjoint sets of the numbers from 0 (union-find): a forest with path halving whose roots are the smallest members.
struct DisjointSets {
  private var parents: [Int32] = []

  /// Makes `count` sets of one member each.
  init(count: Int = 0) {
    parents = (0..<Int32(count)).map { $0 }
  }

  /// Adds a set of one new member and returns the member.
  mutating func add() -> Int {
    parents.append(Int32(parents.count))
    return parents.count - 1
  }

  /// The smallest member of the set that holds `member`.
  mutating func root(of member: Int) -> Int {
    var member = member
    while Int(parents[member]) != member {
      parents[member] = parents[Int(parents[member])]
      member = Int(parents[member])
    }
    return member
  }

  /// Replaces the sets that hold `a` and `b` by their union.
  mutating func unite(_ a: Int, _ b: Int) {
    let (a, b) = (root(of: a), root(of: b))
    if a < b { parents[b] = Int32(a) } else { parents[a] = Int32(b) }
  }

  /// The members of each set in ascending order; the sets in the order of their smallest members.
  mutating func allSets() -> [[Int]] {
    var numbers = Array(repeating: -1, count: parents.count)
    var sets: [[Int]] = []
    for member in parents.indices {
      let root = root(of: member)
      if numbers[root] < 0 {
        numbers[root] = sets.count
        sets.append([])
      }
      sets[numbers[root]].append(member)
    }
    return sets
  }
}
