/// A TOML 1.0 document (https://toml.io/en/v1.0.0), each key and value with its place in the file.
///
/// The reader takes any bytes. It refuses what the specification refuses, and besides: more than `maximumBytes`, tables and arrays nested deeper
/// than `maximumDepth`, integers beyond 64 bits, and leap seconds.
public struct TOMLDocument: Sendable {
    public let root: TOMLTable

    /// How deep arrays and tables may lie in each other, the parts of dotted keys counted. It bounds the recursion.
    public static let maximumDepth = 64
    /// After so many faults the reader stops: the rest rarely helps.
    public static let maximumFaults = 20

    /// Reads a whole file. Time and memory are proportional to its length.
    ///
    /// A fault ends its line only, and the reader goes on with the next one. It stops at a fault inside an array or a text that spans lines,
    /// because nothing tells where that was meant to end.
    public init(_ bytes: [UInt8], maximumBytes: Int = 1 << 20) throws(TOMLRefusal) {
        guard bytes.count <= maximumBytes else {
            throw TOMLRefusal(
                faults: [TOMLFault(position: TOMLPosition(line: 1, column: 1), message: "the file is longer than \(maximumBytes) bytes")])
        }
        let unfit = TextCheck.faults(in: bytes, limit: Self.maximumFaults)
        guard unfit.isEmpty else { throw TOMLRefusal(faults: unfit) }
        var reader = TOMLReader(bytes)
        root = try reader.read()
    }
}
