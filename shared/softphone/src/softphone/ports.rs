//! The two ports of a call's sound.

use std::{
    io,
    net::{IpAddr, SocketAddr, UdpSocket},
};

/// Pairs of ports that are tried.
const TRIED: usize = 50;
/// Expedited forwarding (RFC 3246) in the upper six bits.
const EXPEDITED: u32 = 46 << 2;

/// An even port for sound, and the next one for reports (RFC 3550 §11).
pub(super) fn pair(local: IpAddr) -> io::Result<(SocketAddr, [UdpSocket; 2])> {
    for _ in 0..TRIED {
        let rtp = UdpSocket::bind((local, 0))?;
        let address = rtp.local_addr()?;
        let Some(port) = address.port().checked_add(1) else {
            continue;
        };
        if address.port() % 2 == 1 {
            continue;
        }
        if let Ok(rtcp) = UdpSocket::bind((local, port)) {
            for socket in [&rtp, &rtcp] {
                socket.set_nonblocking(true)?;
                // A wish; where it is not allowed sound goes like everything else.
                if local.is_ipv4() {
                    let _ = socket2::SockRef::from(socket).set_tos_v4(EXPEDITED);
                }
            }
            return Ok((address, [rtp, rtcp]));
        }
    }
    Err(io::ErrorKind::AddrInUse.into())
}
