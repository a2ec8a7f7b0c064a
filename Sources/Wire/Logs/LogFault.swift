/// x
public struct LogFault: Error {}
