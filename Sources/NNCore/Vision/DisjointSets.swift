/// Sets of the numbers from 0 that grow together: a forest with halved paths, the smallest number of each on top.
struct DisjointSets {
  private var parents: [Int32] = []

  init(count: Int = 0) {
    parents = (0..<Int32(count)).map { $0 }
  }

  /// Adds a set of one, and returns its number.
  mutating func add() -> Int {
    parents.append(Int32(parents.count))
    return parents.count - 1
  }

  mutating func root(of member: Int) -> Int {
    var member = member
    while Int(parents[member]) != member {
      parents[member] = parents[Int(parents[member])]
      member = Int(parents[member])
    }
    return member
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(of: a), root(of: b))
    if a < b { parents[b] = Int32(a) } else { parents[a] = Int32(b) }
  }

  /// The members of each set, ascending; the sets by their smallest.
  mutating func all() -> [[Int]] {
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
