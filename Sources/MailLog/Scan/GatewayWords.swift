/// What lines of a Cisco ESA log begin with, eight letters at once, the first one lowest.
enum GatewayWords {
    /// `Start MI`
    static let startMessage: UInt64 = 0x494D_2074_7261_7453
    /// `Delivery`
    static let delivery: UInt64 = 0x7972_6576_696C_6544
    /// ` start D`
    static let started: UInt64 = 0x4420_7472_6174_7320
    /// `Message `
    static let message: UInt64 = 0x2065_6761_7373_654D
    /// `finished`
    static let finished: UInt64 = 0x6465_6873_696E_6966
    /// `done DCI`
    static let done: UInt64 = 0x4943_4420_656E_6F64
    /// `queued f`
    static let queued: UInt64 = 0x6620_6465_7565_7571
    /// `or deliv`
    static let forDelivery: UInt64 = 0x7669_6C65_6420_726F
    /// `) addres`
    static let address: UInt64 = 0x7365_7264_6461_2029
}
