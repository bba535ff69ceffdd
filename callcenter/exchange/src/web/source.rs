//! Who asks, as far as limits go: an address, behind the proxies of the house.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::HeaderMap;

const FORWARDED: &str = "x-forwarded-for";

/// The address a question came from. What a proxy of the house says of whom it
/// forwards for is believed, and nobody else's word.
pub(crate) fn source(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let is_ours = |it: &IpAddr| proxies.iter().any(|proxy| proxy.to_canonical() == *it);
    let peer = peer.to_canonical();
    if !is_ours(&peer) {
        return whole(peer);
    }
    // Each proxy appends whom it heard; the last that is none of ours is who asks.
    let said: Vec<&str> = headers
        .get_all(FORWARDED)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(','))
        .collect();
    let mut asks = peer;
    for address in said.iter().rev() {
        let Ok(address) = address.trim().parse::<IpAddr>() else {
            break;
        };
        asks = address.to_canonical();
        if !is_ours(&asks) {
            break;
        }
    }
    whole(asks)
}

/// One household has a whole network of IPv6 addresses (RFC 6177).
fn whole(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(it) => IpAddr::V6(Ipv6Addr::from_bits(it.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(peer: &str, forwarded: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED, value.parse().expect("a header's value"));
        }
        let proxies = ["10.0.0.1", "10.0.0.2"].map(|it| it.parse().expect("an address"));
        source(peer.parse().expect("an address"), &headers, &proxies).to_string()
    }

    #[test]
    fn a_proxys_word_is_believed_and_no_strangers() {
        assert_eq!(asks("192.0.2.7", &["198.51.100.1"]), "192.0.2.7");
        assert_eq!(asks("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(
            asks("10.0.0.1", &["203.0.113.9, 198.51.100.1", "10.0.0.2"]),
            "198.51.100.1"
        );
        assert_eq!(asks("::ffff:10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(asks("10.0.0.1", &["198.51.100.1, nonsense"]), "10.0.0.1");
        assert_eq!(asks("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn a_household_counts_once() {
        assert_eq!(asks("2001:db8:1:2:3:4:5:6", &[]), "2001:db8:1:2::");
    }
}
