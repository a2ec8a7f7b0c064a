import Glibc

/// Finds the colour of the xterm palette that looks most like another, by distance in OKLab (Björn Ottosson, 2020).
enum NearestColour {
    /// The number, 16 to 255, for 0xRRGGBB. The first 16 are the user's own and never taken.
    static func c256(for rgb: UInt32) -> UInt8 {
        let wanted = OKLab(rgb)
        var best: (number: Int, distance: Double) = (16, .infinity)
        for number in 16...255 {
            let distance = wanted.distance(to: OKLab(colour(number)))
            if distance < best.distance { best = (number, distance) }
        }
        return UInt8(best.number)
    }

    /// 16 to 231 are a cube of six steps, 232 to 255 a ramp of greys.
    static func colour(_ number: Int) -> UInt32 {
        if number >= 232 {
            let grey = UInt32(8 + 10 * (number - 232))
            return grey << 16 | grey << 8 | grey
        }
        let steps: [UInt32] = [0, 95, 135, 175, 215, 255]
        let place = number - 16
        return steps[place / 36] << 16 | steps[place / 6 % 6] << 8 | steps[place % 6]
    }

    /// The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance).
    static func contrast(_ one: UInt32, _ other: UInt32) -> Double {
        let (a, b) = (luminance(one), luminance(other))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ rgb: UInt32) -> Double {
        let (red, green, blue) = linear(rgb)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    static func linear(_ rgb: UInt32) -> (Double, Double, Double) {
        func channel(_ shift: UInt32) -> Double {
            let value = Double(rgb >> shift & 0xFF) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return (channel(16), channel(8), channel(0))
    }

    /// A colour by how it looks: equal distances look equally different.
    struct OKLab {
        let lightness, a, b: Double

        init(_ rgb: UInt32) { self.init(linear: NearestColour.linear(rgb)) }

        /// - Parameter linear: Red, green and blue from 0 to 1, in proportion to their light.
        init(linear: (Double, Double, Double)) {
            let (red, green, blue) = linear
            let l = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
            let m = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
            let s = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
            lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
            a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
            b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        }

        /// Squared, which orders as well.
        func distance(to other: OKLab) -> Double {
            let (x, y, z) = (lightness - other.lightness, a - other.a, b - other.b)
            return x * x + y * y + z * z
        }
    }
}
