//! Pairs of ports: an even one for sound, the next one for reports (RFC 3550 §11).

use std::{
    io,
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
};

use mio::net::UdpSocket;
use socket2::{Domain, Protocol, Socket, Type};

/// Expedited forwarding (RFC 3246) in the upper six bits: sound goes first where the
/// network minds.
const EXPEDITED: u32 = 46 << 2;
/// Half a second of packets may wait for us, and no more.
const RECEIVE_BUFFER: usize = 64 * 1024;

/// Tries the pairs of a range in turn, so that a port that was just given back rests
/// longest: late packets of the call before find nobody.
pub(super) struct Ports {
    address: IpAddr,
    pairs: u16,
    first: u16,
    next: u16,
}

pub(super) struct Sockets {
    pub(super) address: SocketAddr,
    pub(super) rtp: UdpSocket,
    pub(super) rtcp: UdpSocket,
}

impl Ports {
    pub(super) fn new(address: IpAddr, range: RangeInclusive<u16>) -> Self {
        let first = range.start().saturating_add(range.start() % 2);
        let pairs = (u32::from(*range.end()) + 1).saturating_sub(u32::from(first)) / 2;
        Self {
            address,
            pairs: u16::try_from(pairs).unwrap_or(u16::MAX),
            first,
            next: 0,
        }
    }

    /// The next free pair, if there is one.
    pub(super) fn open(&mut self) -> Option<Sockets> {
        for _ in 0..self.pairs {
            let port = self.first + 2 * self.next;
            self.next = (self.next + 1) % self.pairs;
            let pair = self
                .bind(port)
                .and_then(|rtp| Ok((rtp, self.bind(port + 1)?)));
            if let Ok((rtp, rtcp)) = pair {
                let address = SocketAddr::new(self.address, port);
                return Some(Sockets { address, rtp, rtcp });
            }
        }
        None
    }

    fn bind(&self, port: u16) -> io::Result<UdpSocket> {
        let address = SocketAddr::new(self.address, port);
        let socket = Socket::new(
            Domain::for_address(address),
            Type::DGRAM,
            Some(Protocol::UDP),
        )?;
        socket.set_nonblocking(true)?;
        socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
        // A wish; where it is not allowed sound goes like everything else.
        if self.address.is_ipv4() && socket.set_tos_v4(EXPEDITED).is_err() {
            tracing::debug!("Sound is not marked as urgent");
        }
        socket.bind(&address.into())?;
        Ok(UdpSocket::from_std(socket.into()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn pairs_are_even_taken_ones_are_left_out_and_none_is_one_too_many() {
        // An address of this test's own, so that nobody else has its ports.
        let address = IpAddr::V4(Ipv4Addr::new(127, 77, 1, 1));
        let mut ports = Ports::new(address, 40_001..=40_008);
        let taken = std::net::UdpSocket::bind((address, 40_005)).unwrap();
        let first = ports.open().unwrap();
        let second = ports.open().unwrap();

        assert_eq!(
            (first.address.port(), second.address.port()),
            (40_002, 40_006)
        );
        assert_eq!(second.rtcp.local_addr().unwrap().port(), 40_007);
        assert!(ports.open().is_none());
        drop((taken, first));
        assert_eq!(ports.open().unwrap().address.port(), 40_002);
    }
}
