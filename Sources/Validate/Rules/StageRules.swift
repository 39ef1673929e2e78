import Certificate

/// STG: multi-stage vehicles. A vehicle made in one stage has stage number 1.
enum StageRules {
    static let all = [
        completedVehicle, previousStageGiven, noPreviousStage, stageDiffers, stageNumbers, laterStage, incompleteValues,
    ]

    private static let previous: [Place] = [
        .previousStageTypeApprovalNumber, .previousStageType, .previousStageVariant, .previousStageVersion,
    ]

    static let completedVehicle = Rule(
        "STG-01", "A completed vehicle has an earlier stage", .error,
        appliesTo: "StageOfCompletion V", source: "RULES 91; MODEL R-ST1; SM p15-17",
        explanation:
            "Stage 1 is complete (C) or incomplete (I); completed (V) is the last of several stages, so its stage number is 2 or more.",
        remedy: "Correct StageOfCompletion, or give the number of this stage in ManufacturerStageNumber."
    ) { check in
        guard check.text(.stageOfCompletion) == "V", let stage = check.vehicle.stage, stage < 2 else { return }
        check.report(.stageOfCompletion, "The vehicle is completed (V), but its ManufacturerStageNumber is \(stage).")
    }

    static let previousStageGiven = Rule(
        "STG-02", "Stage 2 and later name the stage before", .error,
        appliesTo: "ManufacturerStageNumber 2 and more", source: "RULES 93; MODEL R-ST1; SM p15-17",
        explanation: "PreviousStageTypeApprovalNumber, PreviousStageType, PreviousStageVariant and PreviousStageVersion are all present.",
        remedy: "Give approval number, type, variant and version of the previous stage."
    ) { check in
        guard let (group, stage) = check.currentStage, stage > 1 else { return }
        for place in previous where !check.isPresent(place, [group]) {
            check.report(place, at: [group], "Stage \(stage) doesn't say \(place.element.name).")
        }
    }

    static let noPreviousStage = Rule(
        "STG-03", "Stage 1 has no stage before", .error,
        appliesTo: "ManufacturerStageNumber 1", source: "RULES 93",
        explanation: "The elements of a previous stage are absent in the group of the first manufacturer.",
        remedy: "Leave the elements of the previous stage out, or correct ManufacturerStageNumber."
    ) { check in
        for group in check.groups(.manufacturerGroup) where check.number(.manufacturerStageNumber, [group]) == 1 {
            guard let place = previous.first(where: { check.isPresent($0, [group]) }) else { continue }
            check.report(place, at: [group], "Stage 1 names a previous stage (\(place.element.name)).")
        }
    }

    static let stageDiffers = Rule(
        "STG-04", "A later stage differs from the one before", .error,
        appliesTo: "ManufacturerStageNumber 2 and more", source: "RULES 94; MODEL R-ST1; SM p15-17",
        explanation: "At least one of approval number, variant and version isn't that of the previous stage.",
        remedy: "Give the approval, variant and version of this stage, not those of the previous one."
    ) { check in
        guard let (group, stage) = check.currentStage, stage > 1 else { return }
        let pairs: [(Place, Place)] = [
            (.typeApprovalNumber, .previousStageTypeApprovalNumber), (.variant, .previousStageVariant), (.version, .previousStageVersion),
        ]
        let isSame = pairs.allSatisfy { now, before in
            check.text(now).map { $0 == check.text(before, [group]) } ?? false
        }
        guard isSame else { return }
        check.report(.typeApprovalNumber, "Approval number, variant and version of stage \(stage) are those of the previous stage.")
    }

    static let stageNumbers = Rule(
        "STG-05", "Stages are numbered from 1, each once", .error,
        appliesTo: "every vehicle", source: "RULES 90, 96",
        explanation: "ManufacturerStageNumber is 1 or more, and no two manufacturers of a message have the same.",
        remedy: "Correct ManufacturerStageNumber; a vehicle made in one stage has 1.",
        whyFixed: "the stage names the certificate, its bundle and its line of versions"
    ) { check in
        var seen: Set<Int> = []
        for group in check.groups(.manufacturerGroup) {
            guard let number = check.number(.manufacturerStageNumber, [group]) else { continue }
            if number < 1 {
                check.report(.manufacturerStageNumber, at: [group], "ManufacturerStageNumber is \(number); stages are numbered from 1.")
            } else if !seen.insert(number).inserted {
                check.report(.manufacturerStageNumber, at: [group], "Two manufacturers have ManufacturerStageNumber \(number).")
            }
        }
    }

    static let laterStage = Rule(
        "STG-06", "A later stage is incomplete or completed, not complete", .warning,
        appliesTo: "StageOfCompletion C", source: "RULES 91; MODEL R-ST1; SM p15-17",
        explanation: """
            The ways are I to V, C to V and I over I to V: complete (C) is a vehicle of stage 1. An altered complete vehicle is V from stage \
            2 on.
            """,
        remedy: "Correct StageOfCompletion or ManufacturerStageNumber."
    ) { check in
        guard check.text(.stageOfCompletion) == "C", let stage = check.vehicle.stage, stage > 1 else { return }
        check.report(.stageOfCompletion, "StageOfCompletion is C (complete), but this is stage \(stage).")
    }

    private static let ofIncomplete: [Place] = [
        .massInRunningOrderIncomplete, .minimumMassCompleted, .maximumPermissibleRearOverhang, .maximumPermissibleLength,
        .maximumPermissibleWidth, .maximumPermissibleHeight,
    ]
    private static let ofIncompleteAxles: [Place] = [.distributionMassIncompleteAxle, .minimalPermissibleDistributionMassCompletedAxle]

    static let incompleteValues = Rule(
        "STG-07", "Only incomplete vehicles have limits for their completion", .warning,
        appliesTo: "StageOfCompletion C and V", source: "MODEL R-FD1, 2.4",
        explanation: """
            The mass of the incomplete vehicle and its axles (14, 14.1), the least mass when completed (15) and the greatest permissible \
            dimensions (5.1, 6.1, 7.1, 12.1) are items of incomplete vehicles.
            """,
        remedy: "Leave the element out, or correct StageOfCompletion."
    ) { check in
        guard let completion = check.text(.stageOfCompletion), completion != "I" else { return }
        let words = "is for incomplete vehicles, but StageOfCompletion is \(completion)."
        for place in ofIncomplete where check.isPresent(place) { check.report(place, "\(place.element.name) \(words)") }
        for axle in check.vehicle.axles {
            for place in ofIncompleteAxles where check.isPresent(place, [axle.group]) {
                check.report(place, at: [axle.group], "\(place.element.name) \(words)")
            }
        }
    }
}

extension CheckContext {
    /// The manufacturer group of the stage that the message is about.
    var currentStage: (group: Int, number: Int)? {
        guard let stage = vehicle.stage else { return nil }
        return groups(.manufacturerGroup).first { number(.manufacturerStageNumber, [$0]) == stage }.map { ($0, stage) }
    }
}
