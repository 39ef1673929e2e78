import Certificate
import Linux

/// One look at entries of one inbox: what each of them is.
struct InboxLook {
    let settings: InboxSettings
    let now: UInt64
    let structure: Intake.StructureCheck
    /// Which users may deliver, as far as this look has asked: once for each, however many files it has.
    private var deliverers: [UInt32: Bool] = [:]

    init(settings: InboxSettings, now: UInt64, structure: @escaping Intake.StructureCheck) {
        (self.settings, self.now, self.structure) = (settings, now, structure)
    }

    enum Verdict {
        case ready(ReadyFile.Marker?)
        /// `again` is when time alone may change the verdict, in CLOCK_MONOTONIC nanoseconds.
        case waiting(String, again: UInt64?)
        case refused(Finding)
        /// It has gone, or is another file by now: the next look decides.
        case vanished
    }

    /// Judges one entry, from the cheapest question to the dearest.
    mutating func judge(_ entry: InboxEntry, _ observation: inout Observation, in inbox: borrowing Directory) -> Verdict {
        if let reason = observation.leftAlone { return .waiting(reason, again: nil) }
        let settled = observation.moment(after: settings.settleSeconds)
        let refusal: Finding?
        do { refusal = try finding(entry, observation.status) } catch {
            return .waiting("belongs to user \(observation.status.owner), whose groups can't be asked for now: \(error)", again: nil)
        }
        if let finding = refusal {
            // A transfer may link a file to its final name and unlink the other, or replace an entry: it gets the time to do so.
            return now >= settled ? .refused(finding) : .waiting("has changed moments ago", again: settled)
        }
        guard observation.movedIn || now >= settled else { return .waiting("has changed moments ago", again: settled) }
        do {
            let marker = try marker(of: entry.name, in: inbox)
            if marker == nil, let suffix = settings.marker.suffix {
                return .waiting("has no marker '\(entry.name)\(suffix)' yet", again: nil)
            }
            return try judgeContent(entry, &observation, marker, in: inbox)
        } catch {
            return error.isNotFound || error.isSymbolicLink ? .vanished : .waiting("can't be examined: \(error)", again: nil)
        }
    }

    /// What is wrong with the entry without its content, or nil.
    private mutating func finding(_ entry: InboxEntry, _ status: FileStatus) throws(SystemError) -> Finding? {
        if let finding = IntakeRule.finding(forName: entry.name) ?? IntakeRule.finding(for: status, settings) { return finding }
        guard try mayDeliver(status.owner) else { return IntakeRule.finding(forOwner: status.owner) }
        return IntakeRule.finding(forWritersOf: status, settings)
    }

    private mutating func mayDeliver(_ user: UInt32) throws(SystemError) -> Bool {
        guard let owners = settings.owners else { return true }
        if let known = deliverers[user] { return known }
        let may = try owners.contain(user)
        deliverers[user] = may
        return may
    }

    private func judgeContent(
        _ entry: InboxEntry, _ observation: inout Observation, _ marker: ReadyFile.Marker?, in inbox: borrowing Directory
    ) throws(SystemError) -> Verdict {
        let file = try inbox.open(entry.name)
        guard try file.status().isUnchanged(since: observation.status) else { return .vanished }
        if !settings.isNetworkMount, try file.writers() == .some {
            return .waiting("is open for writing", again: now + UInt64(max(1, settings.settleSeconds)) * 1_000_000_000)
        }
        let state = observation.structure ?? structure(file, entry)
        observation.structure = state
        guard case .incomplete(let reason) = state else { return .ready(marker) }
        guard settings.incomplete == .reject, observation.isUnchanged(for: settings.maximumWaitSeconds, at: now) else {
            return .waiting(reason, again: nil)
        }
        let waited = "it hasn't changed for \(settings.maximumWaitSeconds) seconds"
        return .refused(IntakeRule.incomplete.finding("The file \(reason), and \(waited)."))
    }

    private func marker(of name: FileName, in inbox: borrowing Directory) throws(SystemError) -> ReadyFile.Marker? {
        guard let suffix = settings.marker.suffix, let markerName = name.text.map({ $0 + suffix }),
            let status = try inbox.statusIfPresent(markerName), status.kind == .regular
        else { return nil }
        guard settings.marker == .sha256 else { return ReadyFile.Marker(name: markerName, status: status, sha256: nil) }
        guard let sha256 = try Self.checksum(in: inbox.open(markerName)) else { return nil }
        return ReadyFile.Marker(name: markerName, status: status, sha256: sha256)
    }

    /// What `sha256sum` writes, or the digits alone; nil while the marker isn't whole.
    private static func checksum(in marker: borrowing Descriptor) throws(SystemError) -> String? {
        var buffer = [UInt8](repeating: 0, count: 65)
        let count = try marker.read(into: &buffer)
        let digits = String(decoding: buffer[..<min(64, count)], as: UTF8.self).lowercased()
        guard digits.utf8.count == 64, digits.utf8.allSatisfy(Array("0123456789abcdef".utf8).contains) else { return nil }
        return count == 64 || buffer[64] == UInt8(ascii: " ") || buffer[64] == UInt8(ascii: "\n") || buffer[64] == UInt8(ascii: "\r")
            ? digits : nil
    }
}
