import NNCore
import Testing

@Suite struct ConfusionPictureTests {
  @Test func confusion() throws {
    let canvas = ConfusionPicture([[6, 2, 0], [0, 5, 0], [0, 0, 0]], classes: ["a", "b", "c"]).canvas
    let first = try #require(canvas.find(ColorScale.right[0.75], legend: 76))
    let second = try #require(canvas.find(ColorScale.right[1], legend: 76))
    // A quarter of the row, by its root.
    let wrong = try #require(canvas.find(ColorScale.wrong[0.5], legend: 76))
    for cell in [first, wrong] {
      // All of a cell but its lines and its number.
      #expect((3000...64 * 64).contains(cell.count), "\(cell)")
    }
    // A line goes between a cell and the next.
    #expect(wrong.box.x == first.box.x + 65 && wrong.box.y == first.box.y)
    #expect(second.box.x == first.box.x + 65 && second.box.y == first.box.y + 65)
  }

  @Test(arguments: [1, 2, 10, 40, 300, 2500]) func confusionOfManyClasses(_ count: Int) throws {
    var matrix = Array(repeating: Array(repeating: 0, count: count), count: count)
    for label in 0..<count { matrix[label][label] = 1_000_000 }
    let names = (0..<count).map { "class-\($0)-with-a-long-and-odd-name-é" }
    let canvas = ConfusionPicture(matrix, classes: names).canvas
    #expect((300...2200).contains(canvas.width) && (250...2200).contains(canvas.height))
    // The diagonal is all right, however small.
    let right = try #require(canvas.find(ColorScale.right[1], legend: 76))
    #expect(right.count >= min(count, 1600) / 2)
    #expect((right.box.width - right.box.height).magnitude < 4 || count == 1)
  }
}
