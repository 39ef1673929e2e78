public import Configuration
import Linux
import Sign

/// All that must be right before the daemon starts, looked at without changing anything: by the start itself and by `ecocctl check`, so that
/// the two can't differ. What is wrong is gathered: who mends one thing needn't come back for the next.
public struct StartChecks {
    /// Something that is wrong.
    public struct Fault: Error, Sendable, Equatable, CustomStringConvertible {
        /// A clause without full stop.
        public let what: String
        /// Whole sentences, or a command.
        public let remedy: String
        /// False for what stops a part of the work only: the daemon starts, and `status` shows it.
        public let preventsStart: Bool

        public var description: String { remedy.isEmpty ? "\(what)." : "\(what). \(remedy)" }

        init(what: String, remedy: String, preventsStart: Bool = true) {
            (self.what, self.remedy, self.preventsStart) = (what, remedy, preventsStart)
        }
    }

    /// Who looks.
    public enum Viewer: Sendable {
        case daemon
        /// Somebody else. What systemd gives to the daemon alone, and what this user may not look at, is named as not checked.
        case visitor
    }

    /// What keeps the daemon from starting.
    public struct Refusal: Error, CustomStringConvertible {
        public let faults: [Fault]

        public var description: String {
            if faults.count == 1 { return "\(faults[0])" }
            return "\(faults.count) things keep ecocd from starting: "
                + faults.enumerated().map { "(\($0 + 1)) \($1)" }.joined(separator: " ")
        }
    }

    public private(set) var faults: [Fault] = []
    /// What couldn't be looked at, and why; clauses without full stop.
    public private(set) var unchecked: [String] = []
    /// What nothing stops because of, in whole sentences.
    public private(set) var notes: [String] = []
    /// One line on the seal, once it is known.
    public private(set) var sealLine: String?
    /// The seal, ready to be used; nil where something is wrong with it or its key couldn't be read.
    private(set) var seal: SealKit?

    let configuration: Configuration
    let viewer: Viewer
    /// Whether whoever looks is the user that the daemon runs as, so that what this user may not do, the daemon may not.
    let isService: Bool
    let permissions: FilePermissions

    /// The user that the daemon runs as: whom the ledger's folder belongs to. Nil before the folder is there.
    public static func serviceUser(_ configuration: Configuration) -> UInt32? {
        do throws(SystemError) { return try FileAccess.status(configuration.state)?.owner } catch { return nil }
    }

    /// Looks at everything that `configuration` names. Reads files only; `tryOutboxes` goes further.
    public init(_ configuration: Configuration, by viewer: Viewer) {
        self.init(configuration: configuration, viewer: viewer)
        checkSettings()
        checkGroups()
        checkFolders()
        checkSeal()
        if let problem = LedgerName.problem(configuration) { add("\(problem.place): \(problem.message)", problem.remedy) }
        notes = configuration.sources.flatMap { InboxCheck.notes($0.intake) }
        looking("the authorities of time-stamps") { _ = try AnchorJudge(configuration.anchoring) }
    }

    /// What a reload looks at: who may write the settings.
    static func settings(_ configuration: Configuration) throws(Refusal) {
        var checks = StartChecks(configuration: configuration, viewer: .daemon)
        checks.checkSettings()
        try checks.refuse()
    }

    private init(configuration: Configuration, viewer: Viewer) {
        self.configuration = configuration
        self.viewer = viewer
        let service = viewer == .daemon ? ProcessIdentity.user : Self.serviceUser(configuration)
        isService = service == ProcessIdentity.user
        let group = service.flatMap { user in (try? ProcessIdentity.primaryGroup(of: user)).flatMap { $0 } }
        permissions = FilePermissions(
            user: service ?? ProcessIdentity.user, group: isService ? ProcessIdentity.group : group ?? ProcessIdentity.group)
    }

    /// Throws what keeps the daemon from starting.
    func refuse() throws(Refusal) {
        let preventing = faults.filter(\.preventsStart)
        if !preventing.isEmpty { throw Refusal(faults: preventing) }
    }

    // MARK: Gathering

    mutating func add(_ what: String, _ remedy: String, preventsStart: Bool = true) {
        faults.append(Fault(what: what, remedy: remedy, preventsStart: preventsStart))
    }

    mutating func leaveUnchecked(_ what: String) { unchecked.append(what) }

    mutating func setSeal(_ kit: SealKit?, _ line: String) { (seal, sealLine) = (kit, line) }

    /// Gathers what `body` throws; a visitor who may not look leaves `subject` unchecked.
    @discardableResult
    mutating func looking<Value>(_ subject: String, remedy: String = "", preventsStart: Bool = true, _ body: () throws -> Value) -> Value? {
        do { return try body() } catch let fault as Fault {
            faults.append(fault)
        } catch let error as SystemError where !isService && error.isNotAllowed {
            leaveUnchecked("\(subject): this user may not look at it (\(error))")
        } catch let error as SystemError {
            add("\(subject) can't be used: \(error)", remedy, preventsStart: preventsStart)
        } catch {
            let text = "\(error)"
            add(text.hasSuffix(".") ? String(text.dropLast()) : text, remedy, preventsStart: preventsStart)
        }
        return nil
    }

    // MARK: Settings and groups

    private mutating func checkSettings() {
        let files = configuration.files.map(\.name)
        for path in files { check(path, .open) }
        checkFolders(of: files)
    }

    /// Who may read and write one file.
    mutating func check(_ path: String, _ content: FilePermissions.Content) {
        let permissions = permissions
        if let fault = looking(path, { try permissions.objection(to: path, content) }) ?? nil { append(fault) }
    }

    /// Who may put other files into a folder.
    mutating func check(folder: String) {
        let permissions = permissions
        if let fault = looking(folder, { try permissions.objection(toFolder: folder) }) ?? nil { append(fault) }
    }

    mutating func checkFolders(of files: [String]) {
        for folder in Set(files.map(FilePermissions.folder)).sorted() { check(folder: folder) }
    }

    private mutating func append(_ fault: Fault) {
        if !faults.contains(fault) { faults.append(fault) }
    }

    /// A group that isn't there has no members: nobody could do what it is for.
    private mutating func checkGroups() {
        let groups = [
            ("control.admin-group", configuration.adminGroup), ("control.release-group", configuration.releaseGroup),
            ("control.audit-group", configuration.auditGroup),
            ("anchor.group", configuration.anchoring.group),
        ]
        for case (let key, let name?) in groups {
            let isThere = looking("the group '\(name)'", remedy: "Try again when the name service answers.") { () throws(SystemError) in
                try UserDatabase.group(named: name) != nil
            }
            if isThere == false {
                add(
                    "there is no group '\(name)', which \(key) names",
                    "Make it ('systemd-sysusers', 'groupadd --system \(name)') or mend the name.")
            }
        }
    }
}
