// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func room(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let pageLanguages = ["en", "de", "fr", "it", "es", "pl", "nl"]

let package = Package(
    name: "ecocd",
    products: [
        .executable(name: "ecocd", targets: ["ecocd"]),
        .executable(name: "ecocctl", targets: ["ecocctl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // C libraries and the system calls that Glibc's module leaves out.
        .target(name: "CLinux"),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CXML", pkgConfig: "xmlsec1-openssl", providers: [.apt(["libxml2-dev", "libxmlsec1-dev"])]),

        // The domain and the rooms, in the order in which a submission walks through them.
        room("Markup", []),
        room("Certificate", ["CXML", "Markup"], resources: [.embedInCode("Resources/ivi-2.0.catalogue")]),
        room("Linux", ["CLinux"]),
        room("Hashing", ["COpenSSL"]),
        room("TOML", []),
        room("Audit", ["CSQLite", "COpenSSL", "Hashing", "Linux"]),
        room("Spool", ["Linux", "Audit"]),
        room("Ingest", ["CXML", "Certificate", "Linux", "Hashing", "Spool", "Audit"]),
        room("Validate", ["Certificate", "Hashing"], resources: [.embedInCode("Resources/coc-items.table")]),
        room("Generate", ["Certificate"]),
        room("Page", ["Certificate"], resources: pageLanguages.map { .embedInCode("Resources/page.\($0)") }),
        room("Sign", ["COpenSSL", "CXML", "Markup", "Hashing", "Linux"]),
        room("Publish", ["CArchive", "CZlib", "Certificate", "Hashing", "Sign", "Linux", "Audit"]),
        room("Control", ["Linux"]),
        room("Configuration", ["Ingest", "Validate", "Page", "Certificate", "Linux", "TOML"]),
        room(
            "Pipeline",
            [
                "Audit", "Markup", "Certificate", "Spool", "Ingest", "Validate", "Generate", "Page", "Sign", "Publish", "Control",
                "Configuration", "Linux", "Hashing", "TOML", logging,
            ]),
        room("Web", ["CCurl"]),
        program("ecocd", ["Pipeline", "Linux", arguments, logging]),
        program(
            "ecocctl",
            [
                "Pipeline", "Configuration", "Control", "Certificate", "Validate", "Page", "Audit", "Publish", "Sign", "Spool", "Linux",
                "Hashing", "Web", arguments,
            ]),

        // What the tests of several rooms need.
        .executableTarget(name: "ledger-bench", dependencies: ["Audit"], path: "Tests/LedgerBench", swiftSettings: strict),
        .target(name: "TestSupport", dependencies: ["Linux"], path: "Tests/TestSupport", swiftSettings: strict),
        tests("CertificateTests", ["Certificate", "Markup", "Generate", "TestSupport"]),
        tests("HashingTests", ["Hashing"]),
        tests("TOMLTests", ["TOML", "TestSupport"]),
        tests("AuditTests", ["Audit", "Hashing", "Linux", "TestSupport"]),
        tests("LinuxTests", ["Linux", "TestSupport"]),
        tests("SpoolTests", ["Spool", "Audit", "Linux", "TestSupport"]),
        tests("IngestTests", ["Ingest", "Hashing", "Linux", "Spool", "Audit", "Certificate", "TestSupport"]),
        tests("ValidateTests", ["Validate", "Certificate"]),
        tests("GenerateTests", ["Generate", "Certificate", "TestSupport"]),
        tests("PageTests", ["Page", "Certificate", "TestSupport"]),
        tests("SignTests", ["Sign", "Hashing", "Generate", "Certificate", "COpenSSL", "CXML", "Markup"]),
        tests("PublishTests", ["CZlib", "Publish", "Sign", "Certificate", "Audit", "Hashing"]),
        tests(
            "PipelineTests",
            [
                "Pipeline", "Configuration", "Control", "Audit", "Certificate", "Hashing", "Ingest", "Validate", "Sign", "Spool", "Linux",
                logging,
            ]),
    ]
)

// `make fuzz` alone builds this: it needs libFuzzer's runtime, and rooms that were compiled for it.
if Context.environment["ECOCD_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "Audit", "Certificate", "Configuration", "Control", "Generate", "Hashing", "Ingest", "Pipeline", "Publish", "Sign", "Spool",
                "TOML", "Validate", "Markup", "CXML", "TestSupport",
            ],
            path: "Tests/Fuzz", exclude: ["Dictionaries"], swiftSettings: strict))
}

// `make sanitize SHORT=1` builds some of the tests only, and with them only the rooms that they need.
if let names = Context.environment["ECOCD_TESTS"]?.split(separator: " ") {
    package.targets.removeAll { target in target.type == .test && !names.contains { $0 == target.name } }
}
