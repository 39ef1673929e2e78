import Testing

@testable import Certificate

@Suite struct EditDistanceTests {
    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("", "ab", 2), ("kitten", "sitting", 3), ("2018/585", "2018/858", 2), ("ab", "ba", 1),
        ("same", "same", 0),
    ])
    func counts(left: String, right: String, distance: Int) {
        #expect(EditDistance.between(Array(left.utf8), Array(right.utf8)) == distance)
        #expect(EditDistance.between(Array(right.utf8), Array(left.utf8)) == distance)
    }

    @Test(arguments: [("kitten", "sitting", 3), ("abcdef", "badcfe", 3), ("2018/585", "2018/858", 2), ("", "ab", 2)])
    func stopsBeyondTheLimitOnly(left: String, right: String, distance: Int) {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        for limit in 0...5 { #expect(EditDistance.between(left, right, within: limit) == (distance <= limit ? distance : nil)) }
    }

    @Test(arguments: [
        ("euro 6 ea", "Euro 6 EA"), ("EURO6 EA", "Euro 6 EA"), ("Euro 5", "Euro 6 E"), ("diesel", nil), ("", nil),
    ])
    func findsTheNearest(text: String, nearest: String?) {
        #expect(EditDistance.nearest(to: text, in: ["Euro 6 E", "Euro 6 EA", "M1"]) == nearest)
    }
}
