//! A network card's fixed address, told to the kernel (rtnetlink(7), RFC 3549).

use std::{fs, io, net::Ipv4Addr, os::fd::AsRawFd, path::Path};

use nix::sys::socket::{
    AddressFamily, MsgFlags, NetlinkAddr, SockFlag, SockProtocol, SockType, bind, recv, sendto,
    socket,
};

use crate::Address;

// linux/netlink.h and linux/rtnetlink.h
const ERROR: u16 = 2;
const NEW_LINK: u16 = 16;
const NEW_ADDRESS: u16 = 20;
const NEW_ROUTE: u16 = 24;
const REQUEST_WITH_ANSWER: u16 = 0x1 | 0x4;
const CREATE: u16 = 0x400;
const HEADER_BYTES: usize = 16;
const UP: u32 = 1;
const IFA_ADDRESS: u16 = 1;
const IFA_LOCAL: u16 = 2;
const RTA_GATEWAY: u16 = 5;
const INTERNET: u8 = 2;
const TABLE_MAIN: u8 = 254;
const PROTOCOL_BOOT: u8 = 3;
const UNICAST: u8 = 1;

#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    #[error("the machine has no network card {0}")]
    NoInterface(String),
    #[error("the kernel cannot be told")]
    Socket(#[from] nix::Error),
    #[error("the kernel refuses the {0}")]
    Refused(&'static str, #[source] io::Error),
    #[error("the kernel does not answer as it should")]
    Answer,
}

/// Gives the card its address and the way out, and switches on the loop inside the machine.
///
/// # Errors
/// When there is no such card or the kernel refuses.
pub fn configure(sysfs: &Path, wanted: &Address) -> Result<(), NetworkError> {
    let index = fs::read_to_string(
        sysfs
            .join("class/net")
            .join(&wanted.interface)
            .join("ifindex"),
    )
    .ok()
    .and_then(|it| it.trim().parse().ok())
    .ok_or_else(|| NetworkError::NoInterface(wanted.interface.clone()))?;
    for (what, message) in [
        ("loop", link_up(1)),
        ("card", link_up(index)),
        ("address", address(index, wanted.address, wanted.prefix)),
        ("route", default_route(wanted.gateway)),
    ] {
        tell(what, &message)?;
    }
    Ok(())
}

fn tell(what: &'static str, message: &[u8]) -> Result<(), NetworkError> {
    let line = socket(
        AddressFamily::Netlink,
        SockType::Raw,
        SockFlag::SOCK_CLOEXEC,
        SockProtocol::NetlinkRoute,
    )?;
    let kernel = NetlinkAddr::new(0, 0);
    bind(line.as_raw_fd(), &kernel)?;
    sendto(line.as_raw_fd(), message, &kernel, MsgFlags::empty())?;
    let mut answer = [0; 1024];
    let count = recv(line.as_raw_fd(), &mut answer, MsgFlags::empty())?;
    match refusal(answer.get(..count).unwrap_or_default()) {
        Some(0) => Ok(()),
        Some(code) => {
            let error = io::Error::from_raw_os_error(code);
            Err(NetworkError::Refused(what, error))
        }
        None => Err(NetworkError::Answer),
    }
}

/// The error number of an answer; 0 says that it was done.
fn refusal(answer: &[u8]) -> Option<i32> {
    let kind = u16::from_ne_bytes(answer.get(4..6)?.try_into().ok()?);
    let code = i32::from_ne_bytes(answer.get(16..20)?.try_into().ok()?);
    (kind == ERROR).then(|| code.saturating_neg())
}

fn link_up(index: u32) -> Vec<u8> {
    // struct ifinfomsg: family, pad, type, index, flags, change
    let mut body = vec![0; 4];
    for word in [index, UP, UP] {
        body.extend(word.to_ne_bytes());
    }
    message(NEW_LINK, 0, &body)
}

fn address(index: u32, address: Ipv4Addr, prefix: u8) -> Vec<u8> {
    // struct ifaddrmsg: family, prefix length, flags, scope, index
    let mut body = vec![INTERNET, prefix, 0, 0];
    body.extend(index.to_ne_bytes());
    body.extend(attribute(IFA_LOCAL, address));
    body.extend(attribute(IFA_ADDRESS, address));
    message(NEW_ADDRESS, CREATE, &body)
}

fn default_route(gateway: Ipv4Addr) -> Vec<u8> {
    // struct rtmsg: family, two prefix lengths, tos, table, protocol, scope, type, flags
    let mut body = vec![INTERNET, 0, 0, 0, TABLE_MAIN, PROTOCOL_BOOT, 0, UNICAST];
    body.extend(0_u32.to_ne_bytes());
    body.extend(attribute(RTA_GATEWAY, gateway));
    message(NEW_ROUTE, CREATE, &body)
}

fn attribute(kind: u16, address: Ipv4Addr) -> Vec<u8> {
    let mut bytes = 8_u16.to_ne_bytes().to_vec();
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(address.octets());
    bytes
}

fn message(kind: u16, flags: u16, body: &[u8]) -> Vec<u8> {
    // All bodies here are a few words long.
    let length = u32::try_from(HEADER_BYTES + body.len()).unwrap_or(u32::MAX);
    let mut bytes = length.to_ne_bytes().to_vec();
    bytes.extend(kind.to_ne_bytes());
    bytes.extend((REQUEST_WITH_ANSWER | flags).to_ne_bytes());
    bytes.extend(1_u32.to_ne_bytes());
    bytes.extend(0_u32.to_ne_bytes());
    bytes.extend(body);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `strace ip address add 10.0.2.15/24 dev eth0` shows it, on a little-endian machine.
    #[test]
    fn an_address_is_told_as_the_kernel_reads_it() {
        let told = address(2, Ipv4Addr::new(10, 0, 2, 15), 24);

        let wanted = [
            40, 0, 0, 0, 20, 0, 5, 4, 1, 0, 0, 0, 0, 0, 0, 0, //
            2, 24, 0, 0, 2, 0, 0, 0, //
            8, 0, 2, 0, 10, 0, 2, 15, //
            8, 0, 1, 0, 10, 0, 2, 15,
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn what_the_kernel_refuses_has_a_number() {
        let mut answer = vec![0; 36];
        answer[4..6].copy_from_slice(&ERROR.to_ne_bytes());
        assert_eq!(refusal(&answer), Some(0));
        answer[16..20].copy_from_slice(&(-17_i32).to_ne_bytes());
        assert_eq!(refusal(&answer), Some(17));
        assert_eq!(refusal(&answer[..10]), None);
    }
}
