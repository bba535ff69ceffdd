//! The orders of the first process: one on a line, a verb and its words.

use std::net::Ipv4Addr;

/// More is no appliance's, and would be read to the end of memory.
const LINES_MAX: usize = 1_000;

/// What is done between the kernel's start and its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orders {
    /// Kernel modules by their files, each after what it leans on.
    pub modules: Vec<String>,
    pub ports: Vec<PortName>,
    pub address: Option<Address>,
    pub environment: Vec<(String, String)>,
    /// The program that is kept running, and its arguments.
    pub run: Vec<String>,
}

/// A USB serial line that gets its role's name below `/dev/minwon`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortName {
    pub role: String,
    pub vendor: String,
    pub product: String,
    /// None for any of its kind.
    pub serial: Option<String>,
}

/// A network card's fixed address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub interface: String,
    pub address: Ipv4Addr,
    pub prefix: u8,
    pub gateway: Ipv4Addr,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    #[error("line {0}: no such order")]
    Unknown(usize),
    #[error("line {0}: the order lacks a word, or has one too many")]
    Words(usize),
    #[error("line {0}: no address")]
    Address(usize),
    #[error("more than {LINES_MAX} orders")]
    TooMany,
    #[error("nothing is to be run")]
    NothingToRun,
}

impl Orders {
    /// # Errors
    /// When a line is no order, or none says what is to be run.
    pub fn parse(text: &str) -> Result<Self, OrderError> {
        let mut orders = Self::default();
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            if number > LINES_MAX {
                return Err(OrderError::TooMany);
            }
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                [] | ["#", ..] => {}
                ["load", file] => orders.modules.push((*file).to_owned()),
                ["name", role, vendor, product, serial] => orders.ports.push(PortName {
                    role: (*role).to_owned(),
                    vendor: (*vendor).to_owned(),
                    product: (*product).to_owned(),
                    serial: (*serial != "*").then(|| (*serial).to_owned()),
                }),
                ["address", interface, address, "via", gateway] => {
                    let address = read_address(interface, address, gateway);
                    orders.address = Some(address.ok_or(OrderError::Address(number))?);
                }
                ["set", name, value] => {
                    let pair = ((*name).to_owned(), (*value).to_owned());
                    orders.environment.push(pair);
                }
                ["run", program @ ..] if !program.is_empty() => {
                    orders.run = program.iter().map(|it| (*it).to_owned()).collect();
                }
                ["load" | "name" | "address" | "set" | "run", ..] => {
                    return Err(OrderError::Words(number));
                }
                _ => return Err(OrderError::Unknown(number)),
            }
        }
        if orders.run.is_empty() {
            return Err(OrderError::NothingToRun);
        }
        Ok(orders)
    }
}

fn read_address(interface: &str, address: &str, gateway: &str) -> Option<Address> {
    let (address, prefix) = address.split_once('/')?;
    let prefix = prefix.parse().ok().filter(|it| *it <= 32)?;
    Some(Address {
        interface: interface.to_owned(),
        address: address.parse().ok()?,
        prefix,
        gateway: gateway.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_order_is_understood() {
        let text = "# a comment\n\nload /lib/modules/a.ko\n\
                    name receipt-printer 0403 6001 MWRCP001\nname touch 0627 0001 *\n\
                    address eth0 10.0.2.15/24 via 10.0.2.2\nset SLINT_SCALE_FACTOR 1\n\
                    run /usr/bin/minwon-kiosk /etc/minwon/kiosk.toml\n";

        let orders = Orders::parse(text).unwrap();

        assert_eq!(orders.modules, ["/lib/modules/a.ko"]);
        assert_eq!(orders.ports[0].serial.as_deref(), Some("MWRCP001"));
        assert_eq!(orders.ports[1].serial, None);
        assert_eq!(orders.address.unwrap().prefix, 24);
        assert_eq!(orders.run.len(), 2);
    }

    #[test]
    fn a_wrong_order_is_named_with_its_line() {
        let refused = |text: &str| Orders::parse(text).unwrap_err();

        assert_eq!(refused("\nfetch it"), OrderError::Unknown(2));
        assert_eq!(refused("load a b"), OrderError::Words(1));
        let address = "address eth0 10.0.2.15/33 via 10.0.2.2";
        assert_eq!(refused(address), OrderError::Address(1));
        assert_eq!(refused("set A B"), OrderError::NothingToRun);
        assert_eq!(refused(&"\n".repeat(1_001)), OrderError::TooMany);
    }
}
