//! Whom a machine may reach is what the site's package says, and nobody else.

use std::collections::BTreeSet;

use fleet::site::{Place, Site, Words};
use steward::firewall::{Endpoint, Plan, Transport, endpoints, rules};

use crate::NOON;

const PLAN: &str = r#"
[[check]]
what = "card-reader"

[[check]]
what = "document-printer"
address = "ipp://10.0.2.2:8631/ipp/print"
"#;

fn place(station: &str, printer: &str, reaches: &[&str]) -> Place {
    let words = || Words {
        ko: "한빛시".to_owned(),
        en: "Hanbit-si".to_owned(),
    };
    Place {
        station: station.to_owned(),
        model: "lobby".to_owned(),
        office: words(),
        place: words(),
        jurisdiction: "41999".to_owned(),
        settings: String::new(),
        addresses: vec![("10.0.2.2:8631".to_owned(), printer.to_owned())],
        reaches: reaches.iter().map(|it| (*it).to_owned()).collect(),
    }
}

fn site() -> Site {
    Site {
        valid_until: NOON,
        exchange: "https://exchange.example".to_owned(),
        enrolment: "https://exchange.example:8445".to_owned(),
        authority_pem: String::new(),
        co_signer_pem: String::new(),
        telephone: "110".to_owned(),
        stations: vec![
            place("gaon-1", "10.1.0.9:631", &["udp://10.1.0.4:5060"]),
            place("gaon-2", "10.1.0.8", &["gopher://10.1.0.4"]),
        ],
        technicians: Vec::new(),
        escrow: None,
        settings: String::new(),
    }
}

#[test]
fn the_exchange_and_the_devices_of_the_site_are_reached_and_nobody_else() {
    let plan: Plan = toml::from_str(PLAN).unwrap();
    let reached: Vec<String> = endpoints(&site(), "lobby", &plan)
        .into_iter()
        .map(|it| format!("{:?} {} {}", it.transport, it.host, it.port))
        .collect();
    assert_eq!(
        reached,
        [
            "Tcp 10.1.0.8 631",
            "Tcp 10.1.0.9 631",
            "Tcp exchange.example 443",
            "Tcp exchange.example 8445",
            "Udp 10.1.0.4 5060",
        ]
    );
    let other = endpoints(&site(), "wall", &plan);
    assert_eq!(other.len(), 2, "of another model's stations nothing");
}

#[test]
fn a_place_in_the_network_is_read_as_people_write_it() {
    let read = |text| Endpoint::read(text).map(|it| (it.transport, it.host, it.port));
    let (tcp, udp) = (Transport::Tcp, Transport::Udp);
    for (text, expected) in [
        ("https://a.example/x:9", Some((tcp, "a.example", 443))),
        ("ipps://a.example", Some((tcp, "a.example", 631))),
        ("10.0.0.1:20007", Some((tcp, "10.0.0.1", 20_007))),
        ("udp://[fd00::1]:5060", Some((udp, "fd00::1", 5_060))),
        ("https://[fd00::1]", Some((tcp, "fd00::1", 443))),
        ("udp://10.0.0.1", None),
        ("10.0.0.1:http", None),
        ("10.0.0.1:70000", None),
        ("ftp://a.example:21", None),
        ("https://:443", None),
        ("", None),
    ] {
        let expected = expected.map(|(transport, host, port)| (transport, host.to_owned(), port));
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn the_kernel_is_told_all_of_it_at_once() {
    let reached = BTreeSet::from([
        (Transport::Tcp, "10.1.0.9:631".parse().unwrap()),
        (Transport::Udp, "[fd00::1]:5060".parse().unwrap()),
    ]);
    assert_eq!(
        rules(&reached),
        "flush set inet minwon reach4\n\
         flush set inet minwon reach6\n\
         add element inet minwon reach4 { 10.1.0.9 . tcp . 631 }\n\
         add element inet minwon reach6 { fd00::1 . udp . 5060 }\n"
    );
}
