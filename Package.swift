// swift-tools-version: 6.2
import PackageDescription

/// The inner loops gain a third without bounds and overflow checks; nothing but them is built so.
let unchecked: SwiftSetting = .unsafeFlags(["-Ounchecked", "-Xcc", "-fno-math-errno"], .when(configuration: .release))

/// The kernels once more for more capable processors, from the same folder by a symbolic link. `KernelChoice` chooses at start.
#if arch(x86_64)
  let kernelVariants: [Target] = [
    .target(
      name: "NNKernelsAVX2", dependencies: ["NNKernelTypes", "CProcessor"],
      swiftSettings: [
        unchecked, .define("NN_FUSED"), .unsafeFlags(["-Xcc", "-march=x86-64-v3"]),
      ]),
    .target(
      name: "NNKernelsAVX512", dependencies: ["NNKernelTypes", "CProcessor"],
      swiftSettings: [
        unchecked, .define("NN_FUSED"), .define("NN_WIDE"),
        .unsafeFlags(["-Xcc", "-march=x86-64-v4", "-Xcc", "-mavx512vnni"]),
      ]),
  ]
#else
  let kernelVariants: [Target] = []
#endif

let kernels: [Target.Dependency] = ["NNKernelTypes", "NNKernels"] + kernelVariants.map { .byName(name: $0.name) }
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let tools = ["mnist-prepare", "nn-init", "nn-train", "nn-eval", "nn-predict"]

let package = Package(
  name: "nn-tools",
  platforms: [.macOS(.v15)],
  products: tools.map { .executable(name: $0, targets: [$0]) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CProcessor"),
    .systemLibrary(name: "CSystem"),
    .target(name: "NNKernelTypes", swiftSettings: [unchecked]),
    .target(name: "NNKernels", dependencies: ["NNKernelTypes", "CProcessor"], swiftSettings: [unchecked]),
    .target(name: "NNKernelDispatch", dependencies: kernels + ["CProcessor"]),
    .target(name: "NNCore", dependencies: ["NNKernelDispatch", "NNKernelTypes", "CPNG", "CZlib", "CProcessor"]),
    .target(name: "NNCommand", dependencies: ["NNCore", "NNKernelDispatch", "CSystem", argumentParser]),
    .executableTarget(name: "nn-bench", dependencies: ["NNCommand", "NNKernelDispatch"]),
    .testTarget(name: "NNKernelsTests", dependencies: kernels + ["NNKernelDispatch"]),
    .testTarget(name: "NNCoreTests", dependencies: ["NNCore"]),
    .testTarget(name: "CommandTests", dependencies: tools.map { .byName(name: $0) }),
  ] + kernelVariants + tools.map { .executableTarget(name: $0, dependencies: ["NNCommand"]) },
  swiftLanguageModes: [.v6]
)
