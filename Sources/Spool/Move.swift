public import Audit

/// One step of one submission from one stage's folder to another's.
public struct Move: Sendable {
    public let id: SubmissionID
    public let from: Stage
    public let to: Stage
    /// The original's SHA-256, as in `Submission.sha256`: recovery recognises the submission by it.
    public let digest: String
    /// What else is to be on record together with the intent to move: all of it, or nothing.
    public let events: [Event]

    public init(_ id: SubmissionID, from: Stage, to: Stage, digest: String, with events: [Event] = []) {
        (self.id, self.from, self.to, self.digest, self.events) = (id, from, to, digest, events)
    }

    var moving: Event { event(.moving) }
    var moved: Event { event(.moved) }

    private func event(_ kind: Event.Kind) -> Event {
        Event(kind, submission: id.text, ["from": .text(from.rawValue), "to": .text(to.rawValue), "digest": .text(digest)])
    }
}
