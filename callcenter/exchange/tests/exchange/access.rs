//! Security servers that want to see who asks: mutual TLS, for each network its own.

use std::{fs, path::Path, sync::Arc, time::Duration};

use identity::{AgentId, Credentials, LineAuthority, Party};
use request::{NetworkFault, RequestEvent, Timestamp};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

use crate::{
    BITNA, HOUSEHOLD,
    office::{Office, TUESDAY_10_00},
};

const NOW: Timestamp = Timestamp::from_millis(TUESDAY_10_00);
const YEAR: Duration = Duration::from_hours(24 * 365);

/// A security server before the sandbox, with an authority of its own.
struct SecurityServer {
    authority: LineAuthority,
    url: String,
}

impl SecurityServer {
    async fn open(folder: &Path, networks: &str) -> Self {
        fs::create_dir_all(folder).unwrap();
        let authority = LineAuthority::open(folder, NOW).unwrap();
        let names = ["127.0.0.1".to_owned()];
        let own = authority.issue_exchange(&names, NOW, YEAR).unwrap();
        let ours = folder.join("own");
        Credentials::write(&ours, &own, authority.certificate_pem()).unwrap();
        let clock = identity::Clock::new(|| NOW);
        let config = identity::server(Credentials::read(&ours).unwrap(), clock).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let behind = networks.trim_start_matches("http://").to_owned();
        tokio::spawn(serve(listener, TlsAcceptor::from(Arc::new(config)), behind));
        Self { authority, url }
    }

    /// Credentials under which it takes questions.
    fn register(&self, folder: &Path) {
        let party = Party::Agent(AgentId::new("minwon"));
        let issued = self.authority.issue(&party, NOW, YEAR).unwrap();
        Credentials::write(folder, &issued, self.authority.certificate_pem()).unwrap();
    }
}

/// What is not let in never reaches the networks.
async fn serve(listener: TcpListener, acceptor: TlsAcceptor, behind: String) {
    while let Ok((line, _)) = listener.accept().await {
        let (acceptor, behind) = (acceptor.clone(), behind.clone());
        tokio::spawn(async move {
            if let Ok(mut line) = acceptor.accept(line).await {
                let mut networks = TcpStream::connect(behind).await.unwrap();
                let _ = copy_bidirectional(&mut line, &mut networks).await;
            }
        });
    }
}

#[tokio::test]
async fn each_network_is_asked_through_its_own_server_with_its_own_credentials() {
    let mut office = Office::open().await;
    let folder = office.folder_of_all().to_owned();
    let networks = office.networks.url();
    let people = SecurityServer::open(&folder.join("people"), &networks).await;
    let land = SecurityServer::open(&folder.join("land"), &networks).await;
    people.register(&folder.join("people-access"));
    land.register(&folder.join("land-access"));
    let access = folder.join("access.toml");
    let said = |land_credentials: &str| {
        format!(
            "server = \"{}\"\ncredentials = \"people-access\"\n\
             [network.land-registry]\nserver = \"{}\"\ncredentials = \"{land_credentials}\"\n",
            people.url, land.url
        )
    };
    let parcel = [("district", "4199910100"), ("parcel_number", "12-3")];

    fs::write(&access, said("land-access")).unwrap();
    office.come_to_networks_by(&access).await.unwrap();
    let mut station = office.station("gaon-1");
    station.submit("a", HOUSEHOLD, Some(BITNA), &[]).await;
    station.submit("b", "land-ledger", None, &parcel).await;
    assert_eq!(station.prepared("a").await.len(), 1);
    assert_eq!(station.prepared("b").await.len(), 1);

    // The credentials of one network open no other.
    fs::write(&access, said("people-access")).unwrap();
    office.come_to_networks_by(&access).await.unwrap();
    let mut station = office.station("narae-1");
    station.submit("c", "land-ledger", None, &parcel).await;
    let fault = NetworkFault::Unreachable;
    let told = station.told().await;
    assert_eq!(told[0].1, RequestEvent::AttemptFailed { fault });
}

#[tokio::test]
async fn an_exchange_without_usable_credentials_does_not_start() {
    let mut office = Office::open().await;
    let access = office.folder_of_all().join("access.toml");
    fs::write(
        &access,
        "server = \"https://127.0.0.1\"\ncredentials = \"nowhere\"\n",
    )
    .unwrap();

    let refused = office.come_to_networks_by(&access).await.unwrap_err();

    let told = format!("{refused:#}");
    assert!(told.contains("cannot read"), "{told}");
    assert!(told.contains("nowhere/certificate.pem"), "{told}");
}
