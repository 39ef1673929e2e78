import Audit
import Configuration
import Linux
import Spool

/// Spool, state, inboxes and outboxes.
extension StartChecks {
    mutating func checkFolders() {
        checkState()
        checkSpool()
        for source in configuration.sources {
            checkExchange(source.intake.path, "the inbox of '\(source.name)'", inSpool: "inbox/\(source.name)")
        }
        for destination in configuration.destinations {
            checkExchange(destination.outbox, "the outbox of '\(destination.name)'", inSpool: "outbox/\(destination.name)")
        }
        checkRememberedHead()
    }

    private mutating func checkState() {
        let state = configuration.state
        guard isDirectory(state, "the folder of the ledger", "Make it: install -d -o ecocd -g ecocd -m 0750 \(state)") else { return }
        check(folder: state)
        usable(state, "the folder of the ledger")
        let key = configuration.checkpointKey
        guard isThere(key) else { return }
        guard isService else { return leaveUnchecked("\(key): it is for ecocd's user to read") }
        looking(key) { _ = try CheckpointKey.load(from: key) }
    }

    /// What isn't there is made at the start; what is there must be usable, on one file system, and nobody else's to write.
    private mutating func checkSpool() {
        let root = configuration.spool
        guard isThere(root) else {
            let parent = FilePermissions.folder(of: root)
            guard FileAccess.mayUse(directory: parent) else {
                return add("the spool \(root) isn't there and can't be made", "Make it: install -d -o ecocd -g ecocd -m 0755 \(root)")
            }
            return
        }
        guard isDirectory(root, "the spool", "Name another path, or move what lies there away.") else { return }
        usable(root, "the spool")
        var device: (number: UInt64, path: String)?
        for stage in Stage.allCases {
            let path = "\(root)/\(stage.rawValue)"
            guard isThere(path), isDirectory(path, "the stage's folder", "Move what lies there away.") else { continue }
            check(folder: path)
            usable(path, "the stage's folder")
            guard let status = looking(path, { () throws(SystemError) in try Directory(path).descriptor.status() }) else { continue }
            if let device, device.number != status.device {
                add(
                    "\(path) lies on another file system than \(device.path)",
                    "The whole spool must lie on one: submissions move by renaming.")
            }
            device = device ?? (status.device, path)
        }
    }

    /// An inbox or outbox: the one that is there by default is made at the start. Without it the daemon does everything else.
    private mutating func checkExchange(_ path: String, _ what: String, inSpool place: String) {
        guard isThere(path) else {
            if path == "\(configuration.spool)/\(place)" { return }
            return add("\(what) isn't there: \(path)", "Make the folder, mount its file system, or mend the path.", preventsStart: false)
        }
        guard isDirectory(path, what, "Mend the path.", preventsStart: false) else { return }
        usable(path, what, preventsStart: false)
        if viewer == .visitor, !path.hasPrefix("\(configuration.spool)/") {
            leaveUnchecked("whether the unit's sandbox lets ecocd write to \(path) (ReadWritePaths= in a drop-in)")
        }
    }

    /// Does in each outbox what publication does there. Beside this nothing here writes: a hidden folder appears, and is gone a moment later.
    public mutating func tryOutboxes() {
        for destination in configuration.destinations {
            let outbox = destination.outbox
            guard isService else {
                leaveUnchecked("whether a bundle can be published into \(outbox): only ecocd's user can try")
                continue
            }
            // What isn't there or isn't ours to use is told already.
            guard isThere(outbox), FileAccess.mayUse(directory: outbox) else { continue }
            do throws(OutboxTrial.Failure) { try OutboxTrial.run(in: outbox) } catch {
                add(error.what, error.remedy, preventsStart: false)
            }
        }
    }

    private mutating func checkRememberedHead() {
        let folder = FilePermissions.folder(of: configuration.rememberedHead)
        guard folder != configuration.spool else { return }
        let what = "the folder of ledger.remembered-head"
        guard isDirectory(folder, what, "Make it, and give it to ecocd.") else { return }
        usable(folder, what)
    }

    // MARK: One folder

    /// True as well for what this user may not look at: what is asked next says so.
    private func isThere(_ path: String) -> Bool {
        do throws(SystemError) { return try FileAccess.status(path) != nil } catch { return true }
    }

    private mutating func isDirectory(_ path: String, _ what: String, _ remedy: String, preventsStart: Bool = true) -> Bool {
        guard let status = looking(path, preventsStart: preventsStart, { () throws(SystemError) in try FileAccess.status(path) }) else {
            return false
        }
        if status?.kind == .directory { return true }
        add(
            "\(what) \(status.map { "is a \($0.kind.rawValue) and no folder" } ?? "isn't there"): \(path)", remedy,
            preventsStart: preventsStart)
        return false
    }

    private mutating func usable(_ path: String, _ what: String, preventsStart: Bool = true) {
        guard !FileAccess.mayUse(directory: path) else { return }
        let user = ProcessIdentity.name
        // A visitor's rights say nothing about the daemon's.
        guard isService else { return leaveUnchecked("\(path): \(user) may not write there, and isn't ecocd's user") }
        add(
            "\(what) can't be used: \(user) may not read and write \(path)", "Give it to \(user), or let its group write.",
            preventsStart: preventsStart)
    }
}
