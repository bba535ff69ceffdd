//! From where somebody comes to the console, as far as guessing goes.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::{extract::connect_info::Connected, serve::IncomingStream};

use crate::http::LineListener;

/// The first 64 bits (RFC 4291, 2.5.4).
const SUBNET: u128 = u128::MAX << 64;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(SocketAddr);

impl Connected<IncomingStream<'_, LineListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, LineListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Peer {
    /// One address, or one network of IPv6, of which whoever has one has all.
    pub(crate) fn place(self) -> IpAddr {
        match self.0.ip().to_canonical() {
            IpAddr::V6(it) => Ipv6Addr::from_bits(it.to_bits() & SUBNET).into(),
            IpAddr::V4(it) => it.into(),
        }
    }
}
