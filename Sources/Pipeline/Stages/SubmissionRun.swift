import Audit
import Certificate
import Configuration
import Linux
import Spool

/// Takes one submission from where it lies to its end.
struct SubmissionRun {
    let engine: Engine

    /// - Throws: what stopped it. It then lies whole in a stage directory, and running it again goes on from there.
    func run(_ id: SubmissionID, from stage: Stage) throws {
        let folder = SubmissionFolder(path: engine.spool.path(stage, id), submission: try engine.spool.load(id, in: stage))
        engine.board.began(
            .init(
                submission: id.text, source: folder.submission.source, name: folder.submission.name, stage: stage.rawValue, done: 0))
        defer { engine.board.ended(id.text) }
        if folder.submission.source == Configuration.Reference.name, stage == .ingest {
            return try ReferenceArrival(engine: engine).run(folder)
        }
        switch stage {
        case .ingest: try admit(Received(folder: folder)).flatMap(validate).flatMap(generate).map(sign).map(publish)
        case .validate: try validate(Admitted(folder: folder)).flatMap(generate).map(sign).map(publish)
        case .generate: try generate(Validated(folder: folder)).map(sign).map(publish)
        case .sign: try publish(sign(Released(folder: folder)))
        case .publish: try publish(Sealed(folder: folder))
        case .tmp, .hold, .rejected, .archive: break
        }
    }

    /// Turns away what was answered before.
    private func admit(_ received: Received) throws -> Admitted? {
        let (folder, id) = (received.folder, received.folder.submission.id)
        if let first = try engine.ledger.firstSubmission(
            source: folder.submission.source, sha256: folder.submission.sha256, before: id.text)
        {
            try Rejection(engine: engine).repeated(folder, first: first)
            return nil
        }
        try engine.spool.move(id, from: .ingest, to: .validate, digest: folder.submission.sha256)
        return Admitted(folder: folder.moved(to: engine.spool.path(.validate, id)))
    }

    private func validate(_ admitted: Admitted) throws -> Validated? {
        enter(admitted.folder, .validate)
        return try ValidateStage(engine: engine).run(admitted)
    }

    /// - Returns: nil when somebody has to release it first.
    private func generate(_ validated: Validated) throws -> Released? {
        enter(validated.folder, .generate)
        return try GenerateStage(engine: engine).run(validated)
    }

    private func sign(_ released: Released) throws -> Sealed {
        enter(released.folder, .sign)
        return try SignStage(engine: engine).run(released)
    }

    private func publish(_ sealed: Sealed) throws {
        enter(sealed.folder, .publish)
        try PublishStage(engine: engine).run(sealed)
    }

    private func enter(_ folder: SubmissionFolder, _ stage: Stage) {
        engine.board.entered(folder.submission.id.text, stage: stage.rawValue)
    }
}
