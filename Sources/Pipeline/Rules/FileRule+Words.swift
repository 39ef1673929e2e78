import Certificate
import Ingest

// What becomes of what breaks a rule, and what to do in general; a finding says it for its own case.

extension IntakeRule {
    /// Receipts are taken as files of an inbox are, but end as they like, without marker, and from anybody who may write there.
    var appliesTo: String {
        switch self {
        case .incomplete, .checksum, .owner, .sharedWriting, .late: "every entry of an inbox"
        default: "every entry of an inbox or of a destination's receipts"
        }
    }

    var consequence: String {
        switch self {
        case .incomplete:
            "Where the source says incomplete = \"reject\", the file is put aside; elsewhere it waits and is shown as overdue."
        case .late:
            "What was taken goes on as it is. The whole later file is kept as a refused submission, the source gets a report, and it is an incident. Seen where a lease can't tell who writes: on network and FUSE mounts."
        case .checksum: "The file waits in the inbox until it or its marker is replaced."
        default: "The entry itself is put aside, unread, and kept; the source gets a report."
        }
    }
}

extension DecodingRule {
    var consequence: String {
        switch self {
        case .unreadable: "The submission stays where it is and is tried again."
        case .signatureDiscarded: "The message is sealed anew, with its own header."
        case .fieldCount, .recordLength, .noObject: "The record is rejected, and none of its values is used."
        case .textBehindQuote, .controlCharacter, .namelessColumn, .repeatedMember, .notANumber, .misplacedSeparator, .notADate,
            .unknownCode:
            "The record is rejected; the value stays as received, so that the report shows it."
        case .strayText: "The record is rejected."
        default: "The whole file is rejected, and nothing of it is published."
        }
    }

    var remedy: String {
        switch self {
        case .unreadable: "Check the disk and the rights of the spool."
        case .encoding: "Export the file in the source's encoding, or set the encoding that it is in."
        case .binary: "Export the vehicles as text."
        case .empty, .noRecords: "Check whether the export ran through."
        case .unknownColumn: "Correct the column's name, map it, or put it among the ignored columns."
        case .duplicateColumn: "Leave one of the two columns out."
        case .missingColumn: "Export the column, or take it out of the mapping."
        case .unterminatedQuote: "Send the file again, complete; write a quote inside a quoted field twice."
        case .longRow: "Check the quotes of the row, and the line ends of the file."
        case .tooLarge, .tooManyColumns: "Send less at a time, or raise the limit."
        case .signaturePresent: "Send it without ds:Signature, or set existing-signature = \"discard\" for the source."
        case .signatureDiscarded: "Nothing to do where that is intended."
        case .profile: "Mend the source's settings; 'ecocctl check' names the fault."
        case .malformed: "Write the file with a library for its format, and send it whole."
        case .trailer: "Send the file again, complete; if it has no such record, take 'trailer' out of the source's settings."
        case .fieldCount: "Put text that holds the delimiter into quotes, and write every column, also where it is empty."
        case .repeatedMember: "Give every value once; write several of one kind as an array."
        case .noObject: "Write each vehicle as one object on a line of its own."
        case .strayText: "Put the text into an element of its own, or leave it out."
        case .recordLength: "Fill up every value to its length, and check that the source's encoding is right."
        case .textBehindQuote: "Write a quote inside a quoted field twice."
        case .controlCharacter: "Mend the value in the system that exports it."
        case .namelessColumn: "Name the column, or leave it empty."
        case .notANumber, .misplacedSeparator: "Correct the number, or the number format in the source's settings."
        case .notADate: "Correct the date, or the date form in the source's settings."
        case .unknownCode: "Correct the code, or add it to the column's code table."
        }
    }
}

extension StructureRule {
    var consequence: String {
        switch self {
        case .notWellFormed, .documentType, .tooLarge, .encoding, .notIVI, .otherVersion, .oldMessage:
            "The file is rejected; reading ends at the fault, nothing is fetched and no entity is expanded."
        case .emptyGroup: "The certificate won't have the group."
        case .attribute: "The message is rejected; a schema location is a warning only."
        case .unknownElement, .misplacedElement, .repeatedElement, .tooManyGroups, .strayText, .furtherFindings: "The message is rejected."
        }
    }

    var remedy: String {
        switch self {
        case .notWellFormed: "Write the file with an XML library, and send it whole."
        case .documentType: "Leave the declaration out; IVI needs none."
        case .tooLarge: "Send one vehicle per message."
        case .encoding: "Write the file in UTF-8 and declare encoding=\"UTF-8\"."
        case .notIVI, .otherVersion: "Send an IVI 2.0 message in its namespace."
        case .oldMessage:
            "Send the vehicle as IVI 2.0; a certificate issued in 1.x is corrected in 1.x, by the system that issued it."
        case .unknownElement: "Correct the element's name or leave it out."
        case .misplacedElement: "Put the element into its own group."
        case .repeatedElement: "Keep the right one."
        case .tooManyGroups: "Send fewer groups."
        case .attribute: "Leave the attribute out."
        case .strayText: "Put the text into an element or leave it out."
        case .emptyGroup: "Give the group's values or leave it out."
        case .furtherFindings: "Mend those that are listed, then send the file again."
        }
    }
}

extension SubmissionRule {
    var consequence: String {
        switch self {
        case .repeatedFile:
            "The same bytes from the same source again are answered by naming the first submission. "
                + "A file that was rejected as a whole may come again."
        case .incompleteFile: "'ecocctl check' says so; the daemon waits for the rest of such a file."
        case .repeatedVehicle: "All records of the file with this vehicle and stage are rejected, since it isn't clear which one is meant."
        case .knownCertificate: "The record is a duplicate: the same values for the same vehicle and stage came before."
        case .correction:
            "The record becomes the next version. Where the source says corrections = \"hold\", its submission waits for a person's release."
        case .correctionsRefused, .earlierUnderWay: "The record is rejected."
        case .approvalDate, .previousStage: "The record is rejected. Decided where ecocd published what comes before and still has it."
        case .nextVersion: "The message is rejected."
        case .laterDateTime: "The message is rejected. Decided where ecocd still has the message that it corrects."
        case .rejectedByPerson: "Nothing of the submission is published; the ledger names the person."
        case .firstVersion: "The message is rejected."
        case .allOrNothing: "The record isn't published; nothing is wrong with itself."
        case .referenceID: "The message is rejected, also when the id was used by another source or is written in other case."
        }
    }

    var remedy: String {
        switch self {
        case .repeatedFile, .knownCertificate: "Nothing to do."
        case .incompleteFile:
            "Send the rest of it, or end the last line properly; a system that never writes the last line end needs last-line-end = \"optional\"."
        case .repeatedVehicle: "Send one row for each vehicle."
        case .correction: "If the vehicle's certificate needs no correction, mend the VIN and have the submission rejected."
        case .correctionsRefused: "If the vehicle's certificate must be corrected, ask the administrator; otherwise mend the VIN."
        case .earlierUnderWay: "Send it again when the earlier version is published, or have that one rejected."
        case .nextVersion: "Give IviVersionNumber the version after the published one (IVI 2.0 guidelines, section 1.12)."
        case .laterDateTime: "Give the time at which the correction is issued (IVI 2.0 guidelines, section 1.12)."
        case .approvalDate: "Give the date of the extension that the approval number names; corrections of the approval don't change it."
        case .previousStage: "Give approval number, type, variant and version as the stage before has them."
        case .rejectedByPerson: "Mend what the reason says and send the file again."
        case .firstVersion: "Send version 1 first (IVI 2.0 guidelines, section 1.7)."
        case .allOrNothing: "Mend the other records and send the file again."
        case .referenceID: "Give every message a new IviReferenceId (IVI 2.0 guidelines, section 1.11)."
        }
    }
}

extension ReceiptRule {
    var consequence: String {
        let aside = "The receipt is put aside into rejected/receipts, the journal has a warning, and nothing is recorded of the bundle."
        return switch self {
        case .name, .otherBundle, .outcome: aside
        case .unknownBundle: aside + " So are answers to notices of withdrawal: they aren't taken."
        }
    }
}
