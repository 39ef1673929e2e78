import Linux

/// One connection, from its first byte to the last of its answer. Owned by the server's own thread.
struct Conversation {
    enum Turn {
        /// The question comes in.
        case asking
        /// The question is whole, and its answer isn't there yet: it is the daemon's turn.
        case waiting
        /// The answer goes out.
        case answering
    }

    enum Progress {
        case goesOn
        case question
        /// Nothing more is to be had from the peer, or to be told.
        case over
    }

    let link: UnixConnection
    let user: UInt32
    private(set) var turn = Turn.asking
    /// What came of the question, and then the answer.
    private(set) var bytes: [UInt8] = []
    private var sent = 0
    /// When it is cut off, in CLOCK_MONOTONIC nanoseconds; nil while it is the daemon's turn.
    private(set) var deadline: UInt64?

    /// Evidence of 32 KB in base 64, the note that it is of, and words around them.
    static let questionLimit = 65_536
    /// For the whole question, and for the whole answer.
    private static let questionNanoseconds: UInt64 = 5_000_000_000
    private static let answerNanoseconds: UInt64 = 30_000_000_000

    init(_ link: UnixConnection, user: UInt32) {
        self.link = link
        self.user = user
        deadline = MonotonicClock.now() + Self.questionNanoseconds
    }

    var interest: Poll.Interest? {
        switch turn {
        case .asking: .reading
        case .waiting: nil
        case .answering: .writing
        }
    }

    /// Takes in what has arrived. What comes after the question's line feed is ignored.
    mutating func read(_ chunk: inout [UInt8]) throws(SystemError) -> Progress {
        while turn == .asking {
            guard let count = try link.receiveAvailable(into: &chunk) else { return .goesOn }
            guard count > 0 else { return .over }
            let end = chunk[..<count].firstIndex(of: UInt8(ascii: "\n"))
            bytes += chunk[..<(end ?? count)]
            guard bytes.count <= Self.questionLimit else { return .over }
            guard end != nil else { continue }
            (turn, deadline) = (.waiting, nil)
            return .question
        }
        return .goesOn
    }

    mutating func begin(answer: [UInt8]) throws(SystemError) -> Progress {
        (turn, bytes, deadline) = (.answering, answer, MonotonicClock.now() + Self.answerNanoseconds)
        return try write()
    }

    /// Sends as much as the peer takes now.
    mutating func write() throws(SystemError) -> Progress {
        guard turn == .answering else { return .goesOn }
        sent += try link.sendAvailable(bytes[sent...])
        return sent == bytes.count ? .over : .goesOn
    }
}
