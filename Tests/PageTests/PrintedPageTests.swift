import Certificate
import Foundation
import TestSupport
import Testing

@testable import Page

/// The page as people get it: on paper, on a telephone, in the dark. Judged by Chromium and WeasyPrint.
@Suite(.serialized) struct PrintedPageTests {
    static let vin = "WZAAV4L8ZTB000101"

    /// A certificate of several pages: a value for every element would be no vehicle, but a long page.
    private static func long(_ category: String) throws -> FieldValues {
        var values = PageMaterial.everything(groups: 2)
        for (name, value) in [("VehicleIdentificationNumber", vin), ("VehicleCategory", category)] {
            values.set(Field(try FieldPath.parse(name), value, .constant))
        }
        return values
    }

    @Test(
        .enabled(if: !Printing.engines.isEmpty, "neither chromium nor weasyprint is installed, or poppler-utils isn't"),
        arguments: Printing.engines, [PageLanguage.german, .polish])
    func everyPrintedPageNamesVehicleAndKind(_ engine: Printing.Engine, _ language: PageLanguage) throws {
        let texts = PageTexts(language)
        let html = PageMaterial.page(try Self.long("M1"), language, isDuplicate: true)
        let (isA4, pages) = try Printing.pages(html, engine)
        #expect(isA4 && pages.count > 3)
        for (number, page) in pages.enumerated() {
            let foot = try #require(page.split(separator: "\n").last { $0.contains { !$0.isWhitespace } })
            let words = foot.split(separator: " ").joined(separator: " ")
            #expect(
                words == "\(Self.vin) \(texts["duplicate"]) · \(texts["reading-copy"]) \(texts["page"]) \(number + 1) / \(pages.count)",
                "\(engine)")
        }
    }

    /// A page of paper with one or two rows would be one too many.
    @Test(
        .enabled(if: !Printing.engines.isEmpty, "neither chromium nor weasyprint is installed, or poppler-utils isn't"),
        .enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.absence)"), arguments: Printing.engines, SharedMaterial.examples)
    func noPrintedPageIsNearlyEmpty(_ engine: Printing.Engine, _ example: String) throws {
        let (_, pages) = try Printing.pages(PageMaterial.page(try PageMaterial.example(example)), engine)
        #expect((2...4).contains(pages.count))
        for page in pages {
            let lines = page.split(separator: "\n").count { $0.contains { !$0.isWhitespace } }
            #expect(lines > 8, "\(engine): \(page)")
        }
    }

    @Test(
        .enabled(if: Printing.hasChromium, "chromium isn't installed"),
        arguments: [("M1", 390), ("L3e-A2", 390), ("M1", 320), ("M1", 1400)])
    func nothingIsWiderThanTheWindow(_ category: String, _ width: Int) throws {
        let measured = try Printing.measure(
            PageMaterial.page(try Self.long(category), .german), width: width,
            """
            [innerWidth, document.documentElement.scrollWidth,
            Math.max(...[...document.querySelectorAll('td,th,p,h1,h2')].map(x => Math.ceil(x.getBoundingClientRect().right)))].join(' ')
            """)
        let numbers = measured.split(separator: " ").compactMap { Int($0) }
        try #require(numbers.count == 3, "\(measured)")
        #expect(numbers[0] == width && numbers[1] <= width && numbers[2] <= width, "\(measured)")
    }

    /// On a telephone a value stands below its label and has the rest of the width for itself.
    @Test(.enabled(if: Printing.hasChromium, "chromium isn't installed")) func aTelephoneHasOneColumn() throws {
        let page = PageMaterial.page(try PageMaterial.values(["ManufacturerName": "Aurora", "VehicleCategory": "M1"]))
        let measured = try Printing.measure(
            page, width: 390,
            """
            (() => { const row = [...document.querySelectorAll('tr')].find(x => x.textContent.includes('Aurora')).children;
            const label = row[1].getBoundingClientRect(), value = row[2].getBoundingClientRect();
            return [value.top >= label.bottom - 1, value.left == label.left, value.width > 250, parseFloat(getComputedStyle(row[2]).fontSize) >= 14]
            })()
            """)
        #expect(measured == "true,true,true,true")
    }

    @Test(.enabled(if: Printing.hasChromium, "chromium isn't installed"), arguments: [true, false])
    func theDarkIsDarkAndReadable(_ dark: Bool) throws {
        // The least contrast of any text with the page's ground (WCAG 2.1, 1.4.3: at least 4.5).
        let script = """
            (() => { const light = c => { const [r, g, b] = c.match(/[0-9.]+/g).map(x => x / 255)
              .map(x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
            const of = x => getComputedStyle(x), clear = c => c == 'rgba(0, 0, 0, 0)';
            const ground = x => !x ? 'rgb(255,255,255)' : clear(of(x).backgroundColor) ? ground(x.parentElement) : of(x).backgroundColor;
            let least = 99;
            for (const x of document.querySelectorAll('body *')) if (x.textContent.trim() && !['SCRIPT'].includes(x.tagName)) {
              const a = light(of(x).color), b = light(ground(x)); least = Math.min(least, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)) }
            return [light(ground(document.body)) < .1, least >= 4.5, least.toFixed(1)] })()
            """
        let page = PageMaterial.page(try Self.long("M1"), empty: ["Width"], isDuplicate: true)
        let measured = try Printing.measure(page, width: 800, dark: dark, script)
        #expect(measured.hasPrefix("\(dark),true,"), "\(measured)")
    }
}
