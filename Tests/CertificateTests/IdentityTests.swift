import Testing

@testable import Certificate

@Suite struct VehicleIdentificationNumberTests {
    @Test func readsItsParts() throws {
        let vin = try VehicleIdentificationNumber("WDB9066351S123456")
        #expect(vin.worldManufacturerIdentifier == "WDB")
        #expect(vin.smallManufacturerIdentifier == nil)
        #expect(try VehicleIdentificationNumber("YA9066351S1123456").smallManufacturerIdentifier == "123")
    }

    @Test(arguments: [
        ("", VehicleIdentificationNumber.Problem.length(0)), ("WDB906635", .length(9)), ("WDB9066351S1234567", .length(18)),
        ("WDB9066351S12345O", .ambiguousLetters(["O"])), ("IDB9066Q51S12345I", .ambiguousLetters(["I", "Q"])),
        ("wdb9066351S123456", .characters(["w", "d", "b"])), ("WDB9066351S12345 ", .characters([" "])),
        ("WDB9066351S12345٣", .characters(["٣"])),
        ("../../../etc/pass", .characters([".", "/", "e", "t", "c", "p", "a", "s"])), ("WDB9066351S12345Ä", .characters(["Ä"])),
    ])
    func refuses(text: String, problem: VehicleIdentificationNumber.Problem) {
        #expect(throws: problem) { try VehicleIdentificationNumber(text) }
        #expect(problem.description.contains("VIN"))
    }
}

@Suite struct TypeApprovalNumberTests {
    @Test(arguments: [
        ("e6*2018/858*00264*01", "MNO"), ("e2*2007/46*0289*09", "MNO"), ("e13*KS18/858*00001*00", "MNO"), ("e50*168/2013*00012*02", "L"),
        ("e4*167/2013*123456*00", "TCRS"),
    ])
    func readsFourParts(text: String, letters: String) throws {
        let number = try TypeApprovalNumber(text)
        #expect(number.description == text)
        #expect(number.framework.categoryLetters == Set(letters))
        #expect(number.isSmallSeries == text.contains("KS"))
    }

    @Test(arguments: [
        ("E6*2018/858*00264*01", "it begins with 'E6' instead of 'e6'"),
        ("e11*2018/858*00264*01", "'e11' isn't the code of a Member State (e1 to e50)"),
        ("e6*2018/585*00264*01", "nearest is 2018/858"),
        ("e6*2018/858*264*01", "its third part '264' isn't 4 to 6 digits"),
        ("e6*2018/858*00264*1", "its last part '1' isn't the two digits of an extension"),
        ("e6*2018/858*00264", "it has 3 parts between '*', not 4"),
        ("e6-2018/858-00264-01", "its parts aren't joined by '*'"),
        ("e6 * 2018/858*00264", "it holds white space"),
        ("", "its parts aren't joined"),
    ])
    func saysWhatDiffers(text: String, reason: String) throws {
        let error = try #require(throws: TypeApprovalNumber.Malformed.self) { try TypeApprovalNumber(text) }
        #expect(error.reason.contains(reason))
    }
}

@Suite struct CertificateIdentityTests {
    @Test func nameLeadsBack() throws {
        let identity = try #require(CertificateIdentity(vin: try VehicleIdentificationNumber("WDB9066351S123456"), stage: 2, version: 10))
        #expect(identity.name == "WDB9066351S123456-2-v10")
        #expect(CertificateIdentity(name: identity.name) == identity)
        #expect(CertificateIdentity(vin: identity.vin, stage: 100, version: 1) == nil)
    }

    @Test(arguments: [
        "", "WDB9066351S123456", "WDB9066351S123456-1", "WDB9066351S123456-01-v1", "WDB9066351S123456-1-1", "WDB9066351S123456-1-v+1",
        "-1-v1",
    ])
    func refusesOtherNames(name: String) {
        #expect(CertificateIdentity(name: name) == nil)
    }
}

@Suite struct CalendarDateTests {
    @Test(arguments: ["2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"])
    func readsDays(text: String) throws {
        #expect(try #require(CalendarDate(text)).description == text)
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "23-04-01", "2023-4-1", "2023-04-01Z", " 2023-04-01",
        "20230401", "0000-01-01", "+2023-01-01", "",
    ])
    func refusesOthers(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func isOrdered() throws {
        let days = try ["2023-12-31", "2024-01-01", "2024-01-02", "2024-02-01"].map { try #require(CalendarDate($0)) }
        #expect(days.shuffled().sorted() == days)
    }

    @Test(arguments: [
        ("2024-02-01T13:35:10.500+02:00", "2024-02-01"), ("2026-01-05T00:00:00", "2026-01-05"), ("2024-02-01T24:00:00Z", "2024-02-01"),
        ("2024-02-01T13:35:10.1234567Z", "2024-02-01"), ("2024-02-01T13:35:10-14:00", "2024-02-01"),
    ])
    func readsTheDayOfADateTime(text: String, day: String) throws {
        #expect(try #require(CalendarDate(ofDateTime: text)).description == day)
    }

    @Test(arguments: [
        "2024-02-01", "2024-02-30T00:00:00Z", "2024-02-01T24:00:01Z", "2024-02-01T10:00Z", "2024-02-01 10:00:00", "2024-02-01T10:00:60Z",
        "2024-02-01T10:00:00.Z", "2024-02-01T10:00:00+14:01", "2024-02-01T10:00:00+2:00",
    ])
    func refusesOtherDateTimes(text: String) {
        #expect(CalendarDate(ofDateTime: text) == nil)
    }
}
