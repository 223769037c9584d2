// swift-tools-version: 6.2
import PackageDescription

// The sources are those of the house, linked: only a root package may instrument them for libFuzzer.
let fuzzed: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"]),
]
let real = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, swiftSettings: fuzzed,
    linkerSettings: [
      // libFuzzer brings a main of its own; the package manager insists on its name for ours.
      .unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld", "-Xlinker", "--allow-multiple-definition"])
    ])
}

let package = Package(
  name: "fuzz",
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(name: "CBoostMath", linkerSettings: [.linkedLibrary("m")]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto"),
    .target(name: "Statistics", dependencies: ["CBoostMath", real], swiftSettings: fuzzed),
    .target(name: "Validation", dependencies: ["Statistics", real], swiftSettings: fuzzed),
    .target(
      name: "Ingestion", dependencies: ["Validation", "Statistics", "CZlib", "COpenSSL"],
      swiftSettings: fuzzed),
    .target(
      name: "Exchange",
      dependencies: ["Validation", "Statistics", .product(name: "Yams", package: "Yams")],
      swiftSettings: fuzzed),
    .target(
      name: "Fuzzing", dependencies: ["Ingestion", "Validation", "Statistics"], swiftSettings: fuzzed),
    fuzzer("FuzzIngestion", ["Fuzzing", "Validation"]),
    fuzzer("FuzzFormats", ["Fuzzing", "Validation", "CZlib"]),
    fuzzer("FuzzJoins", ["Fuzzing", "Validation"]),
    fuzzer("FuzzValues", ["Fuzzing", "Validation"]),
    fuzzer("FuzzPlan", ["Fuzzing", "Exchange"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
