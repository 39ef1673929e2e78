/// The parts of the page in the order of Annex VIII of Regulation (EU) 2020/683; the message's own data end it.
enum PageSection: String, CaseIterable, Sendable {
    case general, approval, signature
    case construction, dimensions, masses, power, speed, axles, bodywork, coupling, environment, miscellaneous
    case further, message

    /// The key of its title.
    var title: String { "section.\(rawValue)" }

    /// Whether it is short enough never to be torn between two pages of paper.
    var staysTogether: Bool { self == .approval || self == .signature || self == .message }

    /// The section of an item by its first number.
    init(item: [Int]) {
        self =
            switch item.first ?? 0 {
            case 0: .general
            case 1...3: .construction
            case 4...12: .dimensions
            case 13...19: .masses
            case 20...28: .power
            case 29: .speed
            case 30...37: .axles
            case 38...43: .bodywork
            case 44...45: .coupling
            case 46...49: .environment
            default: .miscellaneous
            }
    }
}
