import Configuration
import Sign
import Web

/// Fetches an RFC 3161 time-stamp of a signed head.
struct TimeStampErrand {
    let authority: Configuration.TimeStampAuthority
    /// For all of one question.
    let seconds: Int

    /// A token with its certificates has some thousand bytes.
    private static let longestAnswer = 65_536

    /// The token in DER, which answers this very question; whose it is and what it stamps is judged elsewhere.
    func token(over note: String) throws(AnchorFailure) -> [UInt8] {
        do {
            let query = try TimeStampQuery(of: Array(note.utf8), policy: authority.policy)
            let answer = try WebQuestion(authority.url, body: query.der, type: TimeStampQuery.requestType)
                .answer(limit: Self.longestAnswer, seconds: seconds)
            guard answer.status == 200 else {
                throw AnchorFailure(
                    message: "\(authority.url) answered with the HTTP status \(answer.status). Check the address, and ask who runs it.")
            }
            return try query.token(inResponse: answer.body)
        } catch let failure as AnchorFailure {
            throw failure
        } catch {
            throw AnchorFailure(message: "\(error)")
        }
    }
}
