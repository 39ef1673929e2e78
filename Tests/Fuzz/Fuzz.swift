import Glibc

/// libFuzzer's own loop, for a program with a `main` of its own.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Fuzzes one parser (docs/testing.md).
///
///     fuzz list                     the targets' names, each with the bytes that are worth trying
///     fuzz seeds TARGET FOLDER      writes what the target begins with
///     fuzz TARGET [ARGUMENT...]     libFuzzer: folders of inputs and options, or files to try once
@main struct Fuzz {
    /// What `test` runs; set once, before libFuzzer's loop begins.
    nonisolated(unsafe) private static var check: (([UInt8]) throws -> Void)?

    static func main() {
        let words = CommandLine.arguments.dropFirst()
        do {
            switch words.first {
            case "list":
                for target in FuzzTarget.all { print(target.name, target.maximumBytes) }
            case "seeds" where words.count == 3:
                try target(named: words[2]).writeSeeds(to: words[3])
            case let name? where name != "seeds":
                check = try target(named: name).prepare()
                exit(fuzz())
            default: throw Failure("Usage: fuzz list | fuzz seeds TARGET FOLDER | fuzz TARGET [libFuzzer's arguments]")
            }
        } catch {
            say("fuzz: \(error)")
            exit(2)
        }
    }

    private static func target(named name: String) throws -> FuzzTarget {
        guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
            throw Failure("There is no target '\(name)'; 'fuzz list' names them.")
        }
        return target
    }

    private static func fuzz() -> CInt {
        // The target's name isn't libFuzzer's business.
        var count = CommandLine.argc - 1
        var arguments = CommandLine.unsafeArgv
        arguments[1] = arguments[0]
        arguments += 1
        return withUnsafeMutablePointer(to: &arguments) { pointer in
            pointer.withMemoryRebound(to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.self, capacity: 1) {
                runFuzzer(&count, $0) { bytes, count in
                    Fuzz.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
                    return 0
                }
            }
        }
    }

    private static func say(_ text: String) { _ = write(STDERR_FILENO, "\(text)\n", text.utf8.count + 1) }

    private static func run(_ bytes: [UInt8]) {
        do { try check?(bytes) } catch {
            say("\n== broken: \(error)")
            abort()
        }
    }
}

/// What makes an input a find: something that the parser promises doesn't hold.
struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

func expect(_ condition: Bool, _ promise: @autoclosure () -> String) throws(Failure) {
    if !condition { throw Failure(promise()) }
}
