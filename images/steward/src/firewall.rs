//! Whom this machine may reach: the site's exchange and devices, and whom else its package names.
//!
//! `/etc/nftables.conf` lets nothing in or out; this fills its two sets. What is read is signed:
//! a kiosk that was taken over cannot open the machine for itself.

mod serving;

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    net::{IpAddr, SocketAddr},
};

use fleet::site::Site;
use serde::Deserialize;

pub use serving::serve;

/// A host and a port, by TCP or UDP.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Endpoint {
    pub transport: Transport,
    /// A name, or an address.
    pub host: String,
    pub port: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transport {
    Tcp,
    Udp,
}

/// What the self-test of a hardware model says of devices in the network.
#[derive(Deserialize)]
pub struct Plan {
    #[serde(default, rename = "check")]
    checks: Vec<Check>,
}

#[derive(Deserialize)]
struct Check {
    address: Option<String>,
}

impl Endpoint {
    /// Reads `https://host`, `ipp://host:631/ipp/print`, `udp://host:5060` or `host:20007`;
    /// none when no port follows from it.
    pub fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://").unwrap_or(("tcp", text));
        let (transport, usual) = match scheme {
            "https" => (Transport::Tcp, Some(443)),
            "ipp" | "ipps" => (Transport::Tcp, Some(631)),
            "tcp" => (Transport::Tcp, None),
            "udp" => (Transport::Udp, None),
            _ => return None,
        };
        let place = rest.split('/').next()?;
        let (host, port) = match place.strip_prefix('[').and_then(|it| it.split_once(']')) {
            Some((host, port)) => (host, port.strip_prefix(':')),
            None => match place.rsplit_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (place, None),
            },
        };
        let port = match port {
            Some(port) => port.parse().ok()?,
            None => usual?,
        };
        (!host.is_empty()).then(|| Self {
            transport,
            host: host.to_owned(),
            port,
        })
    }
}

/// All whom a machine of `model` may reach at the site, whichever of its stations it becomes.
pub fn endpoints(site: &Site, model: &str, plan: &Plan) -> BTreeSet<Endpoint> {
    let mut texts = vec![site.exchange.clone(), site.enrolment.clone()];
    for place in site.stations_of(model) {
        texts.extend(place.reaches.iter().cloned());
        for address in plan.checks.iter().filter_map(|it| it.address.clone()) {
            let here = |address: String, (from, to): &(String, String)| address.replace(from, to);
            texts.push(place.addresses.iter().fold(address, here));
        }
    }
    let read = |text: &String| {
        let endpoint = Endpoint::read(text);
        if endpoint.is_none() {
            tracing::warn!(text, "Nobody can be reached there");
        }
        endpoint
    };
    texts.iter().filter_map(read).collect()
}

/// The sets' new content, as nft reads it: replaced at once, or not at all.
pub fn rules(reached: &BTreeSet<(Transport, SocketAddr)>) -> String {
    let mut rules = String::from("flush set inet minwon reach4\nflush set inet minwon reach6\n");
    for (transport, address) in reached {
        let set = match address.ip() {
            IpAddr::V4(_) => "reach4",
            IpAddr::V6(_) => "reach6",
        };
        let protocol = match transport {
            Transport::Tcp => "tcp",
            Transport::Udp => "udp",
        };
        let (ip, port) = (address.ip(), address.port());
        let _ = writeln!(
            rules,
            "add element inet minwon {set} {{ {ip} . {protocol} . {port} }}"
        );
    }
    rules
}
