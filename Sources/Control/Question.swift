import Linux

/// A question that has come whole, and whom to answer.
struct Question: Sendable {
    /// The connection's number in the server.
    let connection: Int
    let link: UnixConnection
    /// Who asks, as the kernel says.
    let user: UInt32
    let request: ControlRequest
}
