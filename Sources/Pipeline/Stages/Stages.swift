import Spool

// What a stage takes is what the stage before gives, so nothing can be signed that wasn't validated. Each type says in which stage
// directory the submission lies; recovery makes it again from the directory where it found the submission.

/// Claimed, whole and hashed; lies in `ingest`.
struct Received: Sendable {
    let folder: SubmissionFolder
}

/// Known to be new; lies in `validate`.
struct Admitted: Sendable {
    let folder: SubmissionFolder
}

/// Every record is decided and recorded; lies in `generate`.
struct Validated: Sendable {
    let folder: SubmissionFolder
}

/// Every accepted record has its unsigned message, and either nobody has to release it or somebody did; lies in `sign`.
struct Released: Sendable {
    let folder: SubmissionFolder
}

/// Every message is signed, verified and recorded; lies in `publish`.
struct Sealed: Sendable {
    let folder: SubmissionFolder
}
