/// Connections by their client's address, so that a question about one does not look at all of them.
extension LogGraph {
    /// Notes whose connection it is.
    mutating func note(client address: PackedAddress, of index: Int) {
        guard address.size > 0, connections[index].address != address else { return }
        let isFirst = connections[index].address.size == 0
        connections[index].address = address
        guard isFirst else {
            // It is in the chain of another client already.
            strayConnections.append(index)
            return
        }
        connections[index].earlier = clients[address.mixed, 0] ?? -1
        clients[address.mixed, 0] = Int32(index)
    }

    /// The connections of a client, in the order of the log.
    func connections(of address: PackedAddress) -> [Int] {
        var found = strayConnections.filter { connections[$0].address == address }
        var next = clients[address.mixed, 0] ?? -1
        while next >= 0 {
            if connections[Int(next)].address == address { found.append(Int(next)) }
            next = connections[Int(next)].earlier
        }
        return found.sorted()
    }
}

extension PackedAddress {
    /// The address as one number, which few others share.
    fileprivate var mixed: UInt64 { (low ^ high &* 0x9E37_79B9_7F4A_7C15) &+ UInt64(size) << 56 }
}
