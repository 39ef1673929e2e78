/// The elements of a catalogue by name, for readers that look up a name for every element of a message: a hash table over the names' bytes,
/// so that no string is made of what a parser holds in memory.
struct NameTable: Sendable {
    /// Open addressing with steps of one; a power of two, at most half full. Zero is an empty place, else an element's number and one.
    private let slots: [UInt16]
    /// All names, one behind the other, and where each begins; one more for the end of the last.
    private let bytes: [UInt8]
    private let starts: [Int]

    /// - Parameter names: by element number, none twice, fewer than 65,535.
    init(_ names: [String]) {
        bytes = names.flatMap { Array($0.utf8) }
        starts = names.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.utf8.count) }
        var slots = [UInt16](repeating: 0, count: 16)
        while slots.count < names.count * 2 { slots += slots }
        for (number, name) in names.enumerated() {
            var slot = Array(name.utf8).withUnsafeBufferPointer { Self.hash($0) } & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt16(number + 1)
        }
        self.slots = slots
    }

    /// The number of the element of exactly this name, or nil.
    func number(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        var slot = Self.hash(name) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if bytes[starts[number]..<starts[number + 1]].elementsEqual(name) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// FNV-1a, 64 bits.
    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
