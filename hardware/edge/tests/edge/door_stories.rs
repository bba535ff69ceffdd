//! Who is let in, and where they are led.

use std::{fs, path::Path, time::Duration};

use edge::Settings;
use identity::{Credentials, LineAuthority, Party};
use request::{StationId, Timestamp};
use serde_json::json;

use crate::{
    client::{SUCCESS, Way, end},
    station::{self, Station},
};

const DAY: Duration = Duration::from_hours(24);

#[test]
fn whoever_asks_is_told_where_the_services_are() {
    let station = Station::open();
    let mut client = station.come("", &[]).unwrap();

    let found = client.ask("ServicePublisher.GetServices", json!({}));
    let other = client.ask("CardReader.ReadRawData", json!({}));

    assert_eq!(end(&found), SUCCESS);
    assert_eq!(found["payload"]["vendorName"], "Minwon");
    let services = found["payload"]["services"].as_array().unwrap();
    let services: Vec<&str> = services
        .iter()
        .map(|it| it["serviceURI"].as_str().unwrap())
        .collect();
    let names = [
        "CardReader",
        "Printer",
        "DocumentPrinter",
        "BarcodeReader",
        "CashAcceptor",
        "Lights",
        "Auxiliaries",
    ];
    let address = station.address();
    let wanted = names.map(|name| format!("ws://{address}/xfs4iot/v1.0/{name}"));
    assert_eq!(services, wanted);
    assert_eq!(end(&other), ("unsupportedCommand", None));
    for name in names {
        let mut service = station.visitor(name);
        let capabilities = service.ask("Common.Capabilities", json!({}));
        let status = service.ask("Common.Status", json!({}));
        assert_eq!((end(&capabilities), end(&status)), (SUCCESS, SUCCESS));
        let interfaces = capabilities["payload"]["interfaces"].as_array().unwrap();
        assert_eq!(interfaces[0]["name"], "Common");
    }
}

#[test]
fn a_page_in_a_browser_is_not_let_in_and_there_is_no_other_door() {
    let station = Station::open();
    let page = || [Way::FromPage("https://example.org")];

    let from_page = station.come("/CardReader", &page()).err();
    let from_page_too = station.come("", &page()).err();
    let elsewhere = station.come("/Safe", &[]).err();
    let below = station.come("/CardReader/more", &[]).err();
    let with_slash = station.come("/CardReader/", &[]).err();

    assert_eq!((from_page, from_page_too), (Some(403), Some(403)));
    assert_eq!((elsewhere, below), (Some(404), Some(404)));
    assert_eq!(with_slash, None);
}

#[test]
fn nothing_but_this_machine_is_listened_for_without_certificates() {
    let devices = "[devices.document_printer]\nuri = \"ipp://127.0.0.1:9/ipp/print\"\n\
                   [devices.receipt_printer]\nline = \"/dev/null\"\nbaud = 9600\n";

    let open = station::refused(&format!("listen = \"0.0.0.0:0\"\n{devices}"));
    let without = station::refused(&format!(
        "listen = \"0.0.0.0:0\"\n[tls]\ncredentials = \"/nowhere\"\n{devices}"
    ));

    assert!(
        open.contains("nobody would have to say who they are"),
        "{open}"
    );
    assert!(without.contains("credentials"), "{without}");
}

fn certificate(authority: &LineAuthority, folder: &Path, issued: &identity::Issued) -> String {
    Credentials::write(folder, issued, authority.certificate_pem()).unwrap();
    folder.to_string_lossy().into_owned()
}

fn client_certificate(authority: &LineAuthority, folder: &Path, now: Timestamp) -> String {
    let party = Party::Station(StationId::new("gaon-1"));
    let issued = authority.issue(&party, now, DAY).unwrap();
    certificate(authority, folder, &issued)
}

#[test]
fn over_tls_only_those_come_who_have_a_certificate_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    let within = |name: &str| folder.path().join(name);
    let now = ::station::Clock::System.now().wall;
    let authority = |name: &str| {
        fs::create_dir(within(name)).unwrap();
        LineAuthority::open(&within(name), now).unwrap()
    };
    let (ours, theirs) = (authority("ours"), authority("theirs"));
    let issued = ours
        .issue_exchange(&["127.0.0.1".to_owned()], now, DAY)
        .unwrap();
    let own = certificate(&ours, &within("edge"), &issued);
    let known = client_certificate(&ours, &within("client"), now);
    let stranger = client_certificate(&theirs, &within("stranger"), now);

    let station = Station::open_with(&format!("[tls]\ncredentials = {own:?}\n"));
    let trust = || Way::Trusting(known.clone());
    let come = |ways: &[Way]| {
        let mut client = station.come("", ways).ok()?;
        let found = client.try_ask("ServicePublisher.GetServices")?;
        let services = &found["payload"]["services"];
        Some(services[0]["serviceURI"].as_str().unwrap().to_owned())
    };
    let let_in = come(&[trust(), Way::Showing(known.clone())]);
    let nobody = come(&[trust()]);
    let somebody_else = come(&[trust(), Way::Showing(stranger)]);

    let address = station.address();
    let wanted = format!("wss://{address}/xfs4iot/v1.0/CardReader");
    assert_eq!(let_in, Some(wanted));
    assert_eq!((nobody, somebody_else), (None, None));
}

#[test]
fn the_example_is_what_an_edge_reads() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("edge.example.toml");

    let settings = Settings::read(&example).unwrap();

    assert_eq!(settings.check(), Ok(()));
    assert_eq!(settings.dialect, edge::Dialect::default());
    assert!(settings.listen.ip().is_loopback());
}
