import ArgumentParser

/// `ecocctl demo`: a private house with a demo authority, the real daemon, and the sample exports through it.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Run the daemon on sample exports in a folder of its own, and show what became of them.",
        discussion: "Nothing outside the folder is touched. Everything is left there to look at.")

    @Option(help: ArgumentHelp("The folder; must be new or an earlier demo's.", valueName: "folder"))
    var directory = ".demo"

    @Option(help: ArgumentHelp("The folder with sample exports and reference data. Default: that of this program.", valueName: "folder"))
    var samples: String?

    @Option(help: ArgumentHelp("Only make this folder with keys, settings and reference data, and start nothing.", valueName: "folder"))
    var prepare: String?

    func run() throws {
        let samples = try samples ?? DemoHouse.findSamples()
        if let prepare {
            let house = try DemoHouse.make(at: prepare, samples: samples)
            Console.line("Prepared \(house.root). Start it with: ecocd --config \(house.config)")
            return
        }
        try DemoRun(house: DemoHouse.make(at: directory, samples: samples)).run()
    }
}
