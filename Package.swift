// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// A module of the house, with the modules that it may import: the arrows run only leftwards.
func room(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(of name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "equipoise",
  products: [.executable(name: "equipoise", targets: ["EquipoiseCLI"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(name: "CBoostMath", linkerSettings: [.linkedLibrary("m")]),
    .systemLibrary(name: "CRename"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    room("Statistics", ["CBoostMath", .product(name: "RealModule", package: "swift-numerics")]),
    room("Validation", ["Statistics", .product(name: "RealModule", package: "swift-numerics")]),
    room("Ingestion", ["Validation", "Statistics", "CZlib", "COpenSSL"]),
    room("Exchange", ["Validation", "Statistics", .product(name: "Yams", package: "Yams")]),
    room("Reporting", ["Validation", "Statistics"]),
    .executableTarget(
      name: "EquipoiseCLI",
      dependencies: [
        "Statistics", "Validation", "Ingestion", "Exchange", "Reporting", "CRename",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "CoverageSupport", dependencies: ["Statistics", "Validation"], path: "Tests/CoverageSupport",
      swiftSettings: strict),
    .executableTarget(
      name: "CoverageStudy", dependencies: ["CoverageSupport", "Statistics", "Validation"],
      path: "Tests/CoverageStudy", swiftSettings: strict),
    tests(of: "ArchitectureTests", ["TestSupport"]),
    tests(of: "CommandTests", ["TestSupport", "EquipoiseCLI"]),
    tests(of: "ExchangeTests", ["Exchange", "Validation", "Statistics"]),
    tests(
      of: "SimulationTests",
      ["Statistics", "Validation", "Ingestion", "Exchange", "CoverageSupport", "TestSupport"]),
    tests(of: "StatisticsTests", ["Statistics", "TestSupport"]),
    tests(of: "ValidationTests", ["Statistics", "Validation", "TestSupport"]),
    tests(of: "ReportingTests", ["Reporting", "Validation", "Statistics"]),
    tests(of: "IngestionTests", ["Ingestion", "Validation", "Statistics"]),
    .testTarget(
      name: "MessyTests", dependencies: ["Ingestion", "Exchange", "Validation", "Statistics", "TestSupport"],
      exclude: ["Files"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
