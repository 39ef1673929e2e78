import ArgumentParser

/// Of commands that decide something for good.
struct OrderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Ask what became of the order of this id, which got no answer before; it isn't done twice.", valueName: "id"))
    var order: String?
}
