/// How colours look to people who lack one kind of cone, complete (Machado, Oliveira and Fernandes, 2009).
enum ColourVision: String, CaseIterable {
    case normal, deutan, protan, tritan

    /// Rows of the matrix that turns linear red, green and blue into what is seen.
    private var matrix: [[Double]] {
        switch self {
        case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        case .protan:
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
        case .deutan:
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
        case .tritan:
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
        }
    }

    private func seen(_ rgb: UInt32) -> NearestColour.OKLab {
        let (red, green, blue) = NearestColour.linear(rgb)
        let light = matrix.map { row in min(1, max(0, row[0] * red + row[1] * green + row[2] * blue)) }
        return NearestColour.OKLab(linear: (light[0], light[1], light[2]))
    }

    /// How different two colours look: the distance in OKLab, times 100.
    func distance(_ one: UInt32, _ other: UInt32) -> Double {
        seen(one).distance(to: seen(other)).squareRoot() * 100
    }
}
