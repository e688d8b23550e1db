import NNCore
import Testing

@Suite struct AugmentationKindTests {
  @Test(arguments: [
    AugmentationKind.none, .plain, AugmentationKind([.affine]), AugmentationKind([.elastic, .thickness]),
    .distortions([.sigma: 4.25, .alpha: 34]), .distortions([:]),
  ])
  func textIsReadAgain(_ kind: AugmentationKind) {
    // Without any part there is no text.
    #expect(AugmentationKind(kind.description) == (kind.description.isEmpty ? nil : kind))
  }

  @Test func textOfCheckpoints() {
    #expect(AugmentationKind.none.description == "false" && AugmentationKind.plain.description == "true")
    #expect(AugmentationKind.distortions([.alpha: 34, .sigma: 4]).description == "sigma=4.0 alpha=34.0")
  }

  @Test(arguments: [
    "", "yes", "sigma=4.0", "sigma=4.0 alpha", "sigma=4.0 alpha=34 ", "sigma=4.0 alpha=34 alpha=34", "sigma=0 alpha=34",
    "sigma=nan alpha=34", "rotate=1 scale=0 shear=0", "thickness=1.5", "thick=1",
  ])
  func otherTextIsRefused(_ text: String) {
    #expect(AugmentationKind(text) == nil)
  }

  @Test func standardValuesAreInRange() {
    #expect(DistortionSetting.allCases.allSatisfy { $0.range.contains($0.standard) })
  }
}
