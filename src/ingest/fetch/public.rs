use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to a host of the public internet: not to this machine, a private network, a link, a
/// carrier's own network, a group of hosts, a documentation or test range, and no IPv6 address that carries such an IPv4
/// address within it. Ranges: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and its updates).
///
/// ```
/// use dateline::ingest::is_public;
/// assert!(is_public("93.184.215.14".parse().unwrap()));
/// assert!(!is_public("::ffff:10.0.0.1".parse().unwrap()));
/// ```
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => public_4(address),
        IpAddr::V6(address) => public_6(address),
    }
}

fn public_4(address: Ipv4Addr) -> bool {
    !matches!(
        address.octets(),
        [0 | 10 | 127 | 224..=255, ..]      // this network, private, loopback, multicast and what is kept for later
            | [100, 64..=127, ..]           // carrier-grade translation
            | [169, 254, ..]                // link-local, where clouds keep their credentials
            | [172, 16..=31, ..]
            | [192, 0, 0 | 2, _]            // protocol assignments, documentation
            | [192, 31, 196, _] | [192, 52, 193, _] | [192, 175, 48, _]
            | [192, 88, 99, _]              // 6to4 relays
            | [192, 168, ..]
            | [198, 18 | 19, ..]            // benchmarks
            | [198, 51, 100, _]             // documentation
            | [203, 0, 113, _]
    )
}

fn public_6(address: Ipv6Addr) -> bool {
    let within = |high: u16, low: u16| public_4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match address.segments() {
        // Mapped, translated (NAT64) and 6to4 addresses are as public as the IPv4 address that they carry.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => within(high, low),
        [0x2002, high, low, ..] => within(high, low),
        // Protocol assignments (Teredo, ORCHID, benchmarks), documentation.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // All that is given out to networks lies in 2000::/3; local, link-local and multicast addresses lie outside.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are() {
        let no = "0.0.0.0 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 172.31.255.255 \
                  192.0.0.8 192.0.2.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.7 224.0.0.1 239.1.1.1 240.0.0.1 \
                  255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:192.168.0.1 ::127.0.0.1 64:ff9b::a00:1 64:ff9b:1::1 100::1 2001::1 \
                  2001:db8::1 2002:7f00:1::1 2002:c0a8:101::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1";
        for address in no.split_whitespace() {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        let yes = "1.1.1.1 8.8.8.8 100.63.0.1 100.128.0.1 172.15.0.1 172.32.0.1 192.1.1.1 198.17.0.1 223.255.255.1 ::ffff:8.8.8.8 \
                   64:ff9b::808:808 2002:808:808::1 2606:4700::1111 2a00:1450:4001::1";
        for address in yes.split_whitespace() {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }
}
